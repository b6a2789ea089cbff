"""The words in which two texts differ."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

_PIECES = re.compile(r"\s+|[^\s]+")


class Stretch(NamedTuple):
    """A stretch of a text, and whether it differs from the other text."""

    text: str
    differs: bool


def differing(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both texts cut into stretches, word by word; the stretches of a text joined are the text."""
    ones, others = _PIECES.findall(before), _PIECES.findall(after)
    left: list[Stretch] = []
    right: list[Stretch] = []
    for step in Levenshtein.opcodes(ones, others):
        differs = step.tag != "equal"
        left.append(Stretch("".join(ones[step.src_start : step.src_end]), differs))
        right.append(Stretch("".join(others[step.dest_start : step.dest_end]), differs))
    return tuple(s for s in left if s.text), tuple(s for s in right if s.text)
