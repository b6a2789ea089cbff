"""Ruled tables of a PDF page, through pdfplumber's table finder; asked only where the page has ruled lines."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pdfplumber

from ingest.reading_order import CellBoxes

FEWEST_RULES = 4
"""Path objects that a page must have before the (slow) table finder is asked."""
_THIN = 3.0
"""A filled rectangle of at most so many points is a rule; a larger one is a background."""


def find_tables(data: bytes, index: int) -> tuple[CellBoxes, ...]:
    """The ruled tables of page ``index`` (from 0) with at least two rows and two columns, cells in points as shown."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        page = pdf.pages[index].filter(_is_rule)
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
            if sum(sum(cell is not None for cell in row) >= 2 for row in rows) >= 2:
                found.append(rows)
    return tuple(found)


def _is_rule(item: dict[str, Any]) -> bool:
    """Whether an object can be a rule of a table: no text, and no area that is only filled (a highlight)."""
    if item["object_type"] == "rect" and not item.get("stroke"):
        return min(float(item["width"]), float(item["height"])) <= _THIN
    return item["object_type"] in ("line", "rect", "curve", "rect_edge")
