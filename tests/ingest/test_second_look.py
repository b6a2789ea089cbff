"""A second look by the engine: one sheet a page, within its budget, and taken only where it is better."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw

from ingest.ocr import OcrPage, OcrWord
from ingest.second_look import DIGITS, PIXELS, PLACES, SCALE, look_again

Box = tuple[int, int, int, int]
Seen = tuple[str, Box, float]

FIRST, SECOND = (100, 100, 260, 140), (100, 150, 300, 190)
"""Two lines of a column, which the first reading took for one."""
BESIDE = (800, 110, 1000, 150)
BELOW = (100, 205, 300, 245)


def paper(*ink: Box) -> Image.Image:
    picture = Image.new("L", (1200, 3000), 255)
    for box in ink:
        ImageDraw.Draw(picture).rectangle(box, fill=0)
    return picture


PAPER = paper(FIRST, SECOND, BESIDE, BELOW)
SURE = (
    OcrWord("CHỦ", BESIDE, 0.96, (0, 0, 0)),
    OcrWord("Lưu:", BELOW, 0.96, (0, 0, 1)),
    OcrWord("VT.", (700, 300, 800, 340), 0.96, (0, 0, 2)),
)


class Sheet:
    """An engine that reads words at places of the page that stands on the sheet's first place."""

    def __init__(self, *seen: Seen) -> None:
        self.seen = seen
        self.sheets: list[Image.Image] = []

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        self.sheets.append(image)
        words = (
            OcrWord(text, (_x(left), _y(top), _x(right), _y(bottom)), sure, (1, 1, 1))
            for text, (left, top, right, bottom), sure in self.seen
        )
        return OcrPage(tuple(words), *image.size)


def _x(value: int) -> int:
    """Where a column of the page stands on the sheet."""
    return round(30 + (value - 94) * SCALE)


def _y(value: int) -> int:
    """Where a row of the page stands on the sheet."""
    return round(24 + (value - 90) * SCALE)


def look(first: str, confidence: float, engine: Sheet, box: Box = (100, 100, 290, 190)) -> dict[str, OcrWord]:
    page = OcrPage((OcrWord(first, box, confidence, (0, 0, 0)), *SURE), *PAPER.size)
    return {word.text: word for word in look_again(page, PAPER, "p", engine).words}


GOOD: tuple[Seen, ...] = (("nhận:", FIRST, 0.96), ("Sở", SECOND, 0.95))


def test_two_lines_that_were_taken_for_one_are_read_apart() -> None:
    found = look("mm", 0.2, Sheet(*GOOD))
    assert set(found) == {"nhận:", "Sở", "CHỦ", "Lưu:", "VT."}
    for text, box, _ in GOOD:
        assert found[text].box == pytest.approx(box, abs=2)
        assert found[text].line not in {word.line for word in SURE}


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        ((), "nothing"),
        ((("ɯɯ", FIRST, 0.9),), "nothing legal"),
        ((("nhận:", FIRST, 0.3),), "nothing sure"),
        ((("nhận:", BELOW, 0.96),), "what is known to stand there"),
    ],
)
def test_what_is_no_better_is_not_taken(seen: tuple[Seen, ...], why: str) -> None:
    assert set(look("mm", 0.2, Sheet(*seen))) == {"mm", "CHỦ", "Lưu:", "VT."}, why


def test_sure_words_are_not_looked_at() -> None:
    engine = Sheet(*GOOD)
    look("nhận:", 0.9, engine)
    assert not engine.sheets


def test_an_unsure_word_of_usual_height_beside_sure_ones_is_left_to_the_other_reader() -> None:
    engine = Sheet(*GOOD)
    look("phòng", 0.2, engine, (1010, 110, 1080, 150))
    assert not engine.sheets


def test_new_digits_are_never_sure() -> None:
    found = look("mm", 0.2, Sheet(("nhận:", FIRST, 0.96), ("239", SECOND, 0.96)))
    assert found["239"].confidence == DIGITS
    assert found["nhận:"].confidence == 0.96


def test_the_longest_places_of_the_budget_stand_on_one_sheet() -> None:
    boxes = [(100, 100 + 120 * i, 300 + 20 * i, 140 + 120 * i) for i in range(20)]
    words = (OcrWord("ɯɯ", box, 0.1, (0, 0, i)) for i, box in enumerate(boxes))
    engine = Sheet()
    look_again(OcrPage(tuple(words), 1200, 3000), paper(*boxes), "p", engine)
    (sheet,) = engine.sheets
    assert sheet.width * sheet.height < 2 * PIXELS
    rows = [any(value < 128 for value in sheet.crop((0, y, sheet.width, y + 1)).tobytes()) for y in range(sheet.height)]
    assert sum(b and not a for a, b in pairwise(rows)) == PLACES
    assert sheet.width > (boxes[-1][2] - 100) * SCALE
