"""The text layer of a PDF page: words with boxes as a viewer shows the page, through pypdfium2."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.legacy import Encoding, convert, font_encoding, restore_capitals
from ingest.rows import Token
from schemas.record import Box

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = frozenset("\x02\ufffe")
"""What pdfium gives for a hyphen at a line's end."""
_LATIN_EXTENDED = 0x17F
"""Letters above this code point are Vietnamese in Unicode, in no legacy font."""
_CLOSING = frozenset(".,;:!?)”")
_TOUCHING = 1.0
"""Points between two characters of one word at most."""
_INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff\u0000")


class Char(NamedTuple):
    """A character with its box in PDF user space (left, bottom, right, top) and its number in the text page."""

    char: str
    box: Box
    number: int


class RawWord(NamedTuple):
    """The characters of a word as the layer has them (not yet converted), and the layer's line."""

    chars: tuple[Char, ...]
    line: int

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(char.char for char in self.chars)


class Frame(NamedTuple):
    """How user space lies on the page as a viewer shows it: the visible box and the clockwise rotation in degrees."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def place(self, box: Box) -> Box:
        """A user-space box (left, bottom, right, top) as x0, top, x1, bottom of the page as shown."""
        x0, y0, x1, y1 = box
        if self.rotation == 90:
            shown = (y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left)
        elif self.rotation == 180:
            shown = (self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom)
        elif self.rotation == 270:
            shown = (self.top - y1, self.right - x1, self.top - y0, self.right - x0)
        else:
            shown = (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        a, b, c, d = (round(value, 2) for value in shown)
        return (a, b, c, d)


def frame_of(page: pdfium.PdfPage) -> Frame:
    """The frame of a page."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def raw_words(textpage: pdfium.PdfTextPage) -> list[RawWord]:
    """The words of a text page in the layer's own order; blanks and line ends part them."""
    words: list[RawWord] = []
    current: list[Char] = []
    line = 0
    rect = pdfium_c.FS_RECTF()
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(textpage.raw, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if char in _HYPHENS:
            char = _SOFT_HYPHEN
        if not char or char in _INVISIBLE:
            continue
        if char.isspace() or unicodedata.category(char) == "Cc":
            if current:
                words.append(RawWord(tuple(current), line))
                current = []
            line += char == "\n"
            continue
        pdfium_c.FPDFText_GetLooseCharBox(textpage.raw, index, ctypes.byref(rect))
        current.append(Char(char, (rect.left, rect.bottom, rect.right, rect.top), index))
    if current:
        words.append(RawWord(tuple(current), line))
    return _rejoined(words)


def _rejoined(words: Sequence[RawWord]) -> list[RawWord]:
    """Words with the full stop or comma that a raised footnote number parted from them, and lines that only go forward.

    On a sloping page pdfium takes neighbouring lines for one; where the next word stands far back, a line begins.
    """
    found: list[RawWord] = []
    line = 0
    before: RawWord | None = None
    for word in words:
        if before and (word.line != before.line or _goes_back(before.chars[0].box, word.chars[0].box)):
            line += 1
        before = word
        last = found[-1] if found else None
        if last and _touch(last.chars[-1].box, word.chars[0].box) and all(char.char in _CLOSING for char in word.chars):
            found[-1] = RawWord((*last.chars, *word.chars), last.line)
        else:
            found.append(RawWord(word.chars, line))
    return found


def _goes_back(a: Box, b: Box) -> bool:
    """Whether a word begins far left of the one before."""
    return b[0] < a[0] - 2 * (a[3] - a[1])


def _touch(a: Box, b: Box) -> bool:
    """Whether a character begins where the one before ends, at about its height."""
    return abs(b[0] - a[2]) < _TOUCHING and a[1] < b[3] and b[1] < a[3]


def plain_text(words: Sequence[RawWord]) -> str:
    """The layer's text, unconverted, one line a line; for judging it."""
    pieces: list[str] = []
    line = 0
    for word in words:
        pieces.append("\n" if word.line != line else " ")
        pieces.append(word.text)
        line = word.line
    return unicodedata.normalize("NFC", "".join(pieces).strip())


def tokens(
    words: Sequence[RawWord], frame: Frame, encoding: Encoding | None, font: Callable[[int], str] | None = None
) -> list[Token]:
    """Words as a viewer shows them, NFC, converted from ``encoding`` where one is given.

    ``font`` tells the name of a character's font.
    """
    plain = [word.text.replace(_SOFT_HYPHEN, "-") for word in words]
    texts = _unicode(words, encoding, font) if encoding else plain
    found = []
    for word, text in zip(words, texts, strict=True):
        clean = "".join(unicodedata.normalize("NFC", text).split())
        if clean:
            left, bottom, right, top = zip(*(char.box for char in word.chars), strict=True)
            box = frame.place((min(left), min(bottom), max(right), max(top)))
            found.append(Token(clean, box, None, word.line))
    return found


def _unicode(words: Sequence[RawWord], encoding: Encoding, font: Callable[[int], str] | None) -> list[str]:
    """Words of a legacy layer in Unicode, with the capitals that their lines tell."""
    texts = [_converted(word, encoding, font) for word in words]
    if encoding == "vni":
        return texts
    found: list[str] = []
    for _, group in groupby(zip(words, texts, strict=True), key=lambda pair: pair[0].line):
        found += restore_capitals(" ".join(text for _, text in group)).split(" ")
    return found


def _converted(word: RawWord, encoding: Encoding, font: Callable[[int], str] | None) -> str:
    """A word in Unicode; set in a font of capitals, all its letters are capitals; in a Unicode font it stays."""
    own, capitals = font_encoding(font(word.chars[0].number)) if font else (None, False)
    if own is None and any(ord(char.char) > _LATIN_EXTENDED and char.char.isalpha() for char in word.chars):
        return word.text
    text = convert(word.text, own or encoding)
    return text.upper() if capitals else text


def font_name(textpage: pdfium.PdfTextPage, index: int) -> str:
    """The name of a character's font ("" where the layer does not tell)."""
    flags = ctypes.c_int()
    length = pdfium_c.FPDFText_GetFontInfo(textpage.raw, index, None, 0, ctypes.byref(flags))
    if length == 0:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFText_GetFontInfo(textpage.raw, index, buffer, length, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace")
