"""The layout of a document: lines with zones, paragraphs with markers and section paths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from extractors._cues import BASIS_WORDS, PAGE_NUMBER, Zone, has_motto
from extractors._footnotes import NOTE_LINE, footnotes, small_print
from extractors._lines import Breaks, Row, breaks_a_code, rows
from extractors._markers import Level, Marker, Outline
from extractors._rules import View
from extractors._two_columns import side_by_side
from extractors._zones import Zones
from schemas.text import Span, Text

__all__ = ["Layout", "Level", "Paragraph", "Zone", "lay_out"]

_NUMERAL = re.compile(r"[IVXvxl1!|r]{1,5}[.,]")
_SMALL_NUMERALS = frozenset("ivxl1!|r")
"""With a capital or with one of these begins a marker for which it counts whether its line shouts."""
_PLAIN = re.compile(r"(?![PCMĐDIVXl1|])[^\W\d_]{2}[^\d.,:/)!|–-]{6}")
"""A line that begins with plain words, and with no marker."""
_DASHED = re.compile(r"\W{0,3}[-–] ?\w")
"""A recipient's line, with debris before its dash."""
_AFTER_HEAD = (Zone.BODY, Zone.APPENDIX, Zone.RECIPIENTS, Zone.SIGNATURE)
_BEFORE_NUMERAL = re.compile(r"\W{1,3}(?=[IVX]{1,4}[.)] )")
"""A speck before the numeral of a heading in capitals."""
_SHORT = 40
"""Letters under which a line is short whatever the lines around it are."""


class Paragraph(NamedTuple):
    """Lines that belong together.

    ``spans`` are DOCUMENT spans, one per line, without page numbers and footnotes that stand between. ``marker`` is the
    printed marker ("I.", "1.", "a)", "-", "+", "Điều 2."), which is not part of ``content``; ``section`` the printed
    path of the
    section that holds the paragraph, itself included where the marker counts ("II.1", "Điều 2", "Phụ lục V.1.a").
    ``level`` is
    the ``Level`` of the marker, 0 without one. ``page`` is an index into ``Text.pages``; ``column`` and ``block`` are
    those of
    the first line.
    """

    zone: Zone
    spans: tuple[Span, ...]
    page: int
    marker: str | None
    level: int
    section: str | None
    content: tuple[Span, ...]
    column: int = 0
    block: int = 0


@dataclass(frozen=True, eq=False)
class Layout:
    """The paragraphs of a document in reading order; two layouts are the same only if they are one."""

    text: Text
    paragraphs: tuple[Paragraph, ...]

    def zone(self, *zones: Zone) -> tuple[Paragraph, ...]:
        """The paragraphs of these zones."""
        return tuple(self.paragraphs[index] for index in self._indices(zones))

    def views(self, *zones: Zone) -> tuple[View, ...]:
        """The contents of the paragraphs of these zones (of all where none is named), as views; made once."""
        return tuple(self._views[index] for index in self._indices(zones)) if zones else self._views

    def _indices(self, zones: Sequence[Zone]) -> list[int]:
        return sorted(index for zone in zones for index in self._by_zone.get(zone, ()))

    @cached_property
    def _by_zone(self) -> dict[Zone, list[int]]:
        found: dict[Zone, list[int]] = {}
        for index, paragraph in enumerate(self.paragraphs):
            found.setdefault(paragraph.zone, []).append(index)
        return found

    @cached_property
    def _views(self) -> tuple[View, ...]:
        return tuple(View(self.text, p.content) for p in self.paragraphs)


def lay_out(text: Text) -> Layout:
    """Cut a document into paragraphs and give each its zone, marker and section path."""
    lines = side_by_side(rows(text))
    if not lines:
        return Layout(text, ())
    breaks = Breaks(lines)
    zones = Zones(lines, [breaks.full(i) for i in range(len(lines))])
    footnotes(lines, zones.zones, breaks)
    small_print(lines, zones.zones)
    paragraphs = _Joiner(lines, zones, breaks).paragraphs()
    return Layout(text, tuple(sorted(_with_basis(text, paragraphs), key=lambda p: p.spans[0])))


class _Joiner:
    """Joins lines into paragraphs, reading markers in order."""

    def __init__(self, lines: Sequence[Row], zones: Zones, breaks: Breaks) -> None:
        self._lines = lines
        self._zones = zones
        self._breaks = breaks
        self._outline = Outline()
        self._done: list[Paragraph] = []
        self._open: list[int] = []
        self._marker: Marker | None = None
        self._section: str | None = None

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs; the lines of letterhead, signature, footnotes and noise stand for themselves or are joined
        apart.
        """
        before: Zone | None = None
        for index, row in enumerate(self._lines):
            zone = self._zone(index, row)
            if zone in (Zone.NOISE, Zone.FOOTNOTE):
                self._aside(index, zone)
                continue
            if zone is not before:
                self._close()
                if zone is Zone.APPENDIX:
                    self._outline.restart()
            if zone in (Zone.LETTERHEAD, Zone.SIGNATURE):
                self._close()
                self._open = [index]
            elif zone in (Zone.TITLE, Zone.ADDRESSEE):
                self._title(index, zone)
            else:
                self._line(index, row, zone)
            before = zone
        self._close()
        return self._done

    def _zone(self, index: int, row: Row) -> Zone:
        zone = self._zones.zones[index]
        if zone in _AFTER_HEAD and has_motto(row.folded):
            return Zone.NOISE
        if zone is Zone.NOISE and index >= self._zones.annex and row.text in ("I", "l", "|"):
            return self._row_number(row)
        if PAGE_NUMBER.match(row.folded) and zone is not Zone.LETTERHEAD:
            return self._row_number(row) if zone is Zone.APPENDIX else Zone.NOISE
        return zone

    def _row_number(self, row: Row) -> Zone:
        """A number alone on its line in an appendix: the next row of a table, or a page number."""
        return Zone.APPENDIX if self._outline.read(row.text, fresh=True, capitals=False) is not None else Zone.NOISE

    def _title(self, index: int, zone: Zone) -> None:
        bullet = self._lines[index].text[:1] in "-–•+"
        if index == self._zones.heading or (self._open and self._open[-1] == self._zones.heading) or bullet:
            self._close()
        self._open.append(index)

    def _line(self, index: int, row: Row, zone: Zone) -> None:
        plain = bool(_PLAIN.match(row.text)) and (row.raw in ("", row.text) or bool(_PLAIN.match(row.raw)))
        plain = plain or (bool(self._open) and breaks_a_code(self._lines[self._open[-1]], row))
        marker = None if plain else self._read_marker(row, fresh=not self._open or self._fresh(index))
        if zone is Zone.RECIPIENTS and marker is not None and marker.level < Level.DASH:
            marker = None
        if marker is None and self._open and not self._starts(index, zone):
            self._open.append(index)
            return
        self._close()
        self._open, self._marker = [index], marker
        if marker is not None:
            self._outline.enter(marker)
        self._section = self._outline.path()

    def _read_marker(self, row: Row, *, fresh: bool) -> Marker | None:
        """The marker of a line; a numeral that repair has made a word of ("V." to "vụ.") is read from the raw line."""
        tells = row.text[:1].isupper() or row.text[:1] in _SMALL_NUMERALS
        if row.capitals and (debris := _BEFORE_NUMERAL.match(row.text)):
            marker = self._outline.read(row.text[debris.end() :], fresh=fresh, capitals=True)
            return replace(marker, size=marker.size + debris.end()) if marker is not None else None
        marker = self._outline.read(row.text, fresh=fresh, capitals=row.capitals or (tells and row.shouts))
        seen, printed = (text.split(" ", 1)[0] for text in (row.raw, row.text))
        if marker is not None or seen == printed or not _NUMERAL.fullmatch(seen):
            return marker
        marker = self._outline.read(seen + row.text[len(printed) :], fresh=fresh, capitals=row.shouts)
        return replace(marker, size=marker.size + len(printed) - len(seen)) if marker is not None else None

    def _fresh(self, index: int) -> bool:
        last, row = self._lines[self._open[-1]], self._lines[index]
        if last.ends or (self._breaks.gaps_tell and row.gap and row.page == last.page):
            return True
        if self._breaks.opens(self._open[-1], index, first=len(self._open) == 1):
            return True
        short = max(_SHORT, 0.85 * self._breaks.full(self._open[-1]))
        return len(last.text) < short or last.capitals != row.capitals

    def _starts(self, index: int, zone: Zone) -> bool:
        last, row = self._open[-1], self._lines[index]
        if zone is Zone.RECIPIENTS:
            return self._lines[last].ends or self._lines[last].column != row.column or bool(_DASHED.match(row.text))
        if zone is Zone.APPENDIX and self._marker is not None and self._marker.size >= len(self._lines[last].text):
            return True
        headed = self._marker is not None and self._marker.level <= Level.ROMAN and self._lines[last].capitals
        return (headed and not row.capitals) or self._breaks.between(last, index, first=len(self._open) == 1)

    def _aside(self, index: int, zone: Zone) -> None:
        """A line between those of a paragraph that is not of it; the lines of a footnote are joined."""
        row = self._lines[index]
        last = self._done[-1] if self._done else None
        if (
            zone is Zone.FOOTNOTE
            and last
            and last.zone is zone
            and not NOTE_LINE.match(row.text)
            and last.page == row.page
        ):
            self._done[-1] = last._replace(spans=(*last.spans, row.span), content=(*last.content, row.span))
            return
        self._done.append(Paragraph(zone, (row.span,), row.page, None, 0, None, (row.span,), row.column, row.block))

    def _close(self) -> None:
        if not self._open:
            return
        spans = tuple(self._lines[i].span for i in self._open)
        first, marker = self._lines[self._open[0]], self._marker
        zone = self._zone_of(self._open[0])
        content = spans
        if marker is not None:
            rest = first.text[marker.size :]
            start = min(spans[0].start + marker.size + len(rest) - len(rest.lstrip()), spans[0].end)
            head = (Span(start, spans[0].end),) if start < spans[0].end else ()
            content = (*head, *spans[1:])
        counts = zone in (Zone.BODY, Zone.APPENDIX)
        self._done.append(
            Paragraph(
                zone,
                spans,
                first.page,
                marker.printed if marker else None,
                int(marker.level) if marker else 0,
                self._section if counts else None,
                content,
                first.column,
                first.block,
            )
        )
        self._open, self._marker = [], None

    def _zone_of(self, index: int) -> Zone:
        zone = self._zones.zones[index]
        return Zone.APPENDIX if zone is Zone.NOISE else zone


def _with_basis(text: Text, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The căn cứ / thực hiện paragraphs that open the body, with the clause that closes them ("... như sau:")."""
    start = next((i for i, p in enumerate(paragraphs) if p.zone is Zone.BODY), len(paragraphs))
    found = False
    for index in range(start, len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.zone in (Zone.NOISE, Zone.FOOTNOTE):
            continue
        if paragraph.zone is not Zone.BODY or paragraph.level not in (0, Level.DASH):
            break
        head, last = paragraph.spans[0], paragraph.spans[-1]
        folded = text.folded[head.start : head.end]
        opens = bool(BASIS_WORDS.match(folded)) or text.text[head.start : head.end].isupper()
        closes = text.text[last.start : last.end].endswith(":") and len(paragraph.spans) <= 8
        if not opens and not (found and closes) and not _basis_goes_on(text, paragraphs[index + 1 : index + 2]):
            break
        found = found or opens
        paragraphs[index] = paragraph._replace(zone=Zone.BASIS, section=None)
        if closes and not text.text[head.start : head.end].isupper():
            following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            if following is None or not text.text[following.spans[0].start : following.spans[0].end].isupper():
                break
    return paragraphs


def _basis_goes_on(text: Text, following: list[Paragraph]) -> bool:
    """Whether the next paragraph opens as a basis does: the one before it is a basis whose first word was misread."""
    return any(
        p.zone is Zone.BODY and p.level == 0 and BASIS_WORDS.match(text.folded[p.spans[0].start : p.spans[0].end])
        for p in following
    )
