from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.seals import without_seals

PLACE = (1300, 2400, 1713, 2813)


def page(shade: int | None) -> Image.Image:
    """Rows of letters, with a seal of a shade over them."""
    image = Image.new("L", (2480, 3508), 240)
    pen = ImageDraw.Draw(image)
    if shade is not None:
        pen.ellipse(PLACE, outline=shade, width=13)
        pen.ellipse((1395, 2495, 1618, 2718), outline=shade, width=6)
    for top in range(500, 2600, 90):
        for left in range(300, 2200, 50):
            pen.rectangle((left, top, left + 6, top + 42), fill=25)
            pen.rectangle((left, top, left + 30, top + 6), fill=25)
    return image


def test_a_grey_seal_goes_and_the_letters_stay() -> None:
    clean, blots = without_seals(page(115))
    assert [(blot.colour, blot.is_round) for blot in blots] == [("black", True)]
    assert blots[0].box == pytest.approx(PLACE, abs=16)
    rim = np.asarray(clean.crop((1480, 2795, 1530, 2818)))
    assert rim.min() > 200
    letters = np.asarray(clean.crop((1450, 2480, 1490, 2520)))
    assert letters.min() < 60


def test_a_black_seal_is_found_but_stays() -> None:
    image = page(25)
    clean, blots = without_seals(image)
    assert len(blots) == 1
    assert clean.tobytes() == image.tobytes()


@pytest.mark.parametrize("size", [(2480, 3508), (300, 200), (40, 40)])
def test_where_there_is_no_ring(size: tuple[int, int]) -> None:
    image = page(None).crop((0, 0, *size))
    assert without_seals(image) == (image, ())
