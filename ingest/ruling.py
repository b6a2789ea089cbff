"""Ruled tables on a page picture: long dark runs are rules, crossing rules make a grid, missing rules merge cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
from PIL import Image

from ingest.marks import Sighting
from ingest.reading_order import CellBoxes
from ingest.rules import Rule, find_rules, without_dots
from ingest.shades import darker, paper_of
from schemas.record import Box

_REDUCE = 2
"""Rules are looked for in a picture of half the size (150 dpi)."""
_ACROSS, _DOWN = 60, 36
"""The least length of a rule in pixels of the reduced picture: longer than any stroke of a letter."""
_FAINT, _FAINT_ACROSS, _FAINT_DOWN = 0.88, (200, 100), (48, 40)
"""Faint rules: their shade as a share of the paper's, the least length of a rule, and that of its pieces."""
_CUT = 0.2
"""The share of its words that the rules of a table may run through."""
_NEAR = 6.0
"""Rules are at the same place, or touch, within so many pixels."""
_STAMP = (160.0, 500.0, 50.0, 270.0)
"""The least and most width and height of a stamp in pixels of the reduced picture: 27 to 85 and 8 to 46 mm."""
_HEADING = 48.0
"""How far above a frame a rule belongs to it: 8 mm."""


class Grid(NamedTuple):
    """The tables of a picture: cells in pixels after straightening, and the slope (drop per pixel to the right).

    ``frames`` are boxes, in pixels of the picture, around small groups of rules that touch: they may be stamps.
    ``bands`` are the heights of long rules one below the other that none crosses, in pixels after straightening.
    """

    tables: tuple[CellBoxes, ...]
    slope: float
    frames: tuple[Box, ...] = ()
    bands: tuple[tuple[float, ...], ...] = ()

    def without(self, marks: Sequence[Sighting]) -> Grid:
        """The same without the tables that lie on a mark."""
        return self._replace(tables=tuple(t for t in self.tables if not any(_lies_on(t, m.box) for m in marks)))

    def straight(self, box: Box) -> Box:
        """A pixel box of the picture where its rules are level."""
        return _moved(box, self.slope)

    def sloped(self, box: Box) -> Box:
        """A straightened box as it lies on the picture."""
        return _moved(box, -self.slope)


def find_grids(image: Image.Image, untouched: Image.Image | None = None, words: Sequence[Box] = ()) -> Grid:
    """The ruled tables (two rows and two columns at least) of a grey picture.

    ``untouched`` is the picture before dust and traces of the back were taken away, and perhaps pale or dotted rules
    with them; ``words`` are the boxes of the picture's words: what cuts them is no rule.
    """
    pixels = np.asarray(image.reduce(_REDUCE))
    ink = darker(pixels, paper_of(pixels, 2) * 0.8)
    across, down = find_rules(ink, _ACROSS), find_rules(np.ascontiguousarray(ink.T), _DOWN)
    clear = _grid(across, down, words)._replace(frames=_frames(across, down))
    faint = _faint(image if untouched is None else untouched, words)
    kept = tuple(table for table in faint.tables if not _cuts(table, [faint.straight(word) for word in words]))
    return clear._replace(tables=kept, slope=faint.slope) if _size(kept) > _size(clear.tables) else clear


def _faint(image: Image.Image, words: Sequence[Box]) -> Grid:
    """The tables of a grey picture whose rules may be pale or dotted."""
    pixels = np.asarray(image.reduce(_REDUCE))
    ink = darker(pixels, paper_of(pixels, 2) * _FAINT)
    across = find_rules(without_dots(ink), *_FAINT_ACROSS)
    if len(across) < 3:
        return Grid((), 0.0)
    return _grid(across, find_rules(without_dots(np.ascontiguousarray(ink.T)), *_FAINT_DOWN), words)


def _size(tables: Sequence[CellBoxes]) -> int:
    return sum(len(table) * len(table[0]) for table in tables)


def _cuts(table: CellBoxes, words: Sequence[Box]) -> bool:
    """Whether the rules of a table run through words, as those of a table on the back do."""
    cells = [box for row in table for box in row if box]
    inside = cut = 0
    for left, top, right, bottom in words:
        x, y, slack = (left + right) / 2, (top + bottom) / 2, (bottom - top) / 3
        cell = next((c for c in cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)
        inside += cell is not None
        cut += cell is not None and (left + slack < cell[0] or right - slack > cell[2])
    return cut > _CUT * inside


def _grid(across: Sequence[Rule], down: Sequence[Rule], words: Sequence[Box]) -> Grid:
    if len(across) < 3:
        return Grid((), 0.0)
    slope = median(rule.slope for rule in across)
    level, plumb = [_straight(rule, slope) for rule in across], [_straight(rule, -slope) for rule in down]
    placed = [_scaled(_moved(word, slope), 1 / _REDUCE) for word in words]
    groups = _groups(level, plumb)
    tables = (_table(*group, placed) for group in groups)
    return Grid(
        tuple(filter(None, tables)), slope, (), tuple(_bands([rules[0] for rules, crossing in groups if not crossing]))
    )


def _bands(rules: Sequence[Rule]) -> Iterator[tuple[float, ...]]:
    """The heights of rules, three at least, that begin and end one below the other."""
    left = list(rules)
    while left:
        first = left[0]
        same = [r for r in left if max(abs(r.start - first.start), abs(r.end - first.end)) <= 2 * _NEAR]
        left = [r for r in left if r not in same]
        if len(same) >= 3:
            yield tuple(sorted(r.middle * _REDUCE for r in same))


def _frames(across: Sequence[Rule], down: Sequence[Rule]) -> tuple[Box, ...]:
    """Boxes of the size of a stamp around rules that touch, with what a rule above them takes in."""
    boxes = [(r.start, min(r.at_start, r.at_end), r.end, max(r.at_start, r.at_end)) for r in across]
    boxes += [(min(r.at_start, r.at_end), r.start, max(r.at_start, r.at_end), r.end) for r in down]
    groups: list[tuple[Box, int]] = []
    for box in boxes:
        touching = [group for group in groups if _touch(group[0], box)]
        groups = [group for group in groups if group not in touching]
        whole = [box, *(group[0] for group in touching)]
        groups.append((_around(whole), 1 + sum(group[1] for group in touching)))
    found = []
    for box, count in groups:
        above = [
            b for b in boxes if 0 <= box[1] - b[3] <= _HEADING and b[0] >= box[0] - _NEAR and b[2] <= box[2] + _NEAR
        ]
        left, top, right, bottom = _around([box, *above])
        fits = _STAMP[0] <= right - left <= _STAMP[1] and _STAMP[2] <= bottom - top <= _STAMP[3]
        if count >= 3 and fits:
            found.append((left * _REDUCE, top * _REDUCE, right * _REDUCE, bottom * _REDUCE))
    return tuple(found)


def _touch(a: Box, b: Box) -> bool:
    return a[0] - _NEAR <= b[2] and b[0] - _NEAR <= a[2] and a[1] - _NEAR <= b[3] and b[1] - _NEAR <= a[3]


def _around(boxes: Sequence[Box]) -> Box:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _lies_on(table: CellBoxes, box: Box) -> bool:
    """Whether the middle of a table lies in a box."""
    whole = _around([cell for row in table for cell in row if cell])
    x, y = (whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _straight(rule: Rule, slope: float) -> Rule:
    """A rule as it stands on the picture whose rules are level."""
    height, shift = rule.middle - slope * (rule.start + rule.end) / 2, slope * rule.middle
    return Rule(rule.start + shift, rule.end + shift, height, height)


def _moved(box: Box, slope: float) -> Box:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (box[0] + slope * y, box[1] - slope * x, box[2] + slope * y, box[3] - slope * x)


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together by crossing."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in across:
        joined = ([rule], [other for other in down if _cross(rule, other)])
        rest = []
        for group in groups:
            if any(other in joined[1] for other in group[1]):
                joined = (group[0] + joined[0], group[1] + [o for o in joined[1] if o not in group[1]])
            else:
                rest.append(group)
        groups = [*rest, joined]
    return groups


def _cross(across: Rule, down: Rule) -> bool:
    in_width = across.start - _NEAR <= down.middle <= across.end + _NEAR
    return in_width and down.start - _NEAR <= across.middle <= down.end + _NEAR


def _table(across: list[Rule], down: list[Rule], words: Sequence[Box]) -> CellBoxes:
    """The cells between crossing rules, in pixels of the picture; () where they make no table."""
    ys, xs = _places(across), _places(down)
    if len(ys) < 3 or len(xs) < 3:
        return ()
    rows: list[list[Box | None]] = []
    for top, bottom in pairwise(ys):
        row: list[Box | None] = [None] * (len(xs) - 1)
        inside = [word for word in words if top <= (word[1] + word[3]) / 2 <= bottom]
        edges = _edges(xs, [_ruled(down, x, (top + bottom) / 2) for x in xs[1:-1]], inside)
        for start, end in pairwise(edges):
            row[start] = (xs[start], top, xs[end], bottom)
        rows.append(row)
    for above, row in reversed([*pairwise(rows)]):
        for i, (upper, box) in enumerate(zip(above, row, strict=True)):
            if upper and box and upper[2] == box[2] and not _ruled(across, box[1], (box[0] + box[2]) / 2):
                above[i], row[i] = (upper[0], upper[1], box[2], box[3]), None
    return tuple(tuple(box and _scaled(box, _REDUCE) for box in row) for row in rows)


def _edges(xs: Sequence[float], ruled: Sequence[bool], words: Sequence[Box]) -> list[int]:
    """The columns' edges between which a row has cells: those with a rule.

    Where most have one, a rule is worn off at the others, unless a word stands there.
    """
    worn = 2 * sum(ruled) >= len(ruled)
    inner = [
        number
        for number, (x, is_ruled) in enumerate(zip(xs[1:-1], ruled, strict=True), 1)
        if is_ruled or (worn and not any(left < x < right for left, _, right, _ in words))
    ]
    return [0, *inner, len(xs) - 1]


def _places(rules: Sequence[Rule]) -> list[float]:
    """Where rules stand, those near each other taken together."""
    places: list[list[float]] = []
    for place in sorted(rule.middle for rule in rules):
        if places and place - places[-1][-1] <= _NEAR:
            places[-1].append(place)
        else:
            places.append([place])
    return [median(group) for group in places]


def _ruled(rules: Sequence[Rule], place: float, beside: float) -> bool:
    """Whether a rule at ``place`` passes by ``beside``."""
    return any(abs(rule.middle - place) <= _NEAR and rule.start <= beside <= rule.end for rule in rules)


def _scaled(box: Box, factor: float) -> Box:
    return (box[0] * factor, box[1] * factor, box[2] * factor, box[3] * factor)
