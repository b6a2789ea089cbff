from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from ingest.ocr import OcrPage, OcrWord
from ingest.ruling import find_grids
from ingest.scan import Picture, recognise

XS, YS = (250, 350, 1200, 1700, 2200), (600, 760, 900, 1200)


def table(merged: bool = False) -> Image.Image:
    page = Image.new("L", (2480, 3508), 255)
    pen = ImageDraw.Draw(page)
    for y in YS:
        pen.line((XS[0], y, XS[-1], y), fill=0, width=3)
    for x in XS:
        inner = x not in (XS[0], XS[-1])
        pen.line((x, YS[1] if merged and inner else YS[0], x, YS[-1]), fill=0, width=3)
    for x in range(300, 2000, 26):
        pen.rectangle((x, 300, x + 18, 324), fill=0)
    return page


@pytest.mark.parametrize("slope", [0.0, 0.5, -0.6])
def test_a_table_is_found_though_the_page_slopes(slope: float) -> None:
    grid = find_grids(table().rotate(slope, resample=Image.Resampling.BILINEAR, fillcolor=255))
    (cells,) = grid.tables
    assert [len(row) for row in cells] == [4, 4, 4]
    assert all(box for row in cells for box in row)


def test_boxes_of_cells_are_pixels_of_the_page() -> None:
    (cells,) = find_grids(table()).tables
    assert cells[0][0] == pytest.approx((XS[0], YS[0], XS[1], YS[1]), abs=4)
    assert cells[2][3] == pytest.approx((XS[3], YS[2], XS[4], YS[3]), abs=4)


def test_cells_without_a_rule_between_them_are_one() -> None:
    (cells,) = find_grids(table(merged=True)).tables
    assert [bool(box) for box in cells[0]] == [True, False, False, False]
    assert cells[0][0] == pytest.approx((XS[0], YS[0], XS[-1], YS[1]), abs=4)
    assert all(cells[1])


def drawn(make: str) -> Image.Image:
    """The table with rules of a make; the cells of its last column are one over the first two rows."""
    page = Image.new("L", (2480, 3508), 245)
    pen = ImageDraw.Draw(page)

    def rule(x0: int, y0: int, x1: int, y1: int) -> None:
        if make == "double":
            pen.rectangle((x0 - 4, y0 - 4, x1 + 4, y1 + 4), outline=0, width=2)
        elif make == "dotted":
            for at in range(0, max(x1 - x0, y1 - y0), 8):
                x, y = (x0 + at, y0) if x1 > x0 else (x0, y0 + at)
                pen.rectangle((x, y, x + 3, y + 3), fill=40)
        else:
            pen.line((x0, y0, x1, y1), fill=205 if make == "pale" else 0, width=3)

    for y in YS:
        rule(XS[0], y, XS[-2] if y == YS[1] else XS[-1], y)
    for x in XS:
        rule(x, YS[0], x, YS[-1])
    if make == "worn":
        pen.rectangle((XS[2] - 6, YS[1] + 10, XS[2] + 6, YS[2] - 10), fill=245)
        for x in range(400, 2200, 180):
            pen.rectangle((x, 0, x + 4, page.height), fill=245)
    return page


@pytest.mark.parametrize("make", ["plain", "double", "dotted", "pale", "worn"])
@pytest.mark.parametrize("slope", [0.0, 0.5])
def test_rules_of_any_make_give_the_same_cells(make: str, slope: float) -> None:
    image = drawn(make).rotate(slope, resample=Image.Resampling.BILINEAR, fillcolor=245)
    (cells,) = find_grids(image).tables
    assert [[bool(box) for box in row] for row in cells] == [[True] * 4, [True] * 3 + [False], [True] * 4]
    assert cells[0][3] and cells[0][3][3] - cells[0][3][1] == pytest.approx(YS[2] - YS[0], abs=8)


def test_pale_rules_that_cut_words_are_those_of_the_back() -> None:
    words = [(x - 60.0, y + 20.0, x + 60.0, y + 60.0) for x in XS[1:-1] for y in YS[:-1]]
    assert find_grids(drawn("pale"), words=words).tables == ()


def test_rules_that_were_cleaned_away_are_found_on_the_picture_before() -> None:
    blank = Image.new("L", (2480, 3508), 245)
    assert len(find_grids(blank, drawn("dotted")).tables) == 1


def test_rules_across_that_none_crosses_are_bands() -> None:
    page = Image.new("L", (2480, 3508), 255)
    for y in YS:
        ImageDraw.Draw(page).line((XS[0], y, XS[-1], y), fill=0, width=3)
    ImageDraw.Draw(page).line((XS[0], 300, XS[2], 300), fill=0, width=3)
    (band,) = find_grids(page).bands
    assert band == pytest.approx(YS, abs=3)


@pytest.mark.parametrize("draw", [lambda pen: None, lambda pen: pen.line((300, 900, 1200, 900), fill=0, width=3),
                                  lambda pen: pen.rectangle((300, 900, 1500, 2000), fill=0),
                                  lambda pen: pen.rectangle((300, 900, 1500, 1200), outline=0, width=3)],
                         ids=["nothing", "underline", "black block", "frame"])  # fmt: skip
def test_what_is_no_table(draw: Callable[[ImageDraw.ImageDraw], None]) -> None:
    page = Image.new("L", (2480, 3508), 255)
    draw(ImageDraw.Draw(page))
    assert find_grids(page).tables == ()


class TableEngine:
    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        texts = {
            (380, 650): "Nội", (480, 650): "dung", (1230, 650): "Chủ", (1330, 650): "trì|", (380, 940): "Trồng",
            (540, 940): "cây", (380, 1010): "xanh", (1230, 940): "Phòng", (1400, 940): "Kinh", (1230, 1010): "tế",
        }  # fmt: skip
        words = [OcrWord(text, (x, y, x + 80, y + 40), 0.9, (1, 1, y)) for (x, y), text in texts.items()]
        return OcrPage(tuple(words), image.width, image.height)


def test_a_scanned_table_is_read_cell_by_cell() -> None:
    scan = recognise(Picture(table(), 0.24), TableEngine(), "x")
    (found,) = scan.composed.tables
    cells = [[[scan.composed.text[a:b] for a, b in cell.spans] for cell in row] for row in found.rows]
    assert cells == [
        [[], ["Nội dung"], ["Chủ trì"], []],
        [[], [], [], []],
        [[], ["Trồng cây", "xanh"], ["Phòng Kinh", "tế"], []],
    ]
    assert found.rows[0][1].box == pytest.approx((84, 144, 288, 182.4), abs=1)
    assert scan.composed.words[0].box == pytest.approx((91.2, 156, 110.4, 165.6), abs=0.3)
