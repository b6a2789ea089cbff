from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from ingest.cells import CELLS, read_again
from ingest.ocr import OcrPage, OcrWord
from ingest.ruling import Grid

BOXES = tuple(((100.0, 100.0 + 90 * row, 180.0, 190.0 + 90 * row), (180.0, 100.0 + 90 * row, 900.0, 190.0 + 90 * row))
              for row in range(3))  # fmt: skip
GRID = Grid((BOXES,), 0.0)


def page(*inked: int) -> Image.Image:
    """Three rows of two cells; a stroke as high as a digit in the first cell of the rows ``inked``."""
    image = Image.new("L", (1000, 500), 250)
    pen = ImageDraw.Draw(image)
    for cells in BOXES:
        for box in cells:
            pen.rectangle(box, outline=0, width=3)
    for row in inked:
        pen.rectangle((136, 130 + 90 * row, 144, 160 + 90 * row), fill=10)
    return image


def word(text: str, x: int, row: int, confidence: float = 0.95, width: int = 60) -> OcrWord:
    return OcrWord(text, (x, 128 + 90 * row, x + width, 162 + 90 * row), confidence, (1, 1, row))


TASKS = [word("Trồng", 200, row) for row in range(3)]


class Sheet:
    """Reads the strokes on a sheet, one after the other, as the texts it was given."""

    def __init__(self, *texts: str, confidence: float = 0.9) -> None:
        self.texts, self.confidence = texts, confidence
        self.names: list[str] = []

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        self.names.append(name)
        columns = [x for x in range(image.width) if min(image.crop((x, 0, x + 1, image.height)).tobytes()) < 100]
        starts = [x for x in columns if x - 1 not in columns]
        words = [
            OcrWord(text, (x, 42, x + 9, 74), self.confidence, (1, 1, 1))
            for text, x in zip(self.texts, starts, strict=True)
        ]
        return OcrPage(tuple(words), image.width, image.height)


def read(image: Image.Image, words: list[OcrWord], engine: Sheet) -> list[tuple[str, int]]:
    found = read_again(image, GRID, words, engine, "x")
    return sorted((w.text, round((w.box[1] - 128) / 90)) for w in found if w.box[0] < 180)


def test_cells_with_ink_and_no_word_are_read_in_one_call() -> None:
    engine = Sheet("1", "2", "3")
    assert read(page(0, 1, 2), TASKS, engine) == [("1", 0), ("2", 1), ("3", 2)]
    assert engine.names == [f"x{CELLS}"]


def test_a_cell_without_ink_stays_empty() -> None:
    assert read(page(0, 2), TASKS, Sheet("1", "3")) == [("1", 0), ("3", 2)]


@pytest.mark.parametrize("words", [[], TASKS], ids=["empty cells", "cells with sure words"])
def test_nothing_is_read_where_nothing_is_doubtful(words: list[OcrWord]) -> None:
    engine = Sheet()
    assert read_again(page(), GRID, words, engine, "x") == words
    assert engine.names == []


@pytest.mark.parametrize(
    ("first", "confidence", "again", "kept"),
    [("S", 0.9, "5", "5"), ("5", 0.4, "5", "5"), ("6", 0.5, "8", "8"), ("6", 0.65, "x&", "6")],
    ids=["no figure", "unsure", "another figure, more certain", "no figure the second time"],
)
def test_a_doubtful_word_gives_way_to_a_better_reading(first: str, confidence: float, again: str, kept: str) -> None:
    words = [*TASKS, word(first, 130, 1, confidence, 20)]
    assert read(page(1), words, Sheet(again)) == [(kept, 1)]


def test_a_sure_number_is_not_read_again() -> None:
    engine = Sheet()
    assert read(page(1), [*TASKS, word("7", 130, 1, 0.95, 20)], engine) == [("7", 1)]
    assert engine.names == []


def test_what_is_read_on_a_rule_is_no_word() -> None:
    debris = [word("l", 174, 0, 0.9, 10), word("¡", 160, 1, 0.9, 16)]
    assert read(page(), [*TASKS, *debris], Sheet()) == []


def test_the_dash_of_a_list_is_no_rule() -> None:
    dash = OcrWord("-", (186, 142, 198, 146), 0.9, (1, 1, 0))
    assert dash in read_again(page(), GRID, [*TASKS, dash], Sheet(), "x")
