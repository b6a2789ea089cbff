"""The garbled layer of a page that is read again: a second witness for each of its words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ingest.rows import Token
from schemas.record import Box
from schemas.text import Span, Word

SAME = 0.5
"""Two boxes are of one word where their common area is at least this share of their union."""


def other_readings(words: Sequence[Word], tokens: Sequence[Token]) -> tuple[tuple[Span, str], ...]:
    """The layer's reading of each word of a page, where the layer has one at the same place."""
    if not words or not tokens:
        return ()
    shares = _overlap(_array([w.box for w in words]), _array([t.box for t in tokens]))
    best = shares.argmax(axis=1)
    return tuple(
        (word.span, tokens[index].text)
        for word, index, share in zip(words, best.tolist(), shares.max(axis=1).tolist(), strict=True)
        if share >= SAME
    )


def _array(boxes: Sequence[Box]) -> npt.NDArray[np.float64]:
    return np.array(boxes, dtype=np.float64)


def _overlap(left: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The common area over the union of every pair of boxes."""
    low = np.maximum(left[:, None, :2], right[None, :, :2])
    high = np.minimum(left[:, None, 2:], right[None, :, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (left, right)]
    shares: npt.NDArray[np.float64] = common / np.maximum(areas[0][:, None] + areas[1][None, :] - common, 1e-9)
    return shares
