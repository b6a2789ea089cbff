"""A second look: places where an engine read hardly anything legal, read once more by themselves at another scale.

Most are lines that were taken for one because those beside them stand at other heights: recipients beside a signature,
words beside a seal. The places stand on one sheet, so that a page costs one more call; the budget is in places and
pixels, never in time, so that what is read does not depend on the machine.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

import numpy as np
from PIL import Image

from ingest.ocr import LOOK, Engine, OcrPage, OcrWord
from ingest.shades import Mask, darker, paper_of
from schemas.syllable import is_syllable

PLACES = 6
"""Places of a page that are looked at again, the longest first."""
PIXELS = 600_000
"""Pixels of the sheet that they may fill."""
SCALE = 0.7
"""Tesseract reads what it misread at 300 dpi best at about 200."""
UNSURE = 0.5
"""The confidence (0 to 1) of the engine below which a word may be anything."""
HIGH = 1.35
"""A box that many times as high as most words' holds more than one line."""
ALONE = 3.0
"""Unsure words are alone where nothing sure stands within so many heights of a word."""
DIGITS = 0.75
"""The most confidence in digits that only the second look saw."""
BETTER = 1.0
"""Letters that must surely be right after the second look, beyond those that were so before."""
_BETWEEN, _BESIDE, _AROUND = 24, 30, 6
_REDUCE = 4
_BLANK, _FARTHEST = 15, 10
"""Columns without ink that end a line, and rows that a line may stand out; both reduced."""
_EDGES = ".,;:()-/\"'“”*!?[]…"

Box = tuple[int, int, int, int]


class _Place(NamedTuple):
    """A place: its box on the page, the words that it holds, and where its picture stands on the sheet."""

    box: Box
    words: tuple[int, ...]
    top: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height on the sheet."""
        left, top, right, bottom = self.box
        return max(1, round((right - left) * SCALE)), max(1, round((bottom - top) * SCALE))


def look_again(page: OcrPage, image: Image.Image, name: str, engine: Engine) -> OcrPage:
    """The page, with what a second look at its doubtful places gave where that is better.

    Raises what the engine raises.
    """
    places = list(_stacked(_places(page, image)))
    if not places:
        return page
    height = places[-1].top + places[-1].size[1] + _BETWEEN
    sheet = Image.new("L", (max(place.size[0] for place in places) + 2 * _BESIDE, height), 255)
    for place in places:
        sheet.paste(image.crop(place.box).resize(place.size, Image.Resampling.BICUBIC), (_BESIDE, place.top))
    mark = zlib.crc32(repr([place.box for place in places]).encode())
    read = engine.read(sheet, f"{name}{LOOK}{mark:08x}", round(300 * SCALE))
    dropped: set[int] = set()
    added: list[OcrWord] = []
    for number, place in enumerate(places, 1):
        old = [page.words[i] for i in place.words]
        others = [word.box for i, word in enumerate(page.words) if i not in place.words]
        seen = [_on_page(word, place, number) for word in read.words if _stands_in(word, place)]
        seen = [_doubted(w, old) for w in seen if w.confidence >= UNSURE and not any(_holds(o, w) for o in others)]
        if sure_letters(seen) >= sure_letters(old) + BETTER:
            dropped.update(place.words)
            added += seen
    kept = (word for i, word in enumerate(page.words) if i not in dropped)
    return page._replace(words=(*kept, *added))


def _doubted(word: OcrWord, old: Sequence[OcrWord]) -> OcrWord:
    """A word of the second look; digits that were not read alike before may be handwriting, and are never sure."""
    if not any(map(str.isdigit, word.text)) or any(word.text == each.text for each in old):
        return word
    return word._replace(confidence=min(word.confidence, DIGITS))


def sure_letters(words: Sequence[OcrWord]) -> float:
    """How many letters of words stand in legal syllables, numbers and capitals, weighed by confidence."""
    return sum(len(word.text) * word.confidence for word in words if _is_legal(word.text))


def _is_legal(text: str) -> bool:
    core = unicodedata.normalize("NFC", text).strip(_EDGES)
    if len(core) < 2:
        return core.isdigit()
    return is_syllable(core) or core.isdigit() or (core.isupper() and core.isalpha())


def _places(page: OcrPage, image: Image.Image) -> list[_Place]:
    """The places of the budget, from top to bottom."""
    usual = median([word.box[3] - word.box[1] for word in page.words])
    small = np.asarray(image.reduce(_REDUCE))
    ink = darker(small, 0.78 * paper_of(small))
    found: list[Box] = []
    for box in _runs(page, usual):
        grown = _grown(box, ink)
        if not any(_common(grown, other) for other in found):
            found.append(grown)
    longest = sorted(found, key=lambda box: box[0] - box[2])[:PLACES]
    return [
        _Place(box, tuple(i for i, word in enumerate(page.words) if _holds(box, word)))
        for box in sorted(longest, key=lambda box: (box[1], box[0]))
    ]


def _stacked(places: Sequence[_Place]) -> Iterator[_Place]:
    """The places one below the other, as long as there is room for them."""
    top, filled = _BETWEEN, 0
    for place in places:
        width, height = place.size
        filled += width * height
        if filled > PIXELS:
            return
        yield place._replace(top=top)
        top += height + _BETWEEN


def _runs(page: OcrPage, usual: float) -> Iterator[Box]:
    """Boxes of neighbouring unsure words of a line that are too high for one line, or stand alone."""
    order = sorted(page.words, key=lambda word: (word.line, word.box[0]))
    for _, members in groupby(order, key=lambda word: word.line):
        line = list(members)
        for unsure, group in groupby(line, key=lambda word: word.confidence < UNSURE):
            run = list(group)
            if not unsure or not any(char.isalnum() for word in run for char in word.text):
                continue
            left, top, right, bottom = _around(run)
            high = max(word.box[3] - word.box[1] for word in run) > HIGH * usual
            near = [w for w in line if w.confidence >= UNSURE and _gap(w.box, left, right) < ALONE * usual]
            if (high or not near) and right - left > usual and bottom - top < 2 * ALONE * usual:
                yield left, top, right, bottom


def _gap(box: Box, left: int, right: int) -> int:
    return max(box[0] - right, left - box[2])


def _around(words: Sequence[OcrWord]) -> Box:
    boxes = [word.box for word in words]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _grown(box: Box, ink: Mask) -> Box:
    """A box with all of the lines that it holds a part of: to the sides until blanks, up and down to blank rows."""
    left, top, right, bottom = (value // _REDUCE for value in box)
    columns = np.count_nonzero(ink[top : bottom + 1], axis=0) > 1
    left, right = _edge(columns, left, -1), _edge(columns, right, 1)
    rows: Mask = np.any(ink[:, left : right + 1], axis=1)
    top, bottom = _end(rows, top, -1), _end(rows, bottom, 1)
    height, width = ink.shape
    return (
        max(0, left * _REDUCE - _AROUND),
        max(0, top * _REDUCE - _AROUND),
        min(width, right + 1) * _REDUCE + _AROUND,
        min(height, bottom + 1) * _REDUCE + _AROUND,
    )


def _edge(columns: Mask, at: int, step: int) -> int:
    """The last column with ink, walking from ``at`` until a blank."""
    last = at
    while 0 <= at < len(columns) and abs(at - last) <= _BLANK:
        last = at if columns[at] else last
        at += step
    return last


def _end(rows: Mask, at: int, step: int) -> int:
    """The last row with ink before a blank one, not farther than a line may stand out."""
    for far in range(_FARTHEST + 1):
        if not 0 <= at + far * step < len(rows) or not rows[at + far * step]:
            return at + far * step
    return at


def _common(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _holds(box: Box, word: OcrWord) -> bool:
    """Whether the middle of a word stands in a box."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _stands_in(word: OcrWord, place: _Place) -> bool:
    middle = (word.box[1] + word.box[3]) / 2
    return place.top - _BETWEEN / 2 <= middle < place.top + place.size[1] + _BETWEEN / 2


def _on_page(word: OcrWord, place: _Place, number: int) -> OcrWord:
    """A word of the sheet as a word of the page, on a line of its own."""
    left, top, right, bottom = word.box
    x, y = place.box[:2]
    box = (
        x + round((left - _BESIDE) / SCALE),
        y + round((top - place.top) / SCALE),
        x + round((right - _BESIDE) / SCALE),
        y + round((bottom - place.top) / SCALE),
    )
    return word._replace(box=box, line=(-100 - number, *word.line[1:]))
