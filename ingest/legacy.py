"""Legacy Vietnamese font encodings (TCVN3/ABC, VNI-Windows) to Unicode, with viparse's tables, one letter at a time.

TCVN3 has no capitals with a tone mark: a heading comes out as "NGHị QUYếT" (all small if a font of capitals drew it).
So capitals are restored from the word's other letters, from its neighbours, and from the font where it is known.
Source of the tables: viparse (MIT), ``viparse.normalize.tcvn3`` and ``viparse.normalize.vni``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

from schemas.syllable import is_syllable

Encoding = Literal["tcvn3", "vni"]

# What PDFs give in place of TCVN3 bytes: the soft hyphen (ư) comes out as a minus sign, the middle dot (ã) as a bullet.
_SUBSTITUTES = {"\u2212": "ư", "\u2219": "ã", "\u2022": "ã"}
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n\f]+")
_HYPHENED = re.compile(r"[^\W\d_]*-[^\W\d_-]*")
_SENTENCE_START = re.compile(r"(?:(?<=[.!?] )|(?<=^[-+*•] )|(?<=^\w[.)] ))[^\W\d_a-zăâêôơưđ]")
_COMMITTEE = re.compile(r"\bủy(?=\s+ban\b)")
_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[\s,-]*(Bold|Italic|Oblique|Regular|Normal|MT|PS)", re.IGNORECASE)
_CASED = frozenset("ăâêôơưđĂÂÊÔƠƯĐ")
"""Marked letters that TCVN3 has in both cases."""


@cache
def _table(encoding: Encoding) -> tuple[dict[str, str], int]:
    pairs = (TCVN3 if encoding == "tcvn3" else VNI).pairs
    table = {source: unicodedata.normalize("NFC", target) for source, target in pairs}
    if encoding == "vni":
        table |= {"aú": "ẳ", "AÚ": "Ẳ"}
    return table, max(map(len, table))


def font_encoding(font: str) -> tuple[Encoding | None, bool]:
    """The legacy encoding that a font's name tells (".VnTime", "VNI-Times"), and whether it draws capitals only."""
    name = _STYLE.sub("", _SUBSET_TAG.sub("", font).lstrip("."))
    if name.lower().startswith("vni"):
        return "vni", False
    return ("tcvn3", name.endswith("H")) if name.lower().startswith("vn") else (None, False)


def convert(text: str, encoding: Encoding) -> str:
    """The text in Unicode (NFC) with its capitals; blanks, line ends and form feeds stay as they are."""
    table, longest = _table(encoding)
    out: list[str] = []
    at = 0
    while at < len(text):
        for size in range(longest, 0, -1):
            found = table.get(text[at : at + size])
            if found is not None:
                out.append(found)
                at += size
                break
        else:
            out.append(_substitute(text, at) if encoding == "tcvn3" else text[at])
            at += 1
    converted = unicodedata.normalize("NFC", "".join(out))
    if encoding == "vni":
        return converted
    return _LINE.sub(lambda line: restore_capitals(line[0]), _HYPHENED.sub(_restore_hyphen, converted))


def restore_capitals(line: str) -> str:
    """A TCVN3 line with capitals for the letters that have none of their own; of the same length.

    "NGHị QUYếT" is "NGHỊ QUYẾT"; where a word could be either ("Số", "Có"), the nearest certain words of its line
    decide; a sentence begins with a capital, and so does "Ủy ban".
    """
    words = list(_WORD.finditer(line))
    cases = [None if _is_in_code(line, match) else _case(match[0]) for match in words]
    letters = list(line)
    for i, match in enumerate(words):
        if cases[i] or (cases[i] is None and _among_capitals(cases, i)):
            letters[match.start() : match.end()] = match[0].upper()
    restored = "".join(letters)
    return _COMMITTEE.sub("Ủy", _SENTENCE_START.sub(lambda match: match[0].upper(), restored))


def _is_in_code(line: str, match: re.Match[str]) -> bool:
    """Whether a word is part of a code ("27/KH-UBND"), whose capitals say nothing about its neighbours."""
    beside = line[max(0, match.start() - 1) : match.start()] + line[match.end() : match.end() + 1]
    return any(char in "/-&" or char.isdigit() for char in beside)


def _case(word: str) -> bool | None:
    """True where a word is set in capitals, False where it surely is not, None where its letters do not tell.

    Abbreviations, which are no syllables, count as not telling: they stand in capitals anywhere.
    """
    sure = [char.isupper() for char in word if char.isascii() or char in _CASED]
    if not all(sure):
        return False
    inner = any(char.isascii() or char in _CASED for char in word[1:])
    return True if inner and (len(sure) < len(word) or is_syllable(word)) else None


def _among_capitals(cases: list[bool | None], index: int) -> bool:
    """Whether the nearest words that tell, on both sides as far as there are any, are set in capitals."""
    before = next((case for case in reversed(cases[:index]) if case is not None), None)
    after = next((case for case in cases[index + 1 :] if case is not None), None)
    found = [case for case in (before, after) if case is not None]
    return bool(found) and all(found)


def _substitute(text: str, at: int) -> str:
    """The letter for a glyph that a PDF put in its place, only beside a letter."""
    letter = _SUBSTITUTES.get(text[at])
    beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    table, _ = _table("tcvn3")
    return letter if letter and any(char.isalpha() or char in table for char in beside) else text[at]


def _restore_hyphen(match: re.Match[str]) -> str:
    """A hyphen that stands where the letter ư was: "n-ớc" is "nước"; "kinh-tế" stays."""
    word = match[0]
    candidate = word.replace("-", "ư")
    sides = [side for side in word.split("-") if side]
    return candidate if is_syllable(candidate) and not all(map(is_syllable, sides)) else word
