"""Reads the paragraphs of a document in order for duties: labelled lines under a heading, bullets under a body's own
heading, orders, and sentences with a body as their subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors import _agencies, _duties, _labels
from extractors._duties import Actor, Duty, Subject
from extractors._duty_sentences import acting_later, clauses, ordered_later, subject
from extractors._genre import is_report
from extractors._labels import Label
from extractors._layout import Layout, Level, Paragraph, Zone
from extractors._rules import View
from extractors._scope import Scope
from extractors._verbs import is_verb
from schemas.text import Span, fold

_MUTED_RE = re.compile(
    r"(?:muc dich|yeu cau|muc tieu|chi tieu|quan diem|su can thiet|thuc trang|tinh hinh|dac diem"
    r"|ket qua|danh gia|uu diem|ton tai|han che"
    r"|nguyen nhan|bai hoc|can cu|pham vi|doi tuong|kien nghi|de xuat,? kien nghi|thanh phan|boi canh)\b"
)
_END_RE = re.compile(
    r"(?:tren (?:day )?la|can cu (?:noi dung )?(?:ke hoach|chi thi|quyet dinh|cong van) nay"
    r"|trong qua trinh (?:trien khai|thuc hien|to chuc)"
    r"|(?:ke hoach|chi thi|quyet dinh|thong bao) nay (?:co hieu luc|thay the|thay cho)|\("
    r"|noi nhan|nhan duoc (?:ke hoach|cong van|chi thi))"
)
_INTRODUCES_RE = re.compile(
    r"(?:\b(?:yeu cau|nhu sau|de nghi|chi dao|ket luan|quyet dinh|sau day|cu the)|\bdien) ?:\W*$"
)
_TITLE = 16
"""Words that a heading below a body has at most."""


@dataclass(slots=True)
class _Owner:
    """A heading that names who does what stands below it."""

    level: int
    lead: list[Actor]
    support: list[Actor]
    bullets: bool = False

    @property
    def general(self) -> bool:
        """Whether it names kinds of bodies alone ("Trách nhiệm của các đơn vị"), so that each item may name its own."""
        return all(_agencies.kinds(fold(actor.name), 0) for actor in self.lead)


@dataclass(slots=True)
class _Group:
    """Labelled lines that are being read."""

    task: tuple[View, Span, str | None] | None
    labels: list[tuple[View, Label]] = field(default_factory=list)


class Walk:
    """Reads the paragraphs in order."""

    def __init__(self, layout: Layout, skipped: frozenset[int]) -> None:
        kept = [
            i
            for i, p in enumerate(layout.paragraphs)
            if (p.zone is Zone.BODY or p.zone is Zone.APPENDIX) and i not in skipped
        ]
        views = layout.views()
        self._paragraphs = [layout.paragraphs[i] for i in kept]
        self._views = [views[i] for i in kept]
        self._labels: dict[int, list[Label]] = {}
        self._owners: list[_Owner] = []
        self._scoped = Scope(is_report(layout), _MUTED_RE, Level.ARABIC)
        self._group: _Group | None = None
        self.duties: list[Duty] = []

    def run(self) -> list[Duty]:
        for index, (paragraph, view) in enumerate(zip(self._paragraphs, self._views, strict=True)):
            self._scope(paragraph, view)
            if not view.text.strip() or (view.text.isupper() and not paragraph.level):
                continue
            found = self._labelled(index)
            if found:
                self._label(index, view, found)
                continue
            self._flush()
            if not self._scoped.silent:
                self._paragraph(index, paragraph, view)
        self._flush()
        return self.duties

    def _scope(self, paragraph: Paragraph, view: View) -> None:
        """Follow the sections: what is over ends."""
        self._scoped.enter(paragraph, view)
        if 0 < paragraph.level <= Level.DASH:
            self._owners = [o for o in self._owners if o.level < paragraph.level]

    def _label(self, index: int, view: View, found: list[Label]) -> None:
        """Labelled values: of the task before them in the paragraph, else of the heading or bullet above."""
        before = view.text[: found[0].start].strip(" -–+(")
        if len(before.split()) >= 3:
            self._flush()
            paragraph = self._paragraphs[index]
            self._group = _Group((view, Span(0, found[0].start), paragraph.section))
        elif self._group is None:
            self._group = _Group(self._task_above(index))
        self._group.labels += [(view, label) for label in found]

    def _labelled(self, index: int) -> list[Label]:
        """The labels of a paragraph, read once."""
        found = self._labels.get(index)
        if found is None:
            found = self._labels[index] = _labels.labels(self._views[index])
        return found

    def _task_above(self, index: int) -> tuple[View, Span, str | None] | None:
        """The nearest heading or bullet that stands higher than the labels at ``index``."""
        level = self._paragraphs[index].level or Level.PLUS + 1
        above = [i for i in range(index - 1, -1, -1) if 0 < self._paragraphs[i].level < level]
        above = [i for i in above if not self._labelled(i)]
        if not above:
            return None
        best = above[0]
        if level > Level.PLUS and self._paragraphs[best].level >= Level.DASH:
            siblings = [i for i in above[1:2] if self._paragraphs[i].level == self._paragraphs[best].level]
            if siblings and best - siblings[0] == 1:
                best = next((i for i in above if self._paragraphs[i].level < Level.DASH), best)
        view = self._views[best]
        return view, Span(0, len(view.text)), self._paragraphs[best].section

    def _flush(self) -> None:
        """Make the duty of the labelled lines read so far."""
        group, self._group = self._group, None
        if group is None or group.task is None:
            return
        view, span, section = group.task
        duty = Duty(view, span, section, group.labels[0][1].rule)
        for source, label in group.labels:
            if label.role == "deadline":
                if source.text[label.value.start : label.value.end]:
                    duty.deadline = (source, label.value)
                continue
            match = _duties.WITH_RE.search(source.folded, label.value.start, label.value.end)
            if match and label.role == "lead":
                getattr(duty, label.role).extend(_duties.actors(source, Span(label.value.start, match.start())))
                duty.support += _duties.actors(source, Span(match.end(), label.value.end))
            else:
                getattr(duty, label.role).extend(_duties.actors(source, label.value))
        if not duty.lead and not duty.advise and self._owners:
            duty.lead, duty.inferred = list(self._owners[-1].lead), True
        if duty.lead or duty.advise or duty.support:
            if self.duties and self.duties[-1].view is view and span.start == 0:
                self.duties.pop()
            self.duties.append(duty)

    def _paragraph(self, index: int, paragraph: Paragraph, view: View) -> None:
        found = subject(view)
        owner = self._owners[-1] if self._owners else None
        if _END_RE.match(view.folded) and not (owner and paragraph.level):
            return
        if not paragraph.level and _INTRODUCES_RE.search(view.folded) and (found is None or owner is not None):
            return
        if owner and found and (self._ends(owner, paragraph, found) or (owner.general and _duties.acts(view, found))):
            owner = None
        if owner is None and found and self._heads(index, paragraph, view, found):
            return
        if owner is not None:
            self._under(index, paragraph, view, owner)
        elif found and _duties.is_above(view, found):
            return
        elif found and _duties.acts(view, found):
            self._sentence(paragraph, view, found)
        elif paragraph.section and (found is None or not _duties.is_closing(view, found)):
            self._inside(paragraph, view)

    @staticmethod
    def _ends(owner: _Owner, paragraph: Paragraph, found: Subject) -> bool:
        """Whether a body that opens plain text ends what stands below a heading."""
        return paragraph.level == 0 and (owner.bullets or found.ordered)

    def _heads(self, index: int, paragraph: Paragraph, view: View, found: Subject) -> bool:
        """Take a paragraph that names a body for what follows, if it is one."""
        follows = self._follows(index, paragraph)
        alone = _duties.is_heading(view, found) and (paragraph.level > 0 or view.text.rstrip().endswith(":"))
        if paragraph.level and follows and _duties.tells_all(view, found):
            alone = True
        if not (alone and follows) and not (view.text.rstrip().endswith(":") and follows):
            return False
        if not alone and not _duties.acts(view, found):
            return False
        support = [] if alone else _duties.helpers(view, Span(found.rest, len(view.text)))
        level = paragraph.level or Level.LETTER
        self._owners.append(_Owner(level, _duties.actors(view, found.bodies), support))
        return True

    def _follows(self, index: int, paragraph: Paragraph) -> bool:
        """Whether the next paragraph stands below this one."""
        if index + 1 >= len(self._paragraphs):
            return False
        following = self._paragraphs[index + 1].level
        if paragraph.level >= Level.DASH:
            return following > paragraph.level
        return following == 0 or following > (paragraph.level or Level.LETTER)

    def _under(self, index: int, paragraph: Paragraph, view: View, owner: _Owner) -> None:
        """A duty under a body's heading, or a bullet that introduces others."""
        owner.bullets = owner.bullets or paragraph.level > 0
        whole = Span(0, len(view.text))
        if view.text.rstrip().endswith(":") and paragraph.level and self._follows(index, paragraph):
            support = [*owner.support, *_duties.helpers(view, whole)]
            self._owners.append(_Owner(paragraph.level, owner.lead, support))
            return
        if self._entitles(index, paragraph, view) or ((named := subject(view)) and _duties.is_heading(view, named)):
            return
        duty = Duty(view, whole, paragraph.section, "assignments.under-heading", lead=list(owner.lead))
        duty.support = list(owner.support)
        self.duties.append(_duties.from_text(view, whole, duty))

    def _entitles(self, index: int, paragraph: Paragraph, view: View) -> bool:
        """Whether an item is no duty: too short, or a heading of what stands below it, without verb and stop."""
        words = view.text.split()
        if len(words) < 4:
            return True
        deed = is_verb(words[0].lower(), words[1])
        short = 0 < paragraph.level < Level.DASH and len(words) < _TITLE
        return short and not deed and view.text[-1:].isalnum() and self._follows(index, paragraph)

    def _sentence(self, paragraph: Paragraph, view: View, found: Subject) -> None:
        """A paragraph that a body opens; clauses after ";" that other bodies open are duties of their own."""
        starts = [(0, found), *clauses(view, found.rest)]
        for number, (_, one) in enumerate(starts):
            end = starts[number + 1][0] if number + 1 < len(starts) else len(view.text)
            if _duties.is_closing(view, one, end):
                continue
            task, support = _duties.task_after(view, one.rest)
            task = Span(task.start, end)
            rule = "assignments.ordered" if one.ordered else "assignments.subject"
            if self._scoped.report:
                task = Span(0, len(view.text))
            duty = Duty(view, task, paragraph.section, rule, lead=_duties.actors(view, one.bodies), support=support)
            self.duties.append(_duties.from_text(view, task, duty))

    def _inside(self, paragraph: Paragraph, view: View) -> None:
        """A paragraph with a sentence that a body opens: the paragraph is the task."""
        if found := ordered_later(view):
            self._sentence(paragraph, view, found)
        elif found := acting_later(view):
            whole = Span(0, len(view.text))
            lead = _duties.actors(view, found.bodies)
            duty = Duty(view, whole, paragraph.section, "assignments.inside", lead=lead)
            self.duties.append(_duties.from_text(view, whole, duty))
