"""The files that are made of a sample's pages: scans, garbled layers, born-digital PDFs, pictures, texts."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import pikepdf
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from viparse.normalize.tcvn3 import TCVN3

from samples.sheet import HEIGHT, WIDTH, Sheet, font_file

DAY = time.gmtime(1_750_000_000)
"""The date in every file, so that the same sources make the same files."""

QUALITY = 38
"""Of JPEG pages: as low as office scanners go."""

FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def scan_pdf(pages: list[Image.Image], path: Path, dpi: int) -> None:
    """An image-only PDF: JPEG for grey and colour, CCITT for black and white."""
    first, *others = pages
    options = {} if first.mode == "1" else {"quality": QUALITY}
    first.save(
        path, "PDF", save_all=True, append_images=others, resolution=dpi, creationDate=DAY, modDate=DAY, **options
    )


def garbled_pdf(pages: list[Image.Image], path: Path, dpi: int) -> None:
    """The scan with the invisible layer of an English OCR."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pages.txt"
        listed.write_text("\n".join(map(str, _pictures(pages, Path(folder), dpi))), "utf-8")
        _tesseract([str(listed), str(Path(folder) / "out"), "-l", "eng", "--dpi", str(dpi), "pdf"])
        with pikepdf.open(Path(folder) / "out.pdf") as pdf:
            stamp = time.strftime("D:%Y%m%d%H%M%SZ", DAY)
            pdf.docinfo["/CreationDate"] = stamp
            pdf.save(path, deterministic_id=True)


def mangled_text(pages: list[Image.Image], path: Path, dpi: int, layout: str) -> None:
    """The text that an English OCR gives, form feeds between pages; ``layout`` is its page segmentation mode."""
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        for picture in _pictures(pages, Path(folder), dpi):
            texts.append(_tesseract([str(picture), "-", "-l", "eng", "--psm", layout, "--dpi", str(dpi)]).strip())
    path.write_text("\n\f".join(texts) + "\n", "utf-8")


def _pictures(pages: list[Image.Image], folder: Path, dpi: int) -> list[Path]:
    paths = []
    for number, picture in enumerate(pages, 1):
        paths.append(folder / f"{number}.{'tif' if picture.mode == '1' else 'jpg'}")
        if picture.mode == "1":
            picture.save(paths[-1], compression="group4", dpi=(dpi, dpi))
        else:
            picture.save(paths[-1], quality=QUALITY, dpi=(dpi, dpi))
    return paths


def _tesseract(arguments: list[str]) -> str:
    """Run Tesseract with one thread; its standard output."""
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    return subprocess.run(["tesseract", *arguments], check=True, capture_output=True, text=True, env=alone).stdout


def tiff(pages: list[Image.Image], path: Path, dpi: int) -> None:
    """A many-page TIFF, black and white."""
    first, *others = pages
    first.save(path, "TIFF", save_all=True, append_images=others, compression="group4", dpi=(dpi, dpi))


def png(picture: Image.Image, path: Path, dpi: int) -> None:
    """A one-page PNG of few colours, its paper whitened."""
    white = picture.point(lambda value: 255 if value > 205 else value)
    few = white.quantize(48, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(path, "PNG", optimize=True, dpi=(dpi, dpi))


def digital_pdf(sheets: list[Sheet], path: Path, title: str) -> None:
    """A born-digital PDF with embedded fonts, ruled tables drawn as lines, nothing handwritten."""
    for face in FACES:
        pdfmetrics.registerFont(TTFont(f"Serif{face}", str(font_file(face))))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setLineWidth(0.5)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for x0, y0, x1, y1 in sheet.rules:
            canvas.line(x0, sheet.height - y0, x1, sheet.height - y1)
        for word in sheet.words:
            if word.kind != "hand":
                canvas.setFont(f"Serif{word.face}", word.size)
                canvas.drawString(word.x, sheet.height - word.y, word.text)
        canvas.showPage()
    canvas.save()


def tcvn3(text: str) -> str:
    """A text in TCVN3 as it is pasted from an old file: its bytes read as Windows-1252.

    TCVN3 has no capitals with a tone: they are typed as small letters, and a capital face of the font shows them.
    """
    codes = {letter: code for code, letter in TCVN3.pairs}
    return "".join(codes.get(letter) or codes.get(letter.lower()) or letter for letter in text)
