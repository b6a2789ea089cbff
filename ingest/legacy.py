"""Legacy Vietnamese font encodings (TCVN3/ABC, VNI-Windows) to Unicode, with viparse's tables, one letter at a time.

TCVN3 has no accented capitals: a heading's letters come out as "NGHị QUYếT" (or all small where a capitals' font drew
them), so capitals are restored from the rest of the word, and from the font where it is known.
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
_NEAR_WORD = re.compile(r"[^\s/.,;:()\d]+")
_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[\s,-]*(Bold|Italic|Oblique|Regular|Normal|MT|PS)", re.IGNORECASE)


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
    """The text in Unicode (NFC), capitals restored word by word; blanks, line ends and form feeds stay as they are."""
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
    if encoding == "tcvn3":
        converted = _NEAR_WORD.sub(_restore_hyphen, converted)
    return _WORD.sub(lambda match: _restore_capitals(match[0]), converted)


def _substitute(text: str, at: int) -> str:
    """The letter for a glyph that a PDF put in its place, only beside a letter."""
    letter = _SUBSTITUTES.get(text[at])
    beside = text[at - 1 : at] + text[at + 1 : at + 2]
    table, _ = _table("tcvn3")
    return letter if letter and any(char.isalpha() or char in table for char in beside) else text[at]


def _restore_hyphen(match: re.Match[str]) -> str:
    """A hyphen that stands where the letter ư was: "n-ớc" is "nước"; "kinh-tế" stays."""
    word = match[0]
    if "-" not in word[1:]:
        return word
    candidate = word.replace("-", "ư")
    return candidate if is_syllable(candidate) and not is_syllable(word.split("-")[0]) else word


def _restore_capitals(word: str) -> str:
    """Capitals for the letters that have none of their own: "NGHị" is "NGHỊ", where all plain letters are capitals."""
    plain = [char for char in word if char.isascii()]
    upper = sum(char.isupper() for char in plain)
    if upper >= 2 and upper == len(plain):
        return word.upper()
    return word
