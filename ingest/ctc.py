"""What a CTC network saw in a line: its words, their places, and for each the likeliest readings."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from schemas.text import Ranked

KEPT = 8
"""Readings of a word that are kept."""
_BLANK = 0
_SEEN = -7.0
"""The log-probability below which a letter at a place is no candidate."""
_SURE = -0.02
"""A place is sure where its best letter has at least this log-probability."""
_WORST = -12.0
"""Readings below this log-probability are dropped."""


_Beam = dict[tuple[int, ...], tuple[float, float]]
"""Prefixes, with the log-probabilities that they end in a blank of CTC and that they do not."""


class Frames(NamedTuple):
    """``logs`` [places, letters]: log-probabilities along a line; letter 0 is the blank of CTC."""

    letters: tuple[str, ...]
    logs: npt.NDArray[np.float32]


class Heard(NamedTuple):
    """A word of a line: its left and right end as shares of the line's width, and its readings, the likeliest first.

    ``places`` are those of the letters of the best reading, also as shares (none where they are not known).
    """

    left: float
    right: float
    readings: Ranked
    places: tuple[float, ...] = ()


def heard_words(frames: Frames) -> tuple[Heard, ...]:
    """The words between the blanks that the network saw."""
    best = frames.logs.argmax(axis=1)
    space = frames.letters.index(" ")
    found = []
    start = 0
    for end in [*np.flatnonzero(best == space).tolist(), len(best)]:
        letters = [i for i in range(start, end) if best[i] != _BLANK and (i == start or best[i] != best[i - 1])]
        readings = _readings(frames, best[start:end], start) if letters else ()
        if readings:
            left, right = letters[0] / len(best), (letters[-1] + 1) / len(best)
            places = tuple(round((i + 0.5) / len(best), 4) for i in letters)
            whole = len(letters) == len(readings[0][0])
            found.append(Heard(round(left, 4), round(right, 4), readings, places if whole else ()))
        start = end + 1
    return tuple(found)


def _readings(frames: Frames, best: npt.NDArray[np.int64], start: int) -> Ranked:
    """The likeliest texts of the places from ``start`` on, by a beam over prefixes; blanks between words left out."""
    logs = frames.logs[start : start + len(best)]
    space = frames.letters.index(" ")
    sure = logs[np.arange(len(best)), best] >= _SURE
    beam: dict[tuple[int, ...], tuple[float, float]] = {
        (): (0.0, -math.inf)
    }  # log P with and without a blank at the end
    for place in range(len(best)):
        row = logs[place]
        seen = [int(best[place])] if sure[place] else np.flatnonzero(row >= _SEEN).tolist()
        after: _Beam = {}
        for prefix, (blank, letter) in beam.items():
            whole = _add(blank, letter)
            for index in seen:
                p = float(row[index])
                if index in (_BLANK, space):
                    _put(after, prefix, whole + p, -math.inf)
                elif prefix and prefix[-1] == index:
                    _put(after, prefix, -math.inf, letter + p)
                    _put(after, (*prefix, index), -math.inf, blank + p)
                else:
                    _put(after, (*prefix, index), -math.inf, whole + p)
        ranked = sorted(after.items(), key=lambda item: (-_add(*item[1]), item[0]))
        beam = dict(ranked[: 2 * KEPT])
    texts = (("".join(frames.letters[i] for i in prefix), round(_add(*ends), 2)) for prefix, ends in beam.items())
    return tuple((text, log) for text, log in texts if text and log >= _WORST)[:KEPT]


def _put(beam: _Beam, prefix: tuple[int, ...], blank: float, letter: float) -> None:
    was = beam.get(prefix)
    beam[prefix] = (blank, letter) if was is None else (_add(was[0], blank), _add(was[1], letter))


def _add(one: float, two: float) -> float:
    """The logarithm of the sum of two probabilities."""
    high, low = (one, two) if one > two else (two, one)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
