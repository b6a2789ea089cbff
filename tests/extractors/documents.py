"""Documents for the tests: plain text as a repaired document of one page per form feed, columns by a mark."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Literal

from schemas.record import PageSource
from schemas.text import Document, Line, Page, RepairedPage, Span, Text

LEFT, RIGHT = "‹", "›"
"""Marks at the head of a line of the left and of the right column; they stay out of the lines' spans."""


def document(printed: str, file: str = "test.txt") -> Text:
    """A text as it comes from reading and repair, nothing edited."""
    pages = []
    for number, text in enumerate(unicodedata.normalize("NFC", printed).split("\f"), 1):
        lines = []
        offset = 0
        for line in text.split("\n"):
            column: Literal[0, 1, 2] = 1 if line.startswith(LEFT) else 2 if line.startswith(RIGHT) else 0
            if line.strip():
                lines.append(Line(Span(offset + (column > 0), offset + len(line)), 0, column))
            offset += len(line) + 1
        source = PageSource(number=number, text_from="text-file", quality="good")
        pages.append(Page(number, text, source, lines=tuple(lines)))
    sha = hashlib.sha256(printed.encode()).hexdigest()
    return Text(Document(file, sha, "text/plain", tuple(pages)), tuple(RepairedPage(p, p.text) for p in pages))
