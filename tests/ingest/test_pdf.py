from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import ingest
from schemas.text import Document

MakePdf = Callable[..., Path]
GARBLED = ((90.0, 100.0, "Uy ban nhan dan x4 Séng May ban hanh Ké hoach trong cay xanh trén dia ban x& nam 2026"),)
SIGNED = (
    (300.0, 10.0, "Ký bởi: Ủy ban nhân dân xã"),
    (300.0, 22.0, "Sông Mây"),
    (300.0, 34.0, "Thời gian ký: 04/03/2026 08:41:42"),
)


class NoEngine:
    def read(self, image: Image.Image, name: str, dpi: int) -> ingest.ocr.OcrPage:
        raise AssertionError(f"{name} was handed to the OCR")


def test_a_born_digital_page_is_read_in_order_and_never_recognised(
    tmp_path: Path, make_pdf: MakePdf, plan: Sequence[object], columns: Callable[[Document], object]
) -> None:
    document = ingest.read(make_pdf(tmp_path / "a.pdf", [plan]), "a.pdf", engine=NoEngine())
    assert document.pages[0].source.text_from == "text-layer"
    assert document.pages[0].source.quality == "good"
    assert columns(document) == [
        (1, "ỦY BAN NHÂN DÂN"),
        (1, "XÃ SÔNG MÂY"),
        (2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (2, "Độc lập - Tự do - Hạnh phúc"),
        (1, "Số: 27/KH-UBND"),
        (2, "Sông Mây, ngày 04 tháng 3 năm 2026"),
        (0, "KẾ HOẠCH"),
        (0, "Trồng cây xanh trên địa bàn xã năm 2026"),
        (0, "Thực hiện Kế hoạch số 15/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân"),
        (0, "tỉnh, Ủy ban nhân dân xã Sông Mây ban hành kế hoạch trồng cây xanh như sau:"),
        (0, "I. MỤC TIÊU"),
        (0, "Trồng mới 1.200 cây xanh; ít nhất 90% số cây sống sau một năm."),
        (1, "Nơi nhận:"),
        (1, "- Đảng ủy xã;"),
        (1, "- Các thôn;"),
        (1, "- Lưu: VT."),
        (2, "TM. ỦY BAN NHÂN DÂN"),
        (2, "CHỦ TỊCH"),
        (2, "Trần Văn Bình"),
    ]


def test_boxes_are_points_from_the_top_left(
    tmp_path: Path, make_pdf: MakePdf, laws: Callable[[Document], None]
) -> None:
    document = ingest.read(make_pdf(tmp_path / "a.pdf", [[(100, 200, "Kế hoạch")]]), "a.pdf")
    laws(document)
    x0, top, x1, bottom = document.pages[0].words[0].box
    assert x0 == pytest.approx(100, abs=1)
    assert x1 == pytest.approx(100 + 2 * 5.5, abs=2)
    assert top < 211 < bottom
    assert bottom - top < 25


@pytest.mark.parametrize(
    ("rotate", "size", "near"),
    [
        (0, (595, 842), (100, 211)),
        (90, (842, 595), (631, 100)),
        (180, (595, 842), (495, 631)),
        (270, (842, 595), (211, 495)),
    ],
)
def test_boxes_follow_the_page_as_a_viewer_turns_it(
    rotate: int, size: tuple[float, float], near: tuple[float, float], tmp_path: Path, make_pdf: MakePdf
) -> None:
    path = make_pdf(tmp_path / "a.pdf", [[(100, 200, "Kế")]], rotate=rotate)
    page = ingest.read(path, "a.pdf", ocr="never").pages[0]
    assert (page.width, page.height) == size
    x0, top, x1, bottom = page.words[0].box
    assert x0 - 6 <= near[0] <= x1 + 6
    assert top - 6 <= near[1] <= bottom + 6


def test_a_picture_without_a_layer_is_recognised_once(
    tmp_path: Path, make_pdf: MakePdf, ink: Image.Image, plan: Sequence[object], fake_engine: type
) -> None:
    engine = fake_engine(plan)
    document = ingest.read(make_pdf(tmp_path / "a.pdf", [[]], picture=ink), "a.pdf", engine=engine)
    assert engine.asked == [(f"{document.sha256[:16]}-p1", "L", 300)]
    page = document.pages[0]
    assert (page.source.text_from, page.source.quality, page.source.confidence) == ("ocr", "none", 0.95)
    assert page.text.startswith("ỦY BAN NHÂN DÂN\nXÃ SÔNG MÂY\n\nCỘNG HÒA")
    first = page.words[0]
    assert first.box == pytest.approx((90, 70, 100, 81), abs=0.5)


@pytest.mark.parametrize(
    ("layer", "quality"),
    [(GARBLED, "garbled"), (SIGNED, "none"), ((), "none")],
    ids=["garbled", "signature", "nothing"],
)
def test_a_useless_layer_over_a_picture_is_recognised(
    layer: Sequence[object],
    quality: str,
    tmp_path: Path,
    make_pdf: MakePdf,
    ink: Image.Image,
    plan: object,
    fake_engine: type,
) -> None:
    path = make_pdf(tmp_path / "a.pdf", [layer], picture=ink)
    page = ingest.read(path, "a.pdf", engine=fake_engine(plan)).pages[0]
    assert (page.source.text_from, page.source.quality) == ("ocr", quality)
    assert ingest.survey(path, "a.pdf").pages[0].would_ocr


def test_without_ocr_a_garbled_layer_is_kept_for_repair(tmp_path: Path, make_pdf: MakePdf, ink: Image.Image) -> None:
    path = make_pdf(tmp_path / "a.pdf", [GARBLED, SIGNED, []], picture=ink)
    garbled, signed, nothing = ingest.read(path, "a.pdf", ocr="never", engine=NoEngine()).pages
    assert (garbled.source.text_from, garbled.source.quality) == ("repaired-text-layer", "garbled")
    assert garbled.text == GARBLED[0][2]
    for page in (signed, nothing):
        assert (page.text, page.source.text_from) == ("", "none")
        assert page.source.note == "the page is a picture and OCR is off"


def test_a_good_layer_over_a_picture_is_trusted_unless_ocr_is_always(
    tmp_path: Path, make_pdf: MakePdf, ink: Image.Image, plan: Sequence[object], fake_engine: type
) -> None:
    path = make_pdf(tmp_path / "a.pdf", [plan], picture=ink)
    assert ingest.read(path, "a.pdf", engine=NoEngine()).pages[0].source.text_from == "text-layer"
    engine = fake_engine(plan)
    assert ingest.read(path, "a.pdf", ocr="always", engine=engine).pages[0].source.text_from == "ocr"
    assert len(engine.asked) == 1


def test_a_garbled_layer_without_a_picture_is_not_recognised(tmp_path: Path, make_pdf: MakePdf) -> None:
    page = ingest.read(make_pdf(tmp_path / "a.pdf", [GARBLED]), "a.pdf", engine=NoEngine()).pages[0]
    assert page.source.text_from == "repaired-text-layer"


def test_a_blank_page_is_not_handed_to_the_engine(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "a.pdf", [[]], picture=Image.new("RGB", (600, 800), "white"))
    page = ingest.read(path, "a.pdf", engine=NoEngine()).pages[0]
    assert (page.text, page.source.note) == ("", "blank page")


def test_a_ruled_table_is_read_row_by_row_and_cell_by_cell(
    tmp_path: Path, make_pdf: MakePdf, laws: Callable[[Document], None]
) -> None:
    rules = " ".join(
        [f"60 {y} m 540 {y} l S" for y in (500, 540, 580, 600)]
        + [f"{x} 500 m {x} 600 l S" for x in (60, 260, 400, 540)]
    )
    pieces = [
        (60, 100, "Phụ lục phân công nhiệm vụ trồng cây xanh trên địa bàn xã"),
        (70, 245, "Nội dung"), (270, 245, "Chủ trì"), (410, 245, "Phối hợp"),
        (70, 266, "Trồng cây ven"), (270, 266, "Phòng Kinh tế"), (410, 266, "Các thôn;"),
        (70, 280, "đường làng"), (410, 280, "trường học"),
        (70, 306, "Chăm sóc cây"), (270, 306, "Hội Nông dân"),
        (60, 400, "Sau bảng là phần kết thúc của phụ lục này."),
    ]  # fmt: skip
    document = ingest.read(make_pdf(tmp_path / "a.pdf", [pieces], drawing=rules), "a.pdf")
    laws(document)
    page = document.pages[0]
    cells = [[[page.text[a:b] for a, b in cell.spans] for cell in row] for row in page.tables[0].rows]
    assert cells == [
        [["Nội dung"], ["Chủ trì"], ["Phối hợp"]],
        [["Trồng cây ven", "đường làng"], ["Phòng Kinh tế"], ["Các thôn;", "trường học"]],
        [["Chăm sóc cây"], ["Hội Nông dân"], []],
    ]
    order = [page.text[a:b] for (a, b), _, _ in page.lines]
    assert order[0].startswith("Phụ lục")
    assert order[4:9] == ["Trồng cây ven", "đường làng", "Phòng Kinh tế", "Các thôn;", "trường học"]
    assert order[-1].startswith("Sau bảng")


def test_a_highlight_is_no_table(tmp_path: Path, make_pdf: MakePdf, plan: Sequence[object]) -> None:
    boxes = " ".join(f"1 1 1 rg {x} {y} 200 14 re f" for x in (80, 290) for y in (560, 580, 600, 620))
    page = ingest.read(make_pdf(tmp_path / "a.pdf", [plan], drawing=boxes + " 0 g"), "a.pdf").pages[0]
    assert page.tables == ()


def test_boxes_count_from_the_visible_corner_of_a_cropped_page(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "whole.pdf", [[(100, 200, "Kế hoạch")]])
    with pikepdf.open(path) as pdf:
        pdf.pages[0].obj.CropBox = [50, 42, 595, 742]
        pdf.save(tmp_path / "cropped.pdf")
    page = ingest.read(tmp_path / "cropped.pdf", "a.pdf").pages[0]
    assert (page.width, page.height) == (545, 700)
    assert page.words[0].box[0] == pytest.approx(50, abs=1)
    assert page.words[0].box[1] < 111 < page.words[0].box[3]


def test_lines_of_a_sloping_layer_are_kept_apart(tmp_path: Path, make_pdf: MakePdf) -> None:
    lines = ("- Thường trực Đảng ủy xã;", "- Các phòng, đơn vị thuộc xã;", "- Trưởng các thôn, bản trong toàn xã;")
    pieces = []
    for number, line in enumerate(lines):
        x = 90.0
        for word in line.split():
            pieces.append((x, 300 + 9.5 * number + 0.025 * x, word))
            x += 5.5 * len(word) + 4
    page = ingest.read(make_pdf(tmp_path / "a.pdf", [pieces]), "a.pdf").pages[0]
    assert page.text.split("\n") == list(lines)


@pytest.mark.parametrize("size", [(1, 1), (14_000, 14_000)])
def test_pages_of_absurd_size_are_rendered_within_limits(
    size: tuple[int, int], tmp_path: Path, make_pdf: MakePdf, ink: Image.Image, plan: object, fake_engine: type
) -> None:
    path = make_pdf(tmp_path / "a.pdf", [[]], picture=ink, size=size)
    assert ingest.read(path, "a.pdf", engine=fake_engine(plan)).pages[0].width == size[0]


def test_a_black_page_is_no_failure(tmp_path: Path, make_pdf: MakePdf, fake_engine: type) -> None:
    path = make_pdf(tmp_path / "a.pdf", [[]], picture=Image.new("RGB", (600, 800), "black"))
    assert ingest.read(path, "a.pdf", engine=fake_engine(())).pages[0].text == ""


def test_a_survey_tells_each_page_without_reading_it(
    tmp_path: Path, make_pdf: MakePdf, ink: Image.Image, plan: Sequence[object]
) -> None:
    found = ingest.survey(make_pdf(tmp_path / "a.pdf", [plan, []], picture=ink), "in/a.pdf")
    assert (found.file, found.media_type) == ("in/a.pdf", "application/pdf")
    assert [(page.text_from, page.would_ocr) for page in found.pages] == [("text-layer", False), ("ocr", True)]
