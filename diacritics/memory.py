"""What a document says elsewhere: its own phrases, read with certainty, help to read the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from diacritics.language import Floats, Ids, Language, pack

PAIRS, TRIPLES = 0.1, 0.3
"""The weights of the document's own pairs and triples of words against the language model."""
DISCOUNT = 2.0
"""Observations that a history is discounted by."""
SURE = 0.9
"""The posterior from which a word counts."""


class _Counts:
    """How often runs of words of one length stand in a document; a run does not vouch for itself, so one less."""

    def __init__(self, runs: list[tuple[int, ...]]) -> None:
        keys = pack(*np.array(runs, dtype=np.int64).T) if runs else np.zeros(0, dtype=np.uint64)
        self._keys, counts = np.unique(keys, return_counts=True)
        self._counts = np.append(counts - 1.0, 0.0)

    def find(self, *words: Ids) -> npt.NDArray[np.float64]:
        """The counts of runs; 0 where there is none."""
        keys = pack(*words)
        at = np.searchsorted(self._keys, keys)
        inside = np.minimum(at, max(0, len(self._keys) - 1))
        known = (self._keys[inside] == keys) if len(self._keys) else np.zeros(len(keys), dtype=bool)
        return self._counts[np.where(known, inside, len(self._keys))]


class Memory:
    """A language model with the memory of one document; to the lattice it is as ``Language``."""

    def __init__(self, language: Language, sentences: Iterable[Sequence[tuple[int, float]]]) -> None:
        """``sentences`` are the words of a first reading, in order, with their posteriors."""
        self._language = language
        self.end = language.end
        runs: tuple[list[tuple[int, ...]], ...] = ([], [], [])
        for sentence in sentences:
            for at in range(len(sentence)):
                for size in range(1, 4):
                    run = sentence[at : at + size]
                    if len(run) == size and min(posterior for _, posterior in run) >= SURE:
                        runs[size - 1].append(tuple(word for word, _ in run))
        self._counts = tuple(_Counts(run) for run in runs)

    def _pairs(self, before: Ids, words: Ids) -> npt.NDArray[np.float64]:
        one, two, _ = self._counts
        return PAIRS * two.find(before, words) / (one.find(before) + 1 + DISCOUNT)

    def bigram(self, before: Ids, words: Ids) -> tuple[Floats, Floats]:
        """As ``Language.bigram``."""
        log, back = self._language.bigram(before, words)
        return _mixed(log, PAIRS, self._pairs(before, words)), back

    def trigram(self, first: Ids, second: Ids, words: Ids, back: Floats, _: Floats) -> Floats:
        """As ``Language.trigram``."""
        log = self._language.bigram(second, words)[0]
        plain = self._language.trigram(first, second, words, back, log)
        two, three = self._counts[1:]
        triples = TRIPLES * three.find(first, second, words) / (two.find(first, second) + 1 + DISCOUNT)
        return _mixed(plain, PAIRS + TRIPLES, self._pairs(second, words) + triples)


def _mixed(log: Floats, weight: float, own: npt.NDArray[np.float64]) -> Floats:
    mixed: Floats = np.log((1 - weight) * np.exp(log.astype(np.float64)) + own).astype(np.float32)
    return mixed
