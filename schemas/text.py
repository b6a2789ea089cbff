"""Texts and the exact way back from a repaired text to the raw page.

All offsets are code points of NFC text, half-open. Three coordinate systems exist:

* RAW: ``Page.text``, what was read, before repair. Evidence is cut from it.
* REPAIRED: ``RepairedPage.text``, the raw text with the page's edits applied.
* DOCUMENT: ``Text.text``, the repaired lines of all pages in reading order, ``"\\n"`` between lines and ``"\\f"``
between   pages. Rules match in it (or in ``Text.folded``, which has the same length).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from schemas.record import Box, Evidence, PageSource


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


Ranked = tuple[tuple[str, float], ...]
"""How a further reader read a word: texts with their log-probabilities, the likeliest first."""


class Word(NamedTuple):
    """A word of a raw page: its span, its box in PDF points from the top left, and the OCR's confidence (0 to 1).

    ``again`` is how further readers read the same place of the picture (nothing where none looked).
    """

    span: Span
    box: Box
    confidence: float | None = None
    again: Ranked = ()


class Line(NamedTuple):
    """A line of a raw page. Lines stand in reading order; ``block`` counts the page's blocks from 0.

    ``column`` is 0 for a line over the full width, 1 for the left and 2 for the right one of two columns (letterhead,
    signature block). A line of a plain text file that columns of spaces cut in two gives two lines here.
    """

    span: Span
    block: int = 0
    column: Literal[0, 1, 2] = 0


class Cell(NamedTuple):
    """A cell of a table: one span of the raw page per line of the cell (none where the cell is empty), and its box."""

    spans: tuple[Span, ...]
    box: Box | None = None


class Table(NamedTuple):
    """A table of a raw page, row by row. A cell that a merged cell covers is empty."""

    rows: tuple[tuple[Cell, ...], ...]


MarkKind = Literal["seal", "signature", "stamp", "incoming stamp", "handwriting"]


class Mark(NamedTuple):
    """What was put on a page by hand or by rubber: a seal, a signature, a stamp. No part of the page's text.

    ``box`` is in PDF points from the top left, ``text`` what could be read of it.
    """

    kind: MarkKind
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read: RAW text, where it came from, and the places of its words and lines.

    ``width`` and ``height`` are PDF points of the page as a viewer shows it; 0 where there is no page picture.
    ``others`` are the readings of a second witness (the garbled layer of a page that was read again) for words of
    ``text``. ``marks`` are its seals, signatures and stamps.
    """

    number: int
    text: str
    source: PageSource
    width: float = 0.0
    height: float = 0.0
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    others: tuple[tuple[Span, str], ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. ``file`` is the path as the user knows it (relative to the input root)."""

    file: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]


class Edit(NamedTuple):
    """One repair, noted when it was made.

    ``gain`` is how much likelier the repaired reading is than leaving the raw text (natural log-odds); ``why``
    names the reason in a word or two ("channel", "merge", "split", "code", "digit").
    """

    raw: Span
    text: Span
    before: str
    after: str
    why: str
    gain: float
    posterior: float = 1.0
    runner_up: str = ""


CERTAIN = 0.99
"""The posterior from which a reading is no doubt."""


class Doubt(NamedTuple):
    """A decoded word, changed or not, of which the decoder is not certain: its raw span, probability and rival."""

    raw: Span
    posterior: float
    runner_up: str


@dataclass(frozen=True)
class RepairedPage:
    """A page after repair. ``edits`` are disjoint and sorted; applying them to ``page.text`` gives ``text``.

    ``doubts`` are the decoded words below ``CERTAIN``, sorted; None where nothing was decoded. ``legible`` is
    False where a page was to be decoded and no Vietnamese was found in it: its text is the raw one.
    """

    page: Page
    text: str
    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] | None = None
    legible: bool = True

    def posterior(self, span: Span) -> float | None:
        """The probability of the least certain word in a raw span; None where nothing was decoded."""
        if self.doubts is None:
            return None
        found = 1.0
        for index in range(bisect_left(self._doubt_ends, span.start + 1), len(self.doubts)):
            doubt = self.doubts[index]
            if doubt.raw.start >= span.end:
                break
            found = min(found, doubt.posterior)
        return found

    def box(self, span: Span) -> Box | None:
        """The smallest box around the words of a raw span; None where the page has no boxes."""
        words = self.words(span)
        if len(words) < 2:
            return words[0].box if words else None
        lefts, tops, rights, bottoms = zip(*[word.box for word in words], strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))

    def words(self, span: Span) -> tuple[Word, ...]:
        """The words of a raw span."""
        start = bisect_right(self._word_ends, span.start)
        return self.page.words[start : bisect_left(self._word_starts, span.end, lo=start)]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.span.start for word in self.page.words]

    @cached_property
    def _word_ends(self) -> list[int]:
        return [word.span.end for word in self.page.words]

    @cached_property
    def _doubt_ends(self) -> list[int]:
        return [doubt.raw.end for doubt in self.doubts or ()]

    @cached_property
    def _text_starts(self) -> list[int]:
        return [edit.text.start for edit in self.edits]

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [edit.raw.start for edit in self.edits]

    def to_raw(self, span: Span) -> Span:
        """The raw span of a repaired span; an end inside an edit snaps to that edit's raw edge."""
        if not self.edits:
            return span
        start = self._raw_offset(span.start, left=True)
        return Span(start, max(start, self._raw_offset(span.end, left=False)))

    def to_text(self, span: Span) -> Span:
        """The repaired span of a raw span; an end inside an edit snaps to that edit's repaired edge."""
        if not self.edits:
            return span
        start = self._text_offset(span.start, left=True)
        return Span(start, max(start, self._text_offset(span.end, left=False)))

    def _raw_offset(self, offset: int, *, left: bool) -> int:
        index = (bisect_right if left else bisect_left)(self._text_starts, offset) - 1
        if index < 0:
            return offset
        edit = self.edits[index]
        if offset < edit.text.end:
            return edit.raw.start if left else edit.raw.end
        return edit.raw.end + offset - edit.text.end

    def _text_offset(self, offset: int, *, left: bool) -> int:
        index = (bisect_right if left else bisect_left)(self._raw_starts, offset) - 1
        if index < 0:
            return offset
        edit = self.edits[index]
        if offset < edit.raw.end:
            return edit.text.start if left else edit.text.end
        return edit.text.end + offset - edit.raw.end


class Change(NamedTuple):
    """A change to a raw page that is to be made; the fields are those of the ``Edit`` that will note it."""

    raw: Span
    before: str
    after: str
    why: str
    gain: float
    posterior: float = 1.0
    runner_up: str = ""


def apply_changes(page: Page, changes: Iterable[Change], doubts: Iterable[Doubt] | None = None) -> RepairedPage:
    """The page with disjoint changes made, each noted as an ``Edit``; raises ValueError where they overlap."""
    pieces: list[str] = []
    edits: list[Edit] = []
    done = 0
    length = 0
    for change in sorted(changes):
        if change.raw.start < done:
            raise ValueError(f"changes overlap at {change.raw.start} of page {page.number}")
        kept = page.text[done : change.raw.start]
        start = length + len(kept)
        length = start + len(change.after)
        pieces += (kept, change.after)
        edits.append(Edit(change.raw, Span(start, length), *change[1:]))
        done = change.raw.end
    pieces.append(page.text[done:])
    return RepairedPage(page, "".join(pieces), tuple(edits), None if doubts is None else tuple(sorted(doubts)))


class TextLine(NamedTuple):
    """A line of the DOCUMENT text: its span there, its page's index in ``Text.pages``, and its place on the page."""

    span: Span
    page: int
    block: int
    column: int


@dataclass(frozen=True)
class Text:
    """A repaired document, as one string in reading order; ``cite`` is the way back to the page."""

    document: Document
    pages: tuple[RepairedPage, ...]

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """Every line in reading order, with its span in DOCUMENT coordinates."""
        return tuple(line for line, _ in self._layout[1])

    @cached_property
    def text(self) -> str:
        """The repaired lines of all pages in reading order."""
        return self._layout[0]

    @cached_property
    def folded(self) -> str:
        """``text`` without marks and capitals; of the same length, so that spans hold in both."""
        return fold(self.text)

    @cached_property
    def _layout(self) -> tuple[str, tuple[tuple[TextLine, int], ...]]:
        pieces: list[str] = []
        lines: list[tuple[TextLine, int]] = []
        offset = 0
        for index, page in enumerate(self.pages):
            for line in page.page.lines:
                span = page.to_text(line.span)
                start = offset
                pieces += (page.text[span.start : span.end], "\n")
                offset += span.end - span.start + 1
                lines.append((TextLine(Span(start, offset - 1), index, line.block, line.column), span.start))
            if index < len(self.pages) - 1:
                pieces.append("\f")
                offset += 1
        return "".join(pieces), tuple(lines)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    @cached_property
    def tables(self) -> tuple[tuple[tuple[tuple[Span, ...], ...], ...], ...]:
        """Every table: rows of cells; a cell is the DOCUMENT spans of its lines."""
        return tuple(
            tuple(tuple(self._document_spans(index, cell.spans) for cell in row) for row in table.rows)
            for index, page in enumerate(self.pages)
            for table in page.page.tables
        )

    @cached_property
    def covered(self) -> tuple[tuple[tuple[bool, ...], ...], ...]:
        """Of each cell of ``tables``, whether a merged cell covers it."""
        return tuple(
            tuple(tuple(cell.box is None for cell in row) for row in table.rows)
            for page in self.pages
            for table in page.page.tables
        )

    def _document_spans(self, index: int, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        page = self.pages[index]
        return tuple(
            Span(line.start + max(0, want.start - at), line.start + min(end, want.end) - at)
            for want in (page.to_text(span) for span in spans)
            for line, at, end in self._placed.get(index, ())
            if at < want.end and want.start < end
        )

    @cached_property
    def _placed(self) -> dict[int, list[tuple[Span, int, int]]]:
        """The lines of each page: their DOCUMENT spans, and where they begin and end on the repaired page."""
        found: dict[int, list[tuple[Span, int, int]]] = {}
        for line, at in self._layout[1]:
            found.setdefault(line.page, []).append((line.span, at, at + line.span.end - line.span.start))
        return found

    def cite(self, span: Span, rule: str, of: str | None = None) -> tuple[Evidence, ...]:
        """Evidence for a DOCUMENT span: one piece per line; blank pieces are left out.

        The only place that makes ``Evidence``: so ``raw == page.text[start:end]`` holds for all of it.
        """
        found = []
        text, lines = self._layout
        for index in range(max(0, bisect_right(self._starts, span.start) - 1), len(lines)):
            line, at = lines[index]
            begin, stop = line.span
            if begin >= span.end:
                break
            start = max(span.start, begin)
            piece = text[start : min(span.end, stop)]
            kept = piece.strip()
            if not kept:
                continue
            start += len(piece) - len(piece.lstrip()) + at - begin
            page = self.pages[line.page]
            raw = page.to_raw(Span(start, start + len(kept)))
            found.append(
                Evidence(
                    page=page.page.number,
                    start=raw.start,
                    end=raw.end,
                    raw=page.page.text[raw.start : raw.end],
                    bbox=page.box(raw),
                    posterior=page.posterior(raw),
                    rule=rule,
                    of=of,
                )
            )
        return tuple(found)


class _Folded(dict[int, str]):
    """Code point -> its letter without marks, in lower case; filled as letters are met."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        base = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()
        self[point] = folded = base if len(base) == 1 else letter
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """``text`` without marks, in lower case; the same length in code points (combining marks stay where they are)."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def printable(text: str) -> str:
    """``text`` with every control and direction character shown as "\ufffd", so that it cannot steer a terminal."""
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text)
