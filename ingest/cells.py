"""Short cells of ruled tables, read once more together: an engine passes over digits that stand alone.

The ink of all cells that gave no words, or a word that is none, is put on one sheet in lines, as numbers stand in a
sentence, so that a page with tables costs one more call at most, and one without none. Nothing is counted on or
filled in: what a cell says was read from its ink.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import scipy.ndimage as nd
from PIL import Image

from ingest.ocr import DPI, Engine, OcrWord
from ingest.ruling import Grid
from ingest.shades import darker, paper_of
from schemas.record import Box
from schemas.syllable import is_syllable

CELLS = "-cells"
"""In the name of a sheet of cells."""
MOST, PIXELS = 120, 2_000_000
"""Cells of a page that are read again, and pixels that their sheet may have."""
_WIDTH = 1800
"""How long the lines of the sheet are, in pixels."""
_BESIDE, _BETWEEN, _TALL = 80, 40, 64
"""Blanks beside cells and between lines of the sheet; what is higher (several lines of text) has a line to itself."""
_EDGE = 7
"""Pixels along the rules that are no part of a cell."""
_DEBRIS, _NEAR_RULE = 14, 36
"""What is read on a rule and is no wider than so many pixels is the rule itself; so are signs so near to one."""
_SPECK, _LOW = 14, 12
"""The least ink of a piece of a letter, and the least height of a cell's ink, in pixels."""
_HIGH = 300
_SHORT = 5
"""The most signs of a word that is doubted as a number or a numeral might be."""
_SURE, _LEGIBLE = 0.7, 0.6
"""The confidence (0 to 1) from which a lone short word is not doubted, and from which the words of a cell are not."""
_FIGURES = re.compile(r"\d+(?:[.,/]\d+)*[.)%]?|[IVX]+[.)]?|%")
_RULES = "|¡!¦‡†[]{}"
"""As what rules are read."""
_EDGES = ".,;:()-–/\"'“”"


class _Place(NamedTuple):
    """The ink of a cell on the page, and where its picture stands on the sheet; the words that it gave before."""

    ink: tuple[int, int, int, int]
    left: int
    top: int
    before: tuple[OcrWord, ...]


class _Cell(NamedTuple):
    """A cell on the straightened page, and the words in it."""

    box: Box
    words: list[OcrWord]


def read_again(image: Image.Image, grid: Grid, words: Sequence[OcrWord], engine: Engine, name: str) -> list[OcrWord]:
    """The words of a page without those that are rules, and with what a second reading gave for cells without words or
    with doubtful ones.

    Raises what the engine raises.
    """
    cells = [_Cell(box, []) for table in grid.tables for row in table for box in row if box]
    found = [word for word in words if not _is_debris(word, grid, cells)]
    places = list(_laid_out(_doubtful(image, grid, cells)))
    if not places:
        return found
    width = max(place.left + place.ink[2] - place.ink[0] for place in places) + _BESIDE
    height = max(place.top + place.ink[3] - place.ink[1] for place in places) + _BETWEEN
    sheet = Image.new("L", (width, height), 255)
    for place in places:
        sheet.paste(image.crop(place.ink), (place.left, place.top))
    seen = engine.read(sheet, f"{name}{CELLS}", DPI).words
    for number, place in enumerate(places):
        again = [_back(word, place, number) for word in seen if _stands_on(word, place)]
        if again and _worth(again) > _worth(place.before):
            found = [word for word in found if word not in place.before] + again
    return found


def _is_debris(word: OcrWord, grid: Grid, cells: Sequence[_Cell]) -> bool:
    """Whether a word is a piece of a rule; others are put into their cell."""
    left, top, right, bottom = grid.straight(word.box)
    x, y = (left + right) / 2, (top + bottom) / 2
    home = next((c for c in cells if c.box[0] <= x <= c.box[2] and c.box[1] <= y <= c.box[3]), None)
    if home is None:
        return False
    apart = min(x - home.box[0], home.box[2] - x)
    signs = not any(map(str.isalnum, word.text)) and word.text[0] in _RULES
    upright = right - left <= min(_DEBRIS, bottom - top)
    if (upright and apart <= _DEBRIS) or (signs and apart <= _NEAR_RULE):
        return True
    home.words.append(word)
    return False


def _doubtful(
    image: Image.Image, grid: Grid, cells: Sequence[_Cell]
) -> Iterator[tuple[tuple[int, int, int, int], tuple[OcrWord, ...]]]:
    """The ink of cells to be read again, each with the words that it gave."""
    paper = paper_of(np.asarray(image), 8) if cells else 0.0
    for box, words in cells:
        if not words or _worth(words) < (_SURE if len(words) == 1 and len(words[0].text) <= _SHORT else _LEGIBLE):
            ink = _ink(image, grid.sloped(box), abs(grid.slope), paper)
            if ink is not None:
                yield ink, tuple(words)


def _worth(words: Sequence[OcrWord]) -> float:
    """The mean confidence of words; that of what is neither a syllable nor a figure counts nothing."""
    return sum(word.confidence * _is_legal(word.text) for word in words) / max(1, len(words))


def _is_legal(text: str) -> bool:
    core = text.strip(_EDGES)
    return bool(_FIGURES.fullmatch(text)) or (len(core) > 1 and is_syllable(core)) or (len(core) > 1 and core.isupper())


def _ink(image: Image.Image, box: Box, slope: float, paper: float) -> tuple[int, int, int, int] | None:
    """The box around the letters in a cell; None where it holds none."""
    edge = _EDGE + slope * max(box[2] - box[0], box[3] - box[1]) / 2
    left, top, right, bottom = (round(v) for v in (box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge))
    if right - left < _LOW or bottom - top < _LOW:
        return None
    ink = darker(np.asarray(image.crop((left, top, right, bottom))), 0.7 * paper)
    labels, count = nd.label(ink, np.ones((3, 3)))
    if not count:
        return None
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    kept = [
        place
        for size, place in zip(sizes[1:], nd.find_objects(labels), strict=True)
        if size >= _SPECK and not _is_rule(place, ink.shape)
    ]
    if not kept:
        return None
    a, c = min(rows.start for rows, _ in kept), max(rows.stop for rows, _ in kept)
    b, d = min(columns.start for _, columns in kept), max(columns.stop for _, columns in kept)
    if not _LOW <= c - a <= _HIGH:
        return None
    return (left + b - 3, top + a - 3, left + d + 3, top + c + 3)


def _is_rule(place: tuple[slice, slice], size: tuple[int, ...]) -> bool:
    """Whether a piece of ink is what is left of a rule: thin, and long or at the edge."""
    rows, columns = place
    high, wide = int(rows.stop - rows.start), int(columns.stop - columns.start)
    at_edge = rows.start == 0 or columns.start == 0 or rows.stop == size[0] or columns.stop == size[1]
    return (
        (high > 0.9 * size[0] and wide < 12)
        or (wide > 0.9 * size[1] and high < 12)
        or (at_edge and min(high, wide) < 6)
    )


def _laid_out(
    pieces: Iterator[tuple[tuple[int, int, int, int], tuple[OcrWord, ...]]],
) -> Iterator[_Place]:
    """Places of the pieces on a sheet, in lines, as many as the budget allows."""
    left, top, high = _BESIDE, _BETWEEN, 0
    for number, (ink, before) in enumerate(pieces):
        width, height = ink[2] - ink[0], ink[3] - ink[1]
        if left > _BESIDE and (left + width > _WIDTH or max(high, height) > _TALL):
            left, top, high = _BESIDE, top + high + _BETWEEN, 0
        if number >= MOST or (top + height) * _WIDTH > PIXELS:
            return
        yield _Place(ink, left, top, before)
        left, high = left + width + _BESIDE, max(high, height)


def _stands_on(word: OcrWord, place: _Place) -> bool:
    """Whether a word of the sheet was read on a cell, and on no other beside it."""
    y = (word.box[1] + word.box[3]) / 2
    left, top, right, bottom = place.ink
    beside = _BESIDE / 2
    return (
        place.left - beside <= word.box[0]
        and word.box[2] < place.left + right - left + beside
        and place.top - _BETWEEN / 2 <= y < place.top + bottom - top + _BETWEEN / 2
    )


def _back(word: OcrWord, place: _Place, number: int) -> OcrWord:
    """A word of the sheet as a word of the page."""
    dx, dy = place.ink[0] - place.left, place.ink[1] - place.top
    a, b, c, d = word.box
    return word._replace(box=(a + dx, b + dy, c + dx, d + dy), line=(-100 - number, *word.line[1:]))
