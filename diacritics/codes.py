"""Repair of document codes by their own grammar: ``316BC-UBND`` -> ``316/BC-UBND``, ``BCVT&CPS`` -> ``BCVT&CĐS``.

Only letters change, and only to parts of codes that are known; digits stay as they are, but for letters that stand
where the number must be. Source of the parts: counts of document codes in public administrative texts
(``codeparts.tsv``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

_SPLIT = re.compile(r"([-/&]+)")
_NUMBER_LETTERS = str.maketrans({"l": "1", "I": "1", "O": "0", "o": "0"})
_MISREAD = {"D": "Đ", "P": "Đ", "B": "Đ", "b": "Đ", "I": "T", "l": "I", "0": "O", "H": "Đ"}
ODDS = 20.0
"""How many times more frequent a repaired part must be than the part as it was read."""
_LOST_SLASH = re.compile(r"(\d{1,4})([A-ZĐ][A-Za-zĐđ]*)(-.*)")
_MOST_VARIANTS = 256
_NUMERAL = re.compile(r"([IVXlr1|v]{1,6})([.)])")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


def repair_part(part: str, counts: Mapping[str, int]) -> str:
    """The likeliest reading of one part of a code; the part itself where no other is ``ODDS`` times as frequent."""
    if not part or part.isdigit() or len(part) > 10:
        return part
    best, most = part, counts.get(part, 0) * ODDS + ODDS / 4
    choices = [(char, _MISREAD[char]) if char in _MISREAD else (char,) for char in part]
    size = 1
    for options in choices:
        size *= len(options)
    if size > _MOST_VARIANTS:
        return part
    for chars in product(*choices):
        variant = "".join(chars)
        for reading in (variant, variant.replace("b", "Đ")):
            if reading != part and counts.get(reading, 0) > most:
                best, most = reading, counts[reading]
    return best


def repair_code(code: str, counts: Mapping[str, int]) -> str:
    """A code with its letters repaired; unchanged where nothing is certain."""
    if (lost := _LOST_SLASH.fullmatch(code)) and repair_part(lost[2], counts) in counts:
        code = f"{lost[1]}/{lost[2]}{lost[3]}"
    pieces = _SPLIT.split(code)
    head = pieces[0].translate(_NUMBER_LETTERS)
    if len(pieces) > 1 and head.isdigit() and any(c.isdigit() for c in pieces[0]):
        pieces[0] = head
    return "".join(
        piece if index == 0 and head.isdigit() else repair_part(piece, counts) for index, piece in enumerate(pieces)
    )


def repair_numeral(marker: str) -> str:
    """A section marker with its roman numeral repaired ("I1I." -> "III.", "Vv." -> "V."); "1." and "11." stay."""
    match = _NUMERAL.fullmatch(marker)
    if not match or not set(match[1]) & set("IVX"):
        return marker
    numeral = re.sub("[lr1|]", "I", match[1])
    for reading in (numeral.replace("v", "V"), numeral.replace("v", "")):
        if _ROMAN.fullmatch(reading):
            return reading + match[2]
    return marker


def repair_date(digits: str) -> str:
    """A date whose slashes were read as ones ("121612025" -> "12/6/2025"), where it can be cut in one way only."""
    if not digits.isdigit() and digits.count("/") != 1:
        return digits
    readings = {
        f"{day}/{month}/{year}"
        for size in (1, 2)
        for length in (1, 2)
        if (match := re.fullmatch(rf"(\d{{{size}}})[/1](\d{{{length}}})[/1]((?:19|20)\d\d)", digits))
        for day, month, year in (match.groups(),)
        if 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    }
    return readings.pop() if len(readings) == 1 else digits


def join_date(first: str, second: str) -> str:
    """A date that a blank has cut in two ("14/1", "1/2025" -> "14/11/2025"; "22", "12/2024"), "" where it is none."""
    for whole in (first + second, f"{first}/{second}"):
        match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)", whole)
        if match and 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
            return whole
    return ""


def repair_unit(unit: str) -> str:
    """A unit of area or volume whose small figure was read as a question mark ("km?" -> "km2")."""
    return re.sub(r"(?<=m)\?(?=$|[.,;:)])", "2", unit)
