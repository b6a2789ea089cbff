"""Shades of grey pictures: the paper's, and what is darker than a limit."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Shades = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


def paper_of(shades: Shades, step: int = 1) -> float:
    """The brightness (0 to 255) that nine tenths of the pixels in every ``step``th row and column do not exceed."""
    counts = np.bincount(shades[::step, ::step].ravel(), minlength=256).cumsum()
    return float(np.searchsorted(counts, 0.9 * counts[-1]))


def darker(shades: Shades, limit: float) -> Mask:
    """Where a picture is darker than ``limit``; bytes are compared with a byte: a float takes several times as long."""
    found: Mask = shades < np.uint8(min(255, math.ceil(limit)))
    return found
