"""Tables of goals: a column with the indicator, one with its unit, and one for each year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors import _quantities
from extractors._layout import Layout
from extractors._rules import View
from schemas.record import Comparator, Target
from schemas.text import Span, fold

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
_RULE = "targets.table"


@dataclass(slots=True)
class GoalTables:
    """The goals of tables, and the paragraphs that those tables make up."""

    targets: list[Target] = field(default_factory=list)
    paragraphs: frozenset[int] = frozenset()


def read(layout: Layout) -> GoalTables:
    """Every table whose head names an indicator and a year or a goal."""
    found = GoalTables()
    used: set[int] = set()
    for table in layout.text.tables:
        for start, row in enumerate(table[:3]):
            columns = _columns([" ".join(View(layout.text, cell).folded.split()) for cell in row])
            if columns is None:
                continue
            name, unit, values = columns
            cells = [span for line in table for cell in line for span in cell]
            used |= {
                i
                for i, p in enumerate(layout.paragraphs)
                if any(a.start < b.end and b.start < a.end for a in p.spans for b in cells)
            }
            for line in table[start + 1 :]:
                found.targets += _row(layout, line, name, unit, values)
            break
    found.paragraphs = frozenset(used)
    return found


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
    found: list[Target] = []
    if name >= len(row):
        return found
    label = View(layout.text, row[name])
    what = " ".join(label.text.split())
    for index, years in values.items():
        if index >= len(row) or not what:
            continue
        cell = View(layout.text, row[index])
        match = _CELL_RE.match(cell.folded)
        if match is None:
            continue
        printed = " ".join(View(layout.text, row[unit]).text.split()) if unit is not None and unit < len(row) else ""
        shown = printed or match["unit"] or None
        compare: Comparator = ">=" if match["more"] else _COMPARATORS.get(fold(match["compare"] or ""), "=")
        found.append(
            Target(
                period=years,
                value=_quantities.number(match["value"]),
                value_max=_quantities.number(match["high"]) if match["high"] else None,
                unit=shown,
                comparator=compare,
                population=what,
                statement=" ".join(part for part in (what, printed, cell.text.strip()) if part),
                evidence=(
                    *label.cite(Span(0, len(label.text)), _RULE, "population"),
                    *cell.cite(Span(0, len(cell.text)), _RULE, "value"),
                ),
            )
        )
    return found
