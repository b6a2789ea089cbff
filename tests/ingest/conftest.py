"""Files of every kind, made by the tests: PDFs with Vietnamese text layers (no font files needed) and page pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.ocr import OcrPage, OcrWord
from schemas.text import Document

Piece = tuple[float, float, str]
"""x and top of a line in points, and its text."""

PLAN: tuple[Piece, ...] = (
    (90, 70, "ỦY BAN NHÂN DÂN"),
    (300, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (105, 86, "XÃ SÔNG MÂY"),
    (340, 86, "Độc lập - Tự do - Hạnh phúc"),
    (110, 118, "Số: 27/KH-UBND"),
    (330, 118, "Sông Mây, ngày 04 tháng 3 năm 2026"),
    (265, 160, "KẾ HOẠCH"),
    (170, 178, "Trồng cây xanh trên địa bàn xã năm 2026"),
    (120, 215, "Thực hiện Kế hoạch số 15/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân"),
    (90, 232, "tỉnh, Ủy ban nhân dân xã Sông Mây ban hành kế hoạch trồng cây xanh như sau:"),
    (120, 249, "I. MỤC TIÊU"),
    (120, 266, "Trồng mới 1.200 cây xanh; ít nhất 90% số cây sống sau một năm."),
    (90, 330, "Nơi nhận:"),
    (350, 330, "TM. ỦY BAN NHÂN DÂN"),
    (90, 346, "- Đảng ủy xã;"),
    (380, 346, "CHỦ TỊCH"),
    (90, 362, "- Các thôn;"),
    (90, 378, "- Lưu: VT."),
    (365, 430, "Trần Văn Bình"),
)
"""A commune's plan on one page, by Nghị định 30/2020/NĐ-CP."""

FONTS = tuple(
    Path(folder) / name
    for folder in ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/liberation-serif", "/Library/Fonts")
    for name in ("LiberationSerif-Regular.ttf", "Times New Roman.ttf")
)


def _cmap() -> bytes:
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )


def _font(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    """A font without a file: codes are UTF-16 code units, half an em wide."""
    base = pikepdf.Name(f"/{name}")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=base, Flags=4, FontBBox=[0, -200, 1000, 900], ItalicAngle=0,
        Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    cid = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=base, DW=500,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=base, Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(cid)], ToUnicode=pdf.make_stream(_cmap()),
        )
    )  # fmt: skip


def write_pdf(
    path: Path,
    pages: Sequence[Sequence[Piece]],
    *,
    picture: Image.Image | None = None,
    drawing: str = "",
    rotate: int = 0,
    font: str = "Times",
    size: tuple[float, float] = (595, 842),
    **save: object,
) -> Path:
    """A PDF whose pages have text pieces, over a full-page picture if one is given."""
    pdf = pikepdf.new()
    for pieces in pages:
        content = [f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q" if picture else "", drawing, "BT /F 11 Tf"]
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_font(pdf, font)))
        for x, top, text in pieces:
            content.append(f"1 0 0 1 {x} {size[1] - top - 11} Tm <{text.encode('utf-16-be').hex()}> Tj")
        if picture:
            buffer = BytesIO()
            picture.convert("RGB").save(buffer, "JPEG", quality=80)
            image = pdf.make_stream(buffer.getvalue())
            image.update(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
                    ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
                )
            )  # fmt: skip
            resources.XObject = pikepdf.Dictionary(Im=image)
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=[0, 0, *size], Rotate=rotate, Resources=resources,
            Contents=pdf.make_stream("\n".join([*content, "ET"]).encode()),
        )  # fmt: skip
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path, **save)  # type: ignore[arg-type]
    return path


@pytest.fixture(scope="session")
def plan() -> tuple[Piece, ...]:
    return PLAN


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., Path]:
    return write_pdf


@pytest.fixture(scope="session")
def draw() -> Callable[..., Image.Image]:
    """Draws pieces as a page picture at ``dpi``; the test is skipped where no font with Vietnamese letters is there."""
    font = next((path for path in FONTS if path.exists()), None)

    def page(pieces: Sequence[Piece], dpi: int = 200, size: tuple[float, float] = (595, 842)) -> Image.Image:
        if font is None:
            pytest.skip("no font with Vietnamese letters is installed")
        scale = dpi / 72
        image = Image.new("RGB", (round(size[0] * scale), round(size[1] * scale)), "white")
        pen = ImageDraw.Draw(image)
        face = ImageFont.truetype(str(font), round(13 * scale))
        for x, top, text in pieces:
            pen.text((x * scale, top * scale), text, fill="black", font=face)
        return image

    return page


@pytest.fixture
def ink() -> Image.Image:
    """A page picture with something on it that is no text: enough to be handed to an engine."""
    image = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(image)
    for top in range(100, 600, 24):
        for left in range(80, 540, 14):
            pen.rectangle((left, top, left + 9, top + 10), fill="black")
    return image


class FakeEngine:
    """Reads the same words on every page, nothing on pieces of a page, and remembers what it was asked."""

    def __init__(self, pieces: Sequence[Piece], confidence: float = 0.95) -> None:
        self.pieces = pieces
        self.confidence = confidence
        self.asked: list[tuple[str, str, int]] = []

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        if "-g" in name:
            return OcrPage((), image.width, image.height)
        self.asked.append((name, image.mode, dpi))
        scale = dpi / 72
        words = []
        for number, (x, top, text) in enumerate(self.pieces):
            for word in text.split():
                box = (
                    round(x * scale),
                    round(top * scale),
                    round((x + 5 * len(word)) * scale),
                    round((top + 11) * scale),
                )
                words.append(OcrWord(word, box, self.confidence, (1, 1, number)))
                x += 5 * len(word) + 4
        return OcrPage(tuple(words), image.width, image.height)


@pytest.fixture
def fake_engine() -> type[FakeEngine]:
    return FakeEngine


def check_laws(document: Document) -> None:
    """What holds for every document: spans lie within the text, lines are disjoint and not blank, words in lines."""
    for number, page in enumerate(document.pages, 1):
        assert page.number == page.source.number == number
        spans = sorted(line.span for line in page.lines)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        for start, end in spans:
            assert 0 <= start < end <= len(page.text)
            assert page.text[start:end].strip() and "\n" not in page.text[start:end]
        for word in page.words:
            seen = page.text[word.span.start : word.span.end]
            assert seen and not any(map(str.isspace, seen))
            assert any(start <= word.span.start and word.span.end <= end for start, end in spans)
            assert word.box[0] <= word.box[2] and word.box[1] <= word.box[3]
        blocks = [line.block for line in page.lines]
        assert blocks == sorted(blocks)
        for table in page.tables:
            for row in table.rows:
                for cell in row:
                    assert all(span in spans for span in cell.spans)


@pytest.fixture(scope="session")
def laws() -> Callable[[Document], None]:
    return check_laws


@pytest.fixture(scope="session")
def columns() -> Callable[[Document], list[tuple[int, str]]]:
    """The lines of the first page in reading order, each with its column."""

    def of(document: Document) -> list[tuple[int, str]]:
        page = document.pages[0]
        return [(line.column, page.text[line.span.start : line.span.end]) for line in page.lines]

    return of
