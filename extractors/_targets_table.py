"""Tables of goals: a column with the indicator, one with its unit, and one for each year; ruled or flattened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from extractors import _flat_goals, _quantities
from extractors._layout import Layout, lay_out
from extractors._rules import Rule, View, Whole, stands_in
from schemas.record import Comparator, Evidence, Target
from schemas.text import Span, fold

BY_ORDER = "a table of goals without ruled lines: indicator, unit and year are read by the order of its cells"
_NAME_RE = re.compile(r"(?:ten |cac |noi dung )?(?:chi tieu|muc tieu)\b")
_UNIT_RE = re.compile(r"(?:don vi(?: tinh)?|dvt)$")
_VALUE_RE = re.compile(
    r"(?:muc tieu|ke hoach|chi tieu|giai doan)? ?(?:den )?(?:nam )?20\d\d(?: ?[-–] ?20\d\d)?$"
    r"|(?:muc tieu|ke hoach|chi tieu giao|muc phan dau|gia tri)\b"
)
_NOT_RE = re.compile(r"thuc hien|ket qua|uoc|hien trang|ghi chu|co quan|don vi thuc hien")
_CELL_RE = re.compile(
    r"\s*(?P<compare>≥|>=|>|≤|<=|<|tren|duoi|it nhat|toi thieu|khong qua|toi da"
    r"|tu)? ?(?P<value>\d[\d.]*(?:,\d+)?) ?%?(?: ?[-–] ?(?P<high>\d[\d.]*(?:,\d+)?))? ?(?P<unit>%"
    r"|\S{0,12})\s*(?P<more>tro len)?\s*$"
)
_COMPARATORS: dict[str, Comparator] = {
    "≥": ">=", ">=": ">=", ">": ">", "tren": ">", "it nhat": ">=", "toi thieu": ">=",
    "≤": "<=", "<=": "<=", "<": "<", "duoi": "<", "khong qua": "<=", "toi da": "<=",
}  # fmt: skip
_HEADS = ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2025", "Kế hoạch năm 2026")
RULES = (
    Rule(
        "targets.table",
        r"^\W*\w",
        reads=" | ".join(_HEADS) + "\n1 | Diện tích lúa | ha | 1.205 | 1.180",
        gives="2026 = 1180 ha | Diện tích lúa",
        refuses=" | ".join(_HEADS[:4]) + "\n1 | Diện tích lúa | ha | 1.205",
    ),
    Rule(
        "targets.table-by-order",
        r"^\W*\w",
        reads="\n".join(("I. CHỈ TIÊU", *_HEADS, "1", "Diện tích lúa", "ha", "1.205", "1.180")),
        gives="2026 = 1180 ha | Diện tích lúa",
        refuses="\n".join(("I. CHỈ TIÊU", *_HEADS, "1", "Diện tích lúa", "ha", "1.205", "xem sau")),
    ),
)
_RULED, _FLAT = (rule.name for rule in RULES)


@dataclass(slots=True)
class GoalTables:
    """The goals of tables, the paragraphs that those tables make up, and where the reading rests on order."""

    targets: list[Target] = field(default_factory=list)
    paragraphs: frozenset[int] = frozenset()
    doubts: list[tuple[Evidence, ...]] = field(default_factory=list)


def read(layout: Layout) -> GoalTables:
    """Every table whose head names an indicator and a year or a goal."""
    found = GoalTables()
    cells: list[Span] = []
    for table in layout.text.tables:
        for start, row in enumerate(table[:3]):
            columns = _columns([" ".join(View(layout.text, cell).folded.split()) for cell in row])
            if columns is None:
                continue
            name, unit, values = columns
            cells += [span for line in table for cell in line for span in cell]
            for line in table[start + 1 :]:
                found.targets += _row(layout, line, name, unit, values)
            break
    if not cells:
        for flat in _flat_goals.rows(layout):
            made = _flat_row(layout, flat)
            found.targets += made
            found.doubts += [one.evidence for one in made]
            cells += [*flat.name, *flat.unit, *(span for _, span in flat.goals)]
    found.paragraphs = _covered(layout, cells)
    return found


def _covered(layout: Layout, cells: list[Span]) -> frozenset[int]:
    return frozenset(
        i
        for i, p in enumerate(layout.paragraphs)
        if any(a.start < b.end and b.start < a.end for a in p.spans for b in cells)
    )


def _columns(heads: list[str]) -> tuple[int, int | None, dict[int, str | None]] | None:
    name = next((i for i, head in enumerate(heads) if _NAME_RE.match(head)), None)
    if name is None:
        return None
    unit = next((i for i, head in enumerate(heads) if _UNIT_RE.match(head)), None)
    values = {
        i: _quantities.period(head) or (re.sub(r"\D", "", head)[:4] or None)
        for i, head in enumerate(heads)
        if i not in (name, unit) and _VALUE_RE.match(head) and not _NOT_RE.search(head)
    }
    return (name, unit, values) if values else None


def _row(
    layout: Layout, row: tuple[tuple[Span, ...], ...], name: int, unit: int | None, values: dict[int, str | None]
) -> list[Target]:
    if name >= len(row):
        return []
    measure = View(layout.text, row[unit]) if unit is not None and unit < len(row) else None
    cells = [(years, View(layout.text, row[i])) for i, years in values.items() if i < len(row)]
    return _goals(View(layout.text, row[name]), measure, cells, _RULED)


def _flat_row(layout: Layout, row: _flat_goals.GoalRow) -> list[Target]:
    measure = View(layout.text, row.unit) if row.unit else None
    cells = [(years, View(layout.text, (span,))) for years, span in row.goals]
    return _goals(View(layout.text, row.name), measure, cells, _FLAT)


def _goals(label: View, measure: View | None, cells: list[tuple[str | None, View]], rule: str) -> list[Target]:
    """A goal for each cell that is a figure."""
    what = " ".join(label.text.split())
    printed = " ".join(measure.text.split()).strip("|'`.,;:-_ ") if measure is not None else ""
    found: list[Target] = []
    for years, cell in cells:
        match = _CELL_RE.match(cell.folded)
        if match is None or not what:
            continue
        factor, unit = _quantities.scaled(printed or match["unit"])
        high = _quantities.number(match["high"]) * factor if match["high"] else None
        compare = _COMPARATORS.get(fold(match["compare"] or ""), ">=" if high is not None else "=")
        found.append(
            Target(
                period=years,
                value=round(_quantities.number(match["value"]) * factor, 6),
                value_max=high,
                unit=unit or None,
                comparator=">=" if match["more"] else compare,
                population=what,
                statement=" ".join(part for part in (what, printed, cell.text.strip()) if part),
                evidence=(
                    *label.cite(label.whole, rule, "statement"),
                    *label.cite(label.whole, rule, "population"),
                    *cell.cite(cell.whole, rule, "value"),
                ),
            )
        )
    return found


@lru_cache(maxsize=1)
def _all_of(whole: Whole) -> tuple[Target, ...]:
    """The goals of every table of a text."""
    return tuple(read(lay_out(whole.text)).targets)


def shown(rule: Rule, view: View) -> str | None:
    """What a rule of this module gives for a view: the first goal of a table that stands in it."""
    for one in _all_of(Whole(view.source)):
        if one.evidence[0].rule == rule.name and stands_in(view, one.evidence):
            return f"{one.period} {one.comparator} {one.value:.10g} {one.unit} | {one.population}"
    return None
