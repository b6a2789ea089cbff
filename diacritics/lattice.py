"""The likeliest path through a lattice of words, under a trigram model: many segments at once, as arrays.

A node is a word between two positions, with an emission score; positions of all segments are numbered through. First
every edge is scored with the bigram model and edges that cannot be on a path within ``BEAM`` of the best are dropped;
what is left is searched exactly with the trigram model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from diacritics.candidates import ranges
from diacritics.language import Language

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

BEAM = 9.0
"""Nats below the best path (by the bigram model) at which an edge is dropped."""
_NOTHING = np.float32(-1e9)


@dataclass
class Lattice:
    """Words between positions; ``level`` orders the positions of a segment, all segments start at level 0.

    ``owner`` is the caller's number of the option that a node belongs to.
    """

    language: Language
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

    def search(self) -> tuple[list[list[int]], dict[int, float]]:
        """For each segment the owners of the nodes on its best path; and for each owner, the score of its best path.

        Every segment must begin and end with a node of its own (``</s>``, owner -1), and every node must lie
        on a path between them. The scores of owners are those of the bigram model; owners of one segment can
        be compared.
        """
        if not self.word:
            return [], {}
        search = _Search(self)
        return search.paths(), dict(zip(search.owner.tolist(), search.through.tolist(), strict=True))


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

    def paths(self) -> list[list[int]]:
        tail, head, bigram, back = self._edges()
        return self._trigram(tail, head, bigram, back)

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

    def _segment_best(self) -> Floats:
        """The score of the best path of each node's segment."""
        opening = np.flatnonzero(self.node_level == self.node_level.min())
        bounds = np.sort(self.start[opening])
        segment = np.searchsorted(bounds, np.arange(self.positions), side="right") - 1
        best = np.full(len(bounds), _NOTHING, dtype=np.float32)
        np.maximum.at(best, segment[self.start], self.through)
        return best[segment[self.start]]

    def _trigram(self, tail: Ids, head: Ids, bigram: Floats, back: Floats) -> list[list[int]]:
        """Exact search: edges are the states, an edge follows another where its tail is the other's head."""
        by_head = np.argsort(head, kind="stable")
        first = np.searchsorted(head[by_head], np.arange(len(self.word) + 1))
        counts = first[tail + 1] - first[tail]
        after, place = ranges(counts)
        before = by_head[first[tail[after]] + place]
        score = self.language.trigram(
            self.word[tail[before]], self.word[tail[after]], self.word[head[after]], back[before], bigram[after]
        )
        best = np.full(len(tail), _NOTHING, dtype=np.float32)
        opening = self.root[tail]
        best[opening] = self.emission[tail[opening]] + bigram[opening] + self.emission[head[opening]]
        levels = self.node_level[head]
        triples = np.concatenate(([0], np.cumsum(counts)))
        cuts = np.flatnonzero(np.diff(levels, prepend=-1))
        for low, high in zip(cuts, [*cuts[1:], len(levels)], strict=True):
            a, b = triples[low], triples[high]
            if a < b:
                at = after[a:b]
                np.maximum.at(best, at, best[before[a:b]] + score[a:b] + self.emission[head[at]])
        return self._backtrace(tail, head, best, before, score, triples)

    def _backtrace(
        self, tail: Ids, head: Ids, best: Floats, before: Ids, score: Floats, triples: Ids
    ) -> list[list[int]]:
        final = np.flatnonzero(self.leaf[head])
        order = final[np.lexsort((-best[final], self.end[head[final]]))]
        _, one_each = np.unique(self.end[head[order]], return_index=True)
        paths = []
        for edge in order[one_each].tolist():
            path = [int(self.owner[head[edge]]), int(self.owner[tail[edge]])]
            while triples[edge] < triples[edge + 1]:
                choice = slice(triples[edge], triples[edge + 1])
                edge = int(before[choice][np.argmax(best[before[choice]] + score[choice])])
                path.append(int(self.owner[tail[edge]]))
            paths.append(path[::-1])
        return paths
