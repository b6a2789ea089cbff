from __future__ import annotations

import random

import pytest
from PIL import Image, ImageDraw

from bench import pen
from ingest.handwriting import handwritten, stretches
from ingest.ocr import OcrWord
from samples.sheet import Word, font

DPI = 300 / 72
BASE, SIZE = 100.0, 13.5


def line(*words: tuple[str, float, float]) -> list[OcrWord]:
    """Words of one line: text, left and right end in points."""
    high = (round((BASE - 0.68 * SIZE) * DPI), round(BASE * DPI))
    return [OcrWord(t, (round(a * DPI), high[0], round(b * DPI), high[1]), 0.95, (1, 1, 1)) for t, a, b in words]


def drawn(texts: dict[float, str], by_hand: tuple[float, str] | None, ink: pen.Ink = pen.BLACK) -> Image.Image:
    """A page with print on one line, and with a number by hand."""
    picture = Image.new("RGB", (2480, 3508), "white")
    for left, text in texts.items():
        at = (left * DPI, BASE * DPI)
        ImageDraw.Draw(picture).text(at, text, (28, 28, 32), font("Italic", SIZE * DPI), anchor="ls")
    if by_hand:
        rng = random.Random("test")
        word = Word(by_hand[0] - 3, BASE, by_hand[1], "Italic", SIZE, "hand")
        pen.write(picture, word, pen.hand(rng, ink), DPI, rng)
    return picture


DATE = {300.0: "Tịnh Khê, ngày", 412.0: "tháng 04 năm 2026"}
WORDS = (("Khê,", 330.0, 352.0), ("ngày", 355.0, 382.0), ("17", 388.0, 403.0), ("tháng", 412.0, 442.0))
REST = (("04", 445.0, 458.5), ("năm", 462.0, 485.0), ("2026", 488.0, 515.0))


@pytest.mark.parametrize(
    ("printed", "by_hand", "found"),
    [(DATE, (388.0, "17"), ["17"]), (DATE | {388.0: "17"}, None, [])],
    ids=["by hand", "printed"],
)
def test_a_day_by_hand_is_marked(
    printed: dict[float, str], by_hand: tuple[float, str] | None, found: list[str]
) -> None:
    picture = drawn(printed, by_hand)
    marks = handwritten(picture.convert("L"), line(*WORDS, *REST), lambda box: picture.crop(tuple(map(round, box))))  # type: ignore[arg-type]
    assert [mark.text for mark in marks] == found
    assert all(mark.kind == "handwriting" and 380 < mark.box[0] / DPI < 405 for mark in marks)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Số: 45 /KH-UBND", ["45"]),
        ("Số:45/KH-UBND", ["45"]),
        ("Sô 12-KH/ĐU", ["12"]),
        ("Tịnh Khê, ngày 17 tháng 4 năm 2026", ["17", "4"]),
        ("Tịnh Khê, ngày{7 tháng 4 năm 2026", ["{7", "4"]),
        ("Tịnh Khê, ngày tháng 4 năm 2026", ["", "4"]),
        ("Thực hiện Kế hoạch số 45/KH-UBND ngày 17 tháng 4 năm 2026 của Ủy ban nhân dân xã", []),
        ("Số lượng: 45 hộ", []),
        ("Kính gửi: Sở Y tế", []),
    ],
)
def test_where_a_pen_may_have_written(text: str, parts: list[str]) -> None:
    words, at = [], 100
    for word in text.split():
        words.append(OcrWord(word, (at, 400, at + 20 * len(word), 440), 0.9, (1, 1, 1)))
        at += 20 * len(word) + 15
    found = list(stretches(words))
    assert [stretch.text for stretch in found] == parts
    for stretch in found:
        assert stretch.written[0] < stretch.written[2] <= stretch.printed[2]


def test_blue_ink_beside_black_print_is_a_pens() -> None:
    picture = drawn(DATE, None)
    at = (388.0 * DPI, BASE * DPI)
    ImageDraw.Draw(picture).text(at, "17", pen.BLUE, font("Italic", SIZE * DPI), anchor="ls")
    words = line(*WORDS, *REST)
    assert not handwritten(picture.convert("L"), words, lambda box: picture.convert("L"))
    found = handwritten(picture.convert("L"), words, lambda box: picture.crop(tuple(map(round, box))))  # type: ignore[arg-type]
    assert [mark.text for mark in found] == ["17"]
