"""Draw clean paragraphs as office pages, degrade them as a scanner does, and read them with a chosen OCR language.

The truth and the reading of each page go to a JSON Lines file, from which ``pairs`` learns how letters are misread.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

# Debian: fonts-liberation2, fonts-texgyre, fonts-freefont-ttf. The faces: regular, bold, italic, bold italic.
FAMILIES = {
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf": ("Regular", "Bold", "Italic", "BoldItalic"),
    "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-{}.otf": ("regular", "bold", "italic", "bolditalic"),
    "/usr/share/fonts/truetype/freefont/FreeSerif{}.ttf": ("", "Bold", "Italic", "BoldItalic"),
    "/usr/share/fonts/truetype/liberation2/LiberationSans-{}.ttf": ("Regular", "Bold", "Italic", "BoldItalic"),
}
FAMILY_WEIGHTS = (0.45, 0.35, 0.12, 0.08)
FACE_WEIGHTS = (0.72, 0.14, 0.11, 0.03)
A4 = (8.27, 11.69)  # inches
INK = (0, 0, 20, 45)


def paragraphs(path: Path) -> list[str]:
    """Paragraphs of 20 to 900 characters of a text file (gzip or plain), one per line."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [line.strip() for line in lines if 20 <= len(line.strip()) <= 900]


def draw(queue: list[str], dice: random.Random) -> tuple[Image.Image, int, list[str]]:
    """One grey page of as many paragraphs as fit (from the end of ``queue``), its dpi, and its lines as printed."""
    dpi = dice.choice((150, 200, 200, 200, 300, 300))
    size = round(dice.choice((12, 13, 13, 13.5, 14, 14)) * dpi / 72)
    family = dice.choices(list(FAMILIES), FAMILY_WEIGHTS)[0]
    fonts = [ImageFont.truetype(family.format(face), size) for face in FAMILIES[family]]
    width, height = round(A4[0] * dpi), round(A4[1] * dpi)
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    left, right, bottom = round(1.15 * dpi), width - round(0.75 * dpi), height - round(0.8 * dpi)
    y, step = round(0.8 * dpi), round(size * dice.uniform(1.22, 1.5))
    printed: list[str] = []
    while queue and y < bottom - step:
        text = queue.pop()
        font, ink = dice.choices(fonts, FACE_WEIGHTS)[0], dice.choice(INK)
        if dice.random() < 0.08 and len(text) < 200:
            text, font = text.upper(), fonts[1]
        blank = pen.textlength(" ", font=font) * dice.uniform(1.0, 1.4)
        x = float(left + round(dice.choice((0, 0.4, 0.5)) * dpi))
        line: list[str] = []
        for word in text.split():
            length = pen.textlength(word, font=font)
            if line and x + length > right:
                printed.append(" ".join(line))
                x, y, line = left, y + step, []
                if y > bottom:
                    break
            pen.text((x, y), word, font=font, fill=ink)
            x += length + blank
            line.append(word)
        if line:
            printed.append(" ".join(line))
        y += round(step * dice.uniform(1.0, 1.4))
    return page, dpi, printed


def degrade(page: Image.Image, dpi: int, dice: random.Random) -> Image.Image:
    """Skew up to 0.4 degrees, blur, grain, sometimes black and white, sometimes JPEG: what a scanner does to a page."""
    page = page.rotate(dice.uniform(-0.4, 0.4), resample=Image.Resampling.BICUBIC, fillcolor=255)
    if dice.random() < 0.25:  # toner that ran, or that is missing
        page = page.filter(
            dice.choice((ImageFilter.MinFilter(3), ImageFilter.MaxFilter(3))) if dpi > 150 else ImageFilter.BLUR
        )
    page = page.filter(ImageFilter.GaussianBlur(dice.uniform(0.2, 0.9) * dpi / 200))
    grain = np.random.default_rng(dice.randrange(2**32)).normal(0, dice.uniform(2, 14), (page.height, page.width))
    pixels = np.clip(np.asarray(page, dtype=np.float32) + grain, 0, 255).astype(np.uint8)
    if dice.random() < 0.35:
        pixels = ((pixels > dice.randint(110, 190)) * 255).astype(np.uint8)
    page = Image.fromarray(pixels)
    if dice.random() < 0.6:
        buffer = io.BytesIO()
        page.save(buffer, "JPEG", quality=dice.randint(35, 80))
        page = Image.open(buffer).convert("L")
    return page


def read(page: Image.Image, dpi: int, language: str) -> list[str]:
    """The lines that Tesseract reads with ``language`` in a single block of text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pgm"
        page.save(path)
        done = subprocess.run(
            ["tesseract", str(path), "-", "-l", language, "--psm", "6", "--dpi", str(dpi)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return [line.strip() for line in done.stdout.split("\n") if line.strip()]


def readings(source: Path, pages: int, seed: int, languages: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """``pages`` drawn pages as ``{"dpi", "truth": lines, language: lines, ...}``."""
    dice = random.Random(seed)
    texts = paragraphs(source)
    queue: list[str] = []
    for _ in range(pages):
        if len(queue) < 40:
            fresh = list(texts)
            dice.shuffle(fresh)
            queue = fresh + queue
        page, dpi, printed = draw(queue, dice)
        page = degrade(page, dpi, dice)
        yield {"dpi": dpi, "truth": printed, **{language: read(page, dpi, language) for language in languages}}


def write_readings(source: Path, out: Path, pages: int, seed: int, languages: tuple[str, ...]) -> None:
    """Write ``readings`` to ``out``, a JSON object a line, as they are made."""
    with out.open("w", encoding="utf-8") as lines:
        for reading in readings(source, pages, seed, languages):
            lines.write(json.dumps(reading, ensure_ascii=False) + "\n")
            lines.flush()
