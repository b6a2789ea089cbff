"""Draw a page as a picture: letters, rules, the red seal over the signature, handwritten digits."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from samples.sheet import FONTS, FontError, Sheet, Word, font

INK, PEN, RED = (28, 28, 32), (30, 40, 120), (205, 40, 45)

DIGITS = {
    "0": [[(5, 1), (1, 4), (1, 8), (5, 10), (8, 6), (7, 2), (4, 1)]],
    "1": [[(2, 3), (5, 0), (4, 10)]],
    "2": [[(1, 2), (4, 0), (7, 2), (5, 6), (0, 10), (8, 9)]],
    "3": [[(1, 1), (5, 0), (6, 3), (3, 5), (7, 6), (6, 9), (1, 10)]],
    "4": [[(4, 0), (1, 6), (8, 6)], [(6, 3), (5, 11)]],
    "5": [[(7, 0), (2, 0), (1, 5), (6, 5), (6, 9), (1, 10)]],
    "6": [[(6, 0), (2, 5), (1, 9), (5, 10), (7, 7), (2, 6)]],
    "7": [[(0, 1), (7, 0), (3, 10)]],
    "8": [[(6, 2), (2, 1), (2, 4), (7, 8), (3, 10), (1, 8), (6, 3)]],
    "9": [[(6, 3), (2, 5), (2, 1), (6, 1), (6, 5), (4, 11)]],
}
"""Digits as pen strokes in a box of 8 by 11."""


def page(sheet: Sheet, dpi: int, rng: random.Random, organ: str) -> Image.Image:
    """The page in colour as it left the printer, the pen and the seal (``organ`` is the seal's text)."""
    scale = dpi / 72
    picture = Image.new("RGB", (round(sheet.width * scale), round(sheet.height * scale)), "white")
    pen = ImageDraw.Draw(picture)
    for x0, y0, x1, y1 in sheet.rules:
        pen.line([x0 * scale, y0 * scale, x1 * scale, y1 * scale], fill=INK, width=max(1, round(0.6 * scale)))
    for word in sheet.words:
        if word.kind == "hand":
            _write(pen, word, scale, rng)
        else:
            pen.text((word.x * scale, word.y * scale), word.text, INK, font(word.face, word.size * scale), anchor="ls")
    if sheet.seal:
        _sign(pen, sheet.seal, scale, rng)
        picture = stamp(picture, sheet.seal, scale, rng, organ)
    return picture


def _write(pen: ImageDraw.ImageDraw, word: Word, scale: float, rng: random.Random) -> None:
    """Digits by hand, taller than print and off the line."""
    x, size = word.x + 3, word.size * 0.095
    for digit in word.text:
        drop = rng.uniform(-1.5, 1.5)
        for stroke in DIGITS[digit]:
            points = [(x + (a - b * 0.15) * size, word.y + drop + (b - 9.5) * size) for a, b in stroke]
            points = [(a + rng.uniform(-0.4, 0.4), b + rng.uniform(-0.4, 0.4)) for a, b in points]
            _curve(pen, points, scale, 1.3)
        x += word.size * 0.6


def _curve(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], scale: float, thick: float) -> None:
    """A smooth line through points (Catmull-Rom), in pen ink."""
    ends = [points[0], *points, points[-1]]
    smooth = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(9):
            t = step / 8
            smooth.append(
                tuple(
                    scale
                    * (b + (c - a) / 2 * t + (a - 2.5 * b + 2 * c - d / 2) * t**2 + (3 * b - a - 3 * c + d) / 2 * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    pen.line(smooth, fill=PEN, width=max(2, round(thick * scale)), joint="curve")


def _sign(pen: ImageDraw.ImageDraw, seal: tuple[float, float], scale: float, rng: random.Random) -> None:
    """A scrawl to the right of the seal's middle."""
    x, y = seal[0] + 5, seal[1] + 2
    points = [(x, y + 12)]
    for number in range(rng.randint(6, 9)):
        points.append((x + number * 8 + rng.uniform(-9, 9), y + (-1) ** number * rng.uniform(5, 26)))
    points.extend([(x + 62, y + 12), (x + 8, y + 20), (x + 40, y + 6)])
    points.append((x + rng.randint(95, 120), y - rng.randint(-4, 12)))
    _curve(pen, points, scale, 1.2)


def stamp(picture: Image.Image, seal: tuple[float, float], scale: float, rng: random.Random, organ: str) -> Image.Image:
    """Multiply a round red seal of 35 mm into the page."""
    side = round(104 * scale)
    layer = Image.new("RGB", (side, side), "white")
    pen, middle = ImageDraw.Draw(layer), side / 2
    for radius, thick in ((0.485, 3.2), (0.455, 1.0), (0.27, 1.2)):
        box = [middle - radius * side, middle - radius * side, middle + radius * side, middle + radius * side]
        pen.ellipse(box, outline=RED, width=max(1, round(thick * scale * 0.6)))
    star = [
        (middle + math.sin(k * math.pi / 5) * side * r, middle - math.cos(k * math.pi / 5) * side * r)
        for k, r in enumerate([0.2, 0.08] * 5)
    ]
    pen.polygon(star, fill=RED)
    _ring(layer, organ, side)
    layer = layer.rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC, fillcolor="white")
    grains = Image.frombytes("L", (14, 14), rng.randbytes(196)).resize((side, side), Image.Resampling.BICUBIC)
    weak = grains.point(lambda value: 110 if value < 75 else 0)
    layer = Image.composite(Image.new("RGB", layer.size, "white"), layer, weak).filter(ImageFilter.GaussianBlur(0.7))
    whole = Image.new("RGB", picture.size, "white")
    whole.paste(layer, (round(seal[0] * scale - middle), round(seal[1] * scale - middle)))
    return ImageChops.multiply(picture, whole)


def _ring(layer: Image.Image, text: str, side: int) -> None:
    """Write a text around the seal, between its rings."""
    path = FONTS / "LiberationSans-Bold.ttf"
    if not path.exists():
        raise FontError(f"{path} is missing: install the package fonts-liberation2")
    face = ImageFont.truetype(str(path), side * 0.1, layout_engine=ImageFont.Layout.BASIC)
    step = min(15.0, 300 / len(text))
    for number, letter in enumerate(text):
        angle = (number - (len(text) - 1) / 2) * step
        tile = Image.new("L", (side, side))
        ImageDraw.Draw(tile).text((side / 2, side * 0.135), letter, 255, face, anchor="mm")
        tile = tile.rotate(-angle, Image.Resampling.BICUBIC)
        layer.paste(RED, (0, 0), tile)
