"""Pictures of pages for people to look at: a page as a viewer shows it, small enough to be kept beside its data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from ingest.errors import Damaged
from ingest.image import pictures
from ingest.pdf_file import PdfFile
from ingest.sniff import PDF, PICTURES, supported

_BLACK, _WHITE = 60.0, 215.0
"""Greys that become black and white where a picture is kept in few greys: paper is no picture."""


class Look(NamedTuple):
    """How a page is drawn: ``width`` in pixels, and in how many ``greys``; 0 for colours, with small losses."""

    width: int
    greys: int


def picture(path: Path, page: int, look: Look) -> bytes:
    """One page (from 1) as WebP. Raises ``IngestError`` as ``page_pictures`` does."""
    return next(data for _, data in page_pictures(path, {page}, look))


def page_pictures(path: Path, pages: Collection[int], look: Look) -> Iterator[tuple[int, bytes]]:
    """The number and the picture (WebP) of each of the ``pages`` (from 1) that a file has, in order.

    A text file has none. Raises ``IngestError`` where the file cannot be read.
    """
    media_type = supported(path)
    data = path.read_bytes()
    if media_type == PDF:
        with PdfFile(data, path.name) as file:
            for number in range(1, len(file.with_fields) + 1):
                if number in pages:
                    yield number, _packed(_drawn(file.with_fields, number, look), look)
    elif media_type in PICTURES:
        for number, page, _ in pictures(data, path.name):
            if number in pages:
                height = max(1, round(page.image.height * look.width / page.image.width))
                yield number, _packed(page.image.resize((look.width, height), Image.Resampling.BOX), look)


def _drawn(document: pdfium.PdfDocument, number: int, look: Look) -> Image.Image:
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(look.width / max(width, 1.0), 4 * look.width / max(height, 1.0))
        pixels = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
        page.close()
    except pdfium.PdfiumError as error:
        raise Damaged(f"page {number} cannot be drawn: {error}") from error
    return Image.fromarray(pixels).convert("RGB")


def _packed(image: Image.Image, look: Look) -> bytes:
    """WebP: in a few greys without loss, which is smaller than many greys with losses, or in colours."""
    packed = BytesIO()
    if look.greys:
        ink = (np.asarray(image.convert("L"), dtype=np.float32) - _BLACK) / (_WHITE - _BLACK)
        steps = np.round(np.clip(ink, 0, 1) * (look.greys - 1)) * (255 / (look.greys - 1))
        Image.fromarray(steps.astype(np.uint8)).save(packed, "WEBP", lossless=True, quality=60, method=4)
    else:
        image.convert("RGB").save(packed, "WEBP", quality=60, method=4)
    return packed.getvalue()
