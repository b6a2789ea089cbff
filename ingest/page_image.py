"""The picture that a scanned page is: unpacked as it lies in the file, where drawing the page would show it so.

Drawing takes twice as long, and leaves out or doubles a row of pixels where the page is a hundredth of a pixel smaller.
"""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from schemas.record import Box

_WITHIN = 1.0
"""Pixels by which the picture may differ from the page in size and place."""
_PLAIN = {(pdfium_c.FPDF_COLORSPACE_DEVICEGRAY, 8): "L", (pdfium_c.FPDF_COLORSPACE_DEVICERGB, 24): "RGB"}
"""Colours that need no conversion (with bits a pixel), and the mode of such a picture. Pictures in black and white are
drawn: their edges become smoother."""


def image_of(page: pdfium.PdfPage, scale: float) -> Image.Image | None:
    """The picture (mode L or RGB) of a page that is nothing but a picture, upright, of as many pixels as if drawn.

    ``scale`` is the pixels of a point. None where the page has to be drawn. A mask of the picture is not seen.
    """
    objects = list(page.get_objects(max_depth=1))
    if len(objects) != 1 or page.get_rotation() or not isinstance(objects[0], pdfium.PdfImage):
        return None
    image = objects[0]
    described = image.get_metadata()
    mode = _PLAIN.get((described.colorspace, described.bits_per_pixel))
    if mode is None or not _fills(image, page.get_bbox(), scale) or _is_cut_out(image):
        return None
    bitmap = image.get_bitmap()
    picture = bitmap.to_pil()
    fits = picture.size == image.get_px_size() and picture.mode == mode
    return picture.copy() if fits else None


def _fills(image: pdfium.PdfImage, page: Box, scale: float) -> bool:
    """Whether a picture stands upright on the whole of a page and has as many pixels."""
    a, b, c, d, x, y = image.get_matrix().get()
    width, height = image.get_px_size()
    left, bottom, right, top = page
    away = (b, c, x - left, y - bottom, x + a - right, y + d - top, a - width / scale, d - height / scale)
    return all(abs(points) * scale <= _WITHIN for points in away)


def _is_cut_out(image: pdfium.PdfImage) -> bool:
    """Whether a clip takes something off the picture, or it is drawn so that something shines through."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(image)
    return bool(pdfium_c.FPDFPageObj_HasTransparency(image)) or pdfium_c.FPDFClipPath_CountPaths(clip) > 0
