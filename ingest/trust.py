"""What the text of a page is worth, by Vietnamese measures, never by its length.

True Vietnamese carries a diacritic (đ included) on 0.27 to 0.30 of its letters; the layer that an English OCR leaves on
0.03 to 0.06; and in true Vietnamese nearly every word is a legal syllable.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, get_args

from ingest.legacy import Encoding, convert
from schemas.record import Quality
from schemas.syllable import is_syllable
from schemas.text import fold

MARKED = 0.13
"""The least share of letters with a diacritic in true Vietnamese."""
LEGAL = 0.55
"""The least share of legal syllables in true Vietnamese."""
FOREIGN = 0.12
"""The least share of another language's function words in its running text."""
ENOUGH = 40
"""Letters below which a page's own figures say little, and the document decides."""

_LATIN_END = 0x250

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_ODD = re.compile(r"(?<=\w)[^\w\s.,;:/()\-–&’'”“\"](?=\w)")
# Function words of English, French, Spanish and German that are no Vietnamese syllables, with or without marks.
_FUNCTION_WORDS = frozenset(
    """the of and is for with that this are was were from which shall by as at not have has will their its been or be
    les des et est pour dans sur par avec une cette sont aux il ils
    los las para una del por der die das und ist mit von nicht""".split()
)


class Judgement(NamedTuple):
    """A page's quality with its figures: ``letters``, shares of letters and words, and the legacy encoding if any."""

    quality: Quality
    letters: int
    diacritic_share: float | None
    legal_share: float | None
    encoding: Encoding | None = None


def judge(text: str, prior: Judgement | None = None) -> Judgement:
    """Judge an NFC text. ``prior`` is what is known of the document; it decides where the text has few letters."""
    letters, marked, legal = measure(text)
    if not letters:
        return Judgement("none", 0, None, None)
    quality = _quality(text, marked, legal)
    encoding = _encoding(text, legal) if quality != "good" else None
    if encoding:
        quality = "legacy"
    if letters < ENOUGH and prior is not None and quality != "good":
        quality, encoding = prior.quality, prior.encoding
    return Judgement(quality, letters, round(marked, 4), round(legal, 4), encoding)


def measure(text: str) -> tuple[int, float, float]:
    """Letters, share of letters that carry a Vietnamese diacritic, share of words that are legal syllables."""
    letters = marked = 0
    for char in text:
        if char.isalpha():
            letters += 1
            marked += _is_marked(char)
    words = [word for word in _WORD.findall(text) if len(word) > 1 and not _is_code(word)]
    legal = sum(map(is_syllable, words)) / len(words) if words else 0.0
    return letters, marked / letters if letters else 0.0, legal


def _quality(text: str, marked: float, legal: float) -> Quality:
    words = _WORD.findall(text.lower())
    foreign = sum(word in _FUNCTION_WORDS for word in words) / max(1, len(words))
    latin = sum(char.isalpha() and _is_latin(char) for char in text)
    if latin < sum(map(str.isalpha, text)) / 2:
        return "foreign"
    if marked >= MARKED and legal >= LEGAL and len(_ODD.findall(text)) <= 0.05 * len(_TOKEN.findall(text)):
        return "good"
    if foreign >= FOREIGN and marked < MARKED:
        return "foreign"
    return "garbled"


def _encoding(text: str, legal: float) -> Encoding | None:
    """The legacy encoding that makes the text Vietnamese, if it is not Vietnamese as it stands."""
    best: Encoding | None = None
    best_legal = max(LEGAL, legal + 0.1)
    for encoding in get_args(Encoding):
        letters, marked, share = measure(convert(text, encoding))
        if letters and marked >= MARKED and share > best_legal:
            best, best_legal = encoding, share
    return best


def _is_latin(char: str) -> bool:
    return ord(char) < _LATIN_END or "\u1e00" <= char <= "\u1eff"


def _is_marked(char: str) -> bool:
    if char.isascii():
        return False
    return char in "đĐ" or (len(unicodedata.normalize("NFD", char)) > 1 and fold(char).isascii())


def _is_code(word: str) -> bool:
    """Abbreviations (UBND, THCS) say nothing about the text's spelling."""
    return word.isupper() and len(word) <= 6 and not is_syllable(word)
