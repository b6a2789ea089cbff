"""Ruled tables of a PDF page, through pdfplumber's table finder; asked only where the page has ruled lines."""

from __future__ import annotations

from typing import Any

from ingest.pdf_file import PdfFile
from ingest.reading_order import CellBoxes
from schemas.record import Box

FEWEST_RULES = 4
"""Path objects that a page must have before the (slow) table finder is asked."""
_THIN = 3.0
"""A filled rectangle of at most so many points is a rule; a larger one is a background."""


def find_tables(file: PdfFile, index: int) -> tuple[CellBoxes, ...]:
    """The ruled tables of page ``index`` (from 0) with at least two rows and two columns, cells in points as shown."""
    whole = file.plumber.pages[index]
    left, top = whole.cropbox[0], whole.cropbox[1]
    found = []
    for table in whole.filter(_is_rule).find_tables():
        rows = tuple(tuple(_shifted(cell, left, top) for cell in row.cells) for row in table.rows)
        if sum(sum(cell is not None for cell in row) >= 2 for row in rows) >= 2:
            found.append(rows)
    whole.close()
    return tuple(found)


def _shifted(cell: Box | None, left: float, top: float) -> Box | None:
    return (cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top) if cell else None


def _is_rule(item: dict[str, Any]) -> bool:
    """Whether an object can be a rule of a table: no text, and no area that is only filled (a highlight)."""
    if item["object_type"] == "rect" and not item.get("stroke"):
        return min(float(item["width"]), float(item["height"])) <= _THIN
    return item["object_type"] in ("line", "rect", "curve", "rect_edge")
