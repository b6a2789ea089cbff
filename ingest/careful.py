"""How carefully pages are read: by the engine alone, or with a second look at what gave nothing and by another reader.

The other reader reads words that are doubtful, or all that are not quite sure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from PIL import Image

from ingest.ocr import BLOCK, Engine, OcrPage, OcrWord
from ingest.recogniser import LineReader
from ingest.rereading import Piece, pieces, read_again
from ingest.second_look import look_again
from schemas.syllable import is_syllable

Quality = Literal["fast", "standard", "best"]
Doubts = Callable[[Sequence[Sequence[str]]], Sequence[Sequence[bool]]]
"""Lines of words in, and which words a language model finds doubtful."""
SURE: Mapping[Quality, float] = {"standard": 0.8, "best": 0.96}
"""The confidence (0 to 1) of the engine below which a word is doubtful; 0.96 is about the most that it has."""
NOTHING = 0.5
"""The mean confidence of a page's words below which it holds no text, or stands on its head: nothing is read again."""
_EDGES = ".,;:()-/\"'“”*!?[]+…%"
_SHORT = 6
"""Letters of an abbreviation."""


class Careful:
    """An engine of whose words those that are not sure enough for a quality are read again by a line reader."""

    def __init__(self, engine: Engine, reader: LineReader, quality: Quality, doubts: Doubts | None = None) -> None:
        """``doubts`` adds the words that a language model finds doubtful."""
        self.engine, self.reader, self.quality, self.doubts = engine, reader, quality, doubts

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """The engine's words, with what the reader makes of them. Raises what the engine raises."""
        page = self.engine.read(image, name, dpi)
        if self.quality == "fast" or not page.words or _sureness(page.words) < NOTHING:
            return page
        if image.height >= BLOCK:
            page = look_again(page, image, name, self.engine)
        return read_again(page, self._chosen(page), image, name, self.reader)

    def _chosen(self, page: OcrPage) -> list[Piece]:
        """The pieces of lines that are read again."""
        every = list(pieces(page))
        doubtful = {i for piece in every for i in piece if is_doubtful(page.words[i], SURE[self.quality])}
        if self.doubts:
            lines = [[page.words[i].text for i in piece] for piece in every]
            found = zip(every, self.doubts(lines), strict=True)
            open_words = {i for piece, flags in found for i, flag in zip(piece, flags, strict=True) if flag}
            doubtful |= {i for i in open_words if any(map(str.isalnum, page.words[i].text))}
        return [piece for piece in every if not doubtful.isdisjoint(piece)]


def is_doubtful(word: OcrWord, sure: float) -> bool:
    """Whether the engine is not as ``sure`` of a word, or it is no syllable, number, code or abbreviation."""
    text = unicodedata.normalize("NFC", word.text).strip(_EDGES)
    if not any(map(str.isalnum, text)) or word.confidence < sure:
        return word.confidence < sure and any(map(str.isalnum, word.text))
    if is_syllable(text) or any(char.isdigit() or char in "-/&" for char in text):
        return False
    return not (text.isupper() and len(text) <= _SHORT)


def _sureness(words: Sequence[OcrWord]) -> float:
    return sum(word.confidence for word in words) / len(words)
