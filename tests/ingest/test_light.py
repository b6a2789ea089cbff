from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ingest.light import cleaned

Change = Callable[[Image.Image], Image.Image]


@pytest.fixture
def page(ink: Image.Image) -> Image.Image:
    """Lines of black boxes on white paper at 300 dpi, their edges soft."""
    return ink.convert("L").resize((2480, 3508)).filter(ImageFilter.GaussianBlur(1.0))


def shadow(page: Image.Image) -> Image.Image:
    ramp = np.linspace(0.4, 1.0, page.width)[None, :]
    return Image.fromarray((np.asarray(page) * ramp).astype(np.uint8))


def back(page: Image.Image) -> Image.Image:
    other = page.transpose(Image.Transpose.FLIP_LEFT_RIGHT).rotate(1.0, translate=(17, 31), fillcolor=255)
    return ImageChops.multiply(page, other.filter(ImageFilter.GaussianBlur(2)).point(lambda v: 190 + v * 65 // 255))


def specks(page: Image.Image) -> Image.Image:
    dusty = page.copy()
    rng = np.random.default_rng(5)
    pen = ImageDraw.Draw(dusty)
    for x, y in zip(
        rng.integers(0, page.width, 2500).tolist(), rng.integers(0, page.height, 2500).tolist(), strict=True
    ):
        pen.rectangle((x, y, x + 2, y + 2), fill=0)
    return dusty


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).mean())


@pytest.mark.parametrize(
    ("step", "change"), [("light", shadow), ("back", back), ("dust", specks)],
    ids=["light", "back", "dust"],
)  # fmt: skip
def test_what_came_over_a_page_is_taken_away(step: str, change: Change, page: Image.Image) -> None:
    worse = change(page)
    better, done = cleaned(worse)
    assert step in done
    assert difference(better, page) < 0.5 * difference(worse, page)
    assert step not in cleaned(worse, {step})[1]


def test_a_clean_page_is_not_touched(page: Image.Image) -> None:
    assert cleaned(page) == (page, ())


def test_dots_beside_letters_are_no_dust(page: Image.Image) -> None:
    dusty = specks(page)
    dot = (340, 449, 346, 455)
    ImageDraw.Draw(dusty).rectangle(dot, fill=0)
    assert np.asarray(page.crop((330, 400, 356, 446))).min() < 60, "a letter stands above the dot"
    assert np.asarray(cleaned(dusty)[0].crop(dot)).max() < 60


@pytest.mark.parametrize("size", [(1, 1), (30, 30), (24, 4000), (200, 20)])
def test_odd_sizes(size: tuple[int, int]) -> None:
    image = Image.effect_noise(size, 80)
    assert cleaned(image)[0].size == size
