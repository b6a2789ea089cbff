"""What happens to paper before and while it is scanned: seals, signatures, show-through, edges, dust, bad light."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from samples import draw

BLUE = (40, 60, 165)
_SEALED = ((330.0, 330.0), (190.0, 560.0))
"""Places of seals over the text, in points."""


def seals(picture: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    """Red seals over the text, as over the fold of two sheets or on an amended line."""
    for place in _SEALED:
        picture = draw.stamp(picture, place, dpi / 72, rng, "ỦY BAN NHÂN DÂN XÃ MẪU *")
    return picture


def signatures(picture: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    """Blue scrawls over the text and along the margin."""
    scale = dpi / 72
    layer = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(layer)
    for left, top in ((120.0, 240.0), (330.0, 480.0), (40.0, 650.0)):
        points = [
            ((left + 9 * n + rng.uniform(-8, 8)) * scale, (top + (-1) ** n * rng.uniform(6, 30)) * scale)
            for n in range(12)
        ]
        pen.line(points, fill=BLUE, width=max(2, round(1.3 * scale)), joint="curve")
    return ImageChops.multiply(picture, layer)


def show_through(picture: Image.Image, back: Image.Image) -> Image.Image:
    """The back of the sheet seen through the paper: mirrored, blurred, weak."""
    mirrored = back.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(2.0))
    weak = mirrored.point(lambda value: 255 - (255 - value) * 2 // 7)
    return ImageChops.multiply(picture, weak.convert("RGB"))


def dark_edges(picture: Image.Image, dpi: int) -> Image.Image:
    """The scanner's lid and the shadow of a book's fold: black bars, one of them at a slant, and a dark ramp."""
    scale = dpi / 72
    grey = np.asarray(picture.convert("L"), dtype=np.float32).copy()
    rows, columns = grey.shape
    wedge = (np.arange(rows) / rows * 14 * scale).astype(int)
    grey[np.arange(columns)[None, :] < wedge[:, None]] = 12
    grey[-round(9 * scale) :] = 20
    ramp = np.ones(columns, dtype=np.float32)
    width = round(60 * scale)
    ramp[-width:] = np.linspace(1, 0.25, width) ** 1.3
    return Image.fromarray((grey * ramp).astype(np.uint8)).convert(picture.mode)


def dust(picture: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    """Two thousand specks and some scratches."""
    scale = dpi / 300
    pen = ImageDraw.Draw(picture)
    for _ in range(2000):
        x, y = rng.randrange(picture.width), rng.randrange(picture.height)
        size = rng.choice((1, 1, 2, 2, 3, 4)) * scale
        pen.ellipse((x, y, x + size, y + size), fill=0 if picture.mode != "RGB" else (30, 30, 30))
    for _ in range(6):
        x = rng.randrange(picture.width)
        pen.line((x, 0, x + rng.randint(-9, 9), picture.height), fill=170 if picture.mode != "RGB" else (170,) * 3)
    return picture


def phone(picture: Image.Image, rng: random.Random, darkest: float = 0.45) -> Image.Image:
    """A photograph by lamplight: a shadow, a yellow cast, blur, a darker rim, one corner left ``darkest``."""
    rows, columns = picture.height, picture.width
    across, down = np.linspace(0, 1, columns)[None, :], np.linspace(0, 1, rows)[:, None]
    light = darkest + (1 - darkest) * np.clip(1.25 * across + 0.55 * (1 - down), 0, 1)
    light *= 1 - 0.25 * ((across - 0.5) ** 2 + (down - 0.5) ** 2)
    light *= np.where(across + 0.5 * down > 1.15, 0.72, 1.0)
    pixels = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.9)), dtype=np.float32)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, 4, (rows, columns, 1))
    shot = pixels * light[..., None] * np.array([1.0, 0.96, 0.84]) + noise
    return Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))


def broken_rules(picture: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    """Faint bands across the page, in which rules are worn off."""
    pen = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y, side = rng.randrange(picture.width), rng.randrange(picture.height), round(dpi / 18)
        pen.line((x, 0, x, picture.height), fill=255, width=max(1, dpi // 75))
        pen.ellipse((x, y, x + side, y + side), fill=255)
    return picture


class _Pen(NamedTuple):
    """How a rule is drawn: grey, width in points, dots of so many points with blanks as long, and a twin beside it."""

    grey: int = 28
    width: float = 0.6
    dot: float = 0.0
    twin: float = 0.0


PENS = {
    "plain": _Pen(),
    "thin": _Pen(grey=150, width=0.35),
    "dotted": _Pen(width=0.7, dot=1.0),
    "double": _Pen(width=0.4, twin=2.0),
    "across": _Pen(),
}
"""Makes of rules; "across" has none that go down."""


def rules(picture: Image.Image, lines: Sequence[tuple[float, float, float, float]], dpi: int, make: str) -> None:
    """Draw rules (in points) of a make of ``PENS``; of another make none."""
    if make not in PENS:
        return
    style, scale, pen = PENS[make], dpi / 72, ImageDraw.Draw(picture)
    wide = max(1, round(style.width * scale))
    for x0, y0, x1, y1 in lines:
        down = y1 > y0
        if down and make == "across":
            continue
        for beside in (-style.twin / 2, style.twin / 2) if style.twin else (0.0,):
            ax, ay = (x0 + beside, y0) if down else (x0, y0 + beside)
            bx, by = (x1 + beside, y1) if down else (x1, y1 + beside)
            long = max(bx - ax, by - ay)
            step = 2 * style.dot or long
            for at in np.arange(0.0, long, step):
                end = min(long, at + (style.dot or long))
                places = (ax, ay + at, bx, ay + end) if down else (ax + at, ay, ax + end, by)
                pen.line([value * scale for value in places], fill=(style.grey,) * 3, width=wide)
