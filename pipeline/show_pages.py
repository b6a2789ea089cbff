"""How the pages of a document were read, with their marks and tables, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from pipeline.store import Store, StoreError
from schemas.run import CellRow, PageRow
from schemas.text import printable


def pages_table(store: Store, file: str) -> RenderableType:
    """Where the text of each page came from and why, its seals, signatures and stamps, and its tables cell by cell."""
    known = [done.file for done in store.read_run().documents]
    if file not in known:
        raise StoreError(f"{file} is no document of {store.root}; it has: {', '.join(known[:10])}")
    pages = store.read_pages(file).pages
    read = Table(title=Styled(printable(f"{file}: pages"), "bold"), title_justify="left")
    for column in ("page", "text from", "layer", "note", "marks"):
        read.add_column(column, overflow="fold")
    for page in pages:
        source = page.source
        marks = "; ".join(f"{mark.kind}: {mark.text}" if mark.text else mark.kind for mark in page.marks)
        cells = (str(source.number), source.text_from, source.quality, source.note or "", marks)
        read.add_row(*(Styled(printable(cell)) for cell in cells))
    return Group(read, *(table for page in pages for table in _tables(page)))


def _tables(page: PageRow) -> Iterator[Table]:
    for number, rows in enumerate(page.tables, 1):
        title = f"page {page.source.number}, table {number}"
        table = Table(title=Styled(title, "bold"), title_justify="left", show_header=False, show_lines=True)
        for _ in rows[0]:
            table.add_column(overflow="fold")
        for row in rows:
            table.add_row(*map(_cell, row))
        yield table


def _cell(cell: CellRow) -> Styled:
    return Styled(printable(cell.text))
