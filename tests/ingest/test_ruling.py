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
