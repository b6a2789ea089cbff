"""Footnotes: lines at the foot of a page that a number in the text refers to, or that stand in small print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors._cues import Zone
from extractors._lines import Breaks, Row

NOTE_LINE = re.compile(r"[(\[]?(\d{1,2})[)\]]? ?(?=[A-ZĐÁÀẢÂĂÊÔƠƯỦ])")
_NOTE_SIGN = re.compile(r"\d(?<=[^\W_”\")]\d)(?<=\D\d)\d?(?=[.,;:)” ]|$)|\d(?<=[”\")]\d)\d?(?=[.,;:)]|$)")
_MISREAD_SIGN = re.compile(r"[!'‘’“”*°|lI1!t?]{1,2} ?(?=[A-ZĐÁÀẢÂĂÊÔƠƯỦ])")
"""A raised "1" as recognisers read it."""
_SMALL = 0.85
"""The height of small print over that of the page's lines."""
_NOTE_REACH = 60
"""Lines within which the sign of a footnote stands above it."""


def footnotes(lines: Sequence[Row], zones: list[Zone], breaks: Breaks) -> None:
    """A line "1 Công văn số ..." is a footnote where a word before it carries that number as its sign."""
    if not any(NOTE_LINE.match(row.text) for row in lines):
        return
    signs: dict[int, int] = {}
    index = 0
    while index < len(lines):
        row = lines[index]
        match = NOTE_LINE.match(row.text)
        number = int(match[1]) if match else 0
        if number and zones[index] is Zone.BODY and signs.get(number, -_NOTE_REACH) > index - _NOTE_REACH:
            zones[index] = Zone.FOOTNOTE
            while (
                index + 1 < len(lines) and lines[index + 1].page == row.page and not _after_note(index, lines, breaks)
            ):
                index += 1
                zones[index] = Zone.FOOTNOTE
        else:
            for sign in _NOTE_SIGN.finditer(row.text):
                signs.setdefault(int(sign[0]), index)
        index += 1


def small_print(lines: Sequence[Row], zones: list[Zone]) -> None:
    """Lines at the foot of a page in small print, of which the first opens with what may be a misread note sign."""
    last = len(lines)
    for page in range(lines[-1].page, -1, -1):
        first = last
        while first and lines[first - 1].page == page:
            first -= 1
        heights = sorted(row.height for row in lines[first:last] if row.height is not None and row.column == 0)
        start = last
        while (
            heights
            and start > first
            and zones[start - 1] in (Zone.BODY, Zone.NOISE)
            and (lines[start - 1].height or heights[-1]) <= _SMALL * heights[len(heights) // 2]
        ):
            start -= 1
        if first < start < last and _MISREAD_SIGN.match(lines[start].text):
            zones[start:last] = [Zone.FOOTNOTE] * (last - start)
        last = first


def _after_note(index: int, lines: Sequence[Row], breaks: Breaks) -> bool:
    row = lines[index + 1]
    return (
        bool(NOTE_LINE.match(row.text))
        or row.text.startswith(("-", "+"))
        or breaks.between(index, index + 1)
        or row.gap
    )
