"""How carefully pages are read: by the engine alone, or by another reader too: the doubtful words, or all.

With all words the engine takes a second look where the two differ.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal

from PIL import Image

from ingest.ocr import Engine, OcrPage, OcrWord
from ingest.recogniser import LineReader
from ingest.rereading import Piece, pieces, read_again
from ingest.second_look import look_again
from schemas.syllable import is_syllable

Quality = Literal["fast", "standard", "best"]
Doubts = Callable[[Sequence[Sequence[str]]], Sequence[Sequence[bool]]]
"""Lines of words in, and which words a language model finds doubtful."""
SURE = 0.8
"""The confidence (0 to 1) of the engine below which a word is doubtful."""
NOTHING = 0.5
"""The mean confidence of a page's words below which it holds no text, or stands on its head: nothing is read again."""
_EDGES = ".,;:()-/\"'“”*!?[]+…%"
_SHORT = 6
"""Letters of an abbreviation."""


class Careful:
    """An engine of whose words the doubtful ones (``standard``) or all (``best``) are read again by a line reader."""

    def __init__(self, engine: Engine, reader: LineReader, quality: Quality, doubts: Doubts | None = None) -> None:
        """``doubts`` adds the words that a language model finds doubtful."""
        self.engine, self.reader, self.quality, self.doubts = engine, reader, quality, doubts

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """The engine's words, with what the reader makes of them. Raises what the engine raises."""
        page = self.engine.read(image, name, dpi)
        if self.quality == "fast" or not page.words or _sureness(page.words) < NOTHING:
            return page
        chosen = self._chosen(page)
        page = read_again(page, chosen, image, name, self.reader)
        return look_again(page, chosen, image, name, self.engine) if self.quality == "best" else page

    def _chosen(self, page: OcrPage) -> list[Piece]:
        """The pieces of lines that are read again."""
        every = list(pieces(page))
        if self.quality == "best":
            return every
        doubtful = {i for piece in every for i in piece if is_doubtful(page.words[i])}
        if self.doubts:
            lines = [[page.words[i].text for i in piece] for piece in every]
            found = zip(every, self.doubts(lines), strict=True)
            open_words = {i for piece, flags in found for i, flag in zip(piece, flags, strict=True) if flag}
            doubtful |= {i for i in open_words if any(map(str.isalnum, page.words[i].text))}
        return [piece for piece in every if not doubtful.isdisjoint(piece)]


def is_doubtful(word: OcrWord) -> bool:
    """Whether the engine is not sure of a word, or it is no syllable, number, code or abbreviation."""
    text = unicodedata.normalize("NFC", word.text).strip(_EDGES)
    if not any(map(str.isalnum, text)) or word.confidence < SURE:
        return word.confidence < SURE and any(map(str.isalnum, word.text))
    if is_syllable(text) or any(char.isdigit() or char in "-/&" for char in text):
        return False
    return not (text.isupper() and len(text) <= _SHORT)


def _sureness(words: Sequence[OcrWord]) -> float:
    return sum(word.confidence for word in words) / len(words)
