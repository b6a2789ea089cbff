"""Tesseract itself on pages that are made here: each way through preparation once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PIL import Image, ImageDraw

from ingest.ocr import Tesseract, engine_versions
from ingest.scan import Picture, Scan, recognise

pytestmark = pytest.mark.skipif(engine_versions()["vie"] in ("missing", None), reason="Tesseract is not installed")


@pytest.fixture(scope="module")
def page(draw: Callable[..., Image.Image], plan: Sequence[tuple[float, float, str]]) -> Image.Image:
    return draw(plan, 300).convert("RGB")


def read(image: Image.Image) -> Scan:
    return recognise(Picture(image, 0.24), Tesseract(), "x")


def lines(scan: Scan) -> list[str]:
    return [line for line in scan.composed.text.split("\n") if line]


def test_upside_down_with_a_shadow_a_seal_and_a_signature(page: Image.Image) -> None:
    image = page.copy()
    pen = ImageDraw.Draw(image)
    pen.ellipse((1400, 1360, 1810, 1770), outline=(215, 40, 45), width=13)
    pen.line([(1500, 1650), (1600, 1560), (1650, 1720), (1800, 1580), (2000, 1650)], fill=(40, 60, 165), width=7)
    ramp = Image.linear_gradient("L").rotate(90).resize(image.size).point(lambda value: 80 + value * 175 // 255)
    image = Image.merge("RGB", [Image.composite(c, Image.new("L", c.size), ramp) for c in image.split()])
    scan = read(image.transpose(Image.Transpose.ROTATE_180))
    assert scan.rotation == 180
    assert {mark.kind for mark in scan.marks} == {"seal", "signature"}
    assert scan.note and "uneven light evened out" in scan.note and "turned upright" in scan.note
    assert lines(scan)[:3] == ["ỦY BAN NHÂN DÂN", "XÃ SÔNG MÂY", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert lines(scan)[-1] == "Trần Văn Bình"
    width, height = (value * 0.24 for value in image.size)
    seal = next(mark.box for mark in scan.marks if mark.kind == "seal")
    assert seal == pytest.approx((width - 434.4, height - 424.8, width - 336, height - 326.4), abs=4)


def test_a_slanting_table_is_read_cell_by_cell(draw: Callable[..., Image.Image]) -> None:
    cells = (
        (100, 100, "STT"), (150, 100, "Nội dung"), (330, 100, "Cơ quan chủ trì"),
        (150, 140, "Trồng cây ven đường"), (330, 140, "Phòng Kinh tế"),
        (150, 180, "Chăm sóc cây xanh"), (330, 180, "Các thôn"),
    )  # fmt: skip
    image = draw(cells, 300)
    pen = ImageDraw.Draw(image)
    scale = 300 / 72
    for y in (92, 132, 172, 212):
        pen.line((90 * scale, y * scale, 500 * scale, y * scale), fill="black", width=4)
    for x in (90, 140, 320, 500):
        pen.line((x * scale, 92 * scale, x * scale, 212 * scale), fill="black", width=4)
    scan = read(image.rotate(1.6, Image.Resampling.BICUBIC, fillcolor="white"))
    (table,) = scan.composed.tables
    texts = [[" ".join(scan.composed.text[a:b] for a, b in cell.spans) for cell in row] for row in table.rows]
    assert [row[1:] for row in texts] == [
        ["Nội dung", "Cơ quan chủ trì"],
        ["Trồng cây ven đường", "Phòng Kinh tế"],
        ["Chăm sóc cây xanh", "Các thôn"],
    ]
