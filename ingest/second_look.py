"""A second look: pieces of lines on which two readers do not agree, read once more by the engine at another scale.

The pieces stand on one sheet, a line each, so that a page costs one more call; the budget is in pieces and pixels,
never in time, so that what is read does not depend on the machine.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PIL import Image

from ingest.ctc import Heard
from ingest.ocr import LOOK, Engine, OcrPage, OcrWord
from ingest.rereading import Piece, box_of, joined_to
from schemas.text import Ranked

PIECES = 9
"""Pieces of a page that are looked at again, the least certain first."""
PIXELS = 600_000
"""Pixels of the sheet that they may fill."""
SCALE = 0.7
"""Tesseract reads what it misread at 300 dpi best at about 200."""
LOG = -1.0
"""What the log-probability of such a reading is taken for."""
SURE = 0.8
"""The confidence (0 to 1) of the engine below which it is none."""
_BETWEEN, _BESIDE = 24, 30
_EDGES = ".,;:()-/\"'“”*!?[]…"


class _Place(NamedTuple):
    """A piece on the sheet: its box on the page, and where its picture stands."""

    piece: Piece
    box: tuple[int, int, int, int]
    top: int
    width: int
    height: int


def look_again(page: OcrPage, chosen: Sequence[Piece], image: Image.Image, name: str, engine: Engine) -> OcrPage:
    """The page, words of which the readers disagree with one more reading. Raises what the engine raises."""
    places = list(_places(page, chosen, image))
    if not places:
        return page
    height = places[-1].top + places[-1].height + _BETWEEN
    sheet = Image.new("L", (max(place.width for place in places) + 2 * _BESIDE, height), 255)
    for place in places:
        part = image.crop(place.box).resize((place.width, place.height), Image.Resampling.BICUBIC)
        sheet.paste(part, (_BESIDE, place.top))
    mark = zlib.crc32(repr([place.box for place in places]).encode())
    read = engine.read(sheet, f"{name}{LOOK}{mark:08x}", round(300 * SCALE))
    words = list(page.words)
    for place in places:
        seen = [_heard(word, place) for word in read.words if word.confidence >= SURE and _stands_in(word, place)]
        left, _, right, _ = place.box
        for i, readings in joined_to(place.piece, words, seen, left, right - left):
            words[i] = words[i]._replace(again=_with(words[i], readings))
    return page._replace(words=tuple(words))


def _places(page: OcrPage, chosen: Sequence[Piece], image: Image.Image) -> Iterator[_Place]:
    """The pieces of the budget, in the order of the page."""
    open_pieces = [piece for piece in chosen if any(_is_open(page.words[i]) for i in piece)]
    ranked = sorted(
        open_pieces, key=lambda piece: min(page.words[i].confidence for i in piece if _is_open(page.words[i]))
    )
    top = _BETWEEN
    filled = 0
    for piece in sorted(ranked[:PIECES]):
        box = box_of([page.words[i] for i in piece], image)
        width, height = (max(1, round((box[i + 2] - box[i]) * SCALE)) for i in (0, 1))
        filled += width * height
        if filled > PIXELS:
            return
        yield _Place(piece, box, top, width, height)
        top += height + _BETWEEN


def _is_open(word: OcrWord) -> bool:
    """Whether the readers of a word with letters or digits do not agree on it, or only one has read it."""
    core = word.text.strip(_EDGES).lower()
    if not any(map(str.isalnum, core)):
        return False
    return not word.again or word.again[0][0].strip(_EDGES).lower() != core


def _stands_in(word: OcrWord, place: _Place) -> bool:
    middle = (word.box[1] + word.box[3]) / 2
    return place.top - _BETWEEN / 2 <= middle < place.top + place.height + _BETWEEN / 2


def _heard(word: OcrWord, place: _Place) -> Heard:
    """A word of the sheet as a word of its piece."""
    left, right = ((x - _BESIDE) / place.width for x in (word.box[0], word.box[2]))
    return Heard(left, right, ((word.text, LOG),))


def _with(word: OcrWord, readings: Ranked) -> Ranked:
    """All readings of a word, the likeliest first; of one that two have seen, the sum of both.

    That the engine reads twice alike says nothing: such a reading is left out.
    """
    logs = dict(word.again)
    for text, log in readings:
        if text.strip(_EDGES) == word.text.strip(_EDGES):
            continue
        logs[text] = round(min(0.0, math.log(math.exp(logs[text]) + math.exp(log))), 2) if text in logs else log
    return tuple(sorted(logs.items(), key=lambda item: (-item[1], item[0])))
