"""The shipped model: language, lexicon, habits of capitals, code parts and channels; loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from diacritics.candidates import Trie
from diacritics.channel import Channel
from diacritics.decode import Decoder
from diacritics.forms import Forms
from diacritics.language import Language
from diacritics.option import Weights
from diacritics.options import Lexicon
from schemas.syllable import is_syllable

DATA = Path(__file__).parent / "data"
_UNKNOWN_CASE = (-0.1, -2.6, -4.5)
_COMMON_CODE_PART = 50


@dataclass(frozen=True)
class Model:
    """Everything that ``repair`` needs; ``version`` names the data by hash.

    ``channel`` is the style of a foreign OCR, ``plain`` that of text without marks (None where a style was named),
    ``reading`` that of a Vietnamese OCR.
    """

    language: Language
    lexicon: Lexicon
    channel: Channel
    plain: Channel | None
    reading: Channel
    forms: Forms | None
    version: str

    @cached_property
    def decoder(self) -> Decoder:
        """The decoder with the shipped channel; forms that it has searched stay known."""
        return Decoder(self.language, self.lexicon, self.channel, known=self.forms)

    @cached_property
    def decoders(self) -> tuple[Decoder, ...]:
        """A decoder for each style of mangling: that of a foreign OCR, and text without any marks."""
        styles = (self.decoder,)
        return (*styles, Decoder(self.language, self.lexicon, self.plain)) if self.plain else styles

    @cached_property
    def reader(self) -> Decoder:
        """The decoder for what a Vietnamese OCR has read: a milder channel, and leaving a word costs less."""
        return Decoder(self.language, self.lexicon, self.reading, Weights(leave=5.0), witness=self.decoder)


def load(folder: Path = DATA) -> Model:
    """Open the model files; raises FileNotFoundError where one is missing."""
    language = Language(folder)
    lexicon = _lexicon(folder, language)
    version = (folder / "VERSION").read_text(encoding="utf-8").strip()
    forms = Forms.load(folder) if (folder / "forms.txt").exists() else None
    channel, plain, reading = (Channel.load(folder / f"channel-{name}.json") for name in ("eng", "plain", "vie"))
    return Model(language, lexicon, channel, plain, reading, forms, version)


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]


def _lexicon(folder: Path, language: Language) -> Lexicon:
    cases: list[tuple[float, ...]] = [_UNKNOWN_CASE] * len(language.words)
    for word, *logs in _rows(folder / "case.tsv"):
        if word in language.ids:
            cases[language.ids[word]] = tuple(float(log) for log in logs)
    parts = {part: int(count) for part, count in _rows(folder / "codeparts.tsv")}
    short = {row[0].lower() for row in _rows(folder / "abbreviations.tsv")}
    syllables = [w for w in (folder / "lexicon.txt").read_text(encoding="utf-8").split() if w in language.ids]
    words = [*syllables, *sorted(w for w in short if w in language.ids and w not in syllables)]
    ids = [language.ids[w] for w in words]
    also_short = frozenset(language.ids[w] for w in short & set(syllables))
    return Lexicon(
        trie=Trie(words, ids, [language.log_unigram[id_] for id_ in ids]),
        cases=cases,
        abbreviations=frozenset(ids[len(syllables) :]),
        also_short=also_short,
        surnames=frozenset(
            language.ids[w] for w in (folder / "surnames.txt").read_text(encoding="utf-8").split() if w in language.ids
        ),
        foreign=frozenset(w for w in language.words if w.isascii() and w.isalpha() and not is_syllable(w)),
        code_parts=parts,
    )
