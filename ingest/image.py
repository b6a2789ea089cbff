"""Picture files through Pillow: PNG, JPEG, JPEG 2000, TIFF with many pages, in all colour modes, turned upright."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.errors import Damaged, NoPages, TooLarge
from ingest.ocr import DPI
from ingest.scan import Picture

MOST_PIXELS = 180_000_000
"""A picture of more pixels is refused (A4 at 1200 dpi has 139 million)."""
_A4_LONG_EDGE = 3508


def pictures(data: bytes, file: str, only: range | None = None) -> Iterator[tuple[int, Picture, tuple[float, float]]]:
    """Each page of a picture file: its number, the picture ready to read, width and height in points.

    ``only`` are the numbers of the pages that are wanted; where no resolution is stated it is taken for 300 dpi.
    Raises ``Damaged``, ``NoPages``, ``TooLarge``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data))
            seen = False
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                seen = True
                if only is not None and number not in only:
                    continue
                if frame.width * frame.height > MOST_PIXELS:
                    raise TooLarge(f"{file} has a page of {frame.width} x {frame.height} pixels")
                dpi = _dpi(frame)
                upright = ImageOps.exif_transpose(flat(frame))
                size = (round(upright.width * 72 / dpi, 2), round(upright.height * 72 / dpi, 2))
                yield number, _picture(upright, dpi), size
    except Image.DecompressionBombError as error:
        raise TooLarge(f"{file} has too many pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Damaged(f"{file} is a broken picture: {error}") from error
    if not seen:
        raise NoPages(f"{file} has no pictures")


def flat(frame: Image.Image) -> Image.Image:
    """A frame in mode L or RGB: palettes and CMYK converted, 16 bits scaled to 8, transparent parts white."""
    info = frame.info
    if frame.mode.startswith(("I", "F")):
        values = np.asarray(frame, dtype=np.float64)
        most = max(float(values.max(initial=1)), 1.0)
        top = 65535.0 if frame.mode.startswith("I") and most > 255 else most
        flattened = Image.fromarray(np.clip(values / top * 255, 0, 255).astype(np.uint8))
    elif frame.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in info:
        layer = frame.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        flattened = Image.alpha_composite(paper, layer).convert("RGB")
    else:
        mode = "L" if frame.mode in ("1", "L") else "RGB"
        flattened = frame.copy() if frame.mode == mode else frame.convert(mode)
    if "exif" in info:
        flattened.info["exif"] = info["exif"]
    flattened.getexif().update(frame.getexif())
    return flattened


def _dpi(frame: Image.Image) -> float:
    stated = frame.info.get("dpi")
    try:
        value = float(stated[0]) if stated else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        value = 0.0
    return value if value > 1 else float(DPI)


def _picture(image: Image.Image, dpi: float) -> Picture:
    """The picture scaled to ``DPI``; where the stated resolution makes no sense for a page, to the size of A4."""
    edge = max(image.size)
    scale = DPI / dpi if 4 <= edge / dpi <= 20 else _A4_LONG_EDGE / edge
    scale = min(max(scale, 0.2), 3.0)
    if abs(scale - 1) > 0.2:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.BICUBIC)
    else:
        scale = 1.0
    return Picture(image, 72 / dpi / scale)
