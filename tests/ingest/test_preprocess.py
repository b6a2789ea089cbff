from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PIL import Image, ImageDraw

from ingest.ocr import OcrPage, OcrWord
from ingest.preprocess import emptiness, grey, prepare
from ingest.scan import Picture, recognise


def test_red_seals_vanish_and_black_text_stays() -> None:
    page = Image.new("RGB", (200, 100), "white")
    pen = ImageDraw.Draw(page)
    pen.ellipse((20, 20, 80, 80), outline=(230, 20, 30), width=6)
    assert min(grey(page).tobytes()) > 200
    pen.rectangle((120, 40, 160, 50), fill="black")
    assert min(grey(page).tobytes()) == 0


def test_what_needs_no_reading(ink: Image.Image) -> None:
    edged = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(edged).rectangle((0, 0, 12, 800), fill=0)
    assert emptiness(grey(ink)) is None
    assert emptiness(Image.new("L", (600, 800), 250)) == "blank page"
    assert emptiness(edged) == "blank page", "a scanner's dark edge is no ink"
    assert emptiness(Image.new("L", (600, 800), 9)) == "dark page"
    assert emptiness(Image.new("L", (3, 3), 0)) == "a picture too small for text"


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [0.0, 1.7])
def test_boxes_go_both_ways(quarter: int, degrees: float, ink: Image.Image) -> None:
    page = grey(ink.resize((1240, 1754))).rotate(quarter, expand=True)
    prepared = prepare(page.rotate(degrees, fillcolor=255), (360 - quarter) % 360)
    box = (310.0, 420.0, 380.0, 440.0)
    assert prepared.back(prepared.forth(box)) == pytest.approx(box, abs=0.01)


@pytest.mark.parametrize("degrees", [-3.0, -1.2, 0.9, 2.0])
def test_a_sloping_page_is_levelled_and_its_boxes_are_brought_back(ink: Image.Image, degrees: float) -> None:
    level = grey(ink.resize((1240, 1754)))
    sloping = level.rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=255)
    prepared = prepare(sloping)
    assert prepared.slope == pytest.approx(-degrees, abs=0.2)
    corner = (160.0, 200.0, 178.0, 220.0)
    left, top, right, bottom = (round(v) for v in prepared.back(corner))
    patch = sloping.crop((left, top, right, bottom))
    assert sum(patch.tobytes()) / len(patch.tobytes()) < 90, "ink lies where the box says"


@pytest.mark.parametrize("degrees", [0.0, 0.4, -0.5])
def test_a_page_that_is_level_enough_is_left_alone(ink: Image.Image, degrees: float) -> None:
    page = grey(ink.resize((1240, 1754))).rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=255)
    prepared = prepare(page)
    assert (prepared.quarter, prepared.slope) == (0, 0.0)
    assert prepared.image is page


class Turning:
    """Reads well only what stands upright: a high page with ink at its top. Lines that run upwards give high boxes."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        self.names.append(name)
        sideways = image.width > image.height
        upright = not sideways and not emptiness(image.crop((0, 0, image.width, image.height // 3)))
        texts = ("Kế", "hoạch", "năm") if upright else ("ʇʞ3ɥ", "ʌ|~;", "ɯɐu!")
        height = 90 if sideways else 30
        boxes = [(160 + 60 * i, 200, 200 + 60 * i, 200 + height) for i in range(3)]
        words = [OcrWord(text, box, 0.9, (1, 1, 1)) for text, box in zip(texts, boxes, strict=True)]
        return OcrPage(tuple(words), image.width, image.height)


@pytest.mark.parametrize(
    ("turn", "rotation", "box"),
    [(0, 0, (160, 200, 200, 230)), (180, 180, (1040, 1524, 1080, 1554)), (90, 90, (200, 1040, 230, 1080)),
     (270, 270, (1524, 160, 1554, 200))],
)  # fmt: skip
def test_a_turned_page_is_read_upright_and_its_boxes_are_those_of_the_page_as_shown(
    turn: int, rotation: int, box: Sequence[float], ink: Image.Image
) -> None:
    page = ink.resize((1240, 1754)).copy()
    ImageDraw.Draw(page).rectangle((0, 700, 1240, 1754), fill="white")
    engine = Turning()
    scan = recognise(Picture(page.rotate(turn, expand=True), 1.0), engine, "x")
    assert scan.composed.text == "Kế hoạch năm"
    assert scan.rotation == rotation
    assert scan.composed.words[0].box == pytest.approx(box, abs=2)
    assert len(set(engine.names)) == len(engine.names)


def test_a_good_first_reading_is_not_repeated(
    ink: Image.Image, plan: object, fake_engine: Callable[..., object]
) -> None:
    engine = fake_engine(plan)
    recognise(Picture(ink, 0.24), engine, "x")  # type: ignore[arg-type]
    assert len(engine.asked) == 1  # type: ignore[attr-defined]
