"""Which syllables may have been meant by a seen form: all of the lexicon at once, by a pruned search over its trie.

Every form of a document is searched in one sweep over arrays, level by level of the trie; a branch is cut where even
the best imaginable rest cannot come within ``MARGIN`` of the best syllable found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from diacritics.channel import LONGEST, Channel

MARGIN = 8.0
"""Nats below a form's best syllable, by channel and frequency, at which a syllable is no candidate any more."""
WORST = -32.0
"""Score (channel and frequency) below which no syllable is a candidate."""
LONGEST_FORM = 12
NARROW = 12
"""States a query keeps in the first, narrow sweep."""
_BUCKETS = (3, 5, 8, LONGEST_FORM)
_AT_ONCE = 400
_NOTHING = np.float32(-1e9)

Rows = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


class Case(IntEnum):
    """How a syllable is capitalised."""

    LOWER = 0
    TITLE = 1
    UPPER = 2

    def apply(self, word: str) -> str:
        """The lower-case ``word`` in this case."""
        if self is Case.LOWER:
            return word
        return word.upper() if self is Case.UPPER else word[:1].upper() + word[1:]


@dataclass(frozen=True)
class Candidates:
    """Candidates of many (form, case) queries: parallel arrays, sorted by query."""

    query: Ids
    word: Ids
    log: Rows


class Trie:
    """The lexicon as arrays; the children of a node stand side by side."""

    def __init__(self, words: Sequence[str], ids: Sequence[int], logs: Sequence[float]) -> None:
        """``ids`` are the language model's ids of ``words``, ``logs`` their log-frequencies."""
        frequency = dict(zip(ids, logs, strict=True))
        tree: list[dict[str, int]] = [{}]
        word_at: dict[int, int] = {}
        for word, id_ in zip(words, ids, strict=True):
            node = 0
            for char in word:
                node = tree[node].setdefault(char, len(tree))
                if node == len(tree):
                    tree.append({})
            word_at[node] = id_
        order = [0]
        chars = [""]
        for node in order:  # breadth first: grows while it is walked
            for char, child in sorted(tree[node].items()):
                order.append(child)
                chars.append(char)
        place = {node: index for index, node in enumerate(order)}
        self.letters = sorted(set(chars[1:]))
        row = {letter: index for index, letter in enumerate(self.letters)}
        self.letter: Ids = np.array([0, *(row[c] for c in chars[1:])], dtype=np.int64)
        self.word: Ids = np.array([word_at.get(node, -1) for node in order], dtype=np.int64)
        self.count: Ids = np.array([len(tree[node]) for node in order], dtype=np.int64)
        first = [min((place[c] for c in tree[node].values()), default=0) for node in order]
        self.first: Ids = np.array(first, dtype=np.int64)
        self.log: Rows = np.array([frequency.get(int(w), _NOTHING) for w in self.word], dtype=np.float32)
        self.top = self.log.copy()
        """The log-frequency of the most frequent word in each node's subtree."""
        parents = np.repeat(np.arange(len(order)), self.count)
        for child in range(len(order) - 1, 0, -1):
            self.top[parents[child - 1]] = max(self.top[parents[child - 1]], self.top[child])
        self.alphabet = [*self.letters, *(letter.upper() for letter in self.letters)]


def search(
    trie: Trie, channel: Channel, queries: Sequence[tuple[str, Case]], *, narrow: bool = False, margin: float = MARGIN
) -> Candidates:
    """The candidates of each (seen form, case) query; log is max over segmentations of log P(seen | cased syllable).

    A ``narrow`` search keeps ``NARROW`` states a query at each letter: for forms that are hardly words.
    """
    found: list[tuple[Ids, Ids, Rows]] = []
    low = 0
    for high in _BUCKETS:
        chosen = [index for index, (form, _) in enumerate(queries) if low < len(form) <= high]
        low = high
        for start in range(0, len(chosen), _AT_ONCE):
            part = chosen[start : start + _AT_ONCE]
            query, word, log = _search_bucket(trie, channel, [queries[i] for i in part], high, margin, narrow=narrow)
            found.append((np.array(part, dtype=np.int64)[query], word, log))
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return Candidates(none, none, np.zeros(0, dtype=np.float32))
    query, word, log = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((-log, query))
    return Candidates(query[order], word[order], log[order])


def _search_bucket(
    trie: Trie, channel: Channel, queries: Sequence[tuple[str, Case]], width: int, margin: float, *, narrow: bool
) -> tuple[Ids, Ids, Rows]:
    """A narrow sweep finds how good a syllable can be, a second one finds all that come near it."""
    table, segments = _segments(trie, channel, [form for form, _ in queries], width)
    cases = np.array([case for _, case in queries], dtype=np.int64)
    lengths = np.array([len(form) for form, _ in queries], dtype=np.int64)
    costs = np.ascontiguousarray(table.T[segments].transpose(0, 3, 2, 1))  # query, letter, size, start
    sweep = _Sweep(trie, costs, _best_rest(table, segments, lengths, width), cases, lengths, width)
    best = np.full(len(queries), WORST + margin, dtype=np.float32)
    found = list(sweep.run(best, margin, NARROW))
    if not narrow:
        for query, node, log in found:
            np.maximum.at(best, query, log + trie.log[node])
        found = list(sweep.run(best, margin, None))
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0, dtype=np.float32)
    query, node, log = (np.concatenate(parts) for parts in zip(*found, strict=True))
    score = log + trie.log[node]
    np.maximum.at(best, query, score)
    near = score >= best[query] - margin
    return query[near], trie.word[node[near]], log[near]


@dataclass(frozen=True)
class _Sweep:
    """The queries of one bucket: ``costs[query, letter, size, start]`` of reading a letter as a segment, and bounds."""

    trie: Trie
    costs: Rows
    rest: Rows
    cases: Ids
    lengths: Ids
    width: int

    def run(self, best: Rows, margin: float, beam: int | None) -> Iterator[tuple[Ids, Ids, Rows]]:
        """Level by level, the (query, node, log) of words within ``margin`` of ``best``; ``beam`` states a query."""
        trie = self.trie
        query = np.arange(len(self.cases), dtype=np.int64)
        node = np.zeros(len(query), dtype=np.int64)
        row = np.full((len(query), self.width + 1), _NOTHING, dtype=np.float32)
        row[:, 0] = 0
        least = best - margin
        depth = 0
        while len(query):
            parent, place = ranges(trie.count[node])
            child = trie.first[node[parent]] + place
            query = query[parent]
            case = self.cases[query]
            upper = (case == Case.UPPER) | ((case == Case.TITLE) & (depth == 0))
            letter = trie.letter[child] + np.where(upper, len(trie.letters), 0)
            row = _extend(row[parent], self.costs[query, letter])
            bound = (row + self.rest[query]).max(axis=1) + trie.top[child]
            kept = np.flatnonzero(bound >= least[query])
            if beam:
                kept = kept[np.lexsort((-bound[kept], query[kept]))]
                _, counts = np.unique(query[kept], return_counts=True)
                kept = kept[ranges(counts)[1] < beam]
            query, node, row = query[kept], child[kept], row[kept]
            done = row[np.arange(len(query)), self.lengths[query]]
            ended = np.flatnonzero(done + trie.log[node] >= least[query])
            yield query[ended], node[ended], done[ended]
            depth += 1


def ranges(counts: Ids) -> tuple[Ids, Ids]:
    """For groups of ``counts`` elements: the group of each element, and its place in the group."""
    group = np.repeat(np.arange(len(counts)), counts)
    return group, np.arange(len(group)) - np.repeat(np.cumsum(counts) - counts, counts)


def _extend(row: Rows, costs: Rows) -> Rows:
    """The best log-probability of having consumed j seen characters after one more meant letter."""
    width = row.shape[1]
    after = row + costs[:, 0]
    for size in range(1, LONGEST + 1):
        stop = width - size
        step = row[:, :stop] + costs[:, size, :stop]
        np.maximum(after[:, size:], step, out=after[:, size:])
    return after


def _segments(trie: Trie, channel: Channel, forms: Sequence[str], width: int) -> tuple[Rows, Ids]:
    """The channel's table for the segments of ``forms``, and the table's column of each (form, start, length)."""
    columns: dict[str, int] = {}
    places = np.zeros((len(forms), width + 1, LONGEST + 1), dtype=np.int64)
    for index, form in enumerate(forms):
        for start in range(width + 1):
            for size in range(LONGEST + 1):
                if start + size <= len(form):
                    places[index, start, size] = columns.setdefault(form[start : start + size], len(columns) + 1)
    table = np.full((len(trie.alphabet), len(columns) + 1), _NOTHING, dtype=np.float32)
    table[:, 1:] = channel.table(trie.alphabet, list(columns))
    return table, places


def _best_rest(table: Rows, segments: Ids, lengths: Ids, width: int) -> Rows:
    """For each form and position, a bound on the log-probability of reading the rest: the best letters, no lexicon."""
    best = table.max(axis=0)
    rest = np.full((len(lengths), width + 1), _NOTHING, dtype=np.float32)
    for at in range(width, -1, -1):
        rest[lengths == at, at] = 0
        for size in range(1, LONGEST + 1):
            if at + size <= width:
                np.maximum(rest[:, at], best[segments[:, at, size]] + rest[:, at + size], out=rest[:, at])
    return rest
