"""Which words of a reading the language model finds doubtful: those are worth a second look at the picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from diacritics.model import Model
from diacritics.repair import repair
from schemas.record import PageSource
from schemas.text import CERTAIN, Document, Line, Page, Span


def doubtful(lines: Sequence[Sequence[str]], model: Model) -> list[list[bool]]:
    """For each word of each line, whether its reading is not certain or would be changed."""
    spans: list[list[Span]] = []
    pieces: list[str] = []
    at = 0
    for words in lines:
        spans.append([])
        for word in words:
            text = re.sub(r"\s", "", unicodedata.normalize("NFC", word))
            spans[-1].append(Span(at, at + len(text)))
            pieces.append(text)
            at += len(text) + 1
    rows = tuple(Line(Span(row[0].start, row[-1].end)) for row in spans if row)
    page = Page(1, " ".join(pieces), PageSource(number=1, text_from="ocr", quality="none"), lines=rows)
    repaired = repair(Document("", "", "", (page,)), model, adapt=False).pages[0]
    edited = [edit.raw for edit in repaired.edits]

    def is_open(span: Span) -> bool:
        changed = any(raw.start < span.end and span.start < raw.end for raw in edited)
        return changed or (repaired.posterior(span) or 0.0) < CERTAIN

    return [[is_open(span) for span in row] for row in spans]
