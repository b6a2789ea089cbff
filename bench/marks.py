"""What repair is measured by: numbers that must be kept, edits that are right, texts without marks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from audit.syllables import syllables
from diacritics.tokens import EDGES
from schemas.text import RepairedPage, Span

_NUMBER = re.compile(r"\d[\d.,:/%-]*")
_CODE = re.compile(r"\d{1,5}(?:/\d{4})?[/-][A-ZĐ]")


def without_marks(text: str) -> str:
    """The text with all diacritics removed, đ included; capitals stay."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def numbers(text: str) -> list[str]:
    """Numbers, dates and shares as they are written, and the digits of codes, in their order."""
    found = []
    for token in text.split():
        core = token.strip(EDGES)
        if _NUMBER.fullmatch(core):
            found.append(core)
        elif _CODE.match(core):
            found += re.findall(r"\d+", core)
    return found


def in_any_order(text: str, reference: str) -> float:
    """The share of the reference's syllables that the text has, wherever they stand."""
    wanted = Counter(syllables(reference))
    return (Counter(syllables(text)) & wanted).total() / max(1, wanted.total())


class Kept(NamedTuple):
    """How many numbers of a raw text are right, and how many of these are so after repair."""

    right: int
    kept: int


def kept_numbers(raw: str, repaired: str, clean: str) -> Kept:
    """Count the numbers that raw and clean text share, in order, and those of them that the repaired text still has."""
    right = _common(numbers(raw), numbers(clean))
    return Kept(len(right), len(_common(numbers(repaired), right)))


def _common(one: list[str], two: list[str]) -> list[str]:
    """The longest sequence that both have."""
    return [
        piece
        for step in LCSseq.opcodes(one, two)
        if step.tag == "equal"
        for piece in one[step.src_start : step.src_end]
    ]


class Precision(NamedTuple):
    """Edits of a page: all of them, those that leave their words right, and those that broke a right word."""

    edits: int
    right: int
    broken: int

    def __add__(self, other: object) -> Precision:
        """The sum, field by field."""
        assert isinstance(other, Precision)
        return Precision(*(one + two for one, two in zip(self, other, strict=True)))


def precision(page: RepairedPage, truth: str) -> Precision:
    """Judge each edit by the words it touches, aligned with the truth; case and marks count."""
    before, after = _right_words(page.page.text, truth), _right_words(page.text, truth)
    right = broken = 0
    for edit in page.edits:
        if all(good for span, good in after if _touch(span, edit.text)):
            right += 1
        elif all(good for span, good in before if _touch(span, edit.raw)):
            broken += 1
    return Precision(len(page.edits), right, broken)


def _touch(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _right_words(text: str, truth: str) -> list[tuple[Span, bool]]:
    """Each word's span, and whether the word stands in the truth at its place."""
    words = [(span, word) for span, word in _words(text) if word]
    good = [False] * len(words)
    for step in Levenshtein.opcodes([word for _, word in words], syllables(truth)):
        if step.tag == "equal":
            good[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
    return [(span, right) for (span, _), right in zip(words, good, strict=True)]


def _words(text: str) -> Iterator[tuple[Span, str]]:
    for match in re.finditer(r"\S+", text):
        yield Span(*match.span()), "".join(syllables(match.group()))


BINS = (0.0, 0.5, 0.7, 0.9, 0.99)


def reliability(page: RepairedPage, truth: str) -> dict[float, tuple[int, int, float]]:
    """By the lower edge of the decoder's probability: words, how many are right, and the sum of the probabilities."""
    found = dict.fromkeys(BINS, (0, 0, 0.0))
    for span, right in _right_words(page.text, truth):
        posterior = page.posterior(page.to_raw(span))
        if posterior is not None:
            low = max(edge for edge in BINS if edge <= posterior)
            words, good, total = found[low]
            found[low] = (words + 1, good + right, total + posterior)
    return found
