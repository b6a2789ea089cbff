"""Tables of duties: ruled tables, and tables whose cells a text layer has flattened into lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from extractors import _agencies, _deadlines, _duties
from extractors._duties import Duty
from extractors._layout import Layout, Level, Paragraph, Zone
from extractors._rules import View
from schemas.record import Evidence
from schemas.text import Span, fold

BY_ORDER = "Bảng không có đường kẻ: cơ quan chủ trì và phối hợp được hiểu theo thứ tự các ô."
Column = Literal["number", "task", "lead", "advise", "support", "deadline"]
_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:stt|tt|so tt|so thu tu)$")),
    ("support", re.compile(r".{0,40}\bphoi hop\b")),
    ("lead", re.compile(r".{0,40}\b(?:chu tri|thuc hien chinh|dau moi|chiu trach nhiem)\b|(?:co quan|don vi)(?:,? \w+ \w+)? thuc hien|phan cong|trach nhiem")),
    ("advise", re.compile(r".{0,30}\btham muu\b")),
    ("deadline", re.compile(r".{0,20}\b(?:thoi gian|thoi han|han hoan thanh|hoan thanh|tien do|lo trinh)\b")),
    ("task", re.compile(r".{0,60}\b(?:noi dung|nhiem vu|cong viec|hoat dong|giai phap|ten)\b")),
)
_ROMAN_RE = re.compile(r"([IVX]{1,5})\.?$")
_NUMBER_RE = re.compile(r"(\d{1,3}(?:\.\d{1,2})*)\.?$")
_BULLET_RE = re.compile(r"(?:^|(?<=[.;:] ))[-–+•] ?(?=[^\W\d_])")
_TIME_RE = re.compile(
    r"(?:trong )?(?:nam \d{4}|quy [ivx]+|thang \d|thuong xuyen|hang (?:nam|quy|thang)|truoc ngay|truoc thang|\d{1,2}/\d{4}|\d{4}(?: ?- ?\d{4})?$|den nam \d{4}"
    r"|giai doan|cuoi nam|truoc \d)"
)
_HEADER_RE = re.compile(r"(?:co quan|don vi)?\s*(?:chu tri|phoi hop)\b|(?:stt|tt)\b.{0,60}(?:nhiem vu|noi dung|cong viec)")


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


def _ruled(layout: Layout, found: Tables, used: set[int]) -> None:
    columns: dict[Column, int] | None = None
    width = 0
    state = _Row(layout)
    for table in layout.text.tables:
        if not table:
            continue
        start = 0
        for index, row in enumerate(table[:3]):
            if header := _header([_text(layout, cell) for cell in row]):
                columns, width, start = header, len(row), index + 1
                state = _Row(layout)
        if columns is None or (start == 0 and len(table[0]) != width):
            columns = None
            continue
        cells = [span for row in table for cell in row for span in cell]
        used |= {i for i, p in enumerate(layout.paragraphs) if p.spans and _covered(p, cells)}
        for row in table[start:]:
            found.duties += state.read(row, columns)


def _covered(paragraph: Paragraph, cells: list[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in paragraph.spans for b in cells)


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

    def read(self, row: tuple[tuple[Span, ...], ...], columns: dict[Column, int]) -> list[Duty]:
        views = {name: View(self._layout.text, row[i]) for name, i in columns.items() if i < len(row)}
        full = [cell for cell in row if View(self._layout.text, cell).text.strip()]
        number = views["number"].text.strip() if "number" in views else ""
        task = views.get("task")
        if task is None or not task.text.strip():
            return []
        if match := _ROMAN_RE.match(number):
            self._roman, self._number, self._last = match[1], None, {}
            if len(full) <= 2:
                return []
        elif match := _NUMBER_RE.match(number):
            self._number = match[1]
            self._last = {}
        if len(full) <= 2 and number and "lead" in views and not views["lead"].text.strip():
            return []
        for name in ("lead", "support", "advise", "deadline"):
            if name in views and (views[name].text.strip() or not self._last):
                self._last[name] = views[name]
        if not self._last.get("lead") or not self._last["lead"].text.strip():
            return []
        return [self._duty(task, span) for span in _bullets(task)]

    def _duty(self, task: View, span: Span) -> Duty:
        duty = Duty(task, span, self._section(task), "assignments.table")
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
        return " ".join(part for part in (head, path) if part) or None


def _bullets(view: View) -> list[Span]:
    """The bullets of a cell; the whole cell where it has none."""
    starts = [m.start() for m in _BULLET_RE.finditer(view.text)]
    if not starts or starts[0] > 4:
        return [Span(0, len(view.text))]
    return [
        Span(a + 1, b)
        for a, b in zip(starts, [*starts[1:], len(view.text)], strict=True)
        if len(view.text[a:b].split()) > 2
    ]


@dataclass(slots=True)
class _Cells:
    """The tasks and the cells of a flattened row, in order."""

    tasks: list[tuple[View, Span, str | None]] = field(default_factory=list)
    cells: list[list[View]] = field(default_factory=list)
    deadline: View | None = None


def _flattened(layout: Layout, found: Tables, used: set[int]) -> None:
    """A table without rules: after a head with "CHỦ TRÌ", tasks and bodies follow each other cell by cell."""
    open_ = False
    row = _Cells()
    numbered = False
    for index, paragraph in enumerate(layout.paragraphs):
        view = View(layout.text, paragraph.content)
        if index in used or paragraph.zone not in (Zone.APPENDIX, Zone.NOISE):
            if open_ and paragraph.zone is not Zone.NOISE:
                _close(row, found)
                open_, row = False, _Cells()
            continue
        if paragraph.zone is Zone.NOISE:
            continue
        if _is_header(view, paragraph, open_):
            used.add(index)
            open_ = True
            continue
        if not open_:
            continue
        used.add(index)
        if paragraph.level in (Level.ROMAN, Level.CAPITAL, Level.APPENDIX):
            _close(row, found)
            row = _Cells()
            continue
        if 0 < paragraph.level < Level.DASH:
            _close(row, found)
            row, numbered = _Cells(), True
        if view.text.strip() and not view.text.isupper():
            row = _cell(view, paragraph, row, numbered, found)
            numbered = False
    _close(row, found)


def _is_header(view: View, paragraph: Paragraph, open_: bool) -> bool:
    if paragraph.level not in (Level.TEXT, Level.ARABIC):
        return False
    words = view.folded.strip()
    if not view.text.isupper() and not (words.startswith(("stt", "tt ")) and "chu tri" in words):
        return False
    return bool(_HEADER_RE.match(words)) or (open_ and words in ("co quan", "don vi", "thoi gian", "ghi chu", "hoan thanh"))


def _cell(view: View, paragraph: Paragraph, row: _Cells, numbered: bool, found: Tables) -> _Cells:
    """Take one paragraph as a task, as (part of) a cell of bodies, or as a time."""
    if _TIME_RE.match(view.folded) and len(view.text.split()) <= 8 and row.tasks:
        row.deadline = view
        return row
    if _is_bodies(view):
        dashed = paragraph.level == Level.DASH
        running = row.cells and (row.cells[-1][-1].text.rstrip().endswith((",", ";")) or view.text[:1].islower())
        if running or (dashed and row.cells and _dashed(row.cells[-1][-1])):
            row.cells[-1].append(view)
        else:
            row.cells.append([view])
        return row
    if row.cells:
        _close(row, found)
        row = _Cells()
    for span in _headed(view) if numbered else [Span(0, len(view.text))]:
        row.tasks.append((view, span, paragraph.section))
    return row


def _dashed(view: View) -> bool:
    start = view.spans[0].start
    return view.source.text[max(0, start - 3) : start].strip() in ("-", "–")


def _is_bodies(view: View) -> bool:
    text = view.text.strip(" .;,-–")
    if not text or len(text) > 200 or not _agencies.begins(text, view.folded.strip(" .;,-–"), 0):
        return False
    return _agencies.scan(text, 0) >= len(text)


def _headed(view: View) -> list[Span]:
    """The heading of a row and its first task, where a line that is not full parts them."""
    widths = [span.end - span.start for span in view.spans]
    offset = 0
    for index, width in enumerate(widths[:-1]):
        offset += width + 1
        head, rest = view.text[: offset - 1].rstrip(), view.text[offset:]
        room = width + 1 + len(rest.split(" ", 1)[0]) < 0.95 * max(widths)
        if room and rest[:1].isupper() and not head.endswith((".", ",", ";", ":", "-")) and index:
            return [Span(0, offset - 1), Span(offset, len(view.text))]
    return [Span(0, len(view.text))]


def _close(row: _Cells, found: Tables) -> None:
    """Make the duties of a row: the first cell of bodies leads, the second supports."""
    if not row.tasks or not row.cells:
        return
    tasks = row.tasks
    view, span, _ = tasks[0]
    if len(tasks) > 1 and not view.text[: span.end].rstrip().endswith((".", ";")):
        tasks = tasks[1:]
    lead, support = row.cells[0], [part for cell in row.cells[1:] for part in cell]
    for view, span, section in tasks:
        duty = Duty(view, span, section, "assignments.table-by-order")
        duty.lead = [a for part in lead for a in _duties.actors(part, Span(0, len(part.text)))]
        duty.support = [a for part in support for a in _duties.actors(part, Span(0, len(part.text)))]
        if row.deadline is not None:
            duty.deadline = (row.deadline, _duties.trimmed(row.deadline, Span(0, len(row.deadline.text.rstrip(" .;")))))
        duty = _duties.from_text(view, span, duty)
        if duty.deadline is None and (year := _deadlines.find_at_end(view.folded[span.start : span.end])):
            duty.deadline = (view, Span(span.start + year.start, span.start + year.end))
        found.duties.append(duty)
    found.doubts.append(tuple(e for part in lead for e in part.cite(Span(0, len(part.text)), "assignments.table-by-order")))
