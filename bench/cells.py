"""Whether the cells of drawn tables came out in their row and column, and what record their rows should give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from audit.syllables import syllables
from samples.grid import ACROSS, DOWN
from samples.markup import Source, plain
from samples.sheet import Sheet
from schemas.gold import Gold, GoldAssignment, GoldTarget
from schemas.text import RepairedPage, Span, fold

ALIKE = 80.0
"""A cell is right where its text is as alike to the drawn one as this, of 100."""
_ROLES = (
    ("number", re.compile(r"(?:stt|tt|so tt)$")),
    ("support", re.compile(r".*phoi hop")),
    ("lead", re.compile(r".*(?:chu tri|co quan thuc hien)")),
    ("deadline", re.compile(r"thoi (?:gian|han)")),
    ("unit", re.compile(r"don vi tinh")),
    ("goal", re.compile(r"(?:ke hoach )?nam \d{4}$")),
    ("task", re.compile(r".*(?:nhiem vu|noi dung|chi tieu)")),
)
AGENCIES = frozenset({"lead", "support"})


def roles(head: Sequence[str]) -> list[str]:
    """What each column of a table is, by its head: number, task, lead, support, deadline, unit, goal, other."""
    return [next((name for name, heads in _ROLES if heads.match(fold(text.strip()))), "other") for text in head]


class Compared(NamedTuple):
    """A filled cell of a drawn table: what its column is ("head" in the rows of the head), what stands in it, what was
    read there.
    """

    kind: str
    wanted: str
    seen: str

    @property
    def right(self) -> bool:
        """Whether both are alike."""
        return fuzz.ratio(self.seen, self.wanted) >= ALIKE


def compared(pages: Iterable[tuple[Sheet, RepairedPage]]) -> Iterator[Compared]:
    """The filled cells of the tables on these pages, each with what was read in its row and column.

    The first row of the first page is a head; so is each row that is like it.
    """
    columns: list[str] = []
    for sheet, page in pages:
        found = list(_rows(page))
        for number, row in enumerate(sheet.cells):
            is_head = not columns or roles(row) == columns
            columns = columns or roles(row)
            for column, text in enumerate(row):
                if text:
                    seen = found[number][column] if number < len(found) and column < len(found[number]) else ""
                    yield Compared("head" if is_head else columns[column], _plain(text), seen)


def _rows(page: RepairedPage) -> Iterator[list[str]]:
    for table in page.page.tables:
        for row in table.rows:
            yield [_plain(" ".join(_text(page, cell.spans))) for cell in row]


def _text(page: RepairedPage, spans: Sequence[Span]) -> Iterator[str]:
    for start, end in map(page.to_text, spans):
        yield page.text[start:end]


def _plain(text: str) -> str:
    return " ".join(syllables(text))


def gold_of(source: Source) -> Gold:
    """The duties and goals that the rows of a source's tables state; what they state none of is not scored."""
    duties: list[GoldAssignment] = []
    goals: list[GoldTarget] = []
    columns: list[str] = []
    above: list[str] = []
    for line in source.body:
        if not line.startswith("|"):
            columns, above = [], []
            continue
        cells = [cell.strip() for cell in line[1:-1].split("|")]
        row = [above[i] if cell == DOWN else plain(cell) for i, cell in enumerate(cells)]
        if not columns:
            heads, columns = row, roles(row)
            continue
        above = row
        said = dict(zip(columns, row, strict=True))
        if said.get("lead", ACROSS) not in ("", ACROSS):
            duties += _duties(said)
        goals += [
            _goal(said, head, cell)
            for head, role, cell in zip(heads, columns, row, strict=True)
            if role == "goal" and cell != ACROSS
        ]
    stated = {"assignments": tuple(duties), "targets": tuple(goals)}
    return Gold.model_validate({name: items for name, items in stated.items() if items})


def _duties(said: dict[str, str]) -> Iterator[GoldAssignment]:
    for task in said["task"].split(" // "):
        yield GoldAssignment(
            task=task.removeprefix("- "),
            lead=tuple(said["lead"].split(", ")),
            support=tuple(said.get("support", "").split(", ")),
            deadline=said.get("deadline") or None,
        )


def _goal(said: dict[str, str], head: str, cell: str) -> GoldTarget:
    unit = said["unit"].removeprefix("triệu ")
    factor = 1 if unit == said["unit"] else 1_000_000
    return GoldTarget(
        period=head[-4:],
        value=float(cell.replace(".", "").replace(",", ".")) * factor,
        unit=unit,
        population=said["task"],
        statement=said["task"],
    )
