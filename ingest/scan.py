"""A page picture read: prepared, recognised, put in reading order, its boxes brought back to the page as shown."""

from __future__ import annotations

import unicodedata
from typing import Literal, NamedTuple, get_args

from PIL import Image

from ingest.colour import part
from ingest.light import cleaned
from ingest.ocr import DPI, Engine, OcrPage
from ingest.preprocess import Prepared, grey, is_blank, prepare, runs_upwards
from ingest.reading_order import Composed, compose
from ingest.rows import Token
from ingest.ruling import find_grids
from ingest.seals import without_seals
from schemas.record import Box
from schemas.syllable import is_syllable
from schemas.text import Table

Step = Literal["colour", "edges", "light", "back", "dust", "seals", "upright", "level"]
"""What is done to a picture beside recognising it."""
STEPS: tuple[Step, ...] = get_args(Step)
POOR = 0.45
"""A reading is poor, and the page is tried on its head, where less than this share of its letters is surely right."""
_LONG = 4
"""Letters of a word whose box tells which way it runs."""
_AROUND = ".,;:()-/\"'“”*"
_RULES = frozenset("|_—–-=~.,:;'`‘’\"“”^°*•·«»<>\\/[]{}()¬¦")


class Picture(NamedTuple):
    """A page picture (mode L or RGB) to be read at ``DPI``; ``points`` is the length of a pixel on the page."""

    image: Image.Image
    points: float


class Scan(NamedTuple):
    """What was read on a page picture. ``rotation`` is how far clockwise the page must be turned to stand upright."""

    composed: Composed
    confidence: float | None
    rotation: int = 0
    note: str | None = None


def recognise(picture: Picture, engine: Engine, name: str, without: frozenset[Step] = frozenset()) -> Scan:
    """Read a page picture, leaving out the steps ``without``. A blank page is not handed to the engine.

    Raises what the engine raises.
    """
    image, blots = (grey(picture.image), ()) if "colour" in without else part(picture.image)
    if is_blank(image):
        return Scan(Composed("", (), ()), None, note="blank page")
    image, done = cleaned(image, without)
    if "seals" not in without and not any(blot.is_round for blot in blots):
        image, black = without_seals(image)
        blots = (*blots, *black)
    prepared = prepare(image, level="level" not in without)
    reading = engine.read(prepared.image, name, DPI)
    if _sureness(reading) < POOR and "upright" not in without:
        for quarter in (90, 270, 180) if _is_sideways(reading) or runs_upwards(image) else (180,):
            turned = prepare(image, quarter, level="level" not in without)
            other = engine.read(turned.image, f"{name}-r{quarter}", DPI)
            if _sureness(other) > _sureness(reading):
                prepared, reading = turned, other
            if _sureness(reading) >= POOR:
                break
    return _scan(picture, prepared, reading)


def _scan(picture: Picture, prepared: Prepared, reading: OcrPage) -> Scan:
    grid = find_grids(prepared.image)
    lines: dict[tuple[int, int, int], int] = {}
    tokens = []
    for word in reading.words:
        text = "".join(unicodedata.normalize("NFC", word.text).split()).strip("|_")
        if not _is_noise(text, word.confidence, word.box):
            line = lines.setdefault(word.line, len(lines))
            tokens.append(Token(text, _scaled(grid.straight(word.box), picture.points), word.confidence, line))

    def shown(box: Box) -> Box:
        pixels = grid.sloped(_scaled(box, 1 / picture.points))
        return _scaled(prepared.back(pixels), picture.points)

    cells = [
        tuple(tuple(box and _scaled(box, picture.points) for box in row) for row in table) for table in grid.tables
    ]
    composed = compose(tokens, cells)
    words = tuple(word._replace(box=shown(word.box)) for word in composed.words)
    tables = tuple(
        Table(tuple(tuple(cell._replace(box=cell.box and shown(cell.box)) for cell in row) for row in table.rows))
        for table in composed.tables
    )
    letters = sum(len(t.text) for t in tokens)
    confidence = sum((t.confidence or 0.0) * len(t.text) for t in tokens) / letters if letters else None
    notes = ["turned upright"] if prepared.quarter else []
    if prepared.slope:
        notes.append(f"levelled by {prepared.slope:+.2f} degrees")
    return Scan(
        composed._replace(words=words, tables=tables),
        round(confidence, 4) if confidence is not None else None,
        (360 - prepared.quarter) % 360,
        ", ".join(notes) or None,
    )


def _is_noise(text: str, confidence: float, box: Box | tuple[int, int, int, int]) -> bool:
    """Specks and rules that were read as signs."""
    if not text:
        return True
    if all(char in _RULES for char in text):
        return confidence < 0.5 or text in ("|", "_", "—", "¦") or box[3] - box[1] > 90
    return len(text) <= 2 and confidence < 0.2 and not text.isalnum()


def _is_sideways(page: OcrPage) -> bool:
    """Whether most longer words are higher than they are wide."""
    boxes = [word.box for word in page.words if len(word.text) >= _LONG]
    return 2 * sum(b - top > right - left for left, top, right, b in boxes) > len(boxes) > 0


def _sureness(page: OcrPage) -> float:
    """The share of a reading's letters that stand in legal syllables or numbers, weighed by confidence.

    0 for lines that run upwards: Tesseract reads them too, but not in order.
    """
    if _is_sideways(page):
        return 0.0
    total = sure = 0.0
    for word in page.words:
        text = unicodedata.normalize("NFC", word.text).strip(_AROUND)
        total += len(text)
        if text.isdigit() or (len(text) > 1 and is_syllable(text)):
            sure += len(text) * word.confidence
    return sure / total if total else 0.0


def _scaled(box: Box | tuple[int, int, int, int], factor: float) -> Box:
    a, b, c, d = (round(value * factor, 2) for value in box)
    return (a, b, c, d)
