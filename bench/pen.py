"""What is put on a printed page by hand: numbers in many hands, rubber stamps, the marks of electronic signatures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont

from samples.draw import DIGITS
from samples.sheet import FONTS, Sheet, Word, font

Ink = tuple[int, int, int]
Box = tuple[float, float, float, float]
Point = tuple[float, float]
BLUE, BLACK, RED = (35, 55, 160), (25, 25, 30), (200, 35, 45)
_OTHERS = {
    "0": [[(4, 0), (1, 3), (0, 7), (3, 10), (7, 8), (8, 4), (5, 0), (3, 1)]],
    "1": [[(4, 0), (3, 10)]],
    "2": [[(0, 2), (3, 0), (6, 2), (3, 7), (1, 9), (3, 8), (8, 10)]],
    "4": [[(5, 0), (0, 7), (8, 6)], [(6, 0), (4, 11)]],
    "5": [[(2, 1), (1, 5), (5, 4), (7, 7), (4, 10), (0, 9)], [(2, 1), (8, 0)]],
    "7": [[(0, 1), (7, 0), (2, 11)], [(1, 6), (7, 5)]],
    "9": [[(6, 1), (2, 0), (1, 4), (5, 5), (7, 1), (6, 6), (6, 12)]],
}
"""Digits as some write them, in a box of 8 by 11."""


class Hand(NamedTuple):
    """How somebody writes: ink, stroke width in points, height over that of printed digits, slant, unrest, forms."""

    ink: Ink
    thick: float
    height: float
    slant: float
    unrest: float
    forms: dict[str, list[list[tuple[int, int]]]]


def hand(rng: random.Random, ink: Ink) -> Hand:
    """Somebody's hand: from a fine ballpoint to a felt pen, small or large, upright or slanted."""
    forms = {digit: _OTHERS[digit] if digit in _OTHERS and rng.random() < 0.5 else DIGITS[digit] for digit in DIGITS}
    thick, height = rng.uniform(0.8, 2.2), rng.uniform(0.95, 1.6)
    return Hand(ink, thick, height, rng.uniform(-0.05, 0.4), rng.uniform(0.2, 0.7), forms)


def without_hand(sheet: Sheet) -> list[Word]:
    """Take the handwritten words off a sheet."""
    found = [word for word in sheet.words if word.kind == "hand"]
    sheet.words[:] = [word for word in sheet.words if word.kind != "hand"]
    return found


def write(picture: Image.Image, word: Word, how: Hand, scale: float, rng: random.Random) -> None:
    """Write digits where a sheet leaves room for them."""
    pen = ImageDraw.Draw(picture)
    unit = 0.66 * word.size * how.height / 10.5
    x, rise = word.x + 3, word.y + rng.uniform(-1.2, 1.8)
    for digit in word.text:
        size, drop = unit * rng.uniform(0.88, 1.12), rng.uniform(-1.0, 1.0)
        for stroke in how.forms[digit]:
            points = [(x + (a + (10 - b) * how.slant) * size, rise + drop + (b - 10) * size) for a, b in stroke]
            shaken = [(a + rng.gauss(0, how.unrest), b + rng.gauss(0, how.unrest)) for a, b in points]
            pen.line(
                [(a * scale, b * scale) for a, b in _smooth(shaken)],
                fill=how.ink,
                width=max(1, round(how.thick * scale * rng.uniform(0.85, 1.15))),
                joint="curve",
            )
        x += word.size * 0.55 * rng.uniform(0.9, 1.1)


def _smooth(points: Sequence[Point]) -> list[Point]:
    """A curve through points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    found = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for t in (step / 8 for step in range(9)):
            x, y = (
                b + (c - a) / 2 * t + (a - 2.5 * b + 2 * c - d / 2) * t**2 + (3 * b - a - 3 * c + d) / 2 * t**3
                for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
            )
            found.append((x, y))
    return found


class Stamp(NamedTuple):
    """A rubber stamp or an overlay: its lines, ink, frames around it (0 to 2), size of letters, their face."""

    lines: tuple[str, ...]
    ink: Ink
    frames: int = 0
    size: float = 10.0
    face: str = "Bold"


def press(
    picture: Image.Image, stamp: Stamp, place: Point, scale: float, rng: random.Random, slant: float = 2.0
) -> tuple[Image.Image, Box]:
    """Press a stamp on a picture, its left top corner at ``place`` (points), a little askew.

    Gives the picture, and the box of the stamp in points.
    """
    face = _face(stamp.face, stamp.size * scale)
    pad, step = round(4 * scale), stamp.size * 1.45 * scale
    width = round(max(face.getlength(line) for line in stamp.lines) + 2 * pad)
    tile = Image.new("RGB", (width, round(step * len(stamp.lines) + 2 * pad)), "white")
    pen = ImageDraw.Draw(tile)
    for frame in range(stamp.frames):
        off = frame * round(1.8 * scale)
        thick = max(1, round(scale * (1.3 - 0.6 * frame)))
        pen.rectangle([off, off, tile.width - 1 - off, tile.height - 1 - off], outline=stamp.ink, width=thick)
    for number, line in enumerate(stamp.lines):
        pen.text((pad, pad + (number + 0.5) * step), line, stamp.ink, face, anchor="lm")
    tile = tile.rotate(rng.uniform(-slant, slant), Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    whole = Image.new("RGB", picture.size, "white")
    whole.paste(tile, (round(place[0] * scale), round(place[1] * scale)))
    box = (place[0], place[1], place[0] + tile.width / scale, place[1] + tile.height / scale)
    return ImageChops.multiply(picture, whole), box


def _face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """A face of the pages' serif, or "Sans", as overlays have it."""
    if name == "Sans":
        path = str(FONTS / "LiberationSans-Regular.ttf")
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    return font(name, size)
