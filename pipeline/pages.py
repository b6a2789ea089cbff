"""A repaired document as the rows of ``RUN/pages/<file>.json.gz``."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.run import CellRow, DoubtRow, EditRow, LineRow, MarkRow, PageRow, PagesFile, WordRow
from schemas.text import Cell, RepairedPage, Text


def pages_file(text: Text) -> PagesFile:
    """All pages with raw and repaired text, edits, words and lines: enough to check every evidence without the file."""
    document = text.document
    return PagesFile(file=document.file, sha256=document.sha256, pages=tuple(map(_row, text.pages)))


def pages_json(text: Text) -> Iterator[str]:
    """The same as JSON, page by page: the rows of a thousand pages would not fit into a worker's memory at once."""
    document = text.document
    yield PagesFile(file=document.file, sha256=document.sha256, pages=()).model_dump_json().removesuffix("]}")
    for number, page in enumerate(text.pages):
        yield ("," if number else "") + _row(page).model_dump_json()
    yield "]}\n"


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
        marks=tuple(MarkRow(**mark._asdict()) for mark in page.marks),
        tables=tuple(
            tuple(tuple(_cell(cell, repaired) for cell in row) for row in table.rows) for table in page.tables
        ),
    )


def _cell(cell: Cell, repaired: RepairedPage) -> CellRow:
    spans = map(repaired.to_text, cell.spans)
    return CellRow(text=" ".join(repaired.text[span.start : span.end] for span in spans), box=cell.box)
