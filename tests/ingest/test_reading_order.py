from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading_order import Composed, compose
from ingest.rows import Token
from schemas.record import PageSource
from schemas.text import Document, Page

Piece = tuple[float, float, str]


def tokens(pieces: Sequence[Piece], slope: float = 0.0, merged: bool = False) -> list[Token]:
    """Words 5.5 points a letter wide; ``merged``: pieces at the same height are one line to the engine."""
    heights = {top: i for i, top in enumerate(sorted({piece[1] for piece in pieces}))}
    found = []
    for number, (x, top, text) in enumerate(pieces):
        left = x
        for word in text.split():
            right = left + 5.5 * len(word)
            drop = math.tan(math.radians(slope)) * left
            line = heights[top] if merged else number
            found.append(Token(word, (left, top + drop, right, top + 12 + drop), None, line))
            left = right + 3.5
    return found


def read(composed: Composed) -> list[tuple[int, str]]:
    return [(line.column, composed.text[line.span.start : line.span.end]) for line in composed.lines]


PARTY = (
    (80.0, 60.0, "ĐẢNG BỘ TỈNH BÌNH SƠN"), (310.0, 60.0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
    (95.0, 76.0, "ĐẢNG ỦY XÃ SÔNG MÂY"),
    (140.0, 90.0, "*"), (330.0, 90.0, "Sông Mây, ngày 04 tháng 3 năm 2026"),
    (110.0, 104.0, "Số 12-KH/ĐU"),
    (270.0, 140.0, "KẾ HOẠCH"),
    (90.0, 170.0, "thực hiện nghị quyết của Tỉnh ủy về phát triển văn hóa đọc trong nhân dân toàn xã"),
)  # fmt: skip


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("slope", [0.0, 0.6, -0.6])
def test_a_plan_is_read_in_two_columns_at_both_ends(plan: Sequence[Piece], slope: float, merged: bool) -> None:
    seen = read(compose(tokens(plan, slope, merged)))
    assert [text for column, text in seen if column == 1] == [
        "ỦY BAN NHÂN DÂN", "XÃ SÔNG MÂY", "Số: 27/KH-UBND", "Nơi nhận:", "- Đảng ủy xã;", "- Các thôn;", "- Lưu: VT.",
    ]  # fmt: skip
    assert [text for column, text in seen if column == 2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sông Mây, ngày 04 tháng 3 năm 2026",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bình",
    ]  # fmt: skip
    assert [text for _, text in seen][6:8] == ["KẾ HOẠCH", "Trồng cây xanh trên địa bàn xã năm 2026"]


def test_a_party_letterhead() -> None:
    assert read(compose(tokens(PARTY))) == [
        (1, "ĐẢNG BỘ TỈNH BÌNH SƠN"),
        (1, "ĐẢNG ỦY XÃ SÔNG MÂY"),
        (2, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (1, "*"),
        (1, "Số 12-KH/ĐU"),
        (2, "Sông Mây, ngày 04 tháng 3 năm 2026"),
        (0, "KẾ HOẠCH"),
        (0, PARTY[-1][2]),
    ]


def test_a_narrow_gap_before_the_motto_is_enough() -> None:
    pieces = [
        (60.0, 60.0, "ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN"),
        (240.0, 60.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (100.0, 76.0, "SỞ XÂY DỰNG"),
        (290.0, 76.0, "Độc lập - Tự do - Hạnh phúc"),
        (110.0, 100.0, "Số: 5/SXD-VP"),
        (260.0, 100.0, "Bình Sơn, ngày 04 tháng 3 năm 2026"),
        (60.0, 140.0, "Thực hiện công văn của Ủy ban nhân dân tỉnh về việc rà soát nhà ở trên địa bàn toàn tỉnh."),
    ]
    seen = read(compose(tokens(pieces, merged=True)))
    assert seen[0] == (1, "ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN")
    assert seen[2] == (2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def test_a_garbled_letterhead() -> None:
    pieces = [
        (90.0, 60.0, "UY BAN NHAN DAN"),
        (300.0, 60.0, "CONG HOA XA HOI CHU NGHiA VIET NAM"),
        (105.0, 76.0, "XA SONG MAY"),
        (340.0, 76.0, "Doc lap - Ty do - Hanh phic"),
        (110.0, 100.0, "$6: 87/KH-UBND"),
        (330.0, 100.0, "Séng May, ngdy 14 thang 10 nam 2025"),
        (270.0, 140.0, "KE HOACH"),
    ]
    assert [column for column, _ in read(compose(tokens(pieces)))] == [1, 1, 2, 2, 1, 2, 0]


def test_body_text_with_wide_blanks_is_not_split() -> None:
    pieces = [
        (90.0, 100.0 + 17 * i, text)
        for i, text in enumerate(
            ("Các thôn tổ chức trồng", "chăm sóc và bảo vệ", "cây xanh ven đường", "thôn xóm sạch đẹp") * 4
        )
    ]
    pieces += [(330.0, top, "và các tuyến đường liên xã") for _, top, _ in pieces]
    seen = read(compose(tokens(pieces, merged=True)))
    assert {column for column, _ in seen} == {0}
    assert len(seen) == 16
    assert seen[0][1] == "Các thôn tổ chức trồng và các tuyến đường liên xã"


def test_paragraphs_are_blocks() -> None:
    pieces = [
        (90.0, top, "Các thôn tổ chức trồng cây xanh ven đường làng ngõ xóm") for top in (100, 116, 132, 170, 186)
    ]
    composed = compose(tokens(pieces))
    assert [line.block for line in composed.lines] == [0, 0, 0, 1, 1]
    assert composed.text.count("\n\n") == 1


BOX = st.tuples(st.floats(0, 560), st.floats(0, 800), st.floats(0.5, 90), st.floats(0.5, 40))
WORD = st.sampled_from(
    ["Nơi", "nhận:", "CỘNG", "HÒA", "TM.", "Số:", "5/KH-UBND", "-", "|", "ngày", "tháng", "năm", "x"]
)


@given(st.lists(st.tuples(WORD, BOX, st.integers(0, 9)), max_size=40))
def test_laws_hold_wherever_words_stand(
    laws: Callable[[Document], None], words: list[tuple[str, tuple[float, float, float, float], int]]
) -> None:
    made = [Token(text, (x, y, x + w, y + h), 0.5, line) for text, (x, y, w, h), line in words]
    composed = compose(made)
    source = PageSource(number=1, text_from="ocr", quality="none")
    page = Page(1, composed.text, source, 595, 842, composed.words, composed.lines, composed.tables)
    laws(Document("x", "0", "application/pdf", (page,)))
    assert sorted(composed.text.split()) == sorted(token.text for token in made)
