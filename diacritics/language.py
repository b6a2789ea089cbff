"""Trigram model of administrative Vietnamese with back-off, in memory-mapped tables of quantised log-probabilities.

Words are lower-case syllables and a few classes (``<num>``, ``<code>``, ``<unk>``, ``</s>``), each with an id. An
n-gram is found by the hash of its ids: the high bits choose a bucket, sixteen more tell entries of a bucket apart. An
n-gram that is not there backs off to the shorter one. Sizes and sources: ``diacritics/data/README.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

STEP = 1 / 16
"""Nats per quantisation step of a stored log-probability; 255 steps reach down to about -16."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def quantise(logs: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Log-probabilities (at most 0) as steps below zero."""
    return np.clip(np.rint(-logs / STEP), 0, 255).astype(np.uint8)


def mix(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A well-mixed 64-bit hash of packed ids (the finaliser of splitmix64)."""
    key = key * _MULTIPLIER
    key ^= key >> np.uint64(30)
    key *= np.uint64(0xBF58476D1CE4E5B9)
    key ^= key >> np.uint64(27)
    key *= np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


@dataclass(frozen=True)
class NgramTable:
    """A static hash table: packed n-gram -> row. ``offsets`` (buckets + 1) point into 16-bit ``prints``."""

    offsets: npt.NDArray[np.uint32]
    prints: npt.NDArray[np.uint16]

    def find(self, keys: npt.NDArray[np.uint64]) -> Ids:
        """The row of each key, or -1. A key that is absent is taken for another about once in 60,000 look-ups."""
        hashed = mix(keys)
        buckets = (hashed >> np.uint64(32)) % np.uint64(len(self.offsets) - 1)
        wanted = (hashed & np.uint64(0xFFFF)).astype(np.uint16)
        rows = self.offsets[buckets].astype(np.int64)
        ends = self.offsets[buckets + np.uint64(1)].astype(np.int64)
        found = np.full(len(keys), -1, dtype=np.int64)
        open_ = np.flatnonzero(rows < ends)
        while len(open_):
            at = rows[open_]
            hit = self.prints[at] == wanted[open_]
            found[open_[hit]] = at[hit]
            open_ = open_[~hit]
            rows[open_] += 1
            open_ = open_[rows[open_] < ends[open_]]
        return found


class Language:
    """log P(word | two words before), for arrays of word ids.

    Arrays come from one ``.npz``-like folder of ``.npy`` files, opened as memory maps, so that worker processes
    share them.
    """

    def __init__(self, folder: Path) -> None:
        """Open the model; raises FileNotFoundError where a file of it is missing."""
        self.words: tuple[str, ...] = tuple((folder / "words.txt").read_text(encoding="utf-8").split("\n"))
        self.ids: dict[str, int] = {word: index for index, word in enumerate(self.words)}

        def load(name: str) -> npt.NDArray[np.generic]:
            # A plain array over the mapped file: the memmap class is slow to index.
            return np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)  # type: ignore[no-any-return]

        self._uni = np.asarray(load("uni"), dtype=np.float32)
        self._uni_back = np.asarray(load("uni_back"), dtype=np.float32)
        self._bi = NgramTable(load("bi_offsets"), load("bi_prints"))  # type: ignore[arg-type]
        self._bi_log, self._bi_back = load("bi_log"), load("bi_back")
        self._tri = NgramTable(load("tri_offsets"), load("tri_prints"))  # type: ignore[arg-type]
        self._tri_log = load("tri_log")
        self.log_unigram: list[float] = self._uni.tolist()
        self.end = self.ids["</s>"]
        self.number, self.code, self.unknown = self.ids["<num>"], self.ids["<code>"], self.ids["<unk>"]

    def id(self, word: str) -> int:
        """The id of a lower-case word; that of ``<unk>`` where it is not known."""
        return self.ids.get(word, self.unknown)

    def unigram(self, words: Ids) -> Floats:
        """log P(word)."""
        return self._uni[words]

    def bigram(self, before: Ids, words: Ids) -> tuple[Floats, Floats]:
        """log P(word | before), and the log back-off weight of the context (before, word)."""
        rows = self._bi.find(pack(before, words))
        known = rows >= 0
        log = self._uni_back[before] + self._uni[words]
        back = np.zeros(len(words), dtype=np.float32)
        log[known] = self._bi_log[rows[known]].astype(np.float32) * -STEP
        back[known] = self._bi_back[rows[known]].astype(np.float32) * -STEP
        return log, back

    def trigram(self, first: Ids, second: Ids, words: Ids, back: Floats, lower: Floats) -> Floats:
        """log P(word | first, second); ``back`` is the weight of (first, second), ``lower`` log P(word | second)."""
        rows = self._tri.find(pack(first, second, words))
        known = rows >= 0
        log = back + lower
        log[known] = self._tri_log[rows[known]].astype(np.float32) * -STEP
        return log

    def score(self, words: Sequence[int]) -> float:
        """log P of a sentence: its words after ``</s>``."""
        ids = np.array([self.end, self.end, *words], dtype=np.int64)
        bi, back = self.bigram(ids[:-1], ids[1:])
        return float(self.trigram(ids[:-2], ids[1:-1], ids[2:], back[:-1], bi[1:]).sum())


def pack(*ids: Ids) -> npt.NDArray[np.uint64]:
    """Two or three word ids (below 2**21) as one key."""
    key = np.zeros(len(ids[0]), dtype=np.uint64)
    for part in ids:
        key = (key << np.uint64(21)) | part.astype(np.uint64)
    return key
