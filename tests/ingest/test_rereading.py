"""Lines cut into pieces, and what a line reader saw given to the words of the first reading."""

from __future__ import annotations

from PIL import Image

from ingest.ctc import Heard
from ingest.ocr import OcrPage, OcrWord
from ingest.rereading import LONGEST, pieces, read_again

PAPER = Image.new("L", (2000, 200), 255)


def page(*words: tuple[str, int, int], line: int = 0) -> OcrPage:
    read = (OcrWord(text, (left, 40, right, 70), 0.9, (0, 0, line)) for text, left, right in words)
    return OcrPage(tuple(read), *PAPER.size)


class Says:
    """A line reader that gives the same words for every line."""

    version = "says"

    def __init__(self, *heard: Heard) -> None:
        self.heard = heard
        self.names: list[str] = []

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        self.names.append(name)
        return self.heard


def again(read: OcrPage, *heard: Heard) -> list[tuple[tuple[str, float], ...]]:
    return [word.again for word in read_again(read, list(pieces(read)), PAPER, "p", Says(*heard)).words]


def test_pieces_hold_every_word_once_and_are_short() -> None:
    read = page(*((f"w{i}", 60 * i, 60 * i + 50) for i in range(30)))
    found = list(pieces(read))
    assert sorted(i for piece in found for i in piece) == list(range(30))
    assert len(found) > 1
    for piece in found:
        left, right = read.words[piece[0]].box[0], read.words[piece[-1]].box[2]
        assert (right - left) * 32 / (30 + 10) <= LONGEST * 1.05


def test_each_word_gets_the_reading_at_its_place() -> None:
    read = page(("mắt", 100, 150), ("tích", 160, 210))  # cut out from 92 to 218
    first, second = (("mất", -0.1), ("mắt", -2.0)), (("tích", -0.0),)
    assert again(read, Heard(0.1, 0.45, first), Heard(0.56, 0.9, second)) == [first, second]


def test_two_readings_of_one_word_are_joined_by_a_blank() -> None:
    read = page(
        ("củacác", 100, 210),
    )
    found = again(read, Heard(0.1, 0.45, (("của", -0.1), ("cùa", -3.0))), Heard(0.56, 0.9, (("các", -0.2),)))
    assert found == [(("của các", -0.3), ("cùa các", -3.2))]


def test_one_reading_of_two_words_is_cut_between_them() -> None:
    read = page(("TT-", 100, 150), ("BYT", 160, 210))
    places = (0.1, 0.2, 0.4, 0.6, 0.75, 0.9)
    assert again(read, Heard(0.1, 0.9, (("TT-BYT", -0.2),), places)) == [(("TT-", -0.2),), (("BYT", -0.2),)]


def test_lines_are_named_by_their_page_and_box() -> None:
    reader = Says()
    read = page(("a", 100, 150))
    read_again(read, list(pieces(read)), PAPER, "x-p1", reader)
    assert reader.names == ["x-p1@92,35,158,75"]
