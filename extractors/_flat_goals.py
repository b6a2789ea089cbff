"""Tables of goals whose cells a text layer has flattened into lines: a number, the indicator, its unit, then one figure
for each column.

Only rows with a figure for every column of the head are read: where a cell is empty, nothing tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors._layout import Layout, Zone
from schemas.text import Span

_NUMBERED_RE = re.compile(r"tt\b")
"""Stands in the head of every table."""
_HEAD_RE = re.compile(r"(?:stt|tt|so tt)\b.{0,12}$|(?:stt|tt|so tt) .{0,30}\b(?:chi tieu|muc tieu)\b")
_NAME_RE = re.compile(r"(?:ten |cac |noi dung )?(?:chi tieu|muc tieu)\b")
_UNIT_HEAD_RE = re.compile(r"\b(?:don vi(?: tinh)?|dvt)\b")
_COLUMN_RE = re.compile(r"(?P<kind>[^\d]{0,60})(?P<years>20\d\d(?: ?[-–] ?20\d\d)?)")
_RESULT_RE = re.compile(r"thuc hien|ket qua|hien trang|\buoc\b|\bda ")
_ROW_RE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})?|[-–])[.)]?$")
_TITLE_RE = re.compile(r"(?:[IVX]{1,4}|[A-H])[.)]?$")
_CELL_RE = re.compile(
    r"[<>≤≥]?=? ?\d[\d.]*(?:,\d+)? ?%?(?: ?[-–] ?\d[\d.,]*)? ?%?(?: tro len)?$|(?:tren|duoi|tu) \d[\d.,]*$"
)
_LINE_RE = re.compile(r"(?P<number>\d{1,2})[.)]? (?P<rest>\D.{2,120}?)(?P<cells>(?: \d[\d.]*(?:,\d+)?)+)$")
_MOST_HEAD = 16
"""Lines of the longest head."""
_LONGEST_ROW = 6


class GoalRow(NamedTuple):
    """A row: the lines of its indicator, of its unit, and for each goal the years and the cell."""

    name: tuple[Span, ...]
    unit: tuple[Span, ...]
    goals: tuple[tuple[str | None, Span], ...]


class _Line(NamedTuple):
    span: Span
    text: str
    folded: str


class _Head(NamedTuple):
    """Where the rows begin, whether there is a column of units, and the years of each column; None for a result."""

    start: int
    unit: bool
    columns: tuple[str | None, ...]


def rows(layout: Layout) -> Iterator[GoalRow]:
    """The rows of every flattened table of goals."""
    if _NUMBERED_RE.search(layout.text.folded) is None:
        return
    lines = _lines(layout)
    at = 0
    while at < len(lines):
        head = _head(lines, at)
        if head is None:
            at += 1
            continue
        at = head.start
        while (found := _row(lines, at, head)) is not None:
            at, row = found
            if row is not None:
                yield row


def _lines(layout: Layout) -> list[_Line]:
    zones = (Zone.BODY, Zone.APPENDIX, Zone.NOISE)
    spans = sorted(span for p in layout.paragraphs if p.zone in zones for span in p.spans)
    text, folded = layout.text.text, layout.text.folded
    return [_Line(s, text[s.start : s.end].strip(), folded[s.start : s.end].strip()) for s in spans]


def _head(lines: Sequence[_Line], at: int) -> _Head | None:
    """The head that begins at a line "TT", with an indicator's column below or beside it."""
    if not _HEAD_RE.match(lines[at].folded):
        return None
    near = lines[at : at + _MOST_HEAD]
    if not any(_NAME_RE.search(line.folded) for line in near[:3]):
        return None
    for size, line in enumerate(near):
        if size and (_TITLE_RE.match(line.text) or line.folded.split()[0].rstrip(".)") in ("1", "i", "a")):
            said = " ".join(x.folded for x in near[:size])
            unit = _UNIT_HEAD_RE.search(said)
            columns = list(_COLUMN_RE.finditer(said, unit.end() if unit else 0))
            if not columns:
                return None
            years = [None if _RESULT_RE.search(c["kind"]) else _years(c["years"]) for c in columns]
            return _Head(at + size, unit is not None, tuple(years))
    return None


def _years(printed: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", printed)


def _row(lines: Sequence[_Line], at: int, head: _Head) -> tuple[int, GoalRow | None] | None:
    """The row that begins at a line, and where the next one does; None where the table is over."""
    if at >= len(lines):
        return None
    line, size = lines[at], len(head.columns)
    if _TITLE_RE.match(line.text):
        return (at + 2, None) if at + 1 < len(lines) and not _CELL_RE.match(lines[at + 1].folded) else (at + 1, None)
    if (whole := _LINE_RE.match(line.text)) and len(whole["cells"].split()) == size:
        return at + 1, _of_one_line(line, whole, head)
    if not _ROW_RE.match(line.text):
        return None
    for last in range(at + 1, min(at + 1 + _LONGEST_ROW, len(lines) - size)):
        cells = lines[last + 1 : last + 1 + size]
        if _CELL_RE.match(lines[last].folded) or not all(_CELL_RE.match(cell.folded) for cell in cells):
            continue
        name = lines[at + 1 : last if head.unit else last + 1]
        unit = (lines[last].span,) if head.unit else ()
        goals = tuple((years, cell.span) for years, cell in zip(head.columns, cells, strict=True) if years)
        row = GoalRow(tuple(x.span for x in name), unit, goals)
        return last + 1 + size, row if name else None
    return at + 1, None


def _of_one_line(line: _Line, match: re.Match[str], head: _Head) -> GoalRow | None:
    """A row on one line: the last word before the figures is the unit."""
    rest, offset = match["rest"].rstrip(), line.span.start + match.start("rest")
    cut = rest.rfind(" ") if head.unit else len(rest)
    cells = [
        Span(line.span.start + match.start("cells") + m.start(), line.span.start + match.start("cells") + m.end())
        for m in re.finditer(r"\S+", match["cells"])
    ]
    if cut <= 0:
        return None
    unit = (Span(offset + cut + 1, offset + len(rest)),) if head.unit else ()
    goals = tuple((years, cell) for years, cell in zip(head.columns, cells, strict=True) if years)
    return GoalRow((Span(offset, offset + cut),), unit, goals)
