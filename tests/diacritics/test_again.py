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
    def made(text: str, again: dict[str, Ranked]) -> RepairedPage:
        words = tuple(
            Word(Span(*match.span()), (0, 0, 0, 0), 0.9, again.get(match.group(), ((match.group(), -0.01),)))
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
    ],
)  # fmt: skip
def test_a_second_reader_is_weighed(
    reread: Callable[..., RepairedPage], read: str, word: str, again: Ranked, expected: str
) -> None:
    assert reread(read, {word: again}).text == expected


@pytest.mark.parametrize("number", ["218", "25%", "12/2025", "1.716"])
def test_other_digits_change_nothing_and_are_a_doubt(reread: Callable[..., RepairedPage], number: str) -> None:
    text = f"giao chỉ tiêu là {number} trường hợp"
    at = Span(text.index(number), text.index(number) + len(number))
    assert reread(text, {}).posterior(at) == 1.0
    done = reread(text, {number: (("7" + number[1:], -0.01),)})
    assert done.text == text
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
