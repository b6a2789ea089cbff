"""Coloured ink parted from black: red seals, and blue signatures and stamps, with the places where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.ndimage as nd
from PIL import Image

from schemas.record import Box

_REDUCE = 4
"""Colours are looked for at 75 dpi."""
_STEP = 40
"""A colour stands out where its channel is this far above the others."""
_REACH = 9
"""Pieces of one mark are at most so many (reduced) pixels apart."""
_LEAST = 40
"""Coloured (reduced) pixels of a mark at least."""
_SEAL = 44
"""The least side of a round seal in (reduced) pixels: 15 mm."""
_WHOLE = 125
"""The most that a seal measures across: 42 mm."""
_SMALL = (40, 28)
"""A blue mark that is neither as wide nor as high is handwriting on a line, such as a number, and stays: 13, 10 mm."""
_PALE = 0.55
"""The share of the paper's brightness above which red ink lies on paper, not on a letter."""
_BLUE_TEXT = 0.35
"""The share of blue in all ink from which the text itself is blue."""

Mask = npt.NDArray[np.bool_]
Colour = Literal["red", "blue", "black"]


class Blot(NamedTuple):
    """A mark on the paper: its ink, its pixel box (x0, top, x1, bottom), whether it is round as a seal is."""

    colour: Colour
    box: Box
    is_round: bool


def part(image: Image.Image) -> tuple[Image.Image, tuple[Blot, ...]]:
    """A page picture (mode RGB or L) as grey without coloured marks, and these; blue handwriting on a line stays."""
    if image.mode != "RGB":
        return image if image.mode == "L" else image.convert("L"), ()
    small = np.asarray(image.reduce(_REDUCE)).astype(np.int16)
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    ink = int(np.count_nonzero(np.minimum(np.minimum(red, green), blue) < 150))
    reds = _blots(red - np.maximum(green, blue) > _STEP, "red")
    bluish = blue - red > _STEP
    is_text = np.count_nonzero(bluish) > _BLUE_TEXT * ink
    blues = () if is_text else tuple(blot for blot in _blots(bluish, "blue") if _is_large(blot))
    grey = image.getchannel("R")
    for blot in (*reds, *blues):
        _erase(grey, image, blot)
    return grey, (*reds, *blues)


def ink_of(image: Image.Image, blot: Blot) -> Image.Image:
    """A coloured mark cut out of its page picture (mode RGB), as grey in which its ink is dark."""
    left, top, right, bottom = (round(value) for value in blot.box)
    box = (max(0, left - 20), max(0, top - 20), min(image.width, right + 20), min(image.height, bottom + 20))
    return image.crop(box).getchannel("G" if blot.colour == "red" else "R")


def _blots(mask: Mask, colour: Colour) -> tuple[Blot, ...]:
    if np.count_nonzero(mask) < _LEAST:
        return ()
    labels, _ = nd.label(nd.maximum_filter(mask.view(np.uint8), _REACH))
    found: list[tuple[int, int, int, int]] = []
    for number, place in enumerate(nd.find_objects(labels), 1):
        inside = mask[place] & (labels[place] == number)
        if np.count_nonzero(inside) < _LEAST:
            continue
        rows, columns = np.nonzero(inside)
        top, left = place[0].start + int(rows.min()), place[1].start + int(columns.min())
        found.append((left, top, left + int(np.ptp(columns)) + 1, top + int(np.ptp(rows)) + 1))
    return tuple(_blot(colour, *(value * _REDUCE for value in box)) for box in _merged(found))


def _merged(boxes: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Boxes, those taken together that are pieces of one worn seal."""
    whole: list[tuple[int, int, int, int]] = []
    for box in boxes:
        for other in list(whole):
            both = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
            if max(both[2] - both[0], both[3] - both[1]) <= _WHOLE:
                whole.remove(other)
                box = both
        whole.append(box)
    return whole


def _blot(colour: Colour, left: int, top: int, right: int, bottom: int) -> Blot:
    short, long = sorted((right - left, bottom - top))
    return Blot(colour, (left, top, right, bottom), short >= _SEAL * _REDUCE and long <= 1.5 * short)


def _is_large(blot: Blot) -> bool:
    left, top, right, bottom = blot.box
    return right - left >= _SMALL[0] * _REDUCE or bottom - top >= _SMALL[1] * _REDUCE


def _erase(grey: Image.Image, image: Image.Image, blot: Blot) -> None:
    """Whiten the coloured pixels of a mark; what is black below it stays."""
    left, top, right, bottom = (round(value) for value in blot.box)
    box = (max(0, left - 8), max(0, top - 8), min(image.width, right + 8), min(image.height, bottom + 8))
    pixels = np.asarray(image.crop(box)).astype(np.int16)
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    shades = np.asarray(grey.crop(box)).copy()
    coloured = red - np.maximum(green, blue) if blot.colour == "red" else blue - red
    paper = np.percentile(shades, 90)
    shades[(coloured > _STEP // 2) & (shades > _PALE * paper if blot.colour == "red" else True)] = paper
    grey.paste(Image.fromarray(shades), box[:2])
