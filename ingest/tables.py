"""Ruled tables of a PDF page, through pdfplumber's table finder; asked only where the page has ruled lines."""

from __future__ import annotations

from io import BytesIO

import pdfplumber

from ingest.reading_order import CellBoxes

FEWEST_RULES = 4
"""Path objects that a page must have before the (slow) table finder is asked."""


def find_tables(data: bytes, index: int) -> tuple[CellBoxes, ...]:
    """The ruled tables of page ``index`` (from 0) with at least two rows and two columns, cells in points as shown."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        page = pdf.pages[index]
        left, top = page.cropbox[0], page.cropbox[1]
        found = []
        for table in page.find_tables():
            rows = tuple(
                tuple(
                    (cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top) if cell else None
                    for cell in row.cells
                )
                for row in table.rows
            )
            if len(rows) >= 2 and max(map(len, rows)) >= 2:
                found.append(rows)
    return tuple(found)
