"""The layout of a document: lines with zones, paragraphs with markers and section paths."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas.text import Span, Text


class Zone(StrEnum):
    """The parts of a document by Nghị định 30/2020/NĐ-CP."""

    LETTERHEAD = "letterhead"
    TITLE = "title"
    BASIS = "basis"
    BODY = "body"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    APPENDIX = "appendix"
    FOOTNOTE = "footnote"
    NOISE = "noise"


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together.

    ``spans`` are DOCUMENT spans, one per line, without page numbers and footnotes that stand between. ``marker`` is the
    printed marker ("I.", "1.", "a)", "-", "+", "Điều 2."), which is not part of ``content``; ``section`` the printed path of the
    section that holds the paragraph, itself included where the marker counts ("II.1", "Điều 2", "Phụ lục V.1.a").
    """

    zone: Zone
    spans: tuple[Span, ...]
    page: int
    marker: str | None
    level: int
    section: str | None
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Layout:
    """The paragraphs of a document in reading order."""

    text: Text
    paragraphs: tuple[Paragraph, ...]

    def zone(self, *zones: Zone) -> tuple[Paragraph, ...]:
        """The paragraphs of these zones."""
        return tuple(p for p in self.paragraphs if p.zone in zones)


def lay_out(text: Text) -> Layout:
    """Cut a document into paragraphs and give each its zone, marker and section path."""
    return Layout(
        text,
        tuple(
            Paragraph(Zone.BODY, (line.span,), line.page, None, 0, None, (line.span,)) for line in text.lines
        ),
    )
