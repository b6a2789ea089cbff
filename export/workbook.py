"""A workbook for Excel and LibreOffice, a sheet a table, written row by row in constant memory."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from export.cells import LONGEST, Cell, fitting, visible
from export.tables import Column, Table
from pipeline.writing import StoreError, writing

ROWS = 1_048_576
"""Rows of a sheet, the head row among them (Excel's specification)."""

_A4 = 9
"""The number of the paper in the format of workbooks."""

_LINE, _MOST = 15, 6
"""Points of a line of a cell, and the lines of a row that are shown at most."""
_WIDEST = 400
"""The width in letters of a table that may be printed one page wide."""


def _lines(cell: Cell, column: Column) -> int:
    """The lines that a text takes in its column, about."""
    return -(-len(cell) // column.width) if isinstance(cell, str) else 1


class Workbook:
    """Takes rows (``export.sinks.Sink``). A table that outgrows its sheet goes on in a further one, and is told."""

    def __init__(self, book: Any, vietnamese: bool, limit: int = ROWS) -> None:
        """``book`` is an ``xlsxwriter.Workbook``; ``limit`` the rows of a sheet."""
        self._book = book
        self._head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1, "valign": "top"})
        self._cell = book.add_format({"text_wrap": True, "valign": "top"})
        self._vietnamese = vietnamese
        self._limit = limit
        self._sheets: dict[str, list[Any]] = {}
        self._next: dict[str, int] = {}
        self._cut = 0

    def add(self, table: Table) -> None:
        """A sheet for a table: names of the columns, widths, a head row that stays in sight, pages to print."""
        sheets = self._sheets.setdefault(table.name, [])
        name = table.label if self._vietnamese else table.name
        sheet = self._book.add_worksheet(name if not sheets else f"{name} {len(sheets) + 1}")
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        if sum(column.width for column in table.columns) <= _WIDEST:
            sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.label if self._vietnamese else column.name, self._head)
        sheets.append(sheet)
        self._next[table.name] = 1

    def row(self, table: Table, cells: Sequence[Cell]) -> None:
        """Write one row: numbers as numbers, everything else as a string, never a formula or a link."""
        if self._next[table.name] == self._limit:
            self._filter(table)
            self.add(table)
        sheet, index = self._sheets[table.name][-1], self._next[table.name]
        lines = max(map(_lines, cells, table.columns), default=1)
        if lines > 1:
            sheet.set_row(index, _LINE * min(lines, _MOST))
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self._cut += len(visible(cell)) > LONGEST
                sheet.write_string(index, column, fitting(cell), self._cell)
            elif cell is not None:
                sheet.write_number(index, column, cell, self._cell)
        self._next[table.name] += 1

    def _filter(self, table: Table) -> None:
        last = max(1, self._next[table.name] - 1)
        self._sheets[table.name][-1].autofilter(0, 0, last, len(table.columns) - 1)

    def finish(self, tables: Sequence[Table]) -> tuple[str, ...]:
        """Put a filter on each sheet; gives what the user has to know."""
        for table in tables:
            self._filter(table)
        told = [
            f"{table.name}: more rows than a sheet holds ({self._limit:,}); they go on in {len(sheets)} sheets"
            for table in tables
            if len(sheets := self._sheets[table.name]) > 1
        ]
        if self._cut:
            told.append(f"{self._cut:,} cells were cut to the {LONGEST:,} characters that a cell holds")
        return tuple(told)


@contextmanager
def workbook(path: Path, tables: Sequence[Table], made: datetime.datetime, *, vietnamese: bool) -> Iterator[Workbook]:
    """A workbook that takes its place at ``path`` when the context ends; ``made`` is the date that it bears."""
    import xlsxwriter

    with writing(path) as temporary:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(temporary, {**options, "strings_to_numbers": False})
        book.use_zip64()
        book.set_properties({"created": made.replace(tzinfo=None)})
        filled = Workbook(book, vietnamese)
        for table in tables:
            filled.add(table)
        yield filled
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise StoreError(f"{path} cannot be written: {error}") from error
