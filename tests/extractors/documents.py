"""Documents for the tests: plain text as a repaired document of one page per form feed, columns by a mark."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from schemas.record import PageSource, Record
from schemas.text import Document, Line, Page, RepairedPage, Span, Text, Word

LEFT, RIGHT = "‹", "›"
"""Marks at the head of a line of the left and of the right column; they stay out of the lines' spans."""


def document(printed: str, file: str = "test.txt", *, boxes: bool = False) -> Text:
    """A text as it comes from reading and repair, nothing edited; with ``boxes`` a letter is five points wide."""
    pages = []
    for number, text in enumerate(unicodedata.normalize("NFC", printed).split("\f"), 1):
        lines, words = [], []
        offset = 0
        for line in text.split("\n"):
            column: Literal[0, 1, 2] = 1 if line.startswith(LEFT) else 2 if line.startswith(RIGHT) else 0
            if line.strip():
                lines.append(Line(Span(offset + (column > 0), offset + len(line)), 0, column))
            for word in re.finditer(r"\S+", line) if boxes else ():
                box = (70.0 + 5 * word.start(), 15.0 * len(lines), 70.0 + 5 * word.end(), 15.0 * len(lines) + 10)
                words.append(Word(Span(offset + word.start(), offset + word.end()), box))
            offset += len(line) + 1
        source = PageSource(number=number, text_from="text-file", quality="good")
        pages.append(Page(number, text, source, words=tuple(words), lines=tuple(lines)))
    sha = hashlib.sha256(printed.encode()).hexdigest()
    return Text(Document(file, sha, "text/plain", tuple(pages)), tuple(RepairedPage(p, p.text) for p in pages))


def cases(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Title, text and what is expected of every case of a file."""
    parts = path.read_text(encoding="utf-8").split("\n.\n")
    assert len(parts) % 3 == 1 and not parts[-1].strip(), f"{path.name}: a case is title, text and JSON"
    for at in range(0, len(parts) - 1, 3):
        title, text, expected = parts[at : at + 3]
        yield title.strip(), text.replace("\n␌\n", "\f"), json.loads(expected)


def plain(record: Record, name: str) -> Any:
    """The plain value of a field; of notes their fields and kinds."""
    if name == "notes":
        return [f"{note.field} {note.kind}" for note in record.notes]
    if name in ("number", "symbol", "urgency", "secrecy"):
        value = getattr(record, name)
        return value.value if value is not None else None
    if name == "addressee":
        return [cited.value for cited in record.addressee]
    return record.plain()[name]
