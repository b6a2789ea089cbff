"""What a second reader of the picture saw: it decides between readings, offers new ones, and never changes a number."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

import pytest

from diacritics import Model, doubtful, repair
from schemas.text import Document, Page, Ranked, RepairedPage, Span, Word


@pytest.fixture
def reread(model: Model, page: Callable[..., Page]) -> Callable[..., RepairedPage]:
    def made(text: str, again: dict[str, Ranked], confidence: float = 0.9) -> RepairedPage:
        words = tuple(
            Word(Span(*match.span()), (0, 0, 0, 0), confidence, again.get(match.group(), ((match.group(), -0.01),)))
            for match in re.finditer(r"\S+", text)
        )
        read = dataclasses.replace(page(text, text_from="ocr"), words=words)
        return repair(Document("", "", "", (read,)), model).pages[0]

    return made


@pytest.mark.parametrize(
    ("read", "word", "again", "expected"),
    [
        ("tìm người mắt tích trong mưa", "mắt", (("mất", -0.1), ("mắt", -3.0)), "tìm người mất tích trong mưa"),
        ("ban hành kế hoạch triển khai", "triển", (("triên", -0.1), ("triển", -0.9)), "ban hành kế hoạch triển khai"),
        ("lhương trực Tỉnh ủy", "lhương", (("Thường", -0.1),), "Thường trực Tỉnh ủy"),
        ("Công văn số 21/UBNĐ-VP", "21/UBNĐ-VP", (("21/UBND-VP", -0.1),), "Công văn số 21/UBND-VP"),
        ("UBND tỉnh (b/€);", "(b/€);", (("(b/c);", -0.1),), "UBND tỉnh (b/c);"),
        ("họ và tên K'Brôih sinh năm", "K'Brôih", (("KBrôih", -0.9), ("K'Brôih", -1.0)), "họ và tên K'Brôih sinh năm"),
        ("II. NHIỆM VỤ VÀ GIẢI PHÁP", "II.", (("III.", -0.2),), "III. NHIỆM VỤ VÀ GIẢI PHÁP"),
        ("HI. NHIỆM VỤ VÀ GIẢI PHÁP", "HI.", (("HHI.", -0.8),), "III. NHIỆM VỤ VÀ GIẢI PHÁP"),
        ("xong trong Quý H/2026", "H/2026", (("I/2026", -0.1), ("II/2026", -3.0)), "xong trong Quý II/2026"),
        ("ø) Thực hiện nhiệm vụ khác", "ø)", (("g)", -0.0),), "g) Thực hiện nhiệm vụ khác"),
        ("I. NHIỆM VỤ VÀ GIẢI PHÁP", "I.", (("1.", -0.1),), "I. NHIỆM VỤ VÀ GIẢI PHÁP"),
        ("quy định tại khoản I Điều này", "I", (("1", -0.0),), "quy định tại khoản 1 Điều này"),
        ("có hiệu lực từ năm 202]; Thông tư", "202];", (("2021;", -0.2),), "có hiệu lực từ năm 2021; Thông tư"),
        ("ngày l6 tháng 4 năm 2021", "l6", (("16", -0.0),), "ngày 16 tháng 4 năm 2021"),
        ("tỷ lệ.nợ xấu không quá 3%", "lệ.nợ", (("lệ nợ", -0.05),), "tỷ lệ nợ xấu không quá 3%"),
        ("cà phê già cỗi,lập danh sách", "cỗi,lập", (("cỗi, lập", -0.0),), "cà phê già cỗi, lập danh sách"),
        ("sửa đổi, bổ Sung ngành nghề", "Sung", (("sung", -0.0),), "sửa đổi, bổ sung ngành nghề"),
    ],
)  # fmt: skip
def test_a_second_reader_is_weighed(
    reread: Callable[..., RepairedPage], read: str, word: str, again: Ranked, expected: str
) -> None:
    assert reread(read, {word: again}).text == expected


@pytest.mark.parametrize("number", ["218", "25%", "12/2025", "1.716"])
@pytest.mark.parametrize(
    ("confidence", "log", "changed"), [(0.96, -0.01, False), (0.75, -0.01, True), (0.75, -0.9, False)]
)
def test_other_digits_are_a_doubt_and_believed_where_the_first_reader_was_unsure(
    reread: Callable[..., RepairedPage], number: str, confidence: float, log: float, changed: bool
) -> None:
    text = f"giao chỉ tiêu là {number} trường hợp"
    at = Span(text.index(number), text.index(number) + len(number))
    assert reread(text, {}).posterior(at) == 1.0
    other = "7" + number[1:]
    done = reread(text, {number: ((other, log),)}, confidence)
    assert done.text == (text.replace(number, other) if changed else text)
    assert done.posterior(at) is not None
    assert (done.posterior(at) or 0) < 0.99


def test_agreement_makes_a_rare_word_stay(reread: Callable[..., RepairedPage]) -> None:
    text = "xã Tu Mơ Rông huyện Đăk Hà"
    assert reread(text, {}).text == text


def test_words_that_were_run_together_are_parted(reread: Callable[..., RepairedPage]) -> None:
    assert reread("giao tráchnhiệm cho xã", {"tráchnhiệm": (("trách nhiệm", -0.1),)}).text == "giao trách nhiệm cho xã"


def test_doubtful_words(model: Model) -> None:
    lines = [["Ủy", "ban", "nhân", "dân", "tỉnh"], ["phát", "triên", "kinh", "tế"]]
    assert doubtful(lines, model) == [[False] * 5, [False, True, False, False]]
