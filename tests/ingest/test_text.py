from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest
from ingest.text import lines_of, pages_of_text
from schemas.text import Document

TEXT = "Ủy ban nhân dân xã Sông Mây báo cáo kết quả thực hiện nhiệm vụ năm 2026.\nKính đề nghị xem xét./.\n"
LETTER = """\
ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  XÃ SÔNG MÂY                  Độc lập - Tự do - Hạnh phúc

Số: 27/KH-UBND             Sông Mây, ngày 04 tháng 3 năm 2026

                     KẾ HOẠCH
Thực hiện chương trình  của tỉnh, xã ban hành kế hoạch.

Nơi nhận:                       TM. ỦY BAN NHÂN DÂN
- Đảng ủy xã;                        CHỦ TỊCH
- Lưu: VT.

                                  Trần Văn Bình
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    document = ingest.read(path, "a.txt")
    assert document.pages[0].text == TEXT
    assert (document.pages[0].source.text_from, document.pages[0].source.quality) == ("text-file", "good")


def test_windows_1258(tmp_path: Path) -> None:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    decomposed = "".join(
        unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", char) if c not in tones))
        + "".join(c for c in unicodedata.normalize("NFD", char) if c in tones)
        for char in TEXT
    )
    path = tmp_path / "a.txt"
    path.write_bytes(decomposed.encode("cp1258"))
    assert ingest.read(path, "a.txt").pages[0].text == TEXT


def test_decomposed_text_becomes_nfc() -> None:
    assert pages_of_text(unicodedata.normalize("NFD", TEXT).encode())[0].text == TEXT


def test_form_feeds_part_pages_and_the_last_one_opens_none() -> None:
    pages = pages_of_text(f"{TEXT}\f{TEXT}\f".encode())
    assert [page.number for page in pages] == [1, 2]
    assert all(page.text == TEXT and not page.words for page in pages)


def test_an_empty_text_is_one_page_of_nothing() -> None:
    (page,) = pages_of_text(b"\n \n")
    assert (page.lines, page.source.quality) == ((), "none")


def test_a_short_page_is_judged_by_its_document() -> None:
    pages = pages_of_text(f"{TEXT * 3}\fTM. UBND\n".encode())
    assert [page.source.quality for page in pages] == ["good", "good"]


def test_letterhead_and_end_are_two_columns() -> None:
    lines = [(line.column, LETTER[line.span.start : line.span.end]) for line in lines_of(LETTER)]
    assert lines == [
        (1, "ỦY BAN NHÂN DÂN"),
        (1, "XÃ SÔNG MÂY"),
        (2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (2, "Độc lập - Tự do - Hạnh phúc"),
        (1, "Số: 27/KH-UBND"),
        (2, "Sông Mây, ngày 04 tháng 3 năm 2026"),
        (0, "KẾ HOẠCH"),
        (0, "Thực hiện chương trình  của tỉnh, xã ban hành kế hoạch."),
        (1, "Nơi nhận:"),
        (1, "- Đảng ủy xã;"),
        (1, "- Lưu: VT."),
        (2, "TM. ỦY BAN NHÂN DÂN"),
        (2, "CHỦ TỊCH"),
        (2, "Trần Văn Bình"),
    ]


def test_columns_of_tabs_are_columns_too() -> None:
    text = "UBND XÃ SÔNG MÂY\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 2/BC-UBND\tSông Mây, ngày 2 tháng 3 năm 2026\n"
    assert [line.column for line in lines_of(text)] == [1, 2, 1, 2]


def test_a_table_in_the_middle_of_the_text_stays_whole() -> None:
    text = "Mở đầu\n" * 20 + "Trồng cây      Phòng Kinh tế\nĐọc sách       Trường học\n" + "Kết thúc\n" * 50
    assert {line.column for line in lines_of(text)} == {0}


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "Cc")), max_size=300))
def test_laws_hold_for_any_text(laws: Callable[[Document], None], text: str) -> None:
    laws(Document("x.txt", "0", "text/plain", pages_of_text(text.encode())))


@given(st.binary(max_size=400))
def test_laws_hold_for_any_bytes(laws: Callable[[Document], None], data: bytes) -> None:
    laws(Document("x.txt", "0", "text/plain", pages_of_text(data)))


@given(st.lists(st.sampled_from([*LETTER.splitlines(), "", "   ", "\tx\ty", "a    b    c"]), max_size=25))
def test_every_line_is_read_once(rows: list[str]) -> None:
    text = "\n".join(rows)
    lines = lines_of(text)
    seen = sorted("".join(text[a:b].split()) for (a, b), _, _ in lines)
    assert "".join(sorted("".join(seen))) == "".join(sorted("".join(text.split())))
