"""Whether the cells of a drawn table came out in their row and column."""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz import fuzz

from audit.syllables import syllables
from ingest.reading_order import Composed
from samples.sheet import Sheet
from schemas.text import Cell

ALIKE = 80.0
"""A cell is right where its text is as alike to the drawn one as this, of 100."""


def cells_right(composed: Composed, sheet: Sheet) -> tuple[int, int]:
    """How many filled cells of a drawn table were read in the right row and column, and how many there are."""
    found = [row for table in composed.tables for row in table.rows]
    wanted = drawn_cells(sheet)
    right = total = 0
    for number, row in enumerate(wanted):
        for column, text in enumerate(row):
            if text:
                total += 1
                cells = found[number] if number < len(found) else ()
                seen = _text(cells[column], composed) if column < len(cells) else ""
                right += fuzz.ratio(seen, text) >= ALIKE
    return right, total


def drawn_cells(sheet: Sheet) -> list[list[str]]:
    """The texts of a sheet's table, row by row, from the places of its rules."""
    across = sorted({y for x0, y, x1, y1 in sheet.rules if y == y1 and x1 > x0})
    down = sorted({x for x, y0, x1, y1 in sheet.rules if x == x1 and y1 > y0})
    across = [y for y in across if y >= min(y0 for x, y0, x1, y1 in sheet.rules if x == x1)] if down else []
    return [
        [
            " ".join(syllables(" ".join(w.text for w in sheet.words if left < w.x < right and top < w.y <= bottom)))
            for left, right in pairwise(down)
        ]
        for top, bottom in pairwise(across)
    ]


def _text(cell: Cell, composed: Composed) -> str:
    return " ".join(syllables(" ".join(composed.text[span.start : span.end] for span in cell.spans)))
