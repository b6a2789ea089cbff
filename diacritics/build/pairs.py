"""Readings of drawn pages -> aligned (meant, seen) tokens."""

from __future__ import annotations

import json
from collections import Counter
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


def align(left: list[str], right: list[str], *, joins: bool) -> list[tuple[str, str]]:
    """The most alike monotone pairing of two lists; with ``joins`` two neighbours on one side may pair with one."""
    rows, columns = len(left), len(right)
    best = {(0, 0): (0.0, (0, 0))}
    shapes = ((1, 1), (1, 2), (2, 1)) if joins else ((1, 1),)
    for i in range(rows + 1):
        for j in range(max(0, i - BAND), min(columns, i + BAND) + 1):
            if (i, j) not in best:
                continue
            score = best[i, j][0]
            steps = [(i + 1, j, score), (i, j + 1, score)]
            for a, b in shapes:
                if i + a <= rows and j + b <= columns:
                    likeness = alike(" ".join(left[i : i + a]), " ".join(right[j : j + b]))
                    if likeness >= WORST:
                        steps.append((i + a, j + b, score + likeness * (a + b) / 2))
            for x, y, value in steps:
                if x <= rows and y <= columns and value > best.get((x, y), (-1.0, (0, 0)))[0]:
                    best[x, y] = (value, (i, j))
    if (rows, columns) not in best:
        return []
    found, at = [], (rows, columns)
    while at != (0, 0):
        before = best[at][1]
        if before[0] < at[0] and before[1] < at[1]:
            found.append((" ".join(left[before[0] : at[0]]), " ".join(right[before[1] : at[1]])))
        at = before
    return found[::-1]


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
