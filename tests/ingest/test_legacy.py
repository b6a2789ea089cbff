from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

import ingest
from ingest.legacy import convert, font_encoding
from ingest.trust import judge

DOCUMENT = """\
ỦY BAN NHÂN DÂN
XÃ SÔNG MÂY
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 27/KH-UBND
Sông Mây, ngày 04 tháng 3 năm 2026
KẾ HOẠCH
Nâng cao chất lượng đọc sách, học tập suốt đời trên địa bàn xã năm 2026
Căn cứ Luật số 46/2019/QH14; thực hiện Quyết định số 112/QĐ-UBND ngày 20/01/2026 của Ủy ban nhân dân tỉnh,
Ủy ban nhân dân xã ban hành kế hoạch với những nội dung sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Khơi dậy thói quen đọc sách ở mọi lứa tuổi. Ở mỗi thôn có ít nhất một tủ sách dùng chung.
2. Bảo đảm thiết thực, tiết kiệm; tránh hình thức, phô trương.
II. NHIỆM VỤ VÀ GIẢI PHÁP
- Ở các trường tiểu học: tổ chức giờ đọc sách vào sáng thứ Hai hằng tuần, khuyến khích học sinh viết cảm nghĩ.
- Xây dựng kho sách điện tử (e-book), kết nối với thư viện tỉnh; đẩy mạnh chuyển đổi số.
+ Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Đoàn Thanh niên tổ chức Ngày hội sách.
III. TỔ CHỨC THỰC HIỆN
Các thôn, các trường học triển khai nghiêm túc kế hoạch này, kịp thời phản ánh khó khăn, vướng mắc./.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Thị Ánh Tuyết
"""


def encode(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Unicode to a legacy font's letters; a capital that the font lacks is written small, as typists did."""
    inverse = {letter: code for code, letter in pairs}
    return "".join(inverse.get(char, inverse.get(char.lower(), char)) for char in text)


def right(got: str, want: str) -> float:
    pairs = list(zip(got.split(), want.split(), strict=True))
    return sum(a == b for a, b in pairs) / len(pairs)


@pytest.mark.parametrize(("encoding", "pairs"), [("tcvn3", TCVN3.pairs), ("vni", VNI.pairs)])
def test_a_document_comes_back_with_its_capitals(encoding: str, pairs: tuple[tuple[str, str], ...]) -> None:
    legacy = encode(DOCUMENT, pairs)
    assert legacy != DOCUMENT
    was = judge(legacy)
    assert (was.quality, was.encoding) == ("legacy", encoding)
    got = convert(legacy, was.encoding)  # type: ignore[arg-type]
    assert right(got, DOCUMENT) >= 0.99
    assert len(got) == len(DOCUMENT)


@pytest.mark.parametrize(("encoding", "pairs"), [("tcvn3", TCVN3.pairs), ("vni", VNI.pairs)])
@pytest.mark.parametrize("codec", ["utf-8", "latin-1"])
def test_a_legacy_text_file_is_converted(
    encoding: str, pairs: tuple[tuple[str, str], ...], codec: str, tmp_path: Path
) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(f"{encode(DOCUMENT, pairs)}\f{encode(DOCUMENT, pairs)}".encode(codec))
    pages = ingest.read(path, "old.txt").pages
    assert [page.source.text_from for page in pages] == ["converted-text-layer"] * 2
    assert {page.source.quality for page in pages} == {"legacy"}
    assert right(pages[1].text, DOCUMENT) >= 0.99
    assert pages[0].source.note == f"converted from {encoding.upper()}"


@pytest.mark.parametrize(
    ("legacy", "text"),
    [
        ("KÕ ho¹ch sè 5", "Kế hoạch số 5"),
        ("n\u2212íc ta", "nước ta"),
        ("Trung\n\u2212¬ng", "Trung\nương"),
        ("n-íc nh-", "nước như"),
        ("kinh-tÕ, Q§-TTg, 2\u22123", "kinh-tế, QĐ-TTg, 2\u22123"),
        ("x\u2219 h\u2219y", "xã hãy"),
        ("§Ò ¸N \f  hai  chç trèng", "ĐỀ ÁN \f  hai  chỗ trống"),
        ("UBND x\u2219, H§ND", "UBND xã, HĐND"),
        ("uû ban, ñy ban nh©n d©n", "uỷ ban, Ủy ban nhân dân"),
    ],
)
def test_tcvn3_letter_by_letter(legacy: str, text: str) -> None:
    assert convert(legacy, "tcvn3") == text


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        ("ABCDEF+VnTimeHBold", "tcvn3", True),
        (".VnArial,Bold", "tcvn3", False),
        (".VnArialH-BoldItalic", "tcvn3", True),
        ("VNI-Times", "vni", False),
        ("TimesNewRomanPSMT", None, False),
    ],
)
def test_what_a_fonts_name_tells(font: str, encoding: str | None, capitals: bool) -> None:
    assert font_encoding(font) == (encoding, capitals)


@pytest.mark.parametrize(("font", "title"), [("VnTimeH", "MỤC ĐÍCH, YÊU CẦU"), ("VnTime", "Mục đích, yêu cầu")])
def test_a_pdf_in_a_legacy_font(tmp_path: Path, make_pdf: Callable[..., Path], font: str, title: str) -> None:
    lines = [encode(line, TCVN3.pairs) for line in ("Mục đích, yêu cầu", *DOCUMENT.splitlines()[9:14])]
    path = make_pdf(tmp_path / "old.pdf", [[(60, 60 + 18 * i, line) for i, line in enumerate(lines)]], font=font)
    (page,) = ingest.read(path, "old.pdf", ocr="never").pages
    assert page.source.text_from == "converted-text-layer"
    assert page.text.splitlines()[0] == title
    assert [page.text[a:b] for (a, b), *_ in page.words] == page.text.split()
