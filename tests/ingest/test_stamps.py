from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from PIL import Image

from bench import pen
from ingest.colour import Blot
from ingest.marks import Sighting
from ingest.ocr import OcrWord
from ingest.scan import Picture, recognise
from ingest.stamps import is_mark, may_be_mark, named, part, unframed

PAGE = (2480, 3508)
DPI = 300 / 72


def line(top: int, *words: tuple[str, int], sure: float = 0.9, number: int = 0) -> list[OcrWord]:
    return [OcrWord(text, (x, top, x + 24 * len(text), top + 40), sure, (1, 1, number or top)) for text, x in words]


def unread(piece: Image.Image, at: str) -> Sequence[OcrWord]:
    return ()


TITLE = line(700, ("Về", 900), ("việc", 990), ("trồng", 1110), ("cây", 1260))
NUMBER = line(450, ("Số:", 400), ("45/KH-UBND", 500))
INCOMING = [
    *line(520, ("CÔNG", 60), ("VĂN", 180), ("ĐẾN", 280)),
    *line(580, ("Số:", 60), ("2770", 150)),
    *line(640, ("Ngày:", 60), ("04/4/18", 200)),
    *line(700, ("Chuyển:", 60), ("KT", 250), number=999),
]

OWNED = [
    *line(460, ("TRUNG", 60), ("TÂM", 200)),
    *line(520, ("CV", 60), ("ĐẾN", 140), ("Số:", 230)),
    *line(580, ("Ngày:", 60), ("04/4/18", 200)),
]


@pytest.mark.parametrize(
    ("words", "kept", "text"),
    [
        ([*NUMBER, *INCOMING, *TITLE], [*NUMBER, *TITLE], "CÔNG VĂN ĐẾN Số: 2770 Ngày: 04/4/18 Chuyển: KT"),
        (OWNED, [], "TRUNG TÂM CV ĐẾN Số: Ngày: 04/4/18"),
        ([*NUMBER, *line(510, ("Ngày:", 400), ("04/4/18", 540))], None, None),
        (line(510, ("đến", 400)) + line(570, ("năm", 400), ("2026.", 500)), None, None),
    ],
    ids=["below the number", "under its owner's name", "no heading", "a word of a sentence"],
)
def test_an_incoming_stamp_without_a_frame(words: list[OcrWord], kept: list[OcrWord] | None, text: str | None) -> None:
    left, marks = part(Image.new("L", PAGE, 255), words, unread)
    assert left == (words if kept is None else kept)
    assert [mark.kind for mark in marks] == ([] if kept is None else ["incoming stamp"])
    assert not text or marks[0].text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HỎA TỐC", True),
        ("KHẨN", True),
        ("TUYỆT MẬT", True),
        ("MÂT", True),
        ("khẩn", False),
        ("MẶT TRẬN", False),
        ("", False),
    ],
)
def test_what_is_a_mark(text: str, expected: bool) -> None:
    assert is_mark(text) is expected


def test_a_mark_among_the_lines_is_taken_out() -> None:
    words = [*line(450, ("KHẨN", 60)), *NUMBER, *line(2000, ("KHẨN", 60))]
    left, (mark,) = part(Image.new("L", PAGE, 255), words, unread)
    assert (mark.kind, mark.text) == ("stamp", "KHẨN")
    assert left == words[1:]


@pytest.mark.parametrize("frames", [1, 2])
def test_a_framed_mark_is_read_without_its_frame(frames: int) -> None:
    stamp = pen.Stamp(("TỐI MẬT",), pen.BLACK, frames, 16)
    page, box = pen.press(Image.new("RGB", PAGE, "white"), stamp, (60, 140), DPI, random.Random("x"), 3)
    asked = []

    def read(piece: Image.Image, at: str) -> Sequence[OcrWord]:
        asked.append(piece)
        return line(20, ("TỐI", 20), ("MẬT", 120), ("|", 200))

    left, (mark,) = part(page.convert("L"), TITLE, read)
    assert (mark.text, left) == ("TỐI MẬT", TITLE)
    assert all(abs(a / DPI - b) < 4 for a, b in zip(mark.box, box, strict=True))
    (piece,) = asked
    edge = [*piece.crop((0, 0, piece.width, 8)).tobytes(), *piece.crop((0, piece.height - 8, *piece.size)).tobytes()]
    assert min(edge) > 150, "the frame is gone"
    assert min(piece.tobytes()) < 80, "the letters are not"
    assert unframed(piece).size == piece.size


def test_a_frame_in_which_something_else_stands_is_left() -> None:
    page, _ = pen.press(
        Image.new("RGB", PAGE, "white"), pen.Stamp(("DỰ THẢO",), pen.BLACK, 1), (60, 140), DPI, random.Random("x")
    )
    assert part(page.convert("L"), TITLE, lambda piece, at: line(20, ("DỰ", 20), ("THẢO", 120))) == (TITLE, [])


@pytest.mark.parametrize(
    ("box", "seals", "may"),
    [
        ((300.0, 500.0, 600.0, 600.0), [], True),
        ((300.0, 500.0, 600.0, 600.0), [(500.0, 400.0, 900.0, 800.0)], False),
        ((300.0, 2500.0, 600.0, 2600.0), [], False),
        ((300.0, 500.0, 340.0, 530.0), [], False),
    ],
    ids=["in the head", "on a seal", "at the end", "a speck"],
)
def test_which_coloured_blots_may_be_marks(
    box: tuple[float, float, float, float], seals: list[tuple[float, float, float, float]], may: bool
) -> None:
    assert may_be_mark(Sighting("stamp", box), Blot("red", box, False), Image.new("L", PAGE), seals) is may


def test_a_blot_is_named_only_by_a_mark() -> None:
    blot = Sighting("signature", (0, 0, 300, 100))
    assert named(blot, line(1, ("KHẨN", 1))) == Sighting("stamp", (0, 0, 300, 100), "KHẨN")
    assert named(blot, line(1, ("Vàng", 1))) == blot


class Reads:
    """An engine that reads a page's lines, and a mark on what is cut out of it."""

    def read(self, image: Image.Image, name: str, dpi: int) -> object:
        """The stamp alone, or the page without it."""
        from ingest.ocr import OcrPage

        body = line(900, *((word, 300 + 150 * n) for n, word in enumerate("Căn cứ quy định của xã ta".split())))
        words = body if image.size == PAGE else line(10, ("HỎA", 10), ("TỐC", 120))
        return OcrPage(tuple(words), *image.size)


def test_a_red_mark_is_the_first_line_of_its_page() -> None:
    page, box = pen.press(
        Image.new("RGB", PAGE, "white"), pen.Stamp(("HỎA TỐC",), pen.RED, 1, 16), (90, 130), DPI, random.Random("x")
    )
    page, _ = pen.press(
        page, pen.Stamp(("Căn cứ quy định của xã ta",), pen.BLACK), (70, 215), DPI, random.Random("x"), 0
    )
    scan = recognise(Picture(page, 1 / DPI), Reads(), "p")  # type: ignore[arg-type]
    assert scan.composed.text.startswith("HỎA TỐC\n\nCăn cứ")
    (mark,) = scan.marks
    first = scan.composed.words[0]
    assert scan.composed.text[first.span.start : first.span.end] == "HỎA"
    assert first.box == mark.box
    assert all(abs(a - b) < 6 for a, b in zip(mark.box, box, strict=True))
