"""Tables of duties: ruled tables, and tables whose cells a text layer has flattened into lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

from extractors import _deadlines, _duties
from extractors._duties import Duty
from extractors._flat_tables import FlatRow, FlatTable, appendix_lines
from extractors._layout import Layout, Paragraph, Zone
from extractors._rules import View
from schemas.record import Evidence
from schemas.text import Span, fold

BY_ORDER = "a table without ruled lines: lead and support are read by the order of its cells"
Column = Literal["number", "task", "lead", "advise", "support", "deadline"]
_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:stt|tt|so tt|so thu tu)$")),
    ("support", re.compile(r".{0,40}\bphoi hop\b")),
    (
        "lead",
        re.compile(
            r".{0,40}\b(?:chu tri|thuc hien chinh|dau moi|chiu trach nhiem)\b|(?:co quan"
            r"|don vi)(?:,? \w+ \w+)? thuc hien|phan cong|trach nhiem"
        ),
    ),
    ("advise", re.compile(r".{0,30}\btham muu\b")),
    ("deadline", re.compile(r".{0,20}\b(?:thoi gian|thoi han|han hoan thanh|hoan thanh|tien do|lo trinh)\b")),
    ("task", re.compile(r".{0,60}\b(?:noi dung|nhiem vu|cong viec|hoat dong|giai phap|ten)\b")),
)
_ROMAN_RE = re.compile(r"([IVX]{1,5})\.?$")
_NUMBER_RE = re.compile(r"(\d{1,3}(?:\.\d{1,2})*)\.?$")
_BULLET_RE = re.compile(r"\s*[-–+•] ?(?=[^\W\d_])")


@dataclass(slots=True)
class Tables:
    """The duties of tables, the paragraphs that they used up, and where the reading rests on order."""

    duties: list[Duty] = field(default_factory=list)
    paragraphs: frozenset[int] = frozenset()
    doubts: list[tuple[Evidence, ...]] = field(default_factory=list)


def read_tables(layout: Layout) -> Tables:
    """The duties of every table of the document."""
    found = Tables()
    used: set[int] = set()
    _ruled(layout, found, used)
    _flattened(layout, found, used)
    found.paragraphs = frozenset(used)
    return found


_Cells = tuple[tuple[Span, ...], ...]
_Covered = frozenset[int]
"""The columns of a row that cells merged from above cover."""
_Raw = tuple[_Cells, _Covered, "dict[Column, int]", "_Row", bool]


def _ruled(layout: Layout, found: Tables, used: set[int]) -> None:
    columns: dict[Column, int] | None = None
    width = 0
    state = _Row(layout)
    rows: list[_Raw] = []
    for table, covered in zip(layout.text.tables, layout.text.covered, strict=True):
        if not table:
            continue
        start = 0
        for index, row in enumerate(table[:3]):
            if header := _header([_text(layout, cell) for cell in row]):
                again = columns == header and width == len(row)
                columns, width, start = header, len(row), index + 1
                state = state if again else _Row(layout)
        if columns is None or (start == 0 and len(table[0]) != width):
            columns = None
            continue
        cells = sorted(span for row in table for cell in row for span in cell)
        used |= {i for i, p in enumerate(layout.paragraphs) if _covered(p, cells)}
        for index in range(start, len(table)):
            above = frozenset(i for i, is_covered in enumerate(covered[index]) if is_covered)
            rows.append((table[index], above, columns, state, index == start and bool(rows)))
    for row, above, names, reader in _joined(layout, rows):
        found.duties += reader.read(row, names, above)


def _joined(layout: Layout, rows: list[_Raw]) -> list[tuple[_Cells, _Covered, dict[Column, int], _Row]]:
    """The rows, the first of a page joined to the last of the page before where it only goes on with it."""
    found: list[tuple[_Cells, _Covered, dict[Column, int], _Row]] = []
    for row, above, columns, state, first in rows:
        number = _text(layout, row[columns["number"]]) if "number" in columns else None
        task = _text(layout, row[columns["task"]])
        if first and found and number == "" and len(row) == len(found[-1][0]) and not task[:1].isupper():
            whole = tuple((*a, *b) for a, b in zip(found[-1][0], row, strict=True))
            found[-1] = (whole, *found[-1][1:])
        else:
            found.append((row, above, columns, state))
    return found


def _covered(paragraph: Paragraph, cells: list[Span]) -> bool:
    """Whether a paragraph shares a letter with cells, which are sorted and apart."""
    for span in paragraph.spans:
        at = bisect_left(cells, span.end, key=_begin) - 1
        if at >= 0 and span.start < cells[at].end:
            return True
    return False


def _begin(span: Span) -> int:
    return span.start


def _text(layout: Layout, cell: tuple[Span, ...]) -> str:
    return " ".join(View(layout.text, cell).text.split())


def _header(texts: list[str]) -> dict[Column, int] | None:
    """Which column is what; None where the row names no lead."""
    columns: dict[Column, int] = {}
    for index, text in enumerate(texts):
        folded = fold(text)
        for name, pattern in _COLUMNS:
            if name not in columns and len(folded) < 90 and pattern.match(folded):
                columns[name] = index
                break
    return columns if "lead" in columns and "task" in columns else None


class _Row:
    """Reads the rows of a ruled table in order, with what merged cells hand down."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._roman: str | None = None
        self._number: str | None = None
        self._last: dict[Column, View] = {}
        self._handed_down = False

    def read(self, row: _Cells, columns: dict[Column, int], above: _Covered = frozenset()) -> list[Duty]:
        """The duties of a row; in the columns ``above`` a cell merged with those above it speaks for it too."""
        views = {name: View(self._layout.text, row[i]) for name, i in columns.items() if i < len(row)}
        full = [cell for cell in row if View(self._layout.text, cell).text.strip()]
        number = views["number"].text.strip().replace("H", "II") if "number" in views else ""
        task = views.get("task")
        if task is None or not task.text.strip():
            return []
        if match := _ROMAN_RE.match(number):
            self._roman, self._number, self._last = match[1], None, {}
            if len(full) <= 2:
                return []
        elif match := _NUMBER_RE.match(number):
            self._number = match[1]
            self._last = {name: view for name, view in self._last.items() if columns.get(name) in above}
        merged = columns.get("lead") in above
        if len(full) <= 2 and number and "lead" in views and not views["lead"].text.strip() and not merged:
            return []
        for name in ("lead", "support", "advise", "deadline"):
            if name in views and (views[name].text.strip() or name not in self._last):
                self._last[name] = views[name]
        if not self._last.get("lead") or not self._last["lead"].text.strip():
            return []
        self._handed_down = "lead" in views and not views["lead"].text.strip() and not merged
        return [self._duty(task, span) for span in _bullets(task)]

    def _duty(self, task: View, span: Span) -> Duty:
        duty = Duty(task, span, self._section(task), "assignments.table", inferred=self._handed_down)
        for name in ("lead", "support", "advise"):
            if (view := self._last.get(name)) and view.text.strip():
                getattr(duty, name).extend(_duties.actors(view, Span(0, len(view.text))))
        if (view := self._last.get("deadline")) and view.text.strip():
            duty.deadline = (view, _duties.trimmed(view, Span(0, len(view.text.rstrip(" .;")))))
        return _duties.from_text(task, span, duty)

    def _section(self, task: View) -> str | None:
        at = task.spans[0].start
        head = None
        for paragraph in self._layout.paragraphs:
            if paragraph.spans[0].start > at:
                break
            if paragraph.zone is Zone.APPENDIX:
                head = "Phụ lục"
            elif paragraph.zone is Zone.BODY:
                head = paragraph.section
        path = ".".join(part for part in (self._roman, self._number) if part)
        return (" " if head == "Phụ lục" else ".").join(part for part in (head, path) if part) or None


def _bullets(view: View) -> list[Span]:
    """The bullets of a cell, each at the head of a line, the first perhaps without its dash; else the whole cell."""
    starts = []
    offset = 0
    for start, end in view.spans:
        if _BULLET_RE.match(view.source.text, start, end):
            starts.append(offset)
        offset += end - start + 1
    lost = bool(starts) and starts[0] > 0 and not view.text[: starts[0]].rstrip().endswith(":")
    if not starts or (starts[0] > 0 and not lost):
        return [Span(0, len(view.text))]
    found = [Span(a + 1, b) for a, b in zip(starts, [*starts[1:], len(view.text)], strict=True)]
    return [Span(0, starts[0]), *found] if lost else found


def _flattened(layout: Layout, found: Tables, used: set[int]) -> None:
    """A table without rules: after a head with "CHỦ TRÌ", tasks and bodies follow each other line by line."""
    for head, spans, indexes in appendix_lines(layout):
        if used.intersection(indexes):
            continue
        rows = FlatTable(layout, spans).read()
        if rows:
            used.update(indexes)
        for row in rows:
            found.duties += _row_duties(layout, head, row)
            lead = View(layout.text, tuple(row.cells[0]))
            found.doubts.append(lead.cite(Span(0, len(lead.text)), "assignments.table-by-order"))


def _row_duties(layout: Layout, head: str, row: FlatRow) -> list[Duty]:
    """The duties of a row: the first cell of bodies leads, the others support."""
    tasks = [View(layout.text, tuple(spans)) for spans in row.tasks]
    if len(tasks) > 1 and not row.bullets and not tasks[0].text.rstrip().endswith((".", ";")):
        tasks = tasks[1:]
    cells = [View(layout.text, tuple(spans)) for spans in row.cells]
    path = ".".join(part for part in (row.roman, row.number) if part)
    section = f"{head} {path}" if head == "Phụ lục" else f"{head}.{path}"
    duties = []
    for view in tasks:
        whole = Span(0, len(view.text))
        duty = Duty(view, whole, section, "assignments.table-by-order")
        duty.lead = _duties.actors(cells[0], Span(0, len(cells[0].text)))
        duty.support = [a for cell in cells[1:] for a in _duties.actors(cell, Span(0, len(cell.text)))]
        if row.time:
            time = View(layout.text, tuple(row.time))
            duty.deadline = (time, _duties.trimmed(time, Span(0, len(time.text.rstrip(" .;")))))
        duty = _duties.from_text(view, whole, duty)
        if duty.deadline is None and (year := _deadlines.find_at_end(view.folded)):
            duty.deadline = (view, year)
        duties.append(duty)
    return duties
