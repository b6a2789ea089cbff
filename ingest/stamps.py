"""Stamps that are known by their words: of urgency and secrecy, framed or not, and of incoming mail without a frame.

Nghị định 30/2020/NĐ-CP, Phụ lục I: KHẨN, THƯỢNG KHẨN, HỎA TỐC stand in a frame beside or below the letterhead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import scipy.ndimage as nd
from PIL import Image

from ingest.colour import Blot
from ingest.marks import Sighting, holds, is_apart, is_incoming, pieces, text_of
from ingest.ocr import OcrWord
from ingest.shades import darker, paper_of
from schemas.record import Box
from schemas.text import fold

Read = Callable[[Image.Image, str], Sequence[OcrWord]]
"""Reads a piece of a page; the second argument tells pieces apart."""
_MARKS = frozenset(("hoa toc hen gio", "hoa toc", "thuong khan", "khan", "tuyet mat", "toi mat", "mat"))
_HEAD = 0.45
"""The share of a page, from its top, in which such stamps stand."""
_REDUCE = 4
_WIDTHS, _HEIGHTS = (28, 220), (16, 66)
"""How wide and high a framed mark is in (reduced) pixels: 9 to 75 and 5 to 22 mm."""
_STRAIGHT = 0.85
"""The share of a frame's upper and lower edge that lies on a line."""
_MOST = 3
"""Frames of a page that are read."""
_BLANK = 45
"""Pixels of blank that part a stamp from what stands beside it: 4 mm."""
_HEADING = re.compile(r"\W*(?:(?:so )?(?:cong van|cv|van ban|so) ?)?den\b(?:\W*$|\W*so\b.{0,20}$)")
_ROW = re.compile(r"\W*(?:so(?!.*/ ?[a-z])|ngay(?!.*\bthang\b)|chuyen|gio|luu ho so|kinh chuyen)\b.{0,24}$")
_JOINED = 5
"""(Reduced) pixels by which ink is widened, so that the letters of a stamp make one block."""
_BLOCK = (74, 210, 26, 100)
"""The least and greatest width and height of such a block in (reduced) pixels: 25 to 71 and 9 to 34 mm."""
_FULL = 6
"""Words of a line of running text."""
_UNSURE = 0.6
_NEAR = 1.3
"""The most between two lines of a stamp, in heights of its heading."""


def is_mark(text: str) -> bool:
    """Whether a stamp reads as a mark of urgency or secrecy, and nothing else, in capitals."""
    return text.isupper() and fold(text) in _MARKS


def part(image: Image.Image, words: Sequence[OcrWord], read: Read) -> tuple[list[OcrWord], list[Sighting]]:
    """The words of a page's text, and the stamps among them and in small frames, which are read by themselves."""
    limit = _HEAD * image.height
    left, found = list(words), []
    for group in [*_printed_marks(left, limit), *_incoming(left, limit)]:
        box = _around(group)
        text = _mark_text(group)
        found.append(Sighting("stamp", box, text) if text else Sighting("incoming stamp", box, text_of(group)))
        left = [word for word in left if word not in group]
    for number, box in enumerate(_beside_text(image, left, limit)[:_MOST]):
        again = read(image.crop((int(box[0]), int(box[1]), int(box[2]), int(box[3]))), f"b{number}")
        if is_incoming(again):
            found.append(Sighting("incoming stamp", box, text_of(again)))
            left = [word for word in left if not holds(box, word.box)]
    for number, frame in enumerate(_frames(image.crop((0, 0, image.width, round(limit))))[:_MOST]):
        inside = [word for word in left if holds(frame, word.box)]
        if any(holds(frame, mark.box) for mark in found):
            continue
        start, top, right, bottom = (round(value) for value in frame)
        text = _mark_text(inside) or _mark_text(read(unframed(image.crop((start, top, right, bottom))), f"f{number}"))
        if text:
            found.append(Sighting("stamp", frame, text))
            left = [word for word in left if word not in inside]
    return left, found


def may_be_mark(mark: Sighting, blot: Blot, page: Image.Image, seals: Sequence[Box]) -> bool:
    """Whether a coloured blot, ``mark`` on the prepared page, has size and place of a stamp with a word or two."""
    left, top, right, bottom = mark.box
    wide, high = (right - left) / _REDUCE, (bottom - top) / _REDUCE
    fits = _WIDTHS[0] <= wide <= _WIDTHS[1] and _HEIGHTS[0] / 2 <= high <= _HEIGHTS[1] and wide > high
    is_stamp = blot.colour != "black" and not blot.is_round and is_apart(blot.box, seals)
    return is_stamp and fits and bottom < _HEAD * page.height


def named(mark: Sighting, words: Sequence[OcrWord]) -> Sighting:
    """A stamp on which words were read; it gets their text where they are a mark of urgency or secrecy."""
    text = _mark_text(words)
    return mark._replace(kind="stamp", text=text) if text else mark


def unframed(piece: Image.Image) -> Image.Image:
    """A stamp cut out of a grey picture, level and without its frames."""
    shades = np.asarray(piece).copy()
    paper = paper_of(shades)
    labels, _ = nd.label(darker(shades, 0.7 * paper), np.ones((3, 3)))
    slope = 0.0
    for number, place in enumerate(nd.find_objects(labels), 1):
        high, wide = (side.stop - side.start for side in place)
        if wide >= 0.7 * piece.width and high >= 0.6 * piece.height:
            frame = labels[place] == number
            slope = float(np.polyfit(np.arange(wide), frame.argmax(axis=0), 1)[0])
            thick = nd.binary_dilation(labels == number, iterations=2)
            shades[thick] = paper
    clean = Image.fromarray(shades)
    return clean.rotate(np.degrees(np.arctan(slope)), Image.Resampling.BICUBIC, fillcolor=int(paper))


def _mark_text(words: Sequence[OcrWord]) -> str:
    """The words as they were read, where they are a mark of urgency or secrecy; debris of the frame counts nothing."""
    bare = ["".join(char for char in word.text if char.isalpha()) for word in words]
    text = " ".join(word for word in bare if len(word) > 1)
    return text if is_mark(text) else ""


def _printed_marks(words: Sequence[OcrWord], limit: float) -> list[list[OcrWord]]:
    """Pieces of lines in the head of a page that are such a mark."""
    return [piece for piece in pieces(words, _BLANK) if piece[0].box[3] < limit and _mark_text(piece)]


class _Piece(NamedTuple):
    words: list[OcrWord]
    box: Box
    folded: str


def _incoming(words: Sequence[OcrWord], limit: float) -> list[list[OcrWord]]:
    """Stamps of incoming mail: a heading, the rows below it, the name of who received it above, and what is written
    between them.
    """
    every = [_Piece(piece, _around(piece), fold(text_of(piece))) for piece in pieces(words, _BLANK)]
    found = []
    for head in every:
        if head.box[1] > limit or not _HEADING.match(head.folded):
            continue
        near = _NEAR * (head.box[3] - head.box[1])
        box = head.box
        rows = [head]
        for piece in sorted(every, key=lambda piece: piece.box[1]):
            if piece is not head and _ROW.match(piece.folded) and _below(box, piece.box, near):
                rows.append(piece)
                box = _both(box, piece.box)
        above = [p for p in every if p not in rows and _receiver(p, head, near)]
        whole = _around([word for piece in (*rows, *above[-1:]) for word in piece.words])
        group = [word for word in words if holds(whole, word.box)]
        if len(rows) > 1 and is_incoming(group):
            found.append(group)
    return found


def _beside_text(image: Image.Image, words: Sequence[OcrWord], limit: float) -> list[Box]:
    """Blocks of ink in the head that reach into the left margin, and of whose words some are unsure or a stamp's.

    The engine takes such a stamp for the beginning of the lines beside it, and reads neither well.
    """
    every = pieces(words)
    lefts = sorted(piece[0].box[0] for piece in every if len(piece) >= _FULL and piece[0].box[1] > limit / 2)
    if not lefts:
        return []
    margin = lefts[len(lefts) // 5]
    small = np.asarray(image.crop((0, 0, image.width // 2, round(limit))).reduce(_REDUCE))
    ink = darker(small, 0.75 * paper_of(small)).view(np.uint8)
    labels, _ = nd.label(nd.maximum_filter(ink, 2 * _JOINED + 1))
    found = []
    for rows, columns in nd.find_objects(labels):
        box = (columns.start * _REDUCE, rows.start * _REDUCE, columns.stop * _REDUCE, rows.stop * _REDUCE)
        inside = [word for word in words if holds(box, word.box)]
        wide, high = columns.stop - columns.start, rows.stop - rows.start
        fits = _BLOCK[0] <= wide <= _BLOCK[1] and _BLOCK[2] <= high <= _BLOCK[3]
        if fits and 0 < box[0] < margin - _BLANK and inside and min(word.confidence for word in inside) < _UNSURE:
            found.append((float(box[0]), float(box[1]), float(box[2]), float(box[3])))
    return found


def _below(box: Box, other: Box, near: float) -> bool:
    """Whether a line stands below a box, or beside its last line, not farther than ``near``."""
    across = other[0] <= box[2] + near and other[2] >= box[0] - near
    return across and -near <= other[1] - box[3] <= near and other[1] >= box[1] - near / 2


def _receiver(piece: _Piece, head: _Piece, near: float) -> bool:
    """Whether a line right above the heading, in small capitals, names who received the mail."""
    high = piece.box[3] - piece.box[1]
    close = 0 <= head.box[1] - piece.box[3] + high / 2 <= 0.7 * near + high / 2
    starts = abs(piece.box[0] - head.box[0]) <= 2 * near
    return close and starts and high <= 1.25 * near / _NEAR and text_of(piece.words).isupper()


def _frames(head: Image.Image) -> list[Box]:
    """Boxes of small frames, a little slanted perhaps, in a grey picture: rings of ink with straight edges."""
    small = np.asarray(head.reduce(_REDUCE))
    labels, _ = nd.label(darker(small, 0.75 * paper_of(small)), np.ones((3, 3)))
    found: list[Box] = []
    for number, place in enumerate(nd.find_objects(labels), 1):
        high, wide = (side.stop - side.start for side in place)
        if not (_WIDTHS[0] <= wide <= _WIDTHS[1] and _HEIGHTS[0] <= high <= _HEIGHTS[1] and wide > 1.2 * high):
            continue
        ink = labels[place] == number
        if _is_straight(ink.argmax(axis=0)) and _is_straight(ink[::-1].argmax(axis=0)):
            top, left = place[0].start, place[1].start
            found.append((left * _REDUCE, top * _REDUCE, (left + wide) * _REDUCE, (top + high) * _REDUCE))
    return found


def _is_straight(edge: np.ndarray[tuple[int], np.dtype[np.intp]]) -> bool:
    """Whether heights along an edge lie on a line that slants by no more than six degrees."""
    at = np.arange(len(edge))
    middle = edge[2:-2]
    slope = (np.median(middle[len(middle) // 2 :]) - np.median(middle[: len(middle) // 2])) / (len(middle) / 2)
    off = edge - slope * at
    return bool(abs(slope) < 0.105 and np.mean(np.abs(off - np.median(off)) <= 1.5) >= _STRAIGHT)


def _around(words: Sequence[OcrWord]) -> Box:
    lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _both(one: Box, other: Box) -> Box:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))
