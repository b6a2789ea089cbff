"""What a page is made of, before anything is drawn: words, rules, marks; all in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import ImageFont

from samples.markup import Piece

WIDTH, HEIGHT = 595.28, 841.89
"""A4, in points."""

LEFT, RIGHT, TOP, BOTTOM = 85.0, 45.0, 58.0, 60.0
"""The margins."""

ROOM = WIDTH - LEFT - RIGHT
"""The width of the text."""

FONTS = Path("/usr/share/fonts/truetype/liberation2")
_UNITS = 1000


class FontError(RuntimeError):
    """A font file or a glyph that the samples need is missing."""


@dataclass(frozen=True)
class Word:
    """A word at its place: left end and baseline, face and size."""

    x: float
    y: float
    text: str
    face: str
    size: float
    kind: str = "text"


@dataclass
class Sheet:
    """One page: what stands where, its text line by line in reading order, and the rows of its tables."""

    words: list[Word] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    seal: tuple[float, float] | None = None
    lines: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    landscape: bool = False

    @property
    def width(self) -> float:
        """In points."""
        return HEIGHT if self.landscape else WIDTH

    @property
    def height(self) -> float:
        """In points."""
        return WIDTH if self.landscape else HEIGHT


@dataclass(frozen=True)
class Line:
    """A set line: its words with their left ends (from the line's own start), its text, its width."""

    words: tuple[tuple[float, str, str, str], ...]
    text: str
    width: float
    notes: tuple[str, ...] = ()


def font_file(face: str) -> Path:
    """The font file of a face of Liberation Serif."""
    path = FONTS / f"LiberationSerif-{face}.ttf"
    if not path.exists():
        raise FontError(f"{path} is missing: install the package fonts-liberation2")
    return path


@cache
def font(face: str, size: float = _UNITS) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels."""
    return ImageFont.truetype(str(font_file(face)), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _width(text: str, face: str) -> float:
    if lacking := [letter for letter in text if letter != " " and not _has(letter, face)]:
        raise FontError(f"{font_file(face)} has no glyph for {', '.join(lacking)}")
    return font(face).getlength(text) / _UNITS


@cache
def _has(letter: str, face: str) -> bool:
    drawn, missing = (font(face, 40).getmask(item) for item in (letter, "\U0010ffff"))
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def width(text: str, face: str, size: float) -> float:
    """The advance width of a text in points; raises ``FontError`` where a glyph is missing."""
    return _width(text, face) * size


def wrap(parts: list[Piece], size: float, room: float, indent: float = 0.0, justify: bool = True) -> list[Line]:
    """Set a paragraph in lines of ``room`` points, all but the last justified; ``indent`` is the first line's."""
    blank = width(" ", "Regular", size)
    rows: list[list[list[Piece]]] = [[]]
    used = indent
    for chunk in _chunks(parts):
        wide = sum(_advance(piece, size) for piece in chunk)
        if rows[-1] and used + blank + wide > room:
            rows.append([])
            used = 0.0
        used += wide + (blank if rows[-1] else 0.0)
        rows[-1].append(chunk)
    return [
        _set(row, size, room, indent if number == 0 else 0.0, justify and number < len(rows) - 1)
        for number, row in enumerate(rows)
    ]


def _advance(piece: Piece, size: float) -> float:
    if piece.kind == "hand":
        return 0.62 * size * len(piece.text) + 6
    return width(piece.text, piece.face, size * (0.65 if piece.kind == "note" else 1.0))


def _chunks(parts: list[Piece]) -> list[list[Piece]]:
    """Words, each as the stretches that no blank parts."""
    chunks: list[list[Piece]] = [[]]
    for piece in parts:
        for number, text in enumerate(piece.text.split(" ")):
            if number:
                chunks.append([])
            if text:
                chunks[-1].append(Piece(text, piece.face, piece.kind))
    return [chunk for chunk in chunks if chunk]


def _set(row: list[list[Piece]], size: float, room: float, indent: float, justify: bool) -> Line:
    blank = width(" ", "Regular", size)
    natural = sum(_advance(piece, size) for chunk in row for piece in chunk) + blank * (len(row) - 1)
    if justify and len(row) > 1:
        blank += (room - indent - natural) / (len(row) - 1)
    words, notes, x = [], [], indent
    for chunk in row:
        for piece in chunk:
            words.append((x, piece.text, piece.face, piece.kind))
            x += _advance(piece, size)
            if piece.kind == "note":
                notes.append(piece.text)
        x += blank
    text = " ".join("".join(piece.text for piece in chunk) for chunk in row)
    return Line(tuple(words), text, x - blank, tuple(notes))
