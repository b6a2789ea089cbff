"""The likeliest path through a lattice of words, under a trigram model: many segments at once, as arrays.

A node is a word between two positions, with an emission score; positions of all segments are numbered through. First
every edge is scored with the bigram model and edges that cannot be on a path within ``BEAM`` of the best are dropped;
what is left is searched exactly with the trigram model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from diacritics.candidates import ranges

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

BEAM = 9.0
"""Nats below the best path (by the bigram model) at which an edge is dropped."""
TEMPERATURE = 1.6
"""What scores are divided by before they become probabilities: calibrated on held-out pages, see ``bench``."""
_NOTHING = np.float32(-1e9)


class Words(Protocol):
    """A language model as the lattice asks it: see ``diacritics.language.Language``."""

    end: int

    def bigram(self, before: Ids, words: Ids) -> tuple[Floats, Floats]:
        """log P(word | before), and the log back-off weight of (before, word)."""

    def trigram(self, first: Ids, second: Ids, words: Ids, back: Floats, lower: Floats) -> Floats:
        """log P(word | first, second)."""


@dataclass
class Lattice:
    """Words between positions; ``level`` orders the positions of a segment, all segments start at level 0.

    ``owner`` is the caller's number of the option that a node belongs to.
    """

    language: Words
    word: list[int] = field(default_factory=list)
    emission: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    level: list[int] = field(default_factory=list)

    def position(self, level: int) -> int:
        """A new position."""
        self.level.append(level)
        return len(self.level) - 1

    def node(self, word: int, emission: float, start: int, end: int, owner: int) -> None:
        """A word between two positions."""
        self.word.append(word)
        self.emission.append(emission)
        self.start.append(start)
        self.end.append(end)
        self.owner.append(owner)

    def rivals(self, words: Sequence[int], emissions: Sequence[float], start: int, end: int, owner: int) -> None:
        """Words between the same two positions, owned by ``owner`` and the numbers after it."""
        size = len(words)
        self.word.extend(words)
        self.emission.extend(emissions)
        self.start.extend([start] * size)
        self.end.extend([end] * size)
        self.owner.extend(range(owner, owner + size))

    def search(self) -> Result:
        """The best path of every segment, and scores and probabilities of every owner.

        Every segment must begin and end with a node of its own (``</s>``, owner -1), and every node must lie on a path
        between them.
        """
        return _Search(self).result() if self.word else Result([], {}, {})


class Result(NamedTuple):
    """What a search found, by segment and by owner.

    ``paths``: for each segment the owners of the nodes on its best path. ``scores``: for each owner that of its
    best path by the bigram model (owners of one segment can be compared). ``posteriors``: its probability among
    all paths.
    """

    paths: list[list[int]]
    scores: dict[int, float]
    posteriors: dict[int, float]


class _Search:
    """One search: the arrays of a lattice, its edges, and their scores."""

    def __init__(self, lattice: Lattice) -> None:
        self.language = lattice.language
        level = np.array(lattice.level, dtype=np.int64)
        start = np.array(lattice.start, dtype=np.int64)
        order = np.argsort(level[start], kind="stable")
        self.word = np.array(lattice.word, dtype=np.int64)[order]
        self.emission = np.array(lattice.emission, dtype=np.float32)[order]
        self.start = start[order]
        self.end = np.array(lattice.end, dtype=np.int64)[order]
        self.owner = np.array(lattice.owner, dtype=np.int64)[order]
        self.node_level = level[self.start]
        self.positions = len(level)
        self.through = self.emission
        self.root = np.ones(len(self.word), dtype=bool)
        self.leaf = self.root.copy()

    def result(self) -> Result:
        tail, head, bigram, back = self._edges()
        states = _States(self, tail, head, bigram, back)
        owners = self.owner.tolist()
        scores = dict(zip(owners, self.through.tolist(), strict=True))
        posteriors = dict(zip(owners, states.posteriors().tolist(), strict=True))
        return Result(states.paths(), scores, posteriors)

    def _edges(self) -> tuple[Ids, Ids, Floats, Floats]:
        """The edges (tail, head) that may lie on a good path, sorted by level, with bigram and back-off scores."""
        by_end = np.argsort(self.end, kind="stable")
        first = np.searchsorted(self.end[by_end], np.arange(self.positions + 1))
        counts = first[self.start + 1] - first[self.start]
        head, place = ranges(counts)
        tail = by_end[first[self.start[head]] + place]
        bigram, back = self.language.bigram(self.word[tail], self.word[head])
        self.root[head] = False
        self.leaf[tail] = False
        levels = self.node_level[head]
        cuts = np.flatnonzero(np.diff(levels, prepend=-1, append=levels[-1] + 1 if len(levels) else 0))
        forward, backward = self._sweep(tail, head, bigram, cuts)
        self.through = forward + backward
        through = forward[tail] + bigram + self.emission[head] + backward[head]
        best = self._segment_best()
        kept = np.flatnonzero(through >= best[tail] - BEAM)
        return tail[kept], head[kept], bigram[kept], back[kept]

    def _sweep(self, tail: Ids, head: Ids, score: Floats, cuts: Ids) -> tuple[Floats, Floats]:
        forward = np.full(len(self.word), _NOTHING, dtype=np.float32)
        forward[self.root] = self.emission[self.root]
        for low, high in pairwise(cuts.tolist()):
            at = head[low:high]
            np.maximum.at(forward, at, forward[tail[low:high]] + score[low:high] + self.emission[at])
        backward = np.full(len(self.word), _NOTHING, dtype=np.float32)
        backward[self.leaf] = 0
        for low, high in zip(cuts[-2::-1], cuts[:0:-1], strict=True):
            at = head[low:high]
            np.maximum.at(backward, tail[low:high], backward[at] + score[low:high] + self.emission[at])
        return forward, backward

    def segment(self) -> Ids:
        """The number of each node's segment."""
        opening = np.flatnonzero(self.node_level == self.node_level.min())
        return np.searchsorted(np.sort(self.start[opening]), self.start, side="right") - 1

    def _segment_best(self) -> Floats:
        """The score of the best path of each node's segment."""
        segment = self.segment()
        best = np.full(segment.max() + 1, _NOTHING, dtype=np.float32)
        np.maximum.at(best, segment, self.through)
        return best[segment]


class _States:
    """Exact search with the trigram model: edges are the states; one follows another whose head is its tail."""

    def __init__(self, search: _Search, tail: Ids, head: Ids, bigram: Floats, back: Floats) -> None:
        self.search, self.tail, self.head = search, tail, head
        by_head = np.argsort(head, kind="stable")
        first = np.searchsorted(head[by_head], np.arange(len(search.word) + 1))
        counts = first[tail + 1] - first[tail]
        self.after, place = ranges(counts)
        self.before = by_head[first[tail[self.after]] + place]
        word, emission = search.word, search.emission
        one, two, three = tail[self.before], tail[self.after], head[self.after]
        trigram = search.language.trigram(word[one], word[two], word[three], back[self.before], bigram[self.after])
        self.score = trigram + emission[three]
        self.opening = np.flatnonzero(search.root[tail])
        opened = self.opening
        self.first = emission[tail[opened]] + bigram[opened] + emission[head[opened]]
        self.final = np.flatnonzero(search.leaf[head])
        self.triples = np.concatenate(([0], np.cumsum(counts)))
        levels = search.node_level[head]
        steps = self.triples[np.flatnonzero(np.diff(levels, prepend=-1, append=levels[-1] + 1))]
        self.steps = [(low, high) for low, high in pairwise(steps.tolist()) if low < high]

    def _forward(self, combine: np.ufunc, scale: float) -> npt.NDArray[np.float64]:
        """The combined score of all paths that end with each state."""
        total = np.full(len(self.tail), float(_NOTHING))
        total[self.opening] = self.first * scale
        score = self.score * scale
        for low, high in self.steps:
            combine.at(total, self.after[low:high], total[self.before[low:high]] + score[low:high])
        return total

    def _backward(self, combine: np.ufunc, scale: float) -> npt.NDArray[np.float64]:
        """The combined score of all paths that go on from each state."""
        total = np.full(len(self.tail), float(_NOTHING))
        total[self.final] = 0.0
        score = self.score * scale
        for low, high in reversed(self.steps):
            combine.at(total, self.before[low:high], total[self.after[low:high]] + score[low:high])
        return total

    def posteriors(self) -> npt.NDArray[np.float64]:
        """The probability of each node among all paths of its segment, at ``TEMPERATURE``."""
        forward = self._forward(np.logaddexp, 1 / TEMPERATURE)
        through = forward + self._backward(np.logaddexp, 1 / TEMPERATURE)
        segment = self.search.segment()[self.head]
        whole = np.full(segment.max() + 1, float(_NOTHING))
        np.logaddexp.at(whole, segment[self.final], forward[self.final])
        found = np.zeros(len(self.search.word))
        np.add.at(found, self.head, np.exp(np.minimum(through - whole[segment], 0.0)))
        return np.minimum(found, 1.0)

    def paths(self) -> list[list[int]]:
        """The owners on the best path of each segment."""
        best = self._forward(np.maximum, 1.0)
        owner, head, tail = self.search.owner, self.head, self.tail
        ends = self.search.end[head[self.final]]
        order = self.final[np.lexsort((-best[self.final], ends))]
        _, one_each = np.unique(self.search.end[head[order]], return_index=True)
        paths = []
        for edge in order[one_each].tolist():
            path = [int(owner[head[edge]]), int(owner[tail[edge]])]
            while self.triples[edge] < self.triples[edge + 1]:
                choice = slice(self.triples[edge], self.triples[edge + 1])
                edge = int(self.before[choice][np.argmax(best[self.before[choice]] + self.score[choice])])
                path.append(int(owner[tail[edge]]))
            paths.append(path[::-1])
        return paths
