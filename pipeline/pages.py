"""A repaired document as the rows of ``RUN/pages/<file>.json.gz``."""

from __future__ import annotations

from schemas.run import DoubtRow, EditRow, LineRow, PageRow, PagesFile, WordRow
from schemas.text import RepairedPage, Text


def pages_file(text: Text) -> PagesFile:
    """All pages with raw and repaired text, edits, words and lines: enough to check every evidence without the file."""
    document = text.document
    return PagesFile(file=document.file, sha256=document.sha256, pages=tuple(map(_row, text.pages)))


def _row(repaired: RepairedPage) -> PageRow:
    page = repaired.page
    return PageRow(
        source=page.source,
        width=page.width,
        height=page.height,
        text=page.text,
        repaired=repaired.text,
        edits=tuple(EditRow(**edit._asdict()) for edit in repaired.edits),
        doubts=None if repaired.doubts is None else tuple(DoubtRow(**doubt._asdict()) for doubt in repaired.doubts),
        words=tuple(WordRow(span=word.span, box=word.box, confidence=word.confidence) for word in page.words),
        lines=tuple(LineRow(**line._asdict()) for line in page.lines),
    )
