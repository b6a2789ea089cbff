"""Lines that an engine found on a page, read again by a line reader: cut into pieces, and matched word by word.

Only places where the engine found words are read: a network invents text for stamps, seals and specks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PIL import Image

from ingest.ctc import Heard
from ingest.ocr import OcrPage, OcrWord
from ingest.recogniser import HEIGHT, LineReader
from schemas.text import Ranked

LONGEST = 300
"""Pixels of a piece of a line at the reader's height: it reads short pieces better than long lines."""
BESIDE, ABOVE = 8, 5
"""Pixels (at 300 dpi) around the words of a piece that are cut out with them."""
_LEAST = 8
"""Pixels below which nothing is a word."""
_WITHIN = 0.5
"""The share of a word's width that a reading must cover to be of that word."""

Piece = tuple[int, ...]
"""Neighbouring words of a line, by their places in ``OcrPage.words``."""


def pieces(page: OcrPage) -> Iterator[Piece]:
    """The lines of a page, cut into pieces that are about as long as each other."""
    order = sorted(range(len(page.words)), key=lambda i: (page.words[i].line, page.words[i].box[0]))
    for _, members in groupby(order, key=lambda i: page.words[i].line):
        line = list(members)
        left, top, right, bottom = _around([page.words[i] for i in line])
        if right - left < _LEAST or bottom - top < _LEAST:
            continue
        longest = LONGEST * (bottom - top + 2 * ABOVE) / HEIGHT - 2 * BESIDE
        share = (right - left) / -(-(right - left) // max(1.0, longest)) * 1.05
        piece: list[int] = []
        for i in line:
            if piece and page.words[i].box[2] - page.words[piece[0]].box[0] > share:
                yield tuple(piece)
                piece = []
            piece.append(i)
        yield tuple(piece)


def read_again(page: OcrPage, chosen: Sequence[Piece], image: Image.Image, name: str, reader: LineReader) -> OcrPage:
    """The page, its words of the ``chosen`` pieces with what the reader makes of them."""
    words = list(page.words)
    for piece in chosen:
        box = box_of([words[i] for i in piece], image)
        heard = reader.read(image.crop(box), f"{name}@{','.join(map(str, box))}")
        for i, readings in joined_to(piece, words, heard, box[0], box[2] - box[0]):
            words[i] = words[i]._replace(again=(*words[i].again, *readings))
    return page._replace(words=tuple(words))


def box_of(words: Sequence[OcrWord], image: Image.Image) -> tuple[int, int, int, int]:
    """What is cut out of a picture for some words of a line."""
    left, top, right, bottom = _around(words)
    return (
        max(0, left - BESIDE),
        max(0, top - ABOVE),
        min(image.width, right + BESIDE),
        min(image.height, bottom + ABOVE),
    )


def _around(words: Sequence[OcrWord]) -> tuple[int, int, int, int]:
    boxes = [word.box for word in words]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def joined_to(
    piece: Piece, words: Sequence[OcrWord], heard: Sequence[Heard], left: int, width: int
) -> Iterator[tuple[int, Ranked]]:
    """Each word of a piece with the readings of its place; a reading over several words is cut between them."""
    owned: dict[int, list[Ranked]] = {}
    for each in heard:
        low, high = left + each.left * width, left + each.right * width
        common = {i: min(high, words[i].box[2]) - max(low, words[i].box[0]) for i in piece}
        home = max(piece, key=lambda i: common[i])
        over = [i for i in piece if i == home or common[i] > _WITHIN * (words[i].box[2] - words[i].box[0])]
        if len(over) == 1 and common[home] > 0:
            owned.setdefault(home, []).append(each.readings)
        elif len(over) > 1 and each.places:
            for i, part in _cut(each, over, words, left, width):
                owned.setdefault(i, []).append(part)
    for i, parts in owned.items():
        yield i, _joined(parts)


def _cut(
    heard: Heard, over: Sequence[int], words: Sequence[OcrWord], left: int, width: int
) -> Iterator[tuple[int, Ranked]]:
    """The best reading of several words, its letters given to the words that they stand nearest to."""
    text, log = heard.readings[0]
    owners = [min(over, key=lambda i: _distance(left + place * width, words[i])) for place in heard.places]
    for i in over:
        part = "".join(letter for letter, owner in zip(text, owners, strict=True) if owner == i)
        if part:
            yield i, ((part, log),)


def _distance(x: float, word: OcrWord) -> float:
    """Pixels from ``x`` to a word; below 0 inside it."""
    return max(word.box[0] - x, x - word.box[2])


def _joined(parts: Sequence[Ranked]) -> Ranked:
    """The readings of one word; of several, their best ones with blanks between, and each other one in its place."""
    if len(parts) == 1:
        return parts[0]
    best = [part[0] for part in parts]
    whole = sum(log for _, log in best)
    found = {" ".join(text for text, _ in best): round(whole, 2)}
    for at, part in enumerate(parts):
        for text, log in part[1:]:
            other = [*best[:at], (text, log), *best[at + 1 :]]
            found[" ".join(t for t, _ in other)] = round(whole - best[at][1] + log, 2)
    return tuple(sorted(found.items(), key=lambda item: -item[1]))
