"""Ink without words: lines that the engine passed over, to be read once more by themselves."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import scipy.ndimage as nd
from PIL import Image

from ingest.shades import Mask, darker, paper_of
from schemas.record import Box

MOST = 6
"""Regions of a page that are read once more."""
_REDUCE = 4
_HEIGHTS = (5, 18)
"""How high a line of text is in (reduced) pixels: 5 to 17 points."""
_SHORTEST = 24
"""How long a line is at least: 8 mm."""
_FILLED = (0.12, 0.75)
"""The share of ink in the box of a line."""
_RULE = 60
_LEADING = 12
"""Lines nearer than this to each other are one region."""


def gaps(image: Image.Image, covered: Iterable[Box]) -> list[Box]:
    """Boxes of a grey picture where lines of text seem to stand and nothing is ``covered``; from top to bottom."""
    small = np.asarray(image.reduce(_REDUCE))
    ink = darker(small, 0.78 * paper_of(small))
    for left, top, right, bottom in covered:
        rows = slice(max(0, int(top / _REDUCE) - 1), int(bottom / _REDUCE) + 2)
        ink[rows, max(0, int(left / _REDUCE) - 2) : int(right / _REDUCE) + 3] = False
    ink &= ~_rules(ink)
    lines = _lines(ink)
    regions: list[list[int]] = []
    for left, top, right, bottom in sorted(lines, key=lambda line: line[1]):
        home = next(
            (r for r in regions if top - r[3] < _LEADING and left < r[2] and r[0] < right and bottom > r[1]), None
        )
        if home is None:
            regions.append([left, top, right, bottom])
        else:
            home[:] = [min(home[0], left), min(home[1], top), max(home[2], right), max(home[3], bottom)]
    longest = sorted(regions, key=lambda r: (r[1] - r[3]) * (r[2] - r[0]))[:MOST]
    return [
        (max(0, a - 4) * _REDUCE, max(0, b - 4) * _REDUCE, (c + 4) * _REDUCE, (d + 4) * _REDUCE)
        for a, b, c, d in sorted(longest, key=lambda r: r[1])
    ]


def _rules(ink: Mask) -> Mask:
    """Long runs along rows or columns, and what touches them."""
    across, down = (
        nd.maximum_filter1d(nd.minimum_filter1d(ink.view(np.uint8), _RULE, axis=axis), _RULE, axis=axis) > 0
        for axis in (1, 0)
    )
    return np.asarray(nd.maximum_filter((across | down).view(np.uint8), 3) > 0, dtype=np.bool_)


def _lines(ink: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes of what looks like lines of text."""
    joined = nd.maximum_filter1d(ink.view(np.uint8), 9, axis=1)
    labels, _ = nd.label(joined)
    found = []
    for number, place in enumerate(nd.find_objects(labels), 1):
        rows, columns = place
        high, wide = rows.stop - rows.start, columns.stop - columns.start - 8
        if not _HEIGHTS[0] <= high <= _HEIGHTS[1] or wide < _SHORTEST or wide < 2 * high:
            continue
        filled = np.count_nonzero(ink[place] & (labels[place] == number)) / (high * wide)
        if _FILLED[0] <= filled <= _FILLED[1]:
            found.append((columns.start + 4, rows.start, columns.stop - 4, rows.stop))
    return found
