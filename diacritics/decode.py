"""Noisy-channel decoding: the options of every atom in a lattice, and the best path by the language model."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from diacritics.lattice import Lattice, Result, Words
from diacritics.option import Option
from diacritics.options import Reader
from diacritics.tokens import Atom, Kind

AT_ONCE = 2000
"""Atoms that are decoded in one lattice."""
_KEPT = 4
"""Lattices that a decoder keeps."""


class Choice(NamedTuple):
    """The chosen reading of one or two atoms.

    ``gain``: how much likelier than leaving them as they are (nats); ``posterior``: the decoder's probability of the
    reading; ``runner_up``: the text of the next best.
    """

    atoms: tuple[Atom, ...]
    option: Option
    gain: float
    posterior: float
    runner_up: str


_Reading = tuple[int, int, Option]
"""The first atom's index, the number of atoms, and the reading."""


class _Network(NamedTuple):
    """Segments, their atoms that have words, and in a lattice all readings of these (``rivals``: of an atom)."""

    segments: Sequence[Sequence[Atom]]
    worded: list[list[Atom]]
    lattice: Lattice
    options: list[_Reading]
    rivals: dict[tuple[int, int], list[int]]


class Decoder(Reader):
    """Reads segments of atoms as the language model and the channel together find likeliest."""

    def decode(self, segments: Sequence[Sequence[Atom]], language: Words | None = None) -> list[list[Choice]]:
        """The chosen readings of every segment, atoms without words left out; ``language`` takes the place of ours."""
        found: list[list[Choice]] = []
        for part in _parts(segments):
            found += _chosen(self._network(part), language or self.language)
        return found

    @cached_property
    def _kept(self) -> deque[_Network]:
        return deque(maxlen=_KEPT)

    def _network(self, segments: Sequence[Sequence[Atom]]) -> _Network:
        """All readings of segments. The last networks are kept: a document is read again with what it has taught."""
        for known in self._kept:
            if known.segments == segments:
                return known
        self._kept.append(self._made(segments))
        return self._kept[-1]

    def _made(self, segments: Sequence[Sequence[Atom]]) -> _Network:
        worded = [[a for a in segment if a.kind not in (Kind.PUNCTUATION, Kind.MARKER)] for segment in segments]
        self.search_forms(worded)
        made = _Network(segments, worded, Lattice(self.language), [], {})
        for number, segment in enumerate(worded):
            start = len(made.options)
            if segment:
                self._build(made.lattice, segment, made.options)
            for owner, (first, _, _) in enumerate(made.options[start:], start):
                made.rivals.setdefault((number, first), []).append(owner)
        return made

    def _build(self, lattice: Lattice, segment: Sequence[Atom], options: list[_Reading]) -> None:
        end = self.language.end
        before = lattice.position(0)
        places = [lattice.position(2 * index + 1) for index in range(len(segment) + 1)]
        lattice.node(end, 0.0, before, places[0], -1)
        named = _may_be_name(segment)
        for index, atom in enumerate(segment):
            opening = index == 0
            readings = self.readings(atom, opening=opening)
            if named and opening:
                readings = [self._as_surname(option) for option in readings]
            joined = self.joined(atom, segment[index + 1], opening=opening) if index + 1 < len(segment) else []
            for count, found in ((1, [o for o in readings if len(o.words) == 1]), (2, joined)):
                words, scores = [o.words[0] for o in found], [o.score for o in found]
                lattice.rivals(words, scores, places[index], places[min(index + count, len(segment))], len(options))
                options += [(index, count, option) for option in found]
            for option in readings:
                if len(option.words) == 2:
                    between = lattice.position(2 * index + 2)
                    lattice.node(option.words[0], option.score, places[index], between, len(options))
                    lattice.node(option.words[1], 0.0, between, places[index + 1], len(options))
                    options.append((index, 1, option))
        after = lattice.position(2 * len(segment) + 2)
        lattice.node(end, 0.0, places[-1], after, -1)

    def _as_surname(self, option: Option) -> Option:
        gain = self.weights.surname if option.words[0] in self.lexicon.surnames else 0.0
        return option._replace(score=option.score + gain)


def _chosen(network: _Network, language: Words) -> list[list[Choice]]:
    """The likeliest readings of every segment by a language model."""
    _, worded, lattice, options, rivals = network
    chosen: list[list[Choice]] = [[] for _ in worded]
    result = replace(lattice, language=language).search()
    busy = (number for number, segment in enumerate(worded) if segment)
    for number, path in zip(busy, result.paths, strict=True):
        for owner in dict.fromkeys(o for o in path if o >= 0):
            first, count, option = options[owner]
            atoms = tuple(worded[number][first : first + count])
            others = [(o, options[o]) for o in rivals[number, first]]
            chosen[number].append(Choice(atoms, option, *_compare(owner, options[owner], others, result, atoms)))
    return chosen


def _parts(segments: Sequence[Sequence[Atom]]) -> Iterator[Sequence[Sequence[Atom]]]:
    """The segments in parts of about ``AT_ONCE`` atoms, so that memory does not grow with the document."""
    start = size = 0
    for index, segment in enumerate(segments):
        size += len(segment)
        if size >= AT_ONCE:
            yield segments[start : index + 1]
            start, size = index + 1, 0
    if start < len(segments):
        yield segments[start:]


def _compare(
    owner: int, chosen: _Reading, rivals: Iterable[tuple[int, _Reading]], result: Result, atoms: Sequence[Atom]
) -> tuple[float, float, str]:
    """The gain of a chosen reading over leaving its atom, its posterior, and the text of its runner-up."""
    _, count, option = chosen
    posterior, second, runner_up = 0.0, 0.0, ""
    as_it_is = []
    for rival, (_, size, other) in rivals:
        probability = result.posteriors[rival]
        if size == count and other.text == option.text:
            posterior += probability
        elif probability > second:
            second, runner_up = probability, other.text
        if size == 1 and other.text == atoms[0].text:
            as_it_is.append(result.scores[rival])
    left = max(as_it_is, default=result.scores[owner])
    return result.scores[owner] - left, min(1.0, posterior), runner_up


def _may_be_name(segment: Sequence[Atom]) -> bool:
    """Whether a segment may be somebody's name: two to five words on a line of their own, each with a capital."""
    return (
        2 <= len(segment) <= 5
        and segment[0].line == segment[-1].line
        and all(a.kind is Kind.WORD and not a.core[:1].islower() and not a.capitals for a in segment)
        and segment[-1].text[-1] not in ",;:/"
    )
