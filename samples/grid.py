"""Ruled tables that run over pages, with cells merged across and down."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from samples.markup import pieces
from samples.sheet import LEFT, RIGHT, Line, wrap

if TYPE_CHECKING:
    from samples.typeset import Setter

SIZE, LEAD, PAD = 12.0, 14.6, 4.0
ACROSS, DOWN = "<", "^"
"""What stands in a cell that belongs to the one on its left, or to the one above it."""


class _Cell(NamedTuple):
    """The lines of a cell, its column, and how many columns and rows it fills."""

    lines: list[Line]
    column: int
    wide: int = 1
    high: int = 1


def table(setter: Setter, options: str, rows: list[str]) -> None:
    """Draw ``| cell | cell |`` rows (``//`` parts a cell's paragraphs).

    ``options``: the columns' shares of the width, and perhaps ``repeat``: the head stands on each page again.
    """
    shares, *marks = options.split()
    drawn = _Table(setter, [float(share) for share in shares.split(",")], "repeat" in marks)
    texts = [[cell.strip() for cell in row[1:-1].split("|")] for row in rows]
    number = 0
    setter.y += 8
    for _, group in groupby(texts, key=_Tied()):
        tied = list(group)
        drawn.put(tied, head=number == 0)
        number += len(tied)


class _Tied:
    """Numbers rows so that those which a cell ties to the row above have its number."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, row: list[str]) -> int:
        self._number += DOWN not in row
        return self._number


class _Table:
    """Sets rows on the pages of a setter."""

    def __init__(self, setter: Setter, shares: list[float], repeat: bool) -> None:
        self._setter = setter
        total, room = sum(shares), setter.sheet.width - LEFT - RIGHT
        self._edges = [LEFT + room * sum(shares[:number]) / total for number in range(len(shares) + 1)]
        self._repeat = repeat
        self._head: list[list[str]] = []

    def put(self, texts: list[list[str]], head: bool = False) -> None:
        """Draw rows that cells tie together, or a single row; what of that does not fit goes on at the next page."""
        head = head or texts is self._head
        rows = self._cells(texts, head)
        if head and self._repeat:
            self._head = texts
        setter = self._setter
        while any(cell.lines for row in rows for cell in row):
            fits = int((setter.floor() - setter.y - 2 * PAD) // LEAD)
            highest = [max((len(c.lines) for c in row if c.high == 1), default=1) for row in rows]
            if fits < (min(2, highest[0]) if len(rows) == 1 else sum(highest) + len(rows)):
                setter.turn()
                setter.y += 4
                if self._head:
                    self.put(self._head)
                continue
            now = rows if len(rows) > 1 else [[cell._replace(lines=cell.lines[:fits]) for cell in rows[0]]]
            rows = [[cell._replace(lines=cell.lines[fits:]) for cell in rows[0]]] if len(rows) == 1 else []
            self._draw(now, head)

    def _cells(self, texts: list[list[str]], bold: bool) -> list[list[_Cell]]:
        rows = []
        for number, row in enumerate(texts):
            cells = []
            for column, text in enumerate(row):
                if text in (ACROSS, DOWN):
                    continue
                wide = 1 + _run(row[column + 1 :], ACROSS)
                high = 1 + _run([below[column] for below in texts[number + 1 :]], DOWN)
                room = self._edges[column + wide] - self._edges[column] - 2 * PAD
                parts = [part.strip() for part in text.split("//") if part.strip()]
                face = "Bold" if bold else "Regular"
                lines = [line for part in parts for line in wrap(pieces(part, face), SIZE, room, justify=False)]
                cells.append(_Cell(lines, column, wide, high))
            rows.append(cells)
        return rows

    def _draw(self, rows: list[list[_Cell]], centred: bool) -> None:
        setter, edges = self._setter, self._edges
        tops = [setter.y]
        for row in rows:
            tops.append(tops[-1] + max((len(c.lines) for c in row if c.high == 1), default=1) * LEAD + 2 * PAD)
        for number, (row, top) in enumerate(zip(rows, tops, strict=False)):
            texts = [""] * (len(edges) - 1)
            for cell in row:
                left, right = edges[cell.column], edges[cell.column + cell.wide]
                bottom = tops[number + cell.high]
                spare = (bottom - top - 2 * PAD - len(cell.lines) * LEAD) / 2 if cell.high > 1 else 0.0
                setter.y = top + PAD - 3 + max(0.0, spare)
                for line in cell.lines:
                    setter.y += LEAD
                    narrow = centred or right - left < 40
                    setter.put(line, (left + right - line.width) / 2 if narrow else left + PAD, SIZE)
                    setter.sheet.lines.append(line.text)
                texts[cell.column] = " ".join(line.text for line in cell.lines)
            setter.sheet.cells.append(texts)
            self._rule(row, top, tops[number + 1], closed=number == len(rows) - 1)
        setter.y = tops[-1]

    def _rule(self, row: list[_Cell], top: float, bottom: float, closed: bool) -> None:
        """The rules beside a row's cells and above them; below them where the next row is not tied to it."""
        edges, rules = self._edges, self._setter.sheet.rules
        inner = {cell.column + number for cell in row for number in range(1, cell.wide)}
        rules.extend((x, top, x, bottom) for number, x in enumerate(edges) if number not in inner)
        begun = {cell.column + number for cell in row for number in range(cell.wide)}
        start = 0
        for number in range(len(edges)):
            if number not in begun:
                if number > start:
                    rules.append((edges[start], top, edges[number], top))
                start = number + 1
        if closed:
            rules.append((edges[0], bottom, edges[-1], bottom))


def _run(texts: list[str], mark: str) -> int:
    """How many texts from the first on are a mark."""
    return next((number for number, text in enumerate(texts) if text != mark), len(texts))
