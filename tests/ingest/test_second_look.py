"""A second look by the engine: one sheet a page, within its budget, and never an echo of the first reading."""

from __future__ import annotations

from PIL import Image

from ingest.ocr import OcrPage, OcrWord
from ingest.rereading import pieces
from ingest.second_look import PIECES, PIXELS, look_again
from schemas.text import Ranked

PAPER = Image.new("L", (2400, 3400), 255)


def page(*words: tuple[str, float, Ranked]) -> OcrPage:
    read = (
        OcrWord(text, (200, 100 * i + 40, 360, 100 * i + 80), confidence, (0, 0, i), again)
        for i, (text, confidence, again) in enumerate(words)
    )
    return OcrPage(tuple(read), *PAPER.size)


class Sheet:
    """An engine that reads one word a line of the sheet."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.seen: list[tuple[int, int]] = []

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        self.seen.append(image.size)
        step = 24 + 35
        words = (
            OcrWord(text, (36, 24 + step * i + 4, 140, 24 + step * i + 30), 0.9, (0, 0, i))
            for i, text in enumerate(self.texts)
        )
        return OcrPage(tuple(words), *image.size)


def look(read: OcrPage, engine: Sheet) -> list[Ranked]:
    return [word.again for word in look_again(read, list(pieces(read)), PAPER, "p", engine).words]


def test_words_on_which_the_readers_agree_are_not_looked_at() -> None:
    engine = Sheet()
    agreed = (("tỉnh", -0.0),)
    assert look(page(("tỉnh", 0.9, agreed), ("—", 0.1, ())), engine) == [agreed, ()]
    assert engine.seen == []


def test_what_is_seen_is_weighed_with_the_rest() -> None:
    first: Ranked = (("Tinh", -0.4),)
    assert look(page(("Tĩnh", 0.1, first)), Sheet("Tỉnh")) == [(("Tinh", -0.4), ("Tỉnh", -1.0))]
    (both,) = look(page(("Tĩnh", 0.1, first)), Sheet("Tinh"))
    assert both == (("Tinh", 0.0),)


def test_the_engine_does_not_bear_itself_out() -> None:
    first: Ranked = (("Tinh", -0.4),)
    assert look(page(("Tĩnh", 0.1, first)), Sheet("Tĩnh")) == [first]


def test_the_least_certain_pieces_of_the_budget_stand_on_one_sheet() -> None:
    engine = Sheet(*(["khác"] * 30))
    words = [(f"chữ{i}", 0.05 + 0.02 * (i * 7 % 30), ()) for i in range(30)]
    found = look(page(*words), engine)
    assert len(engine.seen) == 1
    assert engine.seen[0][0] * engine.seen[0][1] < 2 * PIXELS
    looked = [i for i, again in enumerate(found) if again]
    assert looked == sorted(sorted(range(30), key=lambda i: words[i][1])[:PIECES])
