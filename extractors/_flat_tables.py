"""Tables of duties whose cells a text layer has flattened into lines: what is a cell is told from order, width and
names.

A row is a number, the lines of its task (wide, or bullets), then short lines that are bodies (the first cell
leads, the second supports), then perhaps a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors import _agencies
from extractors._layout import Layout, Zone
from schemas.text import Span, fold

_LEAD_RE = re.compile(r"(?:co quan|don vi|co quan, don vi)?\s*chu tri\b|stt\b.{0,120}\bchu tri\b")
_NAMED_HEAD_RE = re.compile(r"(?:stt|tt) .{0,20}(?:nhiem vu|noi dung|cong viec)")
_MATE_RE = re.compile(r"(?:stt|tt)\b|(?:co quan|don vi)?\s*phoi hop\b|noi dung|nhiem vu|co quan$|don vi$")
_HEAD_WORD_RE = re.compile(r"^(?:stt|tt)$|chu tri|phoi hop|^co quan|^don vi|^thoi gian|^nhiem vu|^noi dung|^ghi chu")
_ROMAN_RE = re.compile(r"([IVX]{1,5})(?:[.:]? (?=[A-ZĐÁÀẢÂĂÊÔƠƯ“\"])|\.?$)")
_NUMBER_RE = re.compile(r"(\d{1,3})(?:[.)]? (?=[^\W\d_]|[-+“\"])|[.)]?$)")
_TIME_RE = re.compile(
    r"(?:trong )?(?:nam (?:hoc|\d{4})|quy(?: [ivx]+\b|$)|thang \d|thuong xuyen|thuong$"
    r"|hang (?:nam|quy|thang)|truoc (?:ngay|thang|\d)|(?:ngay )?\d{1,2}/\d{1,2}/\d{4}"
    r"|\d{1,2}/\d{4}|\d{4}(?: ?[-–] ?\d{4})?$|den (?:het )?nam|giai doan|cuoi nam|sau khi|dinh ky)"
)
_TIME_MORE_RE = re.compile(r"[a-z]|\d|[ivx]+/")
_OPEN_END_RE = re.compile(r"(?:,|;| và| của| với| các| do| tại| cho| theo| về|-|&)$")
_NEEDS_MORE_RE = re.compile(
    r"(?:^|[\s,])(?:Văn phòng|Trung tâm|Ban|Bộ|Sở|Phòng|Hội|Đoàn|Báo|Đài|Chi cục|Cục|Ủy ban"
    r"|Hội đồng|Công ty|Trường|Thanh tra"
    r"|Ban Quản lý|Ban Chỉ huy|Bộ Chỉ huy)$"
)
_BULLET_RE = re.compile(r"[-–+•]\s*(?=\S)")
_NARROW = 0.72
"""Cells of bodies are narrower than this share of the widest lines, which are those of tasks."""


@dataclass(slots=True)
class FlatRow:
    """A row: its tasks (each the spans of its lines), the cells of bodies, the time, and its place ("I", "2")."""

    roman: str | None
    number: str | None
    tasks: list[list[Span]] = field(default_factory=list)
    bullets: bool = False
    cells: list[list[Span]] = field(default_factory=list)
    time: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str
    folded: str


def _is_debris(text: str) -> bool:
    """Whether a line is no text: mostly signs, or a letter or two that are no numeral."""
    letters = sum(c.isalnum() for c in text)
    signs = sum(not c.isalnum() and not c.isspace() for c in text)
    if letters <= 2:
        return not text.strip(" .)").isdigit() and not _ROMAN_RE.match(text)
    return signs > 0.6 * letters


class FlatTable:
    """Reads the lines after a head with "CHỦ TRÌ"."""

    def __init__(self, layout: Layout, spans: Sequence[Span]) -> None:
        """``spans`` are the lines of an appendix, in order."""
        self._lines = []
        for start, end in spans:
            text = layout.text.text[start:end].strip()
            if not _is_debris(text):
                self._lines.append(_Line(Span(start, end), text, fold(text)))
        widths = sorted(len(line.text) for line in self._lines)
        self._width = widths[int(len(widths) * 0.9)] if widths else 0
        self._roman: str | None = None
        self._number = 0
        self._row: FlatRow | None = None
        self._before: _Line | None = None
        self._resumed = False
        self._titled = False
        self.rows: list[FlatRow] = []

    def read(self) -> list[FlatRow]:
        """The rows; none where no head names a lead."""
        start = self._head()
        if start is None:
            return []
        head = {line.folded for line in self._lines[max(0, start - 12) : start] if _HEAD_WORD_RE.search(line.folded)}
        for index in range(start, len(self._lines)):
            line = self._lines[index]
            if line.folded in head:
                continue
            if not self._starts_row(line, index):
                self._cell(line)
            self._before = line
        self._close()
        return [row for row in self.rows if row.tasks and row.cells]

    def _head(self) -> int | None:
        """The line after the head of the table: the first numeral after "CHỦ TRÌ"."""
        for index, line in enumerate(self._lines):
            near = self._lines[max(0, index - 6) : index + 6]
            if _NAMED_HEAD_RE.match(line.folded) or (
                _LEAD_RE.match(line.folded)
                and len(line.text) < 130
                and sum(bool(_MATE_RE.match(x.folded)) for x in near) >= 1
            ):
                for after in range(index + 1, min(index + 12, len(self._lines))):
                    text = self._lines[after].text
                    if _ROMAN_RE.match(text) or re.match(r"1(?:[.)]|\s|$)", text):
                        return after
                return None
        return None

    def _close(self) -> None:
        if self._row is not None and self._row.tasks:
            self.rows.append(self._row)
        self._row = None
        self._resumed = False

    def _starts_row(self, line: _Line, index: int) -> bool:
        """Take a numeral that begins a section or a row (the next in order; another is a page number)."""
        if match := _ROMAN_RE.match(line.text):
            rest = line.text[match.end() :]
            title = rest or (self._lines[index + 1].text if index + 1 < len(self._lines) else "")
            if title.isupper() or (not rest and self._numbered_below(index)):
                self._close()
                self._roman, self._number = match[1], 0
                self._titled = True
                return True
        if line.text in ("I", "l", "|") and self._number == 0 and self._roman and self._row is None:
            self._number, self._row = 1, FlatRow(self._roman, "1")
            return True
        if match := _NUMBER_RE.match(line.text):
            if int(match[1]) == self._number + 1:
                self._close()
                self._number += 1
                self._titled = False
                self._row = FlatRow(self._roman, str(self._number))
                if rest := line.text[match.end() :].strip():
                    start = line.span.start + line.text.index(rest, match.end() - 1)
                    self._cell(_Line(Span(start, line.span.end), rest, fold(rest)))
                return True
            return match.end() == len(line.text)
        return line.text.isupper() and self._row is None

    def _numbered_below(self, index: int) -> bool:
        """Whether a title of a line or two and then row 1 stand below a numeral."""
        return any(_NUMBER_RE.match(x.text) and x.text[0] == "1" for x in self._lines[index + 2 : index + 4])

    def _cell(self, line: _Line) -> None:
        """Take a line as (more of) a task, of a cell of bodies, or of a time."""
        if self._row is None:
            if line.text.isupper() or self._titled:
                return
            self._row = FlatRow(self._roman, str(self._number) if self._number else None)
        row = self._row
        if self._resumed and row.cells and not self._is_body(line):
            if line.text[:1].islower():
                row.tasks[-1].append(line.span)
                self._resumed = False
            return
        if row.tasks and not self._task_runs(line) and self._body_cell(line, row):
            return
        if row.cells and line.text[:1].islower() and not row.bullets:
            row.tasks[-1].append(line.span)
            self._resumed = True
            return
        if row.cells:
            self._close()
            self._row = row = FlatRow(row.roman, row.number)
        self._task(line, row)

    def _task_runs(self, line: _Line) -> bool:
        """Whether the task's last line cannot be its end."""
        row, before = self._row, self._before
        if row is None or row.cells or before is None:
            return False
        return _OPEN_END_RE.search(before.text.lower()) is not None or line.text[:1].islower()

    def _body_cell(self, line: _Line, row: FlatRow) -> bool:
        narrow = len(line.text) <= _NARROW * self._width
        if row.time and _TIME_MORE_RE.match(line.folded) and narrow and not line.text[:1].isupper():
            row.time.append(line.span)
            return True
        if row.cells and self._before is not None and narrow and self._runs_on(line, self._before):
            (row.time or row.cells[-1]).append(line.span)
            return True
        if narrow and row.cells and _TIME_RE.match(line.folded):
            row.time.append(line.span)
            return True
        if (narrow or len(line.text) <= self._width) and self._is_body(line):
            dashed = bool(_BULLET_RE.match(line.text)) and row.cells and self._dashed(row.cells[-1][-1])
            if dashed:
                row.cells[-1].append(line.span)
            else:
                row.cells.append([line.span])
            return True
        if row.cells and narrow and len(line.text) < 0.5 * self._width and not _BULLET_RE.match(line.text):
            (row.time or row.cells[-1]).append(line.span)
            return True
        return False

    def _dashed(self, span: Span) -> bool:
        line = next(x for x in self._lines if x.span == span)
        return bool(_BULLET_RE.match(line.text))

    def _runs_on(self, line: _Line, before: _Line) -> bool:
        """Whether a line goes on with the cell of the line before."""
        if _BULLET_RE.match(line.text):
            return False
        unfinished = _OPEN_END_RE.search(before.text.lower()) or _NEEDS_MORE_RE.search(before.text)
        return bool(unfinished) or line.text[:1].islower()

    def _is_body(self, line: _Line) -> bool:
        text = _BULLET_RE.sub("", line.text, count=1) if _BULLET_RE.match(line.text) else line.text
        text = re.sub(r"[\s.;,]+$", "", text)
        folded = fold(text)
        if not _agencies.begins(text, folded, 0):
            return False
        kept = re.sub(r"\s+(?:và|của|các)$", "", text)
        return _agencies.scan(kept) >= len(kept) - 1 or _NEEDS_MORE_RE.search(kept) is not None

    def _task(self, line: _Line, row: FlatRow) -> None:
        if match := _BULLET_RE.match(line.text):
            if not row.bullets:
                row.tasks.clear()
            row.bullets = True
            row.tasks.append([Span(line.span.start + match.end(), line.span.end)])
        elif row.tasks and not self._new_task(line, row):
            row.tasks[-1].append(line.span)
        else:
            row.tasks.append([line.span])

    def _new_task(self, line: _Line, row: FlatRow) -> bool:
        """Whether a line begins another paragraph of the task's cell: the line before ends, or has room for its
        first word.
        """
        before = self._before
        if before is None or row.bullets or not line.text[:1].isupper():
            return False
        if before.text.endswith("."):
            return True
        room = len(before.text) + 1 + len(line.text.split(" ", 1)[0]) < 0.93 * self._width
        return room and _OPEN_END_RE.search(before.text.lower()) is None


def appendix_lines(layout: Layout) -> list[tuple[str, list[Span], list[int]]]:
    """Every appendix: its printed head in section paths, its lines in order, and the paragraphs that they belong to."""
    found: list[tuple[str, list[Span], list[int]]] = []
    for index, paragraph in enumerate(layout.paragraphs):
        if paragraph.zone is Zone.APPENDIX and (paragraph.level == 1 or not found):
            head = paragraph.section or "Phụ lục"
            found.append((head.split(".")[0], [], []))
        if not found or paragraph.zone not in (Zone.APPENDIX, Zone.NOISE):
            continue
        found[-1][1].extend(paragraph.spans)
        found[-1][2].append(index)
    for _, spans, _ in found:
        spans.sort()
    return found
