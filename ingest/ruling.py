"""Ruled tables on a page picture: long dark runs are rules, crossing rules make a grid, missing rules merge cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
from PIL import Image

from ingest.marks import Sighting
from ingest.reading_order import CellBoxes
from ingest.shades import Mask, darker, paper_of
from schemas.record import Box

_REDUCE = 2
"""Rules are looked for in a picture of half the size (150 dpi)."""
_ACROSS, _DOWN = 60, 36
"""The least length of a rule in pixels of the reduced picture: longer than any stroke of a letter."""
_NEAR = 6.0
"""Rules are at the same place, or touch, within so many pixels."""
_THICKEST = 9
_PIECE, _BREAK = 24, 8
"""A broken rule: the least length of its pieces, and the longest break between them."""
_GAP, _SAME, _DARK = 26, 3.0, 0.6
"""Two rules are one where they are as high, and no more than this lies between their ends or so much of it is dark."""
_STAMP = (160.0, 500.0, 50.0, 270.0)
"""The least and most width and height of a stamp in pixels of the reduced picture: 27 to 85 and 8 to 46 mm."""
_HEADING = 48.0
"""How far above a frame a rule belongs to it: 8 mm."""


class Grid(NamedTuple):
    """The tables of a picture: cells in pixels after straightening, and the slope (drop per pixel to the right).

    ``frames`` are boxes, in pixels of the picture, around small groups of rules that touch: they may be stamps.
    """

    tables: tuple[CellBoxes, ...]
    slope: float
    frames: tuple[Box, ...] = ()

    def without(self, marks: Sequence[Sighting]) -> Grid:
        """The same without the tables that lie on a mark."""
        return self._replace(tables=tuple(t for t in self.tables if not any(_lies_on(t, m.box) for m in marks)))

    def straight(self, box: Box) -> Box:
        """A pixel box of the picture where its rules are level."""
        return _moved(box, self.slope)

    def sloped(self, box: Box) -> Box:
        """A straightened box as it lies on the picture."""
        return _moved(box, -self.slope)


class _Rule(NamedTuple):
    """A rule along x: its ends, and its height at either end (for rules that go down, x and y are exchanged)."""

    start: float
    end: float
    at_start: float
    at_end: float

    @property
    def middle(self) -> float:
        return (self.at_start + self.at_end) / 2

    def at(self, place: float) -> float:
        """The height of the rule, or of the line that it lies on, at a place along it."""
        return self.at_start + (self.at_end - self.at_start) * (place - self.start) / (self.end - self.start)


def find_grids(image: Image.Image) -> Grid:
    """The ruled tables (two rows and two columns at least) of a grey picture."""
    pixels = np.asarray(image.reduce(_REDUCE))
    ink = darker(pixels, paper_of(pixels, 2) * 0.8)
    across, down = _rules(ink, _ACROSS), _rules(np.ascontiguousarray(ink.T), _DOWN)
    frames = _frames(across, down)
    if len(across) < 3 or len(down) < 3:
        return Grid((), 0.0, frames)
    slope = median((rule.at_end - rule.at_start) / (rule.end - rule.start) for rule in across)
    level = [rule._replace(at_start=y, at_end=y) for rule in across for y in (rule.middle - slope * _mid(rule),)]
    plumb = [rule._replace(at_start=x, at_end=x) for rule in down for x in (rule.middle + slope * _mid(rule),)]
    plumb = [
        rule._replace(start=rule.start - slope * rule.middle, end=rule.end - slope * rule.middle) for rule in plumb
    ]
    tables = (_table(*group) for group in _groups(level, plumb))
    return Grid(tuple(table for table in tables if table), slope, frames)


def _frames(across: Sequence[_Rule], down: Sequence[_Rule]) -> tuple[Box, ...]:
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


def _mid(rule: _Rule) -> float:
    return (rule.start + rule.end) / 2


def _moved(box: Box, slope: float) -> Box:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (box[0] + slope * y, box[1] - slope * x, box[2] + slope * y, box[3] - slope * x)


def _rules(ink: Mask, shortest: int) -> list[_Rule]:
    """Rules along the rows of a mask; runs in neighbouring rows that overlap make one rule."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    runs = _runs(thick, shortest)
    open_rules: list[list[tuple[int, int, int]]] = []
    done: list[list[tuple[int, int, int]]] = []
    for y, start, end in runs:
        done += [runs for runs in open_rules if y - runs[-1][0] > 2]
        open_rules = [runs for runs in open_rules if y - runs[-1][0] <= 2]
        home = next((runs for runs in open_rules if runs[-1][1] <= end + 3 and start <= runs[-1][2] + 3), None)
        if home is None:
            open_rules.append([(y, start, end)])
        else:
            home.append((y, start, end))
    found = (_fitted(runs) for runs in done + open_rules)
    return _joined([rule for rule in found if rule], thick)


def _runs(ink: Mask, shortest: int) -> list[tuple[int, int, int]]:
    """Dark runs (row, start, end) of a length; pieces of a rule with short breaks between them count as one run."""
    ruled = np.flatnonzero(_has_piece(ink))
    edges = np.diff(np.pad(ink[ruled], ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    pieces = ends - starts >= _PIECE
    rows, starts, ends = ruled[rows[pieces]], starts[pieces], ends[pieces]
    if not len(rows):
        return []
    opens = np.ones(len(rows), dtype=bool)
    opens[1:] = (rows[1:] != rows[:-1]) | (starts[1:] - ends[:-1] > _BREAK)
    firsts = np.flatnonzero(opens)
    lasts = np.append(firsts[1:], len(rows)) - 1
    whole = zip(rows[firsts].tolist(), starts[firsts].tolist(), ends[lasts].tolist(), strict=True)
    return [(row, start, end) for row, start, end in whole if end - start >= shortest]


def _has_piece(ink: Mask) -> Mask:
    """The rows in which ``_PIECE`` pixels on end are dark."""
    dark, long = ink, 1
    while long < _PIECE:
        step = min(long, _PIECE - long)
        dark, long = dark[:, :-step] & dark[:, step:], long + step
    return np.asarray(dark.any(axis=1))


def _joined(rules: Sequence[_Rule], ink: Mask) -> list[_Rule]:
    """Rules, with those taken together that go on where another ends."""
    found: list[_Rule] = []
    for rule in sorted(rules):
        home = next((i for i, other in enumerate(found) if _goes_on(other, rule, ink)), None)
        if home is None:
            found.append(rule)
        elif rule.end > found[home].end:
            found[home] = found[home]._replace(end=rule.end, at_end=rule.at_end)
    return found


def _goes_on(rule: _Rule, other: _Rule, ink: Mask) -> bool:
    """Whether a rule goes on in another: after a short break, or with most of the line between them dark."""
    if abs(other.at_start - rule.at(other.start)) > _SAME:
        return False
    between = np.arange(int(rule.end), int(other.start))
    if len(between) <= _GAP:
        return True
    heights = rule.at_end + (other.at_start - rule.at_end) * np.linspace(0, 1, len(between))
    return bool(ink[np.clip(np.rint(heights).astype(int), 0, len(ink) - 1), between].mean() >= _DARK)


def _fitted(runs: Sequence[tuple[int, int, int]]) -> _Rule | None:
    """The rule through runs of (y, start, end); None where they are too thick for one."""
    ys, starts, ends = (np.array(values, dtype=float) for values in zip(*runs, strict=True))
    start, end = float(starts.min()), float(ends.max())
    weights = ends - starts
    middles = (starts + ends) / 2
    centre = float(np.average(middles, weights=weights))
    spread = float(np.average((middles - centre) ** 2 + weights**2 / 12, weights=weights))
    height = float(np.average(ys, weights=weights))
    slope = float(np.average((middles - centre) * (ys - height), weights=weights)) / spread if spread > 100 else 0.0
    if float(weights.sum()) / (end - start) > _THICKEST or abs(slope) > 0.03:
        return None
    return _Rule(start, end, height + slope * (start - centre), height + slope * (end - centre))


def _groups(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that hang together by crossing."""
    groups: list[tuple[list[_Rule], list[_Rule]]] = []
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


def _cross(across: _Rule, down: _Rule) -> bool:
    in_width = across.start - _NEAR <= down.middle <= across.end + _NEAR
    return in_width and down.start - _NEAR <= across.middle <= down.end + _NEAR


def _table(across: list[_Rule], down: list[_Rule]) -> CellBoxes:
    """The cells between crossing rules, in pixels of the picture; () where they make no table."""
    ys, xs = _places(across), _places(down)
    if len(ys) < 3 or len(xs) < 3:
        return ()
    rows: list[list[Box | None]] = []
    for top, bottom in pairwise(ys):
        row: list[Box | None] = [None] * (len(xs) - 1)
        start = 0
        for i in range(1, len(xs)):
            if i == len(xs) - 1 or _ruled(down, xs[i], (top + bottom) / 2):
                row[start] = (xs[start], top, xs[i], bottom)
                start = i
        rows.append(row)
    for above, row in pairwise(rows):
        for i, box in enumerate(row):
            upper = above[i]
            if box and upper and upper[2] == box[2] and not _ruled(across, box[1], (box[0] + box[2]) / 2):
                row[i] = (upper[0], upper[1], box[2], box[3])
                above[i] = None
    return tuple(tuple(_enlarged(box) for box in row) for row in rows)


def _places(rules: Sequence[_Rule]) -> list[float]:
    """Where rules stand, those near each other taken together."""
    places: list[list[float]] = []
    for place in sorted(rule.middle for rule in rules):
        if places and place - places[-1][-1] <= _NEAR:
            places[-1].append(place)
        else:
            places.append([place])
    return [median(group) for group in places]


def _ruled(rules: Sequence[_Rule], place: float, beside: float) -> bool:
    """Whether a rule at ``place`` passes by ``beside``."""
    return any(abs(rule.middle - place) <= _NEAR and rule.start <= beside <= rule.end for rule in rules)


def _enlarged(box: Box | None) -> Box | None:
    return (box[0] * _REDUCE, box[1] * _REDUCE, box[2] * _REDUCE, box[3] * _REDUCE) if box else None
