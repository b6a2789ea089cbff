"""What an office scanner does to a page: slant, blur, grey paper, specks, thresholds, a page the wrong way up."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from samples.sheet import HEIGHT, WIDTH, font


def scan(picture: Image.Image, mode: str, skew: float, rng: random.Random) -> Image.Image:
    """The page as the scanner gives it.

    ``mode`` is ``bw`` (black and white), ``grey`` or ``colour``; ``skew`` is in degrees, each page a little off it.
    """
    noise = np.random.default_rng(rng.getrandbits(32))
    turned = picture.rotate(skew + rng.uniform(-0.15, 0.15), Image.Resampling.BICUBIC, fillcolor="white")
    turned = turned.filter(ImageFilter.GaussianBlur(0.75 if mode != "bw" else 0.6))
    _specks(turned, rng)
    grain = np.asarray(turned, dtype=np.float32) * np.float32(0.965)
    rows, columns = grain.shape[:2]
    across, down = np.linspace(0, 1, columns), np.linspace(0, 1, rows)[:, None]
    shade = (1 - 0.05 * across**3 - 0.02 * down)[..., None]
    grain = grain * shade.astype(np.float32)
    grain += noise.normal(0, 14 if mode == "bw" else 2.2, (rows, columns, 1)).astype(np.float32)
    paper = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))
    if mode == "colour":
        return paper
    grey = paper.convert("L")
    return grey.point(lambda value: 255 if value > 150 else 0).convert("1") if mode == "bw" else grey


def empty(dpi: int, mode: str, rng: random.Random) -> Image.Image:
    """The back of a sheet: nothing on it but what the scanner adds."""
    scale = dpi / 72
    return scan(Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white"), mode, 0, rng)


def incoming(picture: Image.Image, lines: list[str], dpi: int) -> Image.Image:
    """Put an incoming-mail stamp (blue, slanted) into the corner above the letterhead."""
    scale = dpi / 72
    blue = (40, 60, 160, 255)
    tile = Image.new("RGBA", (round(150 * scale), round(52 * scale)))
    pen = ImageDraw.Draw(tile)
    pen.rectangle([2, 2, tile.width - 3, tile.height - 3], outline=blue, width=3)
    for number, text in enumerate(lines):
        place = (tile.width / 2, (10 + 16 * number) * scale)
        pen.text(place, text, blue, font("Bold", 10.5 * scale), anchor="mm")
    tile = tile.rotate(3.5, Image.Resampling.BICUBIC, expand=True)
    picture.paste(tile, (round(30 * scale), round(6 * scale)), tile)
    return picture


def _specks(picture: Image.Image, rng: random.Random) -> None:
    """Dust, and the shadow of the sheet's edge."""
    pen = ImageDraw.Draw(picture)
    for _ in range(rng.randint(20, 45)):
        x, y, size = rng.randrange(picture.width), rng.randrange(picture.height), rng.choice([1, 1, 1, 2])
        pen.ellipse([x, y, x + size, y + size], fill=(90, 90, 90))
    pen.line([0, 0, rng.randint(2, 6), picture.height], fill=(120, 120, 120), width=3)
