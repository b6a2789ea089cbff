"""Tables without rules: a head with a table's words, and under it columns that blanks keep apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.rows import Row, text_of
from schemas.record import Box
from schemas.text import fold

_HEAD = re.compile(
    r"^(?:stt|tt)$|noi dung|nhiem vu|cong viec|chu tri|phoi hop|thoi gian|don vi|^co quan|chi tieu|ghi chu|ket qua"
)
_NUMBER = re.compile(r"^(?:\d{1,3}|[IVX]{1,5})[.)]?$")
_PARTED = 0.8
"""Line heights of blank that part two words of a head."""
_FREE = 0.35
"""Line heights of blank that must stay free between two columns in each line."""
_FEWEST = 3
"""Columns, and rows with the head, of a table at least."""
_STEP = 1.25
"""Usual line distances from one row to the next at least, where no number tells that it is the next."""
_FAR = 4.0
"""Line heights of blank under which a table ends."""

Gutters = tuple[tuple[float, float], ...]


def find_spaced(rows: Sequence[Row]) -> list[tuple[tuple[Box, ...], ...]]:
    """The tables without rules on a page, given its rows from top to bottom: rows of cells, in the rows' points."""
    found = []
    at = 0
    while at < len(rows):
        end, gutters = _extent(rows, at) if _is_head(rows[at]) else (at, ())
        cells = _cells(rows[at:end], gutters) if end - at >= _FEWEST else ()
        if cells:
            found.append(cells)
        at = max(at + 1, end if cells else 0)
    return found


def _is_head(row: Row) -> bool:
    pieces = _pieces(row)
    return len(pieces) >= _FEWEST and sum(bool(_HEAD.search(fold(text_of(piece)))) for piece in pieces) >= 2


def _pieces(row: Row) -> list[Row]:
    cuts = [i for i, (a, b) in enumerate(row.gaps(), 1) if b - a >= _PARTED * row.height]
    return [Row(row.tokens[a:b]) for a, b in pairwise((0, *cuts, len(row.tokens)))]


def _extent(rows: Sequence[Row], start: int) -> tuple[int, Gutters]:
    """Where the table that starts with a head ends, and what stays free between its columns."""
    gutters: Gutters = tuple((a, b) for a, b in rows[start].gaps() if b - a >= _PARTED * rows[start].height)
    end = start + 1
    while end < len(rows) and rows[end].box[1] - rows[end - 1].box[3] < _FAR * rows[end].height:
        narrower = tuple(_free(gutter, rows[end]) for gutter in gutters)
        if not all(narrower) or _runs_over(rows[end], gutters):
            break
        gutters = tuple(gutter for gutter in narrower if gutter)
        end += 1
    return end, gutters


def _runs_over(row: Row, gutters: Gutters) -> bool:
    """Whether a row is running text: one piece from before the first gutter to behind the last."""
    return len(_pieces(row)) == 1 and row.box[0] < gutters[0][0] and row.box[2] > gutters[-1][1]


def _free(gutter: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """The widest part of a gutter that a row leaves free; None where that is no more than a blank between words."""
    left, right = gutter
    inside = [token.box for token in row.tokens if token.box[0] < right and token.box[2] > left]
    edges = [left, *(edge for box in inside for edge in (box[0], box[2])), right]
    widest = max(zip(edges[::2], edges[1::2], strict=True), key=lambda part: part[1] - part[0])
    return widest if widest[1] - widest[0] >= _FREE * row.height else None


def _cells(rows: Sequence[Row], gutters: Gutters) -> tuple[tuple[Box, ...], ...]:
    """Boxes of rows and columns; a row begins at a number in the first column, or below more blank than usual."""
    left, right = min(row.box[0] for row in rows) - 2, max(row.box[2] for row in rows) + 2
    xs = [left, *((a + b) / 2 for a, b in gutters), right]
    usual = median(below.middle - above.middle for above, below in pairwise(rows))
    starts = [
        row.box[1]
        for above, row in pairwise(rows)
        if row.middle - above.middle > _STEP * usual or _NUMBER.match(_first(row, xs[1]))
    ]
    if len(starts) < _FEWEST - 1:
        return ()
    top, bottom = rows[0].box[1] - 2, rows[-1].box[3] + 2
    ys = [top, *(start - 2 for start in starts), bottom]
    return tuple(tuple((x0, y0, x1, y1) for x0, x1 in pairwise(xs)) for y0, y1 in pairwise(ys))


def _first(row: Row, edge: float) -> str:
    left = row.cut(edge)[0]
    return text_of(left) if left else ""
