"""Readings of drawn pages -> aligned (meant, seen) tokens."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from schemas.text import fold

EDGES = ".,;:!?()[]{}<>«»\"“”„…-–—*/|_=+~'’‘`"
BAND = 4
WORST = 0.45
"""Lines less alike than this are not paired, tokens neither."""


def alike(a: str, b: str) -> float:
    """How alike two strings look once marks and capitals are gone, 0 to 1."""
    return SequenceMatcher(None, fold(a), fold(b), autojunk=False).ratio()


Place = tuple[int, int]


def align(left: list[str], right: list[str], *, joins: bool) -> list[tuple[str, str]]:
    """The most alike monotone pairing of two lists; with ``joins`` two neighbours on one side may pair with one."""
    rows, columns = len(left), len(right)
    best: dict[Place, tuple[float, Place]] = {(0, 0): (0.0, (0, 0))}
    for i in range(rows + 1):
        for j in range(max(0, i - BAND), min(columns, i + BAND) + 1):
            if (i, j) in best:
                for place, gain in _steps(left, right, (i, j), joins=joins):
                    score = best[i, j][0] + gain
                    if score > best.get(place, (-1.0, (0, 0)))[0]:
                        best[place] = (score, (i, j))
    if (rows, columns) not in best:
        return []
    found, at = [], (rows, columns)
    while at != (0, 0):
        before = best[at][1]
        if before[0] < at[0] and before[1] < at[1]:
            found.append((" ".join(left[before[0] : at[0]]), " ".join(right[before[1] : at[1]])))
        at = before
    return found[::-1]


def _steps(left: list[str], right: list[str], at: Place, *, joins: bool) -> Iterator[tuple[Place, float]]:
    """Where one may go from a place of the alignment, and what likeness is gained."""
    i, j = at
    if i < len(left):
        yield (i + 1, j), 0.0
    if j < len(right):
        yield (i, j + 1), 0.0
    for a, b in ((1, 1), (1, 2), (2, 1)) if joins else ((1, 1),):
        if i + a <= len(left) and j + b <= len(right):
            likeness = alike(" ".join(left[i : i + a]), " ".join(right[j : j + b]))
            if likeness >= WORST:
                yield (i + a, j + b), likeness * (a + b) / 2


def strip_common(meant: str, seen: str) -> tuple[str, str]:
    """Both without the edge punctuation that they share."""
    while meant and seen and meant[0] == seen[0] and meant[0] in EDGES:
        meant, seen = meant[1:], seen[1:]
    while meant and seen and meant[-1] == seen[-1] and meant[-1] in EDGES:
        meant, seen = meant[:-1], seen[:-1]
    return meant, seen


def pairs(path: Path, language: str) -> Counter[tuple[str, str]]:
    """Counts of (meant, seen) tokens of all pages of a readings file."""
    counts: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8") as pages:
        for page in map(json.loads, pages):
            for meant_line, seen_line in align(page["truth"], page[language], joins=False):
                left, right = meant_line.split(), seen_line.split()
                tokens = (
                    list(zip(left, right, strict=True))
                    if len(left) == len(right) and alike(meant_line, seen_line) > 0.6
                    else align(left, right, joins=True)
                )
                for meant, seen in tokens:
                    meant, seen = strip_common(meant, seen)
                    if meant and seen:
                        counts[meant, seen] += 1
    return counts
