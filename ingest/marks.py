"""Words that were read on seals, signatures and incoming-mail stamps: taken out of the text, kept with the mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.colour import Blot
from ingest.ocr import OcrWord
from schemas.record import Box
from schemas.syllable import is_syllable
from schemas.text import MarkKind, fold

SURE = 0.75
"""The confidence of a word that is print, and no stroke of a pen."""
_BESIDE = 1.3
"""How far right of a seal, in its widths, a signature reaches."""
_BELOW = 0.2
"""How far below it, in its heights."""
_APART = 75
"""Pixels of blank that part what stands side by side on a line: 6 mm."""
_STAMP = (280, 90)
"""The least width and height of a stamp with text in pixels: 24 and 8 mm."""
_AROUND = ".,;:()-/\"'“”*"
_CUES = ("den", "cv", "so", "ngay", "chuyen", "luu", "gio", "cong van", "kinh chuyen")
_FEWEST_CUES = 2


class Sighting(NamedTuple):
    """A mark on the prepared picture, in its pixels, and what was read of it."""

    kind: MarkKind
    box: Box
    text: str = ""


def sighting(blot: Blot, box: Box) -> Sighting:
    """A blot, which lies in ``box`` on the prepared picture, as the mark that it is by its ink and shape."""
    return Sighting("seal" if blot.is_round else "signature" if blot.colour == "blue" else "stamp", box)


def may_be_stamp(blot: Blot, seals: Sequence[Box]) -> bool:
    """Whether a coloured blot has the size of a stamp with lines of text, and stands apart from seals."""
    left, top, right, bottom = blot.box
    is_large = right - left >= _STAMP[0] and bottom - top >= _STAMP[1]
    return blot.colour != "black" and not blot.is_round and is_large and is_apart(blot.box, seals)


def is_apart(box: Box, seals: Sequence[Box]) -> bool:
    """Whether a box touches none of some seals."""
    left, top, right, bottom = box
    return all(right < a or left > c or bottom < b or top > d for a, b, c, d in seals)


def named(mark: Sighting, words: Sequence[OcrWord]) -> Sighting:
    """A mark on which words were read, named after them; strokes of a pen that read as nothing are a signature."""
    if is_incoming(words):
        return mark._replace(kind="incoming stamp", text=text_of(words))
    if sum(map(_is_print, words)) >= _FEWEST_CUES:
        return mark._replace(kind="stamp", text=text_of(words))
    return mark


def part(
    words: Sequence[OcrWord], marks: Sequence[Sighting], frames: Sequence[Box]
) -> tuple[list[OcrWord], list[Sighting]]:
    """The words of the page's text, and its marks with the words that were read on them.

    ``marks`` are known from their ink; ``frames`` are boxes of rules that may be stamps: they are where they read so.
    """
    found = []
    for frame in frames:
        inside = [word for word in words if holds(frame, word.box)]
        if is_incoming(inside):
            words = [word for word in words if word not in inside]
            found.append(Sighting("incoming stamp", frame, text_of(inside)))
    for mark in marks:
        debris = _debris(words, mark)
        words = [word for word in words if word not in debris]
        found.append(mark._replace(text=" ".join(filter(None, (mark.text, text_of(debris))))))
    return list(words), found


def is_incoming(words: Iterable[OcrWord]) -> bool:
    """Whether words are those of an incoming-mail stamp ("CÔNG VĂN ĐẾN Số: ... Ngày: ... Chuyển: ...")."""
    text = f" {fold(text_of(words))} "
    return sum(bool(re.search(rf"(?<!\w){cue}(?!\w)", text)) for cue in _CUES) >= _FEWEST_CUES


def _debris(words: Sequence[OcrWord], mark: Sighting) -> list[OcrWord]:
    """The words on a mark in whose piece of a line nothing was surely printed."""
    left, top, right, bottom = mark.box
    if mark.kind == "seal":
        left, right = left - 0.1 * (right - left), right + _BESIDE * (right - left)
        bottom += _BELOW * (bottom - top)
    return [
        word
        for piece in pieces(words)
        if not any(_is_print(word) for word in piece)
        for word in piece
        if holds((left, top, right, bottom), word.box)
    ]


def pieces(words: Sequence[OcrWord], blank: int = _APART) -> list[list[OcrWord]]:
    """The engine's lines, parted where blanks of so many pixels are: recipients may stand beside a seal."""
    lines: dict[tuple[int, int, int], list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    found: list[list[OcrWord]] = []
    for line in lines.values():
        for number, word in enumerate(sorted(line, key=lambda word: word.box[0])):
            if number and word.box[0] - found[-1][-1].box[2] <= blank:
                found[-1].append(word)
            else:
                found.append([word])
    return found


def _is_print(word: OcrWord) -> bool:
    text = unicodedata.normalize("NFC", word.text).strip(_AROUND)
    return word.confidence >= SURE and len(text) > 1 and is_syllable(text)


def holds(frame: Box, box: Box | tuple[int, int, int, int]) -> bool:
    """Whether the middle of a box lies in a frame."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def text_of(words: Iterable[OcrWord]) -> str:
    """The words that have a letter or digit, NFC, with blanks between them."""
    texts = (word.text for word in words if any(map(str.isalnum, word.text)))
    return unicodedata.normalize("NFC", " ".join(texts))
