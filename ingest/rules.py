"""Rules on a page picture: long dark runs, followed over breaks, worn stretches and dots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.shades import Mask

PIECE, _BREAK = 24, 8
"""A broken rule: the least length of its pieces, and the longest break between them."""
_GAP, _SAME = 26, 3.0
"""Two rules are one where they are as high, and no more than this lies between their ends."""
_DARK = 0.6
"""How much of a worn end of a rule is dark at least."""
_THICKEST = 9


class Rule(NamedTuple):
    """A rule along x: its ends, and its height at either end (for rules that go down, x and y are exchanged)."""

    start: float
    end: float
    at_start: float
    at_end: float

    @property
    def middle(self) -> float:
        """Its mean height."""
        return (self.at_start + self.at_end) / 2

    @property
    def slope(self) -> float:
        """How far it drops per pixel."""
        return (self.at_end - self.at_start) / (self.end - self.start)

    def at(self, place: float) -> float:
        """The height of the rule, or of the line that it lies on, at a place along it."""
        return self.at_start + (self.at_end - self.at_start) * (place - self.start) / (self.end - self.start)


def find_rules(ink: Mask, shortest: int, piece: int = PIECE) -> list[Rule]:
    """Rules along the rows of a mask; runs in neighbouring rows that overlap make one rule."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    runs = _runs(thick, shortest, piece)
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
    return _joined([_followed(rule, thick, piece) for rule in found if rule])


def without_dots(ink: Mask) -> Mask:
    """A mask in which blanks of one or two pixels along the rows are filled: a dotted rule is a rule."""
    filled = ink.copy()
    filled[:, 1:-1] |= ink[:, :-2] & ink[:, 2:]
    for shift in (1, 2):
        filled[:, shift : -3 + shift] |= ink[:, :-3] & ink[:, 3:]
    return filled


def _runs(ink: Mask, shortest: int, piece: int) -> list[tuple[int, int, int]]:
    """Dark runs (row, start, end) of a length; pieces of a rule with short breaks between them count as one run."""
    ruled = np.flatnonzero(_has_piece(ink, piece))
    edges = np.diff(np.pad(ink[ruled], ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    pieces = ends - starts >= piece
    rows, starts, ends = ruled[rows[pieces]], starts[pieces], ends[pieces]
    if not len(rows):
        return []
    opens = np.ones(len(rows), dtype=bool)
    opens[1:] = (rows[1:] != rows[:-1]) | (starts[1:] - ends[:-1] > _BREAK)
    firsts = np.flatnonzero(opens)
    lasts = np.append(firsts[1:], len(rows)) - 1
    whole = zip(rows[firsts].tolist(), starts[firsts].tolist(), ends[lasts].tolist(), strict=True)
    return [(row, start, end) for row, start, end in whole if end - start >= shortest]


def _has_piece(ink: Mask, piece: int) -> Mask:
    """The rows in which so many pixels on end are dark."""
    dark, long = ink, 1
    while long < piece:
        step = min(long, piece - long)
        dark, long = dark[:, :-step] & dark[:, step:], long + step
    return np.asarray(dark.any(axis=1))


def _followed(rule: Rule, ink: Mask, piece: int) -> Rule:
    """A rule with what is left of its worn ends: pieces on its line, with most of the line up to them dark."""
    start, end = rule.start, rule.end
    right = np.arange(int(end), ink.shape[1])
    left = np.arange(int(start) - 1, -1, -1)
    start, end = start - _reach(rule, left, ink, piece), end + _reach(rule, right, ink, piece)
    return Rule(start, end, rule.at(start), rule.at(end))


def _reach(rule: Rule, places: npt.NDArray[np.int_], ink: Mask, piece: int) -> float:
    """How far a rule goes on along its line over places beyond its end."""
    heights = np.rint(rule.at_start + (places - rule.start) * rule.slope).astype(int)
    edges = np.diff(np.pad(ink[np.clip(heights, 0, len(ink) - 1), places], 1).astype(np.int8))
    reach = dark = 0
    for start, end in zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True):
        dark += end - start
        if start - reach > _GAP or dark < _DARK * end:
            break
        if end - start >= piece:
            reach = end
    return float(reach)


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rules, with those taken together that go on where another ends."""
    found: list[Rule] = []
    for rule in sorted(rules):
        home = next((i for i, other in enumerate(found) if _goes_on(other, rule)), None)
        if home is None:
            found.append(rule)
        elif rule.end > found[home].end:
            found[home] = found[home]._replace(end=rule.end, at_end=rule.at_end)
    return found


def _goes_on(rule: Rule, other: Rule) -> bool:
    """Whether a rule goes on in another: at the same height, after a short break."""
    return other.start - rule.end <= _GAP and abs(other.at_start - rule.at(other.start)) <= _SAME


def _fitted(runs: Sequence[tuple[int, int, int]]) -> Rule | None:
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
    return Rule(start, end, height + slope * (start - centre), height + slope * (end - centre))
