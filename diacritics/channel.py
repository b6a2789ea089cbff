"""The confusion model: P(seen | meant), where each meant character is seen as a segment of 0 to 3 characters.

A segment that was never seen for a character still has a small probability, by how alike the two look. Probabilities
are learnt by expectation maximisation from aligned pairs (``diacritics.build``), or from a document's own repaired
words (``adapted``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from schemas.text import fold

LONGEST = 3
"""The longest seen segment of one meant character."""
FLOOR = -14.0
"""The least log-probability of a segment."""
LEAST_DOUBT = 0.03
"""The least weight of looks against counts, however many the counts: no page is quite like those that were counted."""
PRIOR_COUNT = 3.0
"""How many observations the look-alike prior is worth."""

# Characters that engines confuse because they look alike; any two of one group.
LOOKALIKES = (
    "o0OQ6", "o6dó", "i1lI|!jt[]", "s5$S8", "b68hB", "g9qyG", "z27Z", "aâă4d@", "c¢CeG(", "e€cé&", "y¥vÿ§", "đdtpDĐPBb",
    "uvnwiy", "nurmh", "mnwr", "tfilr", "hbnk", "x×X&§%", "ơơoư", "rtf", "kKhxR", "qpg9", "wvư",
)  # fmt: skip
_ALIKE = frozenset((a, b) for group in LOOKALIKES for a in group for b in group if a != b)


@lru_cache(maxsize=1 << 18)
def likeness(meant: str, seen: str) -> float:
    """A rough P(seen | meant) from looks alone, for what the learnt table does not know."""
    base = fold(meant)
    if len(seen) == 1:
        if seen == meant:
            return 0.5
        if fold(seen) == base:
            return 0.2
        return 0.03 if (base, seen) in _ALIKE or (meant, seen) in _ALIKE else 0.002
    if not seen:
        return 0.004
    holds = base in fold(seen)
    if len(seen) == 2:
        return 0.003 if holds else 0.0002
    return 0.0004 if holds else 0.00001


@lru_cache(maxsize=8)
def _looks(meant: tuple[str, ...]) -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, int]]:
    """The places in ``meant`` of the characters of a base letter, of those that look like one, and of each."""
    bases: dict[str, list[int]] = {}
    alike: dict[str, list[int]] = {}
    for place, char in enumerate(meant):
        bases.setdefault(fold(char), []).append(place)
        for seen in {b for a, b in _ALIKE if a in (char, fold(char))}:
            alike.setdefault(seen, []).append(place)
    return bases, alike, {char: place for place, char in enumerate(meant)}


@lru_cache(maxsize=1 << 15)
def likenesses(meant: tuple[str, ...], seen: str) -> npt.NDArray[np.float64]:
    """``likeness`` of each character of ``meant`` to one seen segment."""
    bases, alike, places = _looks(meant)
    if not seen:
        return np.full(len(meant), likeness("x", ""))
    if len(seen) > 1:
        row = np.full(len(meant), likeness("?", seen))
        for base in set(fold(seen)):
            row[bases.get(base, [])] = likeness(base, seen)
        return row
    row = np.full(len(meant), 0.002)
    row[alike.get(seen, [])] = 0.03
    row[bases.get(fold(seen), [])] = 0.2
    if seen in places:
        row[places[seen]] = 0.5
    return row


@dataclass(frozen=True)
class Channel:
    """Learnt counts of seen segments for each meant character, smoothed by ``likeness``.

    ``prior`` is how many observations the look-alike prior is worth: more for a style that was learnt from little.
    """

    counts: dict[str, dict[str, float]]
    prior: float = PRIOR_COUNT

    def probability(self, meant: str, seen: str) -> float:
        """P(seen segment | meant character)."""
        seen_counts = self.counts.get(meant)
        if seen_counts is None:
            return likeness(meant, seen)
        total = self._totals[meant]
        doubt = self._doubt(total)
        return (1 - doubt) * seen_counts.get(seen, 0.0) / total + doubt * likeness(meant, seen)

    def _doubt(self, total: float) -> float:
        """The weight of looks against counts."""
        return max(LEAST_DOUBT, self.prior / (total + self.prior))

    @cached_property
    def _totals(self) -> dict[str, float]:
        return {meant: sum(seen.values()) for meant, seen in self.counts.items()}

    def table(self, meant: Sequence[str], seen: Sequence[str]) -> npt.NDArray[np.float32]:
        """log P for every meant character (rows) and seen segment (columns), not below ``FLOOR``."""
        columns = {segment: index for index, segment in enumerate(seen)}
        letters = tuple(meant)
        rows = np.ascontiguousarray(np.array([likenesses(letters, segment) for segment in seen]).T)
        for row, char in zip(rows, meant, strict=True):
            counts = self.counts.get(char)
            if counts is not None:
                total = self._totals[char]
                doubt = self._doubt(total)
                row *= doubt
                for segment, count in counts.items():
                    if segment in columns:
                        row[columns[segment]] += (1 - doubt) * count / total
        logs: npt.NDArray[np.float32] = np.maximum(np.log(rows), FLOOR).astype(np.float32)
        return logs

    def dump(self, path: Path) -> None:
        """Write the counts as JSON, rare ones left out."""
        kept = {
            meant: {seg: round(n, 1) for seg, n in sorted(seen.items(), key=lambda item: -item[1]) if n >= 0.3}
            for meant, seen in sorted(self.counts.items())
        }
        path.write_text(json.dumps({"prior": self.prior, "counts": kept}, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Channel:
        """Read what ``dump`` wrote."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["counts"], data["prior"])


def learn(
    pairs: Iterable[tuple[str, str, float]], start: Channel | None = None, rounds: int = 6, prior: float = PRIOR_COUNT
) -> Channel:
    """A channel from ``(meant, seen, weight)`` pairs by expectation maximisation, from ``start`` (or looks alone)."""
    channel = start or Channel({})
    kept = [p for p in pairs if 0 < len(p[0]) <= 12 and len(p[1]) <= 2 * len(p[0]) + 2]
    for _ in range(rounds):
        counts: dict[str, dict[str, float]] = {}
        cache: dict[tuple[str, str], float] = {}
        for meant, seen, weight in kept:
            _expect(channel, meant, seen, weight, counts, cache)
        channel = Channel(counts, prior)
    return channel


def _expect(
    channel: Channel,
    meant: str,
    seen: str,
    weight: float,
    counts: dict[str, dict[str, float]],
    cache: dict[tuple[str, str], float],
) -> None:
    """Add the expected segment counts of one pair (forward and backward sums over all segmentations)."""
    rows, columns = len(meant), len(seen)
    arcs: list[tuple[int, int, int, float]] = []
    forward = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    forward[0][0] = 1.0
    for i, char in enumerate(meant):
        for j in range(columns + 1):
            mass = forward[i][j]
            if mass <= 0.0:
                continue
            for k in range(j, min(columns, j + LONGEST) + 1):
                key = (char, seen[j:k])
                p = cache.get(key)
                if p is None:
                    p = cache[key] = channel.probability(*key)
                arcs.append((i, j, k, p))
                forward[i + 1][k] += mass * p
    total = forward[rows][columns]
    if total < 1e-30 or math.isnan(total):
        return
    backward = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    backward[rows][columns] = 1.0
    for i, j, k, p in reversed(arcs):
        share = p * backward[i + 1][k]
        backward[i][j] += share
        expected = forward[i][j] * share / total
        if expected > 1e-3:
            row = counts.setdefault(meant[i], {})
            row[seen[j:k]] = row.get(seen[j:k], 0.0) + expected * weight
