"""What an atom may be: its readings with their scores, by one channel.

A reading is an option of the lattice: the words it puts into the language model, its score (what the channel and the
habits of capitals say), and the text it prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from diacritics.again import code_again, number_again, words_again
from diacritics.candidates import LONGEST_FORM, Case, Trie, search
from diacritics.channel import Channel
from diacritics.codes import repair_unit
from diacritics.forms import Forms, Found, Query
from diacritics.language import Language
from diacritics.option import Option, Weights
from diacritics.tokens import EDGES, Atom, Kind
from diacritics.variants import cased, cuts, variants

LEAST_SPLIT = 5
"""Characters of a form that may be two words run together, at least."""
_ROMAN = re.compile(r"[IVXl1]{1,5}$")


@dataclass(frozen=True)
class Lexicon:
    """What a word may be: the trie of syllables and abbreviations, and the habits of capitals.

    ``cases`` holds log P(lower, title, upper) by word id; ``abbreviations`` are written in capitals only;
    ``also_short`` are abbreviations that are spelt like a syllable ("AI").
    """

    trie: Trie
    cases: list[tuple[float, ...]]
    abbreviations: frozenset[int]
    also_short: frozenset[int]
    surnames: frozenset[int]
    foreign: frozenset[str]
    code_parts: dict[str, int]


class Reader:
    """Reads atoms with one channel; forms once searched are remembered."""

    def __init__(
        self,
        language: Language,
        lexicon: Lexicon,
        channel: Channel,
        weights: Weights | None = None,
        known: Forms | None = None,
        witness: Reader | None = None,
    ) -> None:
        """``weights`` default to the tuned ones; ``known`` are forms searched with the same channel before.

        ``witness`` reads the atoms' ``other`` readings, in a style of its own.
        """
        self.language, self.lexicon, self.channel = language, lexicon, channel
        self.weights = weights or Weights()
        self._known = known
        self._witness = witness
        self._found: dict[Query, Found] = {}
        self._near: dict[Query, Found] = {}  # apart, or what a document gives would depend on those before it
        self._options: dict[tuple[str, bool, bool, str, bool], list[Option]] = {}
        self._doubts: dict[str, bool] = {}

    def readings(self, atom: Atom, *, opening: bool) -> list[Option]:
        """All that an atom may be; ``opening``: it opens a sentence."""
        language = self.language
        if atom.kind is Kind.UNIT:
            return [Option((language.id(atom.core.lower()),), 0.0, repair_unit(atom.text), "unit")]
        if atom.kind is Kind.ADDRESS:
            return [Option((language.code,), 0.0, atom.text, "address")]
        if atom.kind is Kind.CODE:
            return code_again(atom, language, self.weights, self.lexicon.code_parts)
        if atom.kind is Kind.NUMBER:
            readings = number_again(atom, language, self.weights)
            if _may_be_word(atom):
                readings += [
                    o._replace(score=o.score - self.weights.digits) for o in self._words(atom.text, atom, opening)
                ]
            return readings
        readings = self._words(atom.text, atom, opening)
        if self._may_be_two(atom):
            readings = [*readings, *self._two_words(atom, opening=opening)]
        return words_again([*readings, *self._left(atom)], atom, self.language, self.weights)

    def joined(self, atom: Atom, after: Atom, *, opening: bool) -> list[Option]:
        """Readings of two neighbours as one word."""
        text = self._join(atom, after)
        if not text:
            return []
        cost = self.weights.merge_glued if after.glued else self.weights.merge
        found = self._words(text, atom, opening, narrow=True)[:8]
        cost += self.weights.again * self.weights.unseen * (bool(atom.again) + bool(after.again))
        return [o._replace(score=o.score - cost, why="merge") for o in found]

    def search_forms(self, segments: Iterable[Sequence[Atom]]) -> None:
        """Search every form that is not yet known: of the atoms, then of neighbours that may be one word."""
        worded = [segment for segment in segments if segment]
        words = (a for segment in worded for a in segment if a.kind is Kind.WORD or _may_be_word(a))
        self.search({q: None for atom in words for v in variants(atom.text) for q in cased(v.form)})
        if self._witness:
            heard = (a.other for segment in worded for a in segment if a.other)
            self._witness.search({q: None for text in heard for v in variants(text) for q in cased(v.form)})
        parts = {part for text in self._split_texts(worded) for pair in cuts(text) for part in pair}
        self.search({q: None for part in sorted(parts) for v in variants(part) for q in cased(v.form)}, narrow=True)
        pairs = (self._join(a, b) for segment in worded for a, b in pairwise(segment))
        self.search({q: None for text in pairs for v in variants(text) for q in cased(v.form)}, narrow=True)

    def search(self, queries: Iterable[Query], *, narrow: bool = False) -> dict[Query, Found]:
        """The candidates of queries; all that was searched so (``narrow``: near ones alone) is returned, remembered."""
        searched = self._near if narrow else self._found
        fresh = [query for query in queries if query not in searched and not self._recall(query, searched)]
        if fresh:
            self._sweep(fresh, narrow=narrow)
        return searched

    def _recall(self, query: Query, searched: dict[Query, Found]) -> bool:
        found = self._known.get(query) if self._known else None
        if found is not None:
            searched[query] = found
        return found is not None

    def _sweep(self, fresh: list[Query], *, narrow: bool) -> None:
        searched = self._near if narrow else self._found
        searched.update((query, []) for query in fresh)
        result = search(self.lexicon.trie, self.channel, fresh, narrow=narrow, margin=self.weights.margin)
        rank = result.log * self.weights.channel + self.language.unigram(result.word)
        order = np.lexsort((-rank, result.query))
        numbers, words, logs = result.query[order], result.word[order], result.log[order]
        firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
        for low, high in pairwise([*firsts.tolist(), len(numbers)]):
            high = min(high, low + self.weights.kept)
            pairs = zip(words[low:high].tolist(), logs[low:high].tolist(), strict=True)
            searched[fresh[numbers[low]]] = list(pairs)

    def _split_texts(self, segments: Iterable[Sequence[Atom]]) -> set[str]:
        """The atoms that may be two words run together: long, and like no syllable."""
        return {a.text for s in segments for a in s if a.kind is Kind.WORD and self._may_be_two(a)}

    def _may_be_two(self, atom: Atom) -> bool:
        return LEAST_SPLIT <= len(atom.core) <= LONGEST_FORM and self._doubtful(atom.core)

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
            for left, right in cuts(atom.text)
            for one in self._words(left, atom, opening, narrow=True)[:4]
            for two in self._words(right, atom, False, narrow=True)[:4]
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
        return [Option((word,), -cost - next((v.cost for v in variants(atom.text)), 0.0), atom.text, "left")]

    def _words(self, text: str, atom: Atom, opening: bool, *, narrow: bool = False) -> list[Option]:
        """The words that a text may be (``narrow``: near ones alone); remembered, since words come again."""
        key = (text, atom.capitals, opening, atom.other, narrow)
        known = self._options.get(key)
        if known is None:
            found = self._near if narrow else self._found
            known = self._options[key] = self._heard(self._read(text, atom, opening, found), text, atom, opening)
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

    def _read(self, text: str, atom: Atom, opening: bool, found: dict[Query, Found]) -> list[Option]:
        weights = self.weights
        best: dict[tuple[int, str, str], Option] = {}
        for before, form, after, cost in variants(text):
            for query in cased(form):
                case = query[1]
                for word, log in found.get(query, ()):
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
        if case is Case.UPPER and word in self.lexicon.also_short:
            return -2.0
        if atom.capitals:
            return (-4.0, -3.0, -0.1)[case]
        if opening:
            return (-1.5, -0.4, -5.0)[case]
        return self.lexicon.cases[word][case] - (4.0 if case is Case.UPPER else 0.0)


def _may_be_word(atom: Atom) -> bool:
    """Whether an atom is a number that may be a misread word: a short run of digits ("50" for "số", "13" for "là")."""
    return atom.kind is Kind.NUMBER and atom.core.isdigit() and len(atom.core) <= 3
