from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from ingest.gaps import gaps
from ingest.ocr import OcrPage, OcrWord
from ingest.scan import Picture, recognise

LINES = {top: (300, top, 2100, top + 44) for top in range(600, 1800, 90)}


@pytest.fixture
def page() -> Image.Image:
    """Lines of letters, a rule, and a speck."""
    image = Image.new("L", (2480, 3508), 255)
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in LINES.values():
        for x in range(left, right, 30):
            pen.rectangle((x, top, x + 7, bottom), fill=0)
            pen.rectangle((x, bottom - 7, x + 20, bottom), fill=0)
    pen.line((300, 2000, 1200, 2000), fill=0, width=4)
    pen.rectangle((500, 2200, 512, 2212), fill=0)
    return image


@pytest.mark.parametrize("missing", [(), (960,), (960, 1050), (600, 1230)])
def test_lines_without_words_are_found(missing: tuple[int, ...], page: Image.Image) -> None:
    found = gaps(page, [box for top, box in LINES.items() if top not in missing])
    assert len(found) == len(missing) - (missing == (960, 1050)), "neighbouring lines are one region"
    for top in missing:
        left, high, right, low = LINES[top]
        assert any(a <= left and b <= high and c >= right - 20 and d >= low for a, b, c, d in found)


class Forgetful:
    """Passes over a line of the page, and reads it where it is handed over alone."""

    def __init__(self, words: str) -> None:
        self.words = words

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        if "-g" in name:
            return OcrPage(tuple(self._line(self.words.split(), 20, 1)), image.width, image.height)
        lines = [self._line(["ban", "hành", "kế", "hoạch"], top, top) for top in LINES if top != 960]
        return OcrPage(tuple(word for line in lines for word in line), image.width, image.height)

    def _line(self, words: list[str], top: int, number: int) -> list[OcrWord]:
        step = 1800 // len(words)
        boxes = [(300 + i * step, top, 300 + (i + 1) * step - 30, top + 44) for i in range(len(words))]
        return [OcrWord(word, box, 0.9, (1, 1, number)) for word, box in zip(words, boxes, strict=True)]


@pytest.mark.parametrize(("words", "taken"), [("trồng cây xanh", True), ("#{ ~|; %&", False)])
def test_a_line_that_was_passed_over_is_read_again(words: str, taken: bool, page: Image.Image) -> None:
    scan = recognise(Picture(page, 0.24), Forgetful(words), "x")
    lines = [line for line in scan.composed.text.split("\n") if line]
    assert (lines[4] == words) is taken
    assert (scan.note == "lines that were passed over read again") is taken
    assert len(lines) == len(LINES) - (not taken)


def test_the_second_look_can_be_left_out(page: Image.Image, fake_engine: Callable[..., object]) -> None:
    scan = recognise(Picture(page, 0.24), Forgetful("trồng cây xanh"), "x", frozenset({"gaps"}))
    assert "trồng" not in scan.composed.text
