"""A page picture read: prepared, recognised, put in reading order, its boxes brought back to the page as shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from PIL import Image

from ingest import colour, handwriting, marks, stamps
from ingest.cells import read_again
from ingest.colour import Blot
from ingest.gaps import gaps
from ingest.light import cleaned
from ingest.marks import Sighting
from ingest.ocr import DPI, Engine, OcrPage, OcrWord
from ingest.preprocess import Prepared, emptiness, grey, prepare, runs_upwards
from ingest.reading_order import Composed, compose
from ingest.rows import Token
from ingest.ruling import Grid, find_grids
from ingest.seals import without_seals
from ingest.sureness import ILLEGIBLE, POOR, is_noise, is_sideways, sureness
from schemas.record import Box
from schemas.text import Mark, Table

Step = Literal["colour", "light", "back", "dust", "seals", "level", "upright", "gaps", "marks"]
"""What is done beside recognising a picture: coloured marks, uneven light, the sheet's back, dust and grey seals
taken out; the page levelled, turned upright; lines that were passed over read; words on marks set apart."""
STEPS: tuple[Step, ...] = get_args(Step)
_DONE = {
    "light": "uneven light evened out",
    "back": "show-through removed",
    "dust": "dust removed",
}


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
    marks: tuple[Mark, ...] = ()


class _Reading(NamedTuple):
    """A prepared picture, what the engine read on it, and what was found and done on the way."""

    prepared: Prepared
    page: OcrPage
    blots: tuple[Blot, ...] = ()
    done: tuple[str, ...] = ()
    untouched: Image.Image | None = None
    """The same picture with its dust and the traces of its back, where these were taken away."""


def recognise(picture: Picture, engine: Engine, name: str, without: frozenset[Step] = frozenset()) -> Scan:
    """Read a page picture, leaving out the steps ``without``. A blank page is not handed to the engine.

    Raises what the engine raises.
    """
    image, blots = (grey(picture.image), ()) if "colour" in without else colour.part(picture.image)
    if empty := emptiness(image):
        seen = (marks.sighting(blot, blot.box) for blot in blots)
        found = tuple(Mark(mark.kind, _scaled(mark.box, picture.points)) for mark in seen)
        return Scan(Composed("", (), ()), None, note=empty, marks=found)
    before = image
    image, done = cleaned(image, without)
    if "seals" not in without and not any(blot.is_round for blot in blots):
        image, black = without_seals(image)
        blots = (*blots, *black)
    reading = _upright(image, engine, name, without)
    if sureness(reading.page) < ILLEGIBLE and reading.page.words:
        return Scan(Composed("", (), ()), None, note="nothing legible: a photograph, a drawing or another script")
    if done and "light" not in done:
        reading = reading._replace(untouched=reading.prepared.likewise(before))
    reading = reading._replace(blots=blots, done=tuple(_DONE[step] for step in done) + reading.done)
    return _scan(picture, reading, engine, name, without)


def _upright(image: Image.Image, engine: Engine, name: str, without: frozenset[Step]) -> _Reading:
    """A picture read as it stands, and where that gives little, also on its side and on its head."""
    level = "level" not in without
    prepared = prepare(image, level=level)
    page = engine.read(prepared.image, name, DPI)
    if sureness(page) < POOR and "upright" not in without:
        for quarter in (90, 270, 180) if is_sideways(page) or runs_upwards(image) else (180,):
            turned = prepare(image, quarter, level=level)
            other = engine.read(turned.image, f"{name}-r{quarter}", DPI)
            if sureness(other) > sureness(page):
                prepared, page = turned, other
            if sureness(page) >= POOR:
                break
    notes = ["turned upright"] if prepared.quarter else []
    if prepared.slope:
        notes.append(f"levelled by {prepared.slope:+.2f} degrees")
    return _Reading(prepared, page, (), tuple(notes))


def _scan(picture: Picture, reading: _Reading, engine: Engine, name: str, without: frozenset[Step]) -> Scan:
    """The words without those on marks and with those that were passed over, in reading order."""
    prepared = reading.prepared
    grid = find_grids(prepared.image, reading.untouched, [word.box for word in reading.page.words])
    seen = _sightings(picture, reading, engine, name)
    words: Sequence[OcrWord] = reading.page.words
    if "marks" not in without:
        words, seen = marks.part(words, seen, grid.frames)
        words, known = stamps.part(
            prepared.image, words, lambda piece, at: engine.read(piece, f"{name}-{at}", DPI).words
        )
        seen += known + handwriting.handwritten(
            prepared.image, words, lambda box: _cut(picture.image, prepared.back(box))
        )
    notes = list(reading.done)
    if "gaps" not in without and sureness(reading.page) >= POOR:
        covered = [*(word.box for word in reading.page.words), *(mark.box for mark in seen)]
        passed = _passed_over(prepared.image, covered, engine, name)
        notes += ["lines that were passed over read again"] if passed else []
        words = [*words, *passed]
    found = tuple(Mark(mark.kind, _scaled(prepared.back(mark.box), picture.points), mark.text) for mark in seen)
    apart = [mark for mark in seen if stamps.is_mark(mark.text)]
    grid = grid.without(seen)
    words = read_again(prepared.image, grid, words, engine, name)
    composed, confidence = _composed(words, grid, picture, prepared, apart)
    return Scan(composed, confidence, (360 - prepared.quarter) % 360, ", ".join(notes) or None, found)


def _sightings(picture: Picture, reading: _Reading, engine: Engine, name: str) -> list[Sighting]:
    """The marks on the prepared picture; coloured ones that are large as stamps, or may be a word, are read."""
    seals = [blot.box for blot in reading.blots if blot.is_round]
    prepared = reading.prepared
    found = []
    for number, blot in enumerate(reading.blots):
        mark = marks.sighting(blot, prepared.forth(blot.box))
        is_large = marks.may_be_stamp(blot, seals)
        is_small = stamps.may_be_mark(mark, blot, prepared.image, seals)
        if is_large or is_small:
            ink = colour.ink_of(picture.image, blot)
            if prepared.quarter:
                ink = ink.rotate(prepared.quarter, expand=True)
            if is_large:
                mark = marks.named(mark, engine.read(ink, f"{name}-m{number}", DPI).words)
            if is_small and not mark.text:
                words = engine.read(stamps.unframed(ink), f"{name}-u{number}", DPI).words
                mark = stamps.named(mark, words)
        found.append(mark)
    return found


def _cut(image: Image.Image, box: Box) -> Image.Image:
    left, top, right, bottom = (round(value) for value in box)
    return image.crop((left, top, right, bottom))


def _passed_over(image: Image.Image, covered: Sequence[Box], engine: Engine, name: str) -> list[OcrWord]:
    """The words of lines that the engine passed over, where they are read by themselves."""
    found: list[OcrWord] = []
    for number, box in enumerate(gaps(image, covered)):
        left, top, right, bottom = (round(value) for value in box)
        page = engine.read(image.crop((left, top, right, bottom)), f"{name}-g{number}", DPI)
        if sureness(page) >= POOR:
            for word in page.words:
                a, b, c, d = word.box
                line = (-1 - number, *word.line[1:])
                found.append(word._replace(box=(a + left, b + top, c + left, d + top), line=line))
    return found


def _composed(
    words: Sequence[OcrWord], grid: Grid, picture: Picture, prepared: Prepared, apart: Sequence[Sighting] = ()
) -> tuple[Composed, float | None]:
    """Words in reading order, their boxes in points of the page as shown; and the mean confidence of their letters.

    The words of the stamps ``apart`` are lines of their own above all others.
    """
    lines: dict[tuple[int, int, int], int] = {}
    tokens = []
    for word in words:
        text = "".join(unicodedata.normalize("NFC", word.text).split()).strip("|_")
        if not is_noise(word, text):
            line = lines.setdefault(word.line, len(lines))
            box = _scaled(grid.straight(word.box), picture.points)
            tokens.append(Token(text, box, word.confidence, line, word.again))

    def shown(box: Box) -> Box:
        pixels = grid.sloped(_scaled(box, 1 / picture.points))
        return _scaled(prepared.back(pixels), picture.points)

    cells = [
        tuple(tuple(box and _scaled(box, picture.points) for box in row) for row in table) for table in grid.tables
    ]
    stamped = [[Token(word, _scaled(mark.box, picture.points)) for word in mark.text.split()] for mark in apart]
    bands = [[y * picture.points for y in ys] for ys in grid.bands]
    composed = compose(tokens, cells, stamped, bands)
    placed = tuple(word._replace(box=shown(word.box)) for word in composed.words)
    tables = tuple(
        Table(tuple(tuple(cell._replace(box=cell.box and shown(cell.box)) for cell in row) for row in table.rows))
        for table in composed.tables
    )
    letters = sum(len(t.text) for t in tokens)
    confidence = sum((t.confidence or 0.0) * len(t.text) for t in tokens) / letters if letters else None
    return composed._replace(words=placed, tables=tables), round(confidence, 4) if confidence is not None else None


def _scaled(box: Box | tuple[int, int, int, int], factor: float) -> Box:
    a, b, c, d = (round(value * factor, 2) for value in box)
    return (a, b, c, d)
