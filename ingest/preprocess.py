"""A page picture made ready for recognition: grey without red seals, upright, level."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from ingest.shades import Mask, darker, paper_of
from schemas.record import Box

LEVEL = 0.7
"""Degrees of slope below which turning a page costs more than it gives."""
STEEPEST = 5.0
BLANK = 0.0006
"""The share of dark pixels below which a page holds nothing."""
_LEAST = 24
"""The least width and height in pixels of a picture with a word on it: 2 mm."""
_DARK = 48.0
"""The shade below which paper is no paper."""
_SPARSE = 4
"""One column in so many suffices to tell a slope within a quarter of a degree."""

_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}

Grey = npt.NDArray[np.uint8]


class Prepared(NamedTuple):
    """A grey picture, how it was turned, and its size before.

    Turned counter-clockwise by ``quarter`` (0, 90, 180, 270) degrees, then by ``slope`` degrees about its middle.
    """

    image: Image.Image
    quarter: int
    slope: float
    size: tuple[int, int]

    def likewise(self, image: Image.Image) -> Image.Image:
        """Another picture of the same page, turned as this one was."""
        return _levelled(_upended(image, self.quarter), self.slope)

    def back(self, box: Box) -> Box:
        """A pixel box of the prepared picture as a pixel box of the picture before."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        half_w, half_h = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        x, y = _rotate(x, y, self.image.size, -self.slope)
        width, height = self.size
        if self.quarter == 180:
            x, y = width - x, height - y
        elif self.quarter == 90:
            x, y = width - y, x
            half_w, half_h = half_h, half_w
        elif self.quarter == 270:
            x, y = y, height - x
            half_w, half_h = half_h, half_w
        return (x - half_w, y - half_h, x + half_w, y + half_h)

    def forth(self, box: Box) -> Box:
        """A pixel box of the picture before as a pixel box of the prepared picture."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        half_w, half_h = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        width, height = self.size
        if self.quarter == 180:
            x, y = width - x, height - y
        elif self.quarter == 90:
            x, y = y, width - x
            half_w, half_h = half_h, half_w
        elif self.quarter == 270:
            x, y = height - y, x
            half_w, half_h = half_h, half_w
        x, y = _rotate(x, y, self.image.size, self.slope)
        return (x - half_w, y - half_h, x + half_w, y + half_h)


def grey(image: Image.Image) -> Image.Image:
    """One grey channel: the red one of a coloured picture, in which red seals vanish."""
    if image.mode == "RGB":
        return image.getchannel("R")
    return image if image.mode == "L" else image.convert("L")


def emptiness(image: Image.Image) -> str | None:
    """Why a grey picture needs no reading; None where it may hold text.

    It is smaller than any word, dark all over, or without ink; the edges, where scanners leave dark stripes, do not
    count.
    """
    if min(image.size) < _LEAST:
        return "a picture too small for text" if _least_shade(image) < 128 else "blank page"
    pixels = np.asarray(_inner(image))
    paper = paper_of(pixels, 4)
    if paper < _DARK:
        return "dark page"
    ink = np.count_nonzero(darker(pixels, min(160.0, paper * 0.65)))
    return "blank page" if ink < BLANK * pixels.size else None


def _least_shade(image: Image.Image) -> float:
    return float(np.asarray(image).min(initial=255))


def prepare(image: Image.Image, quarter: int = 0, *, level: bool = True) -> Prepared:
    """A grey picture turned counter-clockwise by ``quarter`` degrees, and levelled where it slopes above ``LEVEL``."""
    upended = _upended(image, quarter)
    slope = _slope(_shrunk(upended)) if level else 0.0
    slope = slope if abs(slope) >= LEVEL else 0.0
    return Prepared(_levelled(upended, slope), quarter, slope, image.size)


def _upended(image: Image.Image, quarter: int) -> Image.Image:
    return image.transpose(_TURNS[quarter]) if quarter else image


def _levelled(image: Image.Image, slope: float) -> Image.Image:
    return image.rotate(slope, resample=Image.Resampling.BILINEAR, fillcolor=255) if slope else image


def _inner(image: Image.Image) -> Image.Image:
    """A page without its edges, where scanners leave dark stripes."""
    width, height = image.size
    return image.crop((width // 25, height // 25, width - width // 25, height - height // 25))


def _shrunk(image: Image.Image) -> Mask:
    """Ink at about 75 dpi, without the edges."""
    image = _inner(image)
    scale = max(1, round(max(image.size) / 900))
    pixels = np.asarray(image.reduce(scale))
    return darker(pixels, paper_of(pixels) * 0.82)


def runs_upwards(image: Image.Image) -> bool:
    """Whether the lines of a grey picture seem to run upwards or downwards."""
    ink = _shrunk(image)
    return _sharpness(np.rot90(ink)) > 1.5 * _sharpness(ink)


def _sharpness(ink: Mask) -> float:
    """How much neighbouring rows differ in ink at the best slope: high where text lines lie along them."""
    profile = _profiles(ink)
    return max(
        float(np.square(np.diff(profile(half / 2) / ink.shape[1])).sum())
        for half in range(int(-STEEPEST * 2), int(STEEPEST * 2) + 1)
    )


def _profiles(ink: Mask, every: int = 1) -> Callable[[float], npt.NDArray[np.float64]]:
    """What gives the ink in each row of a page that slopes by some degrees; ``every`` so many columns count."""
    ys, xs = np.nonzero(ink[:, ::every])
    across = xs * every - ink.shape[1] / 2

    def profile(angle: float) -> npt.NDArray[np.float64]:
        heights = (ys + across * math.tan(math.radians(angle))).astype(np.intp)
        inside = heights[(heights >= 0) & (heights < len(ink))]
        return np.bincount(inside, minlength=len(ink)).astype(np.float64)

    return profile


def _slope(ink: Mask) -> float:
    """The angle in degrees by which the picture must be turned counter-clockwise to be level."""
    if np.count_nonzero(ink) < 200:
        return 0.0
    sparse, profile = _profiles(ink, _SPARSE), _profiles(ink)

    def sharpness(angle: float) -> float:
        return float(np.square(profile(angle)).sum())

    coarse = max(
        (a * 0.25 for a in range(int(-STEEPEST * 4), int(STEEPEST * 4) + 1)),
        key=lambda angle: float(np.square(sparse(angle)).sum()),
    )
    fine = max((coarse + d * 0.05 for d in range(-5, 6)), key=sharpness)
    return -round(fine, 2) if sharpness(fine) > 1.05 * sharpness(0.0) else 0.0


def _rotate(x: float, y: float, size: tuple[int, int], degrees: float) -> tuple[float, float]:
    """A point after the picture was turned counter-clockwise about its middle."""
    a = math.radians(degrees)
    dx, dy = x - size[0] / 2, y - size[1] / 2
    return (
        size[0] / 2 + dx * math.cos(a) + dy * math.sin(a),
        size[1] / 2 - dx * math.sin(a) + dy * math.cos(a),
    )
