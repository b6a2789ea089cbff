"""Folders of documents to measure with, made of the samples: no two of them are the same."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from bench.reading import CLEAN, SAMPLES

DPI = 300


def texts(folder: Path, count: int) -> Path:
    """So many text files of two pages each: the samples' texts, every one with a number of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [text for path in sorted(CLEAN.glob("*.txt")) if (text := _two_pages(path.read_text("utf-8")))]
    for number, text in enumerate(islice(cycle(pairs), count)):
        (folder / f"{number:05}.txt").write_text(f"{text.rstrip()}\nBản số {number}.\n", "utf-8")
    return folder


def pictures(folder: Path, count: int) -> list[Path]:
    """So many page pictures (grey PNG, 300 dpi): the samples' scans, each with a few dots of its own in a corner."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    pages = cycle(_pages())
    for number in range(count):
        page = next(pages).copy()
        for bit in range(16):
            if number >> bit & 1:
                page.putpixel((20 + 6 * bit, 20), 0)
        made.append(folder / f"{number:05}.png")
        page.save(made[-1], dpi=(DPI, DPI), compress_level=1)
    return made


def scans(folder: Path, pictures: list[Path], pages: int) -> Path:
    """PDF files of ``pages`` page pictures each, without a text layer."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, len(pictures), pages):
        images = [Image.open(path) for path in pictures[first : first + pages]]
        target = folder / f"{first:05}.pdf"
        images[0].save(target, "PDF", resolution=DPI, save_all=True, append_images=images[1:], quality=90)
    return folder


def _two_pages(text: str) -> str | None:
    pages = text.split("\f")
    return "\f".join(pages[:2]) if len(pages) > 1 else None


def _pages() -> list[Image.Image]:
    pages = []
    for path in sorted((SAMPLES / "scan").glob("*.pdf")):
        with pdfium.PdfDocument(path) as document:
            pages += [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    return pages
