"""Ruled tables that run over pages."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from samples.markup import pieces
from samples.sheet import LEFT, ROOM, Line, wrap

if TYPE_CHECKING:
    from samples.typeset import Setter

SIZE, LEAD, PAD = 12.0, 14.6, 4.0


def table(setter: Setter, shares: list[float], rows: list[str]) -> None:
    """Draw ``| cell | cell |`` rows (``//`` parts a cell's paragraphs) in columns of the given shares of the width."""
    total = sum(shares)
    edges = [LEFT + ROOM * sum(shares[:number]) / total for number in range(len(shares) + 1)]
    setter.y += 8
    for number, row in enumerate(rows):
        texts = row[1:-1].split("|")
        rooms = [right - left - 2 * PAD for left, right in pairwise(edges)]
        cells = [_cell(text, room, number == 0) for text, room in zip(texts, rooms, strict=True)]
        _row(setter, edges, cells, number == 0)


def _cell(text: str, room: float, bold: bool) -> list[Line]:
    face = "Bold" if bold else "Regular"
    parts = [part.strip() for part in text.split("//") if part.strip()]
    return [line for part in parts for line in wrap(pieces(part, face), SIZE, room, justify=False)]


def _row(setter: Setter, edges: list[float], cells: list[list[Line]], centre: bool) -> None:
    """One row; what does not fit goes on at the head of the next page."""
    while any(cells):
        fits = int((setter.floor() - setter.y - 2 * PAD) // LEAD)
        if fits < min(2, max(map(len, cells))):
            setter.turn()
            setter.y += 4
            continue
        now, cells = [cell[:fits] for cell in cells], [cell[fits:] for cell in cells]
        top = setter.y
        for (left, right), cell in zip(pairwise(edges), now, strict=True):
            setter.y = top + PAD - 3
            for line in cell:
                setter.y += LEAD
                narrow = centre or right - left < 40
                setter.put(line, (left + right - line.width) / 2 if narrow else left + PAD, SIZE)
                setter.sheet.lines.append(line.text)
        setter.y = top + max(map(len, now)) * LEAD + 2 * PAD
        setter.sheet.rules.extend((x, top, x, setter.y) for x in edges)
        setter.sheet.rules.extend((edges[0], y, edges[-1], y) for y in (top, setter.y))
