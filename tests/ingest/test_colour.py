from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.colour import part

RED, BLUE, INK = (215, 40, 45), (40, 60, 170), (20, 20, 20)


@pytest.fixture
def page() -> Image.Image:
    """Five black lines on grey paper."""
    image = Image.new("RGB", (1600, 2000), (238, 238, 238))
    pen = ImageDraw.Draw(image)
    for top in range(300, 800, 100):
        for left in range(100, 1500, 60):
            pen.rectangle((left, top, left + 40, top + 40), fill=INK)
    return image


def darkest(grey: Image.Image, box: tuple[int, int, int, int]) -> int:
    return int(np.asarray(grey.crop(box)).min())


def test_a_red_seal_goes_and_black_letters_under_it_stay(page: Image.Image) -> None:
    ImageDraw.Draw(page).ellipse((900, 1000, 1310, 1410), outline=RED, width=12)
    ImageDraw.Draw(page).rectangle((1080, 1150, 1120, 1190), fill=INK)
    grey, blots = part(page)
    assert [(blot.colour, blot.is_round) for blot in blots] == [("red", True)]
    assert blots[0].box == pytest.approx((900, 1000, 1310, 1410), abs=6)
    assert darkest(grey, (880, 980, 1070, 1430)) > 220
    assert darkest(grey, (1080, 1150, 1120, 1190)) < 40


def test_a_blue_signature_goes_and_blue_digits_on_a_line_stay(page: Image.Image) -> None:
    pen = ImageDraw.Draw(page)
    pen.line([(200, 1500), (300, 1350), (350, 1550), (500, 1400), (650, 1500)], fill=BLUE, width=7)
    pen.line([(1300, 150), (1300, 190), (1330, 150), (1330, 190)], fill=BLUE, width=6)
    grey, blots = part(page)
    assert [(blot.colour, blot.is_round) for blot in blots] == [("blue", False)]
    assert darkest(grey, (180, 1300, 700, 1600)) > 220
    assert darkest(grey, (1290, 140, 1340, 200)) < 120


def test_a_page_printed_in_blue_is_read(page: Image.Image) -> None:
    blue = Image.composite(Image.new("RGB", page.size, BLUE), page, page.convert("L").point(lambda v: 255 * (v < 90)))
    grey, blots = part(blue)
    assert blots == ()
    assert darkest(grey, (100, 300, 1500, 800)) < 120


def test_a_worn_seal_is_one_mark(page: Image.Image) -> None:
    pen = ImageDraw.Draw(page)
    for start in (10, 130, 250):
        pen.arc((500, 1200, 910, 1610), start, start + 60, fill=RED, width=12)
    assert [blot.colour for blot in part(page)[1]] == ["red"]


def test_a_grey_page_has_no_coloured_marks(page: Image.Image) -> None:
    grey = page.convert("L")
    assert part(grey) == (grey, ())
