"""Noisy-channel decoding: options for every atom, the best path by the language model, and the edits it makes.

An option is a reading of one atom or of two neighbours: the words it puts into the language model, its score (what
the channel and the habits of capitals say), and the text it prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from diacritics.candidates import LONGEST_FORM, Case, Trie, search
from diacritics.channel import Channel
from diacritics.codes import repair_code, repair_date, repair_numeral
from diacritics.forms import Forms, Found, Query
from diacritics.language import Language
from diacritics.lattice import Lattice, Result
from diacritics.tokens import EDGES, Atom, Kind
from schemas.syllable import old_placement
from schemas.text import CERTAIN, Change, Doubt, Span, fold

AMBIGUOUS = "'’‘`!|[]{}()*°^~?,.:"
"""Edge characters that may be a misread part of a letter."""
ODD = "'’‘`?^~|°{}*"
"""Edge characters that hardly ever stand at a word's edge in an office's text."""
ODD_COST = 1.5
"""Nats for each odd edge character that a reading leaves."""
LEAST_SPLIT = 5
"""Characters of a form that may be two words run together, at least."""
_ROMAN = re.compile(r"[IVXl1]{1,5}$")


@dataclass(frozen=True)
class Weights:
    """Scores in nats that no count gives: tuned on held-out drawn pages, see ``bench``."""

    channel: float = 1.1
    word: float = 0.0
    leave: float = 10.0
    leave_letter: float = 0.6
    footnote: float = 5.0
    digits: float = 6.0
    merge: float = 8.0
    merge_glued: float = 0.5
    split: float = 5.0
    surname: float = 3.0
    witness: float = 0.3
    unheard: float = 9.0
    doubtful: float = -1.5
    kept: int = 24
    within: float = 10.0


class Option(NamedTuple):
    """A reading of ``atoms`` neighbouring atoms: language-model words, score, printed text, and the reason."""

    words: tuple[int, ...]
    score: float
    text: str
    why: str
    meant: str = ""
    seen: str = ""


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


class Variant(NamedTuple):
    """A way to part an atom into edge punctuation and the form of a word; ``cost`` in nats."""

    before: str
    form: str
    after: str
    cost: float


def variants(text: str) -> list[Variant]:
    """The ways to part a text into edges and a form, the plainest first."""
    low, high = 0, len(text)
    while low < high and text[low] in EDGES:
        low += 1
    while high > low and text[high - 1] in EDGES:
        high -= 1
    if low == high:
        return []
    odd = sum(c in ODD for c in text[:low] + text[high:])
    found = [Variant(text[:low], text[low:high], text[high:], ODD_COST * odd)]
    for more in (1, 2):
        if high + more <= len(text) and all(c in AMBIGUOUS for c in text[high : high + more]):
            odd = sum(c in ODD for c in text[:low] + text[high + more :])
            found.append(Variant(text[:low], text[low : high + more], text[high + more :], ODD_COST * odd))
    if low and text[low - 1] in AMBIGUOUS:
        found.append(Variant(text[: low - 1], text[low - 1 : high], text[high:], 0.0))
    if high - low > 2 and text[high - 1] in "®°*²³'’123456789" and text[high - 2].isalpha():
        found.append(Variant(text[:low], text[low : high - 1], text[high - 1 :], 5.0))
    return [v for v in found if len(v.form) <= LONGEST_FORM]


@dataclass(frozen=True)
class Lexicon:
    """What a word may be: the trie of syllables and abbreviations, and the habits of capitals.

    ``cases`` holds log P(lower, title, upper) by word id; ``abbreviations`` are written in capitals only.
    """

    trie: Trie
    cases: list[tuple[float, ...]]
    abbreviations: frozenset[int]
    surnames: frozenset[int]
    foreign: frozenset[str]
    code_parts: dict[str, int]


class Decoder:
    """Reads segments of atoms with one channel; forms once searched are remembered."""

    def __init__(
        self,
        language: Language,
        lexicon: Lexicon,
        channel: Channel,
        weights: Weights | None = None,
        known: Forms | None = None,
        witness: Decoder | None = None,
    ) -> None:
        """``weights`` default to the tuned ones; ``known`` are forms searched with the same channel before.

        ``witness`` reads the atoms' ``other`` readings, in a style of its own.
        """
        self.language, self.lexicon, self.channel = language, lexicon, channel
        self.weights = weights or Weights()
        self._known = known
        self._witness = witness
        self._found: dict[Query, Found] = {}
        self._options: dict[tuple[str, bool, bool, str], list[Option]] = {}
        self._doubts: dict[str, bool] = {}

    def decode(self, segments: Sequence[Sequence[Atom]]) -> list[list[Choice]]:
        """The chosen readings of every segment, atoms without words left out."""
        worded = [[a for a in segment if a.kind not in (Kind.PUNCTUATION, Kind.MARKER)] for segment in segments]
        self._search_forms(worded)
        lattice = Lattice(self.language)
        options: list[_Reading] = []
        rivals: dict[tuple[int, int], list[int]] = {}  # the readings of an atom
        busy = [number for number, segment in enumerate(worded) if segment]
        for number in busy:
            start = len(options)
            self._build(lattice, worded[number], options)
            for owner, (first, _, _) in enumerate(options[start:], start):
                rivals.setdefault((number, first), []).append(owner)
        chosen: list[list[Choice]] = [[] for _ in segments]
        result = lattice.search()
        for number, path in zip(busy, result.paths, strict=True):
            for owner in dict.fromkeys(o for o in path if o >= 0):
                first, count, option = options[owner]
                atoms = tuple(worded[number][first : first + count])
                others = [(o, options[o]) for o in rivals[number, first]]
                chosen[number].append(Choice(atoms, option, *_compare(owner, options[owner], others, result, atoms)))
        return chosen

    def _build(self, lattice: Lattice, segment: Sequence[Atom], options: list[_Reading]) -> None:
        end = self.language.end
        before = lattice.position(0)
        places = [lattice.position(2 * index + 1) for index in range(len(segment) + 1)]
        lattice.node(end, 0.0, before, places[0], -1)
        named = _may_be_name(segment)
        for index, atom in enumerate(segment):
            opening = index == 0
            readings = [(1, option) for option in self._readings(atom, opening=opening)]
            if named and opening:
                readings = [(1, self._as_surname(option)) for _, option in readings]
            if index + 1 < len(segment):
                readings += [(2, option) for option in self._joined(atom, segment[index + 1], opening=opening)]
            for count, option in readings:
                owner = len(options)
                options.append((index, count, option))
                start = places[index]
                for place, word in enumerate(option.words):
                    last = place == len(option.words) - 1
                    stop = places[index + count] if last else lattice.position(2 * index + 2)
                    lattice.node(word, option.score if place == 0 else 0.0, start, stop, owner)
                    start = stop
        after = lattice.position(2 * len(segment) + 2)
        lattice.node(end, 0.0, places[-1], after, -1)

    def _as_surname(self, option: Option) -> Option:
        gain = self.weights.surname if option.words[0] in self.lexicon.surnames else 0.0
        return option._replace(score=option.score + gain)

    def _search_forms(self, segments: Iterable[Sequence[Atom]]) -> None:
        """Search every form that is not yet known: of the atoms, then of neighbours that may be one word."""
        worded = [segment for segment in segments if segment]
        words = (a for segment in worded for a in segment if a.kind is Kind.WORD or _may_be_word(a))
        self.search({q: None for atom in words for v in variants(atom.text) for q in cased(v.form)})
        if self._witness:
            heard = (a.other for segment in worded for a in segment if a.other)
            self._witness.search({q: None for text in heard for v in variants(text) for q in cased(v.form)})
        parts = {part for text in self._split_texts(worded) for pair in _cuts(text) for part in pair}
        self.search({q: None for part in sorted(parts) for v in variants(part) for q in cased(v.form)}, narrow=True)
        joined = (self._join(a, b) for segment in worded for a, b in pairwise(segment))
        self.search({q: None for text in joined for v in variants(text) for q in cased(v.form)}, narrow=True)

    def _split_texts(self, segments: Iterable[Sequence[Atom]]) -> set[str]:
        """The atoms that may be two words run together: long, and like no syllable."""
        return {a.text for s in segments for a in s if a.kind is Kind.WORD and self._may_be_two(a)}

    def _may_be_two(self, atom: Atom) -> bool:
        return LEAST_SPLIT <= len(atom.core) <= LONGEST_FORM and self._doubtful(atom.core)

    def search(self, queries: Iterable[Query], *, narrow: bool = False) -> dict[Query, Found]:
        """The candidates of queries; all that was searched so far is returned and remembered."""
        fresh = [query for query in queries if query not in self._found and not self._recall(query)]
        if fresh:
            self._sweep(fresh, narrow=narrow)
        return self._found

    def _recall(self, query: Query) -> bool:
        found = self._known.get(query) if self._known else None
        if found is not None:
            self._found[query] = found
        return found is not None

    def _sweep(self, fresh: list[Query], *, narrow: bool) -> None:
        self._found.update((query, []) for query in fresh)
        result = search(self.lexicon.trie, self.channel, fresh, narrow=narrow)
        rank = result.log * self.weights.channel + self.language.unigram(result.word)
        order = np.lexsort((-rank, result.query))
        numbers, words, logs = result.query[order], result.word[order], result.log[order]
        firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
        for low, high in pairwise([*firsts.tolist(), len(numbers)]):
            high = min(high, low + self.weights.kept)
            pairs = zip(words[low:high].tolist(), logs[low:high].tolist(), strict=True)
            self._found[fresh[numbers[low]]] = list(pairs)

    def _doubtful(self, core: str) -> bool:
        """Whether no syllable is a good reading of a form, so that it may be a piece of one."""
        doubt = self._doubts.get(core)
        if doubt is None:
            logs = [log for query in cased(core) for _, log in self._found.get(query, ())] if core else [0.0]
            letter = len(core) == 1 and core.isalpha()
            doubt = letter or max(logs, default=-99.0) < self.weights.doubtful * max(1, len(core))
            self._doubts[core] = doubt
        return doubt

    def _join(self, atom: Atom, after: Atom) -> str:
        """The two atoms as one form, where they are short neighbours on one line and one is doubtful; else nothing."""
        if atom.line != after.line or atom.kind is not Kind.WORD or after.kind not in (Kind.WORD, Kind.NUMBER):
            return ""
        text = atom.text + after.text
        short = after.span.start - atom.span.end <= 1 and len(text.strip(EDGES)) <= 9
        return text if short and (after.glued or self._doubtful(atom.core) or self._doubtful(after.core)) else ""

    def _readings(self, atom: Atom, *, opening: bool) -> list[Option]:
        language = self.language
        if atom.kind is Kind.ADDRESS:
            return [Option((language.code,), 0.0, atom.text, "address")]
        if atom.kind is Kind.CODE:
            return [Option((language.code,), 0.0, repair_code(atom.text, self.lexicon.code_parts), "code")]
        if atom.kind is Kind.NUMBER:
            readings = [Option((language.number,), 0.0, atom.text, "number")]
            if _may_be_word(atom):
                readings += [
                    o._replace(score=o.score - self.weights.digits) for o in self._words(atom.text, atom, opening)
                ]
            return readings
        readings = self._words(atom.text, atom, opening)
        if self._may_be_two(atom):
            readings = [*readings, *self._two_words(atom, opening=opening)]
        return [*readings, *self._left(atom)]

    def _two_words(self, atom: Atom, *, opening: bool) -> list[Option]:
        """Readings of an atom as two words that were run together."""
        found = [
            Option(
                (*one.words, *two.words),
                one.score + two.score - self.weights.split,
                f"{one.text} {two.text}",
                "split",
                seen=atom.core,
            )
            for left, right in _cuts(atom.text)
            for one in self._words(left, atom, opening)[:4]
            for two in self._words(right, atom, False)[:4]
        ]
        frequency = self.language.log_unigram
        return sorted(found, key=lambda o: (-o.score - sum(frequency[w] for w in o.words), o.text))[:8]

    def _left(self, atom: Atom) -> list[Option]:
        """Leaving an atom as it is: dear for a word, cheap for roman numerals and foreign words of the vocabulary."""
        core = atom.core
        if not core:
            return [Option((self.language.unknown,), -2.0, atom.text, "left")]
        lower = core.lower()
        cost = self.weights.leave + self.weights.leave_letter * len(core)
        word = self.language.unknown
        if _ROMAN.match(core):
            cost = 1.0 if len(core) > 1 else 5.0
        elif lower in self.lexicon.foreign and len(core) > 2:
            cost, word = 1.0, self.language.id(lower)
        elif len(core) == 1 and core.isalpha():
            cost, word = 5.0, self.language.id(lower)
        return [Option((word,), -cost, atom.text, "left")]

    def _words(self, text: str, atom: Atom, opening: bool) -> list[Option]:
        """The words that a text may be; remembered, since words come again."""
        key = (text, atom.capitals, opening, atom.other)
        known = self._options.get(key)
        if known is None:
            known = self._options[key] = self._heard(self._read(text, atom, opening), text, atom, opening)
        return known

    def _heard(self, readings: list[Option], text: str, atom: Atom, opening: bool) -> list[Option]:
        """The readings of an atom, weighed by what the second witness saw, and those that only it offers."""
        if not atom.other or self._witness is None:
            return readings
        said = {o.words[0]: o for o in reversed(self._witness._words(atom.other, atom, opening))}
        if not said:
            return readings
        weights = self.weights
        top = max(o.score for o in said.values())

        def heard(word: int) -> float:
            near = said[word].score - top if word in said else -weights.unheard
            return weights.witness * max(near, -weights.unheard)

        weighed = [o._replace(score=o.score + heard(o.words[0])) for o in readings]
        offered = {o.words[0] for o in readings}
        parts = variants(text)
        if parts:
            before, form, after, _ = parts[0]
            least = min((o.score for o in readings), default=-weights.unheard) - 2.0
            weighed += [
                Option((word,), least + heard(word), before + o.meant + after, "witness", o.meant, form)
                for word, o in said.items()
                if word not in offered
            ]
        return weighed

    def _read(self, text: str, atom: Atom, opening: bool) -> list[Option]:
        weights = self.weights
        best: dict[tuple[int, str, str], Option] = {}
        for before, form, after, cost in variants(text):
            for query in cased(form):
                case = query[1]
                for word, log in self._found.get(query, ()):
                    score = weights.channel * log - cost + self._case(word, case, atom, opening=opening)
                    key = (word, before, after)
                    known = best.get(key)
                    if known is None or score > known.score:
                        meant = case.apply(self.language.words[word])
                        if meant == query[0]:
                            meant = form  # tones stay where they are printed
                        best[key] = Option((word,), score, before + meant + after, "channel", meant, form)
        if not best:
            return []
        frequency = self.language.log_unigram
        ranked = sorted(best.values(), key=lambda o: (-o.score - frequency[o.words[0]], o.text))
        top = max(o.score for o in ranked)
        return [o for o in ranked[: weights.kept] if o.score > top - weights.within - 4]

    def _case(self, word: int, case: Case, atom: Atom, *, opening: bool) -> float:
        if word in self.lexicon.abbreviations:
            return -0.7 if case is Case.UPPER else -20.0
        if atom.capitals:
            return (-4.0, -3.0, -0.1)[case]
        if opening:
            return (-1.5, -0.4, -5.0)[case]
        return self.lexicon.cases[word][case] - (4.0 if case is Case.UPPER else 0.0)

    def _joined(self, atom: Atom, after: Atom, *, opening: bool) -> list[Option]:
        """Readings of two neighbours as one word."""
        text = self._join(atom, after)
        if not text:
            return []
        cost = self.weights.merge_glued if after.glued else self.weights.merge
        found = self._words(text, atom, opening)[:8]
        return [o._replace(score=o.score - cost, why="merge") for o in found]


def _cuts(text: str) -> list[tuple[str, str]]:
    """The ways to cut a text in two, each part with two letters at least."""
    return [(text[:at], text[at:]) for at in range(2, len(text) - 1)]


def _may_be_word(atom: Atom) -> bool:
    """Whether an atom is a number that may be a misread word: a short run of digits ("50" for "số", "13" for "là")."""
    return atom.kind is Kind.NUMBER and atom.core.isdigit() and len(atom.core) <= 3


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


def cased(form: str) -> list[Query]:
    """The queries for a form, in the old placement of tones: which capitals may be meant by what is seen."""
    form = old_placement(form)
    letters = [c for c in form if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    queries = [] if len(letters) >= 3 and upper == len(letters) else [(form, Case.LOWER)]
    if form[0].isupper() or not form[0].isalpha():
        queries.append((form, Case.TITLE))
    if upper >= 2 or (upper == 1 and len(form) <= 2) or not letters:
        queries.append((form, Case.UPPER))
    return queries


def changes(segment: Iterable[Atom], choices: Iterable[Choice]) -> list[Change]:
    """The changes to the raw page that the choices for a segment make."""
    found = [
        Change(atom.span, atom.text, numeral, "numeral", 0.0)
        for atom in segment
        if atom.kind is Kind.MARKER and (numeral := repair_numeral(atom.text)) != atom.text
    ]
    before = ""
    for atoms, option, gain, posterior, runner_up in choices:
        text, why = option.text, option.why
        if option.why == "number" and fold(before) == "ngay":
            core = atoms[0].core
            text, why = text.replace(core, repair_date(core)), "date"
        elif option.why == "code" and atoms[0].glued and before.endswith(":"):
            text = " " + text
        read = atoms[0].text + "".join(("" if atom.glued else " ") + atom.text for atom in atoms[1:])
        if read != text:
            span = Span(atoms[0].span.start, atoms[-1].span.end)
            found.append(Change(span, read, text, why, round(gain, 2), round(posterior, 3), runner_up))
        before = text
    return sorted(found)


def doubts(choices: Iterable[Choice]) -> list[Doubt]:
    """The readings that are not certain."""
    return [
        Doubt(Span(c.atoms[0].span.start, c.atoms[-1].span.end), round(c.posterior, 3), c.runner_up)
        for c in choices
        if c.posterior < CERTAIN and c.option.seen
    ]


def legibility(choices: Iterable[Choice]) -> float:
    """The mean probability of the words read, a word that was left as it is counting nothing; 1.0 without words."""
    shares = [c.posterior if c.option.seen else 0.0 for c in choices if c.option.seen or c.option.why == "left"]
    return sum(shares) / len(shares) if shares else 1.0


def strangeness(chosen: Iterable[Iterable[Choice]]) -> float:
    """How unlike its style the channel finds a text: nats per seen character of the chosen words."""
    options = [c.option for choices in chosen for c in choices if c.option.seen]
    return -sum(o.score for o in options) / max(1, sum(len(o.seen) for o in options))
