"""Two columns where documents have them: the letterhead, and recipients beside the signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Literal, NamedTuple

from ingest.cues import MOTTO, RECIPIENTS, in_end, in_letterhead, opens_number_row
from ingest.rows import Row, text_of
from schemas.text import fold

WIDE = 1.2
"""A blank of this many line heights can part two columns."""


class Part(NamedTuple):
    """Rows in reading order that belong to one column (0: the full width)."""

    rows: tuple[Row, ...]
    column: Literal[0, 1, 2] = 0


class _Zone(NamedTuple):
    """Rows ``start`` to ``end`` are two columns, parted at ``x``."""

    start: int
    end: int
    x: float


def arrange(rows: Sequence[Row]) -> list[Part]:
    """Rows from top to bottom, with the two columns of letterheads and ends taken apart, left one first."""
    parts: list[Part] = []
    at = 0
    while at < len(rows):
        zone = _letterhead(rows, at) or _end(rows, at)
        if zone is None:
            if parts and parts[-1].column == 0:
                parts[-1] = Part((*parts[-1].rows, rows[at]))
            else:
                parts.append(Part((rows[at],)))
            at += 1
        else:
            parts += _columns(rows[zone.start : zone.end], zone.x)
            at = zone.end
    return parts


def _letterhead(rows: Sequence[Row], start: int) -> _Zone | None:
    """The letterhead that starts at a row: the row has the motto, or two columns with the letterhead's words."""
    candidates = _motto_edges(rows[start])
    if not candidates:
        candidates = _gutters(rows[start])
        if not any(in_letterhead(half) for half in _halves(rows[start], candidates)):
            return None
    best = max((_run(rows, start, x, _is_heading) for x in candidates), key=lambda zone: zone.end, default=None)
    return best if best is not None and best.end - best.start >= 2 and _both(rows, best) else None


def _end(rows: Sequence[Row], start: int) -> _Zone | None:
    """Recipients and signature that start at a row."""
    row = rows[start]
    left = bool(RECIPIENTS.search(fold(text_of(row))))
    if not left and not any(in_end(half) for half in _halves(row, _gutters(row))):
        low, high = _extent(rows)
        if not (in_end(text_of(row)) and row.box[0] > low + 0.38 * (high - low)):
            return None
    candidates = {x for other in rows[start : start + 12] for x in _gutters(other)}
    zones = [_run(rows, start, x, _never) for x in sorted(candidates)]
    best = max(zones, key=lambda zone: (zone.end, _sides(rows, zone)), default=None)
    return best if best is not None and _both(rows, best) else None


def _run(rows: Sequence[Row], start: int, x: float, stops: Callable[[Row, Sequence[Row], float], bool]) -> _Zone:
    """As many rows from ``start`` on as leave ``x`` free."""
    end = start
    while end < len(rows) and _is_free(rows[end], x) and not stops(rows[end], rows[start:end], x):
        end += 1
    return _Zone(start, end, x)


def _is_free(row: Row, x: float) -> bool:
    """Whether no word stands on ``x`` and the blank around it is no mere word space."""
    if row.box[2] <= x or row.box[0] >= x:
        return True
    return any(a <= x <= b and b - a >= 0.45 * row.height for a, b in row.gaps())


def _is_heading(row: Row, above: Sequence[Row], x: float) -> bool:
    """Whether a one-sided row under a letterhead is title or body: nearer to the page's middle than to its column's."""
    left, right = row.cut(x)
    if not above or (left and right):
        return False
    halves = [half for other in above for half in (other.cut(x)[0 if left else 1],) if half]
    if len(halves) < 2:
        return False
    column = median(half.centre for half in halves)
    page = (min(r.box[0] for r in above) + max(r.box[2] for r in above)) / 2
    apart = row.middle - max(r.middle for r in above) > 3.2 * row.height
    number_row = any(opens_number_row(text_of(half)) for half in halves)
    return abs(row.centre - page) < abs(row.centre - column) or (apart and number_row)


def _never(row: Row, above: Sequence[Row], x: float) -> bool:
    """Recipients and signature have no heading below them, but the distance to what follows can be too large."""
    return False


def _gutters(row: Row) -> list[float]:
    """The places where a row can be parted: the left and right edges of its wide blanks, a little inside."""
    return [x for a, b in row.gaps() if b - a >= WIDE * row.height for x in (b - 1.0, (a + b) / 2)]


def _halves(row: Row, gutters: Sequence[float]) -> list[str]:
    return [text_of(half) for x in gutters for half in row.cut(x) if half]


def _motto_edges(row: Row) -> list[float]:
    """Places in the blank before the motto's first word, if the row has it."""
    text = text_of(row)
    match = MOTTO.search(fold(text))
    if match is None or not text[match.start()].isupper():
        return []
    seen = text[: match.start()].count(" ")
    edge = row.tokens[seen].box[0]
    before = row.tokens[seen - 1].box[2] if seen else edge - 2.0
    return [before + (edge - before) * share for share in (0.5, 0.75, 0.95)]


def _extent(rows: Sequence[Row]) -> tuple[float, float]:
    return min(row.box[0] for row in rows), max(row.box[2] for row in rows)


def _sides(rows: Sequence[Row], zone: _Zone) -> int:
    return sum(all(row.cut(zone.x)) for row in rows[zone.start : zone.end])


def _both(rows: Sequence[Row], zone: _Zone) -> bool:
    """Whether both columns of a zone hold something."""
    halves = [row.cut(zone.x) for row in rows[zone.start : zone.end]]
    return any(left for left, _ in halves) and any(right for _, right in halves)


def _columns(rows: Sequence[Row], x: float) -> list[Part]:
    """Left column, then right column; a letterhead's second row (number, place and date) is a pair of its own."""
    left = [half for row in rows if (half := row.cut(x)[0])]
    right = [half for row in rows if (half := row.cut(x)[1])]
    starts = [half.box[1] for half in (*left, *right) if opens_number_row(text_of(half))]
    y = min(starts, default=None) if MOTTO.search(fold(" ".join(map(text_of, right[:3])))) else None
    bands = [(left, right)] if y is None else [_above(left, right, y), _below(left, right, y)]
    parts = [part for left, right in bands for part in (Part(tuple(left), 1), Part(tuple(right), 2))]
    return [part for part in parts if part.rows]


def _above(left: list[Row], right: list[Row], y: float) -> tuple[list[Row], list[Row]]:
    return [r for r in left if r.middle < y], [r for r in right if r.middle < y]


def _below(left: list[Row], right: list[Row], y: float) -> tuple[list[Row], list[Row]]:
    return [r for r in left if r.middle >= y], [r for r in right if r.middle >= y]
