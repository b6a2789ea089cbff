"""Phân công: one assignment per duty with a named actor.

Duties are written as labelled lines under a heading, as bullets under a body's own heading, as orders ("Giao X
chủ trì ..."), as sentences with a body as their subject, and as rows of a table (``_appendix``).
"""

from __future__ import annotations

from functools import lru_cache

from extractors import _appendix, _duties, _labels, _structure_rules
from extractors._duties import Duty
from extractors._duty_sentences import subject
from extractors._duty_walk import Walk
from extractors._genre import is_official
from extractors._layout import Layout, lay_out
from extractors._rules import Found, Rule, View, Whole, stands_in
from schemas.record import Assignment, Note

_NONE = "Trên đây là Kế hoạch tổ chức Ngày hội; yêu cầu Thủ trưởng các phòng, ban triển khai thực hiện./."
RULES: tuple[Rule, ...] = (
    *_labels.RULES,
    Rule(
        "assignments.ordered",
        r"(?<!\w)(?:giao|phan cong|de nghi|yeu cau|chi dao|uy quyen) (?=\w)",
        reads="Giao Phòng Kinh tế chủ trì, phối hợp với Trạm Y tế kiểm tra các cơ sở trước ngày 30/9/2025.",
        gives="Phòng Kinh tế | Trạm Y tế | trước ngày 30/9/2025 | kiểm tra các cơ sở trước ngày 30/9/2025.",
        refuses=(_NONE, "Giao thông nông thôn được cải thiện."),
    ),
    Rule(
        "assignments.subject",
        r"^\w",
        reads="Công an xã tuần tra ban đêm; hướng dẫn các thôn lập tổ tự quản.",
        gives="Công an xã |  | None | tuần tra ban đêm; hướng dẫn các thôn lập tổ tự quản.",
        refuses=(_NONE, "Ban hành kế hoạch và tổ chức hội nghị.", "Tổ chức các lớp tập huấn."),
    ),
    *_structure_rules.RULES,
)
_INFERRED = "the lead is not named beside this duty: it is that of the heading or of the row above"


def extract(layout: Layout) -> Found[tuple[Assignment, ...]]:
    """Every duty, in reading order; tables first where they stand."""
    tables = _appendix.read_tables(layout)
    if not is_official(layout):
        return Found(())
    duties = Walk(layout, tables.paragraphs).run() + tables.duties
    duties.sort(key=lambda duty: duty.view.document_spans(duty.task)[:1])
    notes = [
        Note(field="assignments", kind="table-by-order", message=_appendix.BY_ORDER, evidence=e) for e in tables.doubts
    ]
    notes += [
        Note(field="assignments", kind="lead-inferred", message=_INFERRED, evidence=duty.proof())
        for duty in duties
        if duty.inferred and duty.lead
    ]
    made = [duty.assignment() for duty in duties if _duties.trimmed(duty.view, duty.task).end > 0]
    return Found(tuple(one for one in made if one.task and one.evidence), tuple(notes))


def read(rule: Rule, view: View) -> str | None:
    """What a rule gives for a line: lead, support, deadline and task."""
    if rule in _labels.RULES:
        return _labels.read(rule, view)
    if rule.name in _structure_rules.NAMES:
        made = (one for one in _all_of(Whole(view.source)) if one.evidence[0].rule == rule.name)
        return next((_said(one) for one in made if stands_in(view, one.evidence)), None)
    found = subject(view)
    name = "assignments.ordered" if found and found.ordered else "assignments.subject"
    if found is None or name != rule.name or not _duties.acts(view, found) or _duties.is_closing(view, found):
        return None
    task, support = _duties.task_after(view, found.rest)
    duty = _duties.from_text(
        view, task, Duty(view, task, None, rule.name, _duties.actors(view, found.bodies), support=support)
    )
    return _said(duty.assignment())


@lru_cache(maxsize=1)
def _all_of(whole: Whole) -> tuple[Assignment, ...]:
    """Every duty of a text."""
    return extract(lay_out(whole.text)).value


def _said(made: Assignment) -> str:
    return f"{', '.join(made.lead)} | {', '.join(made.support)} | {made.deadline} | {made.task}"
