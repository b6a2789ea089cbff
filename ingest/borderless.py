"""Tables without rules, or with rules across only: columns that blanks keep apart, below a head of a table's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.cues import RECIPIENTS, in_end, in_letterhead
from ingest.rows import Row, text_of
from schemas.record import Box
from schemas.text import fold

_HEAD = re.compile(
    r"^(?:stt|tt)$|noi dung|nhiem vu|cong viec|chu tri|phoi hop|thoi gian|don vi|^co quan|chi tieu|ghi chu|ket qua"
    r"|thoi han|san pham|^nam \d{4}$"
)
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,2})?|[IVX]{1,5})[.)]?$")
_PARTED = 0.8
"""Line heights of blank that part two words of a head."""
_FREE = 0.35
"""Line heights of blank that must stay free between two columns in each line."""
_BLOCKED = 3
"""One edge of a column in so many may be lost in a row where words were misread."""
_FEWEST = 3
"""Columns, and rows with the head, of a table at least."""
_STEP = 1.25
"""Usual line distances from one row to the next at least, where no number tells that it is the next."""
_PITCH = 1.6
"""Line heights from one line of a cell to the next at most."""
_FAR = 4.0
"""Line heights of blank under which a table ends."""
_SHOWN = 6
"""Rows at the head of a page that show whether a table goes on there."""
_STARTS = 5.0
"""Points within which lines of a column begin."""

Blanks = tuple[tuple[float, float], ...]
"""Stretches along x, from left to right."""
Gutters = tuple[Blanks, ...]
"""What each blank between two words of the head leaves free in the lines below: one stretch or several."""


def find_spaced(rows: Sequence[Row], bands: Sequence[Sequence[float]] = ()) -> list[tuple[tuple[Box | None, ...], ...]]:
    """The tables without rules on a page, given its rows from top to bottom: rows of cells, in the rows' points.

    ``bands`` are the heights of rules that run across the page one below the other: rows of a table stand between them.
    A table that goes on from the page before may have no head: there, lines tell that begin one below the other.
    """
    found = []
    at = 0
    while at < len(rows):
        start = rows[at]
        ys: Sequence[float] = next((ys for ys in bands if ys[0] <= start.middle <= ys[1]), ())
        end, gutters = at, Blanks()
        if _is_head(start) or (ys and len(_pieces(start)) >= _FEWEST):
            end, gutters = _extent(rows, at, ys)
        elif at < 2 and (shown := _goes_on(rows[at : at + _SHOWN])):
            end, gutters = _extent(rows, at, ys, shown)
        cells = _cells(rows[at:end], gutters, ys) if end - at >= (2 if ys else _FEWEST) else ()
        if cells:
            found.append(cells)
        at = max(at + 1, end if cells else 0)
    return found


def _is_head(row: Row) -> bool:
    pieces = _pieces(row)
    return len(pieces) >= _FEWEST and sum(bool(_HEAD.search(fold(text_of(piece)))) for piece in pieces) >= 2


def _goes_on(rows: Sequence[Row]) -> Row | None:
    """Of rows at the head of a page, one that shows the columns of a table without a head: others begin as it does.

    None where there is no such row, or a head, or the words of a letterhead or of a document's end.
    """
    texts = [text_of(piece) for row in rows for piece in _pieces(row) if piece.box != row.box]
    if not rows or len(_pieces(rows[0])) < _FEWEST or any(map(_is_head, rows)):
        return None
    if any(in_letterhead(text) or in_end(text) or RECIPIENTS.search(fold(text)) for text in texts):
        return None
    wide = sorted((row for row in rows if len(_pieces(row)) >= _FEWEST), key=lambda row: -len(_pieces(row)))
    return next((row for row in wide if _is_shared(row, rows)), None)


def _is_shared(row: Row, rows: Sequence[Row]) -> bool:
    """Whether at least two other rows have pieces that begin below each of a row's."""
    begins = [piece.box[0] for other in rows if other is not row for piece in _pieces(other)]
    return all(sum(abs(piece.box[0] - x) <= _STARTS for x in begins) >= 2 for piece in _pieces(row))


def _pieces(row: Row) -> list[Row]:
    cuts = [i for i, (a, b) in enumerate(row.gaps(), 1) if b - a >= _PARTED * row.height]
    return [Row(row.tokens[a:b]) for a, b in pairwise((0, *cuts, len(row.tokens)))]


def _blanks(row: Row) -> Gutters:
    words = Row([token for token in row.tokens if any(map(str.isalnum, token.text))] or row.tokens)
    return tuple(((a, b),) for a, b in words.gaps() if b - a >= _PARTED * row.height)


def _extent(rows: Sequence[Row], start: int, ys: Sequence[float], shown: Row | None = None) -> tuple[int, Blanks]:
    """Where the table that starts at a row ends, and the one stretch between any two columns.

    The columns are those of the row ``shown``, or of the first one, a head.
    """
    shown = shown or rows[start]
    gutters, least = _blanks(shown), _FREE * shown.height
    body: list[Row] = []
    end = start
    while end < len(rows) and (not ys or rows[end].middle < ys[-1]):
        row = rows[end]
        if not ys and end > start and row.box[1] - rows[end - 1].box[3] >= _FAR * row.height:
            break
        narrower = tuple(_free(gutter, row, least) for gutter in gutters)
        if not _is_title(row, gutters):
            if len(_pieces(row)) == 1 and row.box[0] < gutters[0][0][0] and row.box[2] > gutters[-1][-1][1]:
                break
            blocked = sum(not free for free in narrower)
            if blocked * _BLOCKED > len(gutters) or (blocked and len(_pieces(row)) < _FEWEST):
                break
            gutters = tuple(free or gutter for free, gutter in zip(narrower, gutters, strict=True))
            body.append(row)
        elif not ys and not any(_fits(after, gutters, least) for after in rows[end + 1 : end + 3]):
            break
        end += 1
    edges = tuple(_edge(gutter, body) for gutter in gutters)
    while not ys and end - start > _FEWEST and _is_beside(rows[end - 1], body, edges):
        end -= 1
    return end, edges


def _free(gutter: Blanks, row: Row, least: float) -> Blanks:
    """What a row leaves free of a gutter, without what is narrower than ``least``."""
    left, right = gutter[0][0], gutter[-1][1]
    words = [token.box for token in row.tokens if token.box[0] < right and token.box[2] > left]
    edges = [left, *(edge for box in words for edge in (box[0], box[2])), right]
    parts = [(max(a, c), min(b, d)) for a, b in zip(edges[::2], edges[1::2], strict=True) for c, d in gutter]
    return tuple((a, b) for a, b in parts if b - a >= least)


def _is_title(row: Row, gutters: Sequence[Blanks]) -> bool:
    """Whether a row is one piece from the first column over its edge, but not to the last: the title of a group."""
    over = row.box[0] < gutters[0][0][0] < row.box[2]
    return len(_pieces(row)) == 1 and over and row.box[2] <= gutters[-1][-1][1]


def _fits(row: Row, gutters: Gutters, least: float) -> bool:
    """Whether a row has several columns that the gutters keep apart."""
    return len(_pieces(row)) >= _FEWEST and all(_free(gutter, row, least) for gutter in gutters)


def _edge(gutter: Blanks, body: Sequence[Row]) -> tuple[float, float]:
    """Of what stays free, that behind which most lines begin."""

    def begun(part: tuple[float, float]) -> tuple[int, float]:
        starts = (next((t.box[0] for t in row.tokens if t.box[0] >= part[1] - 1), None) for row in body)
        return sum(x is not None and x - part[1] <= _STARTS for x in starts), part[1] - part[0]

    return max(gutter, key=begun)


def _is_beside(row: Row, body: Sequence[Row], edges: Blanks) -> bool:
    """Whether a row at the end of a table is no part of it: one piece that begins where no column does."""
    begins = [*(line.box[0] for line in body), *(right for _, right in edges)]
    return len(_pieces(row)) == 1 and all(abs(row.box[0] - x) > _STARTS for x in begins)


def _cells(rows: Sequence[Row], gutters: Blanks, ys: Sequence[float]) -> tuple[tuple[Box | None, ...], ...]:
    """Boxes of rows and columns.

    Where no rules part them, a row begins at a number in the first column, or below more blank than usual. The title of
    a group of rows is one cell.
    """
    left, right = min(row.box[0] for row in rows) - 2, max(row.box[2] for row in rows) + 2
    xs = [left, *((a + b) / 2 for a, b in gutters), right]
    steps = sorted(below.middle - above.middle for above, below in pairwise(rows))
    usual = min(steps[len(steps) // 4], _PITCH * sorted(row.height for row in rows)[len(rows) // 2])
    starts = [
        row.box[1]
        for above, row in pairwise(rows)
        if row.middle - above.middle > _STEP * usual or _NUMBER.match(_first(row, xs[1]))
    ]
    if not ys and len(starts) < _FEWEST - 1:
        return ()
    top, bottom = rows[0].box[1] - 2, rows[-1].box[3] + 2
    ys = ys or [top, *(start - 2 for start in starts), bottom]
    found: list[tuple[Box | None, ...]] = []
    for y0, y1 in pairwise(ys):
        inside = [row for row in rows if y0 <= row.middle < y1]
        if len(inside) == 1 and _is_title(inside[0], [(gutter,) for gutter in gutters]):
            found.append(((left, y0, right, y1), *[None] * len(gutters)))
        else:
            found.append(tuple((x0, y0, x1, y1) for x0, x1 in pairwise(xs)))
    return tuple(found)


def _first(row: Row, edge: float) -> str:
    left = row.cut(edge)[0]
    return text_of(left) if left else ""
