"""Words to rows: what stands on one line of the page, whatever column it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from schemas.record import Box
from schemas.text import Ranked

_SAME_HEIGHT = 0.5
"""The share of height that words of one row have in common."""
_FAR = 3.0
"""A blank of so many line heights parts an engine's line."""
_TALL = 2.5
"""Words that differ more in height (stamps, signatures) do not make a row together."""


class Token(NamedTuple):
    """A word as an engine gave it: NFC text without blanks, box in points, confidence 0 to 1, the engine's own line.

    ``again`` is how further readers read its place.
    """

    text: str
    box: Box
    confidence: float | None = None
    line: int = 0
    again: Ranked = ()


class Row:
    """Words that stand on one line, from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Sort the words by their left edge."""
        self.tokens = tuple(sorted(tokens, key=lambda token: token.box[0]))

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        boxes = [token.box for token in self.tokens]
        return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))

    @cached_property
    def middle(self) -> float:
        """The height at which the row stands: the median of its words' middles."""
        return median((token.box[1] + token.box[3]) / 2 for token in self.tokens)

    @cached_property
    def height(self) -> float:
        """The median height of its words."""
        return median(token.box[3] - token.box[1] for token in self.tokens)

    @property
    def centre(self) -> float:
        """The middle between its left and right ends."""
        return (self.box[0] + self.box[2]) / 2

    def gaps(self) -> list[tuple[float, float]]:
        """The blanks between neighbouring words, as (right edge, left edge)."""
        return [(a.box[2], b.box[0]) for a, b in pairwise(self.tokens)]

    def cut(self, x: float) -> tuple[Row | None, Row | None]:
        """What stands left and what stands right of ``x``."""
        left = [token for token in self.tokens if (token.box[0] + token.box[2]) / 2 < x]
        right = [token for token in self.tokens if (token.box[0] + token.box[2]) / 2 >= x]
        return (Row(left) if left else None), (Row(right) if right else None)


def text_of(row: Row) -> str:
    """The words of a row, with single blanks."""
    return " ".join(token.text for token in row.tokens)


def in_rows(tokens: Sequence[Token]) -> list[Row]:
    """Rows from top to bottom.

    The engine's lines are kept together; lines (or parts of lines) that stand beside each other at the same height are
    joined: their facing words overlap by half. So a slight slope of the page does no harm.
    """
    by_line: dict[int, list[Token]] = {}
    for token in tokens:
        by_line.setdefault(token.line, []).append(token)
    rows: list[Row] = []
    segments = [segment for words in by_line.values() for segment in _split(Row(words))]
    for segment in sorted(segments, key=lambda row: row.box[0] - row.box[2]):
        home = max(range(len(rows)), key=lambda i, s=segment: _shared(rows[i], s), default=None)  # type: ignore[misc]
        if home is not None and _shared(rows[home], segment) >= _SAME_HEIGHT:
            rows[home] = Row((*rows[home].tokens, *segment.tokens))
        else:
            rows.append(segment)
    return sorted(rows, key=lambda row: (row.middle, row.box[0]))


def _split(row: Row) -> list[Row]:
    """A line cut at its very wide blanks: an engine may take for one line what only stands at about the same height."""
    cuts = [i for i, (a, b) in enumerate(row.gaps(), 1) if b - a > _FAR * row.height]
    return [Row(row.tokens[a:b]) for a, b in pairwise((0, *cuts, len(row.tokens)))]


def _shared(row: Row, segment: Row) -> float:
    """How much of the lower one's height the facing words of a row and a segment share; 0 where they do not fit."""
    left, right = segment.box[0], segment.box[2]
    slack = 0.25 * segment.height
    before = [token.box for token in row.tokens if token.box[2] <= left + slack]
    after = [token.box for token in row.tokens if token.box[0] >= right - slack]
    if len(before) + len(after) < len(row.tokens):
        return 0.0
    shares = [_overlap(before[-1], segment.tokens[0].box)] if before else []
    shares += [_overlap(after[0], segment.tokens[-1].box)] if after else []
    return min(shares, default=0.0)


def _overlap(a: Box, b: Box) -> float:
    low, high = sorted((a[3] - a[1], b[3] - b[1]))
    if high > _TALL * max(low, 8.0):
        return 0.0
    return (min(a[3], b[3]) - max(a[1], b[1])) / max(low, 0.1)
