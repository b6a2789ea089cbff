"""Which words are read again: none, the doubtful ones, all but the surest; and never those of a page without text."""

from __future__ import annotations

import pytest
from PIL import Image

from ingest.careful import Careful, Quality, is_doubtful
from ingest.ctc import Heard
from ingest.ocr import OcrPage, OcrWord

PAPER = Image.new("L", (3000, 700), 255)


class Page:
    """An engine that has read one word a line."""

    def __init__(self, *words: tuple[str, float]) -> None:
        self.words = words
        self.calls = 0

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        self.calls += 1
        read = (
            OcrWord(text, (100, 40 * i, 180, 40 * i + 30), confidence, (0, 0, i))
            for i, (text, confidence) in enumerate(self.words)
        )
        return OcrPage(tuple(read), *image.size)


class Same:
    """A line reader that sees the same word everywhere."""

    version = "same"

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        return (Heard(0.1, 0.9, (("thấy", -0.1),)),)


def read_again(quality: Quality, *words: tuple[str, float], doubts: bool = False) -> list[str]:
    finds = (lambda lines: [[True] * len(line) for line in lines]) if doubts else None
    page = Careful(Page(*words), Same(), quality, finds).read(PAPER, "p", 300)
    return [word.text for word in page.words if word.again]


WORDS = (("phát", 0.96), ("triên", 0.96), ("trién®", 0.95), ("năm", 0.5), ("2025", 0.96), ("UBND", 0.95))


@pytest.mark.parametrize(
    ("quality", "expected"),
    [("fast", []), ("standard", ["trién®", "năm"]), ("best", ["trién®", "năm", "UBND"])],
)
def test_quality_decides_what_is_read_again(quality: Quality, expected: list[str]) -> None:
    assert read_again(quality, *WORDS) == expected


@pytest.mark.parametrize(("quality", "height", "calls"), [("fast", 700, 1), ("standard", 700, 2), ("standard", 500, 1)])
def test_a_page_with_what_gave_nothing_is_looked_at_twice(quality: Quality, height: int, calls: int) -> None:
    engine = Page(*WORDS, ("ɯɯ", 0.1))
    Careful(engine, Same(), quality).read(PAPER.crop((0, 0, 3000, height)), "p", 300)
    assert engine.calls == calls


def test_words_that_the_language_model_doubts_are_read_again() -> None:
    assert read_again("standard", ("tổ", 0.96), ("—", 0.96), doubts=True) == ["tổ"]


@pytest.mark.parametrize("quality", ["standard", "best"])
def test_a_page_on_its_head_is_not_read_again(quality: Quality) -> None:
    assert read_again(quality, ("nÿz", 0.3), ("8uoq", 0.2), ("à", 0.7)) == []


@pytest.mark.parametrize(
    ("text", "confidence", "expected"),
    [
        ("hằng", 0.96, False),
        ("hăằng", 0.96, True),
        ("hằng", 0.7, True),
        ("12/KH-UBND", 0.9, False),
        ("12/KH-UBND", 0.5, True),
        ("HĐND", 0.9, False),
        ("—", 0.1, False),
    ],
)
def test_doubtful_words(text: str, confidence: float, expected: bool) -> None:
    assert is_doubtful(OcrWord(text, (0, 0, 9, 9), confidence, (0, 0, 0)), 0.8) is expected
