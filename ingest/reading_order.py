"""Reading order: from words with boxes to lines and blocks, and to the page's text.

Body text is read line by line over the full width. Only the letterhead and the end of a document are read as two
columns, and only where their own words are there (``cues``); a table is read row by row, cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ingest.borderless import find_spaced
from ingest.columns import Part, arrange
from ingest.rows import Row, Token, in_rows
from schemas.record import Box
from schemas.text import Cell, Line, Span, Table, Word

CellBoxes = tuple[tuple[Box | None, ...], ...]
"""The cells of a ruled table: rows of boxes, None where a merged cell covers."""
_BLOCK_GAP = 1.45
"""Lines further apart than this many usual line distances begin a new block."""


class Composed(NamedTuple):
    """A page in reading order."""

    text: str
    words: tuple[Word, ...]
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()


class _Item(NamedTuple):
    """Rows that stand together: a block, its column, and the table cell (table, row, column) that it fills."""

    rows: tuple[Row, ...]
    column: Literal[0, 1, 2] = 0
    cell: tuple[int, int, int] | None = None


def compose(
    tokens: Sequence[Token],
    tables: Sequence[CellBoxes] = (),
    apart: Sequence[Sequence[Token]] = (),
    bands: Sequence[Sequence[float]] = (),
) -> Composed:
    """Write words in reading order: "\\n" between lines, an empty line between blocks.

    ``tokens`` have boxes in points from the top left of the page; ``tables`` are the cells of its ruled tables; where
    there are none, tables that blanks make are looked for. ``apart`` are lines that belong to no sentence, such as
    stamps: they come first, a block each. ``bands`` are the heights of rules across the page that none crosses.
    """
    tables = sorted(tables or find_spaced(in_rows(tokens), bands), key=_top)
    owner = [_cell_of(token, tables) for token in tokens]
    rows = in_rows([token for token, cell in zip(tokens, owner, strict=True) if cell is None])
    items = [_Item((Row(line),)) for line in apart]
    for index, table in enumerate(tables):
        above = [row for row in rows if row.middle < _top(table)]
        rows = rows[len(above) :]
        items += [_Item(part.rows, part.column) for part in _blocks(arrange(above))]
        for place in ((index, r, c) for r, row in enumerate(table) for c in range(len(row))):
            inside = in_rows([token for token, cell in zip(tokens, owner, strict=True) if cell == place])
            items += [_Item(tuple(inside), 0, place)] if inside else []
    items += [_Item(part.rows, part.column) for part in _blocks(arrange(rows))]
    return _write(items, tables)


def _top(table: CellBoxes) -> float:
    return min((box[1] for row in table for box in row if box), default=0.0)


def _write(items: Sequence[_Item], tables: Sequence[CellBoxes]) -> Composed:
    pieces: list[str] = []
    words: list[Word] = []
    lines: list[Line] = []
    cells: dict[tuple[int, int, int], list[Span]] = {}
    at = 0
    for block, item in enumerate(items):
        for row in item.rows:
            start = at
            for token in row.tokens:
                words.append(Word(Span(at, at + len(token.text)), token.box, token.confidence, token.again))
                pieces += (token.text, " ")
                at += len(token.text) + 1
            pieces[-1] = "\n"
            span = Span(start, at - 1)
            lines.append(Line(span, block, item.column))
            if item.cell:
                cells.setdefault(item.cell, []).append(span)
        pieces.append("\n")
        at += 1
    made = tuple(
        Table(
            tuple(
                tuple(Cell(tuple(cells.get((t, r, c), ())), box) for c, box in enumerate(row))
                for r, row in enumerate(table)
            )
        )
        for t, table in enumerate(tables)
    )
    return Composed("".join(pieces).rstrip("\n"), tuple(words), tuple(lines), made)


def _blocks(parts: Sequence[Part]) -> list[Part]:
    """Each part cut where the distance between lines is larger than usual."""
    steps = sorted(
        below.middle - above.middle
        for part in parts
        for above, below in zip(part.rows, part.rows[1:], strict=False)
        if below.middle > above.middle
    )
    usual = steps[len(steps) // 2] if steps else 0.0
    found = []
    for part in parts:
        start = 0
        for i in range(1, len(part.rows) + 1):
            if i == len(part.rows) or part.rows[i].middle - part.rows[i - 1].middle > _BLOCK_GAP * usual:
                found.append(Part(part.rows[start:i], part.column))
                start = i
    return found


def _cell_of(token: Token, tables: Sequence[CellBoxes]) -> tuple[int, int, int] | None:
    """The cell that holds the middle of a word."""
    if not tables:
        return None
    x, y = (token.box[0] + token.box[2]) / 2, (token.box[1] + token.box[3]) / 2
    return next(
        (
            (t, r, c)
            for t, table in enumerate(tables)
            for r, row in enumerate(table)
            for c, box in enumerate(row)
            if box and box[0] <= x <= box[2] and box[1] <= y <= box[3]
        ),
        None,
    )
