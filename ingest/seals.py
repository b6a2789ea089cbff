"""Round seals in black or grey: found as rings, and taken out where their shade can be told from that of the text."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import fft

from ingest.colour import Blot

_REDUCE = 8
"""Rings are looked for at 37 dpi."""
_RADII = range(23, 32)
"""Radii of seals in (reduced) pixels: 31 to 42 mm across."""
_CLEAR = 45.0
"""How much darker a ring must be than what is around it."""
_CLOSED = 0.75
"""The share of a ring that must be dark."""
_MOST = 4
_APART = 30
"""Shades between seal and text from which the seal can be taken out alone."""

Shades = npt.NDArray[np.float32]


def without_seals(image: Image.Image) -> tuple[Image.Image, tuple[Blot, ...]]:
    """A grey picture without the round seals that are lighter than its text, and the places of all."""
    found = _rings(image)
    if not found:
        return image, ()
    clean = image.copy()
    for x, y, radius in found:
        _clear(clean, x, y, radius)
    return clean, tuple(Blot("black", (x - r, y - r, x + r, y + r), True) for x, y, r in found)


def _rings(image: Image.Image) -> list[tuple[float, float, float]]:
    """Middles and radii of rings, in pixels."""
    dark = 255 - np.asarray(image.reduce(_REDUCE)).astype(np.float32)
    if min(dark.shape) < 2 * _RADII[0]:
        return []
    dark -= np.percentile(dark, 10)
    room = 2 * (_RADII[-1] + 4)
    shape = (fft.next_fast_len(dark.shape[0] + room, real=True), fft.next_fast_len(dark.shape[1] + room, real=True))
    spectrum = fft.rfft2(dark, shape)
    answers = np.stack(
        [fft.irfft2(spectrum * _kernel(r, *shape), shape)[: dark.shape[0], : dark.shape[1]] for r in _RADII]
    )
    found: list[tuple[float, float, float]] = []
    while len(found) < _MOST and answers.max() >= _CLEAR:
        level, row, column = np.unravel_index(answers.argmax(), answers.shape)
        reach = _RADII[int(level)] + 3
        x, y = int(column) + reach, int(row) + reach
        if _is_closed(dark, x, y, _RADII[int(level)]):
            found.append((x * _REDUCE, y * _REDUCE, (_RADII[int(level)] + 0.5) * _REDUCE))
        answers[:, max(0, row - 12) : row + 13, max(0, column - 12) : column + 13] = 0
    return found


@lru_cache(maxsize=64)
def _kernel(radius: int, rows: int, columns: int) -> npt.NDArray[np.complex64]:
    """The spectrum of a ring less the circle just outside it."""
    span = np.arange(-radius - 3, radius + 4)
    away = np.hypot(span[:, None], span[None, :]) - radius
    on, off = np.abs(away) <= 1.0, (away > 1.8) & (away <= 2.8)
    whole = np.zeros((rows, columns), dtype=np.float32)
    whole[: len(span), : len(span)] = on / on.sum() - off / off.sum()
    return np.asarray(np.conj(fft.rfft2(whole)), dtype=np.complex64)


def _is_closed(dark: Shades, x: int, y: int, radius: int) -> bool:
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    around = []
    for r in (radius - 1, radius, radius + 1):
        rows = np.clip(np.rint(y + r * np.sin(angles)).astype(int), 0, dark.shape[0] - 1)
        columns = np.clip(np.rint(x + r * np.cos(angles)).astype(int), 0, dark.shape[1] - 1)
        around.append(dark[rows, columns])
    strength = np.max(around, axis=0)
    return float((strength > 0.4 * np.percentile(strength, 75)).mean()) >= _CLOSED


def _clear(image: Image.Image, x: float, y: float, radius: float) -> None:
    """Whiten a seal whose shade is lighter than the text's; a black one stays."""
    reach = round(radius * 1.1)
    box = (max(0, round(x) - reach), max(0, round(y) - reach), round(x) + reach, round(y) + reach)
    shades = np.asarray(image.crop(box)).copy()
    rows, columns = np.indices(shades.shape)
    away = np.hypot(columns + box[0] - x, rows + box[1] - y) / radius
    rim = shades[(away > 0.94) & (away < 1.05)]
    seal = float(np.percentile(rim[rim < 170], 25)) if (rim < 170).any() else 170.0
    text = float(np.percentile(np.asarray(image)[::4, ::4], 1.0))
    if seal - text < _APART:
        return
    stretched = np.clip((shades.astype(np.float32) - text) * (255 / (0.92 * seal - text)), 0, 255)
    shades = np.where(away < 1.1, stretched, shades).astype(np.uint8)
    image.paste(Image.fromarray(shades), box[:2])
