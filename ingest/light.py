"""Paper made white: uneven light evened out, the back of the sheet and dust taken away."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import numpy.typing as npt
import scipy.ndimage as nd
from PIL import Image

from ingest.shades import Mask, Shades, darker, paper_of

_COARSE = 16
"""The paper's brightness is looked at in squares of so many pixels."""
_SPAN, _STRIDE = 11, 4
"""Squares within which some paper shows between lines and letters: 15 mm."""
_UNEVEN = 0.5
"""The share of its brightest that the darkest paper of a page must fall below, to be evened out."""

_SPECKS = ((4, 2), (10, 7), (20, 12))
"""Specks of up to so many pixels are dust where no letter stands within so many pixels of them."""
_GHOST = 0.72
"""The brightness, as a share of the paper's, from which a shade near a letter counts as paper."""


def even(image: Image.Image) -> Image.Image | None:
    """A grey picture with its paper white everywhere; None where the light is even enough."""
    paper = _paper(np.asarray(image.reduce(_COARSE)))
    inner = paper[len(paper) // 25 : -max(1, len(paper) // 25), paper.shape[1] // 25 : -max(1, paper.shape[1] // 25)]
    if inner.size == 0 or np.percentile(inner, 2) >= _UNEVEN * np.percentile(inner, 98):
        return None
    full = Image.fromarray(np.clip(paper, 24, 255).astype(np.uint8)).resize(image.size, Image.Resampling.BILINEAR)
    shades = np.asarray(image, dtype=np.float32) * (250.0 / np.asarray(full, dtype=np.float32))
    return Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8))


def _paper(coarse: Shades) -> npt.NDArray[np.float32]:
    """The paper's brightness about every ``_STRIDE``th pixel of a coarse picture."""
    around = np.pad(coarse, _SPAN // 2, mode="symmetric")
    windows = np.lib.stride_tricks.sliding_window_view(around, (_SPAN, _SPAN))[::_STRIDE, ::_STRIDE]
    flat = windows.reshape(*windows.shape[:2], -1)
    bright = np.partition(flat, round(0.85 * flat.shape[2]), axis=2)[..., round(0.85 * flat.shape[2])]
    return np.asarray(nd.gaussian_filter(bright.astype(np.float32), 2.0 / _STRIDE))


def without_back(image: Image.Image) -> Image.Image | None:
    """A grey picture without the weak traces of the sheet's back; None where there are none."""
    shades = np.asarray(image)
    small = np.ascontiguousarray(shades[::4, ::4])
    paper = paper_of(small)
    dark = darker(small, 0.5 * paper)
    lonely = darker(small, 0.88 * paper) & (nd.maximum_filter(dark.view(np.uint8), 5) == 0)
    if np.count_nonzero(lonely) < 0.012 * small.size or np.count_nonzero(dark) < 0.004 * small.size:
        return None
    near = nd.maximum_filter(_dark_cells(shades, 0.55 * paper).view(np.uint8), 3) > 0
    mask = Image.fromarray(near).convert("L").resize((near.shape[1] * 4, near.shape[0] * 4), Image.Resampling.NEAREST)
    stretched = image.point([min(255, round(shade * 255 / (_GHOST * paper))) for shade in range(256)])
    clean = Image.new("L", image.size, 255)
    clean.paste(stretched, mask=mask.crop((0, 0, *image.size)))
    return clean


def _dark_cells(shades: Shades, limit: float) -> Mask:
    rows, columns = (-(-size // 4) * 4 for size in shades.shape)
    padded = np.pad(shades, ((0, rows - shades.shape[0]), (0, columns - shades.shape[1])), constant_values=255)
    cells: Mask = padded.reshape(rows // 4, 4, columns // 4, 4).min(axis=(1, 3)) < limit
    return cells


def without_dust(image: Image.Image) -> Image.Image | None:
    """A grey picture without the specks that stand alone; None where there are few."""
    shades = np.asarray(image)
    limit = 0.7 * paper_of(shades, 8)
    high, wide = shades.shape
    if not _is_dusty(darker(shades[high // 4 : high - high // 4, wide // 4 : wide - wide // 4], limit), 40):
        return None
    dark = darker(shades, limit)
    labels, _ = nd.label(dark, np.ones((3, 3)))
    places = np.flatnonzero(dark)
    of = labels.ravel()[places]
    sizes = np.bincount(of)[of]
    letters, dust = np.zeros_like(shades), np.zeros_like(shades)
    letters.ravel()[places[sizes > _SPECKS[-1][0]]] = 1
    for size, reach in _SPECKS:
        near = nd.maximum_filter(letters, 2 * reach + 1).ravel()[places]
        dust.ravel()[places[(sizes <= size) & (near == 0)]] = 1
    clean = shades.copy()
    clean[nd.maximum_filter(dust, 3) > 0] = 255
    return Image.fromarray(clean)


def _is_dusty(dark: Mask, least: int) -> bool:
    """Whether there are specks in number, and every fourth piece of ink is one."""
    labels, count = nd.label(dark, np.ones((3, 3)))
    specks = int(np.count_nonzero(np.bincount(labels[dark])[1:] <= _SPECKS[-1][0]))
    return bool(specks >= max(least, 0.25 * count))


CLEANERS: dict[str, Callable[[Image.Image], Image.Image | None]] = {
    "light": even,
    "back": without_back,
    "dust": without_dust,
}
"""The steps in their order."""


def cleaned(image: Image.Image, without: Collection[str] = ()) -> tuple[Image.Image, tuple[str, ...]]:
    """A grey picture after all steps but those left out, and the names of those that found something to do."""
    done = []
    for name, clean in CLEANERS.items():
        if name not in without and (better := clean(image)) is not None:
            image = better
            done.append(name)
    return image, tuple(done)
