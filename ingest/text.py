"""Plain text files: their encoding, pages and columns of spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ingest.cues import MOTTO, in_end, in_letterhead, opens_number_row
from ingest.legacy import convert
from ingest.sniff import utf16_without_mark
from ingest.trust import Judgement, judge
from schemas.record import PageSource
from schemas.text import Line, Page, Span, fold

_GAP = re.compile(r"(?<=\S)(?: {4,}| *\t[ \t]*)(?=\S)")
_HEAD_LINES = 14
_END_LINES = 40
_BETWEEN = 4
"""Rows of one column only that may stand between rows of two."""
_TAB = 8


def pages_of_text(data: bytes) -> tuple[Page, ...]:
    """The pages of a text file, parted by form feeds, decoded, NFC, "\\n" at line ends, legacy codes converted."""
    text = decode(data)
    whole = judge(text)
    if whole.encoding:
        text = convert(text, whole.encoding)
    pages = text.split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return tuple(_page(number, page, whole) for number, page in enumerate(pages, 1))


def decode(data: bytes) -> str:
    """Bytes as NFC text: UTF-8, UTF-16 (with or without a mark), else Windows-1258, else the bytes of a legacy font."""
    text = _decoded(data)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    codec = utf16_without_mark(data[:8192])
    if codec:
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if judge(windows).quality == "good":
        return windows
    surface = data.decode("latin-1")
    return surface if judge(surface).encoding else _mostly_utf8(data, windows)


def _mostly_utf8(data: bytes, windows: str) -> str:
    """UTF-8 with a few broken bytes, or Windows-1258: whichever loses less."""
    utf8 = data.decode("utf-8-sig", "replace")
    return utf8 if utf8.count("\ufffd") * 20 < sum(byte > 127 for byte in data) else windows


def _page(number: int, text: str, whole: Judgement) -> Page:
    was = Judgement("legacy", *judge(text)[1:4]) if whole.encoding else judge(text, prior=whole)
    source = PageSource(
        number=number,
        text_from="converted-text-layer" if whole.encoding else "text-file",
        quality=was.quality,
        letters=was.letters,
        diacritic_share=was.diacritic_share,
        legal_share=was.legal_share,
        note=f"converted from {whole.encoding.upper()}" if whole.encoding else None,
    )
    return Page(number=number, text=text, source=source, lines=lines_of(text))


class _Row(NamedTuple):
    """A printed line: its span without outer blanks, the gap in it (if it has just one), its first and last column."""

    span: Span
    gap: Span | None
    first: int
    last: int


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a page in reading order, no blank ones; letterhead and end in two columns where blanks tell."""
    rows = [_row(text, match.span()) for match in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    head = _head(text, rows)
    end = _end(text, rows, head[1])
    lines: list[Line] = []
    block = 0
    edges = (0, *head, *end, len(rows))
    for index, (start, stop) in enumerate(pairwise(edges)):
        groups = _columns(text, rows[start:stop]) if index % 2 else _plain(text, rows[start:stop])
        for spans, column in groups:
            lines += [Line(span, block, column) for span in spans]
            block += 1
    return tuple(lines)


def _row(text: str, span: tuple[int, int]) -> _Row:
    start, end = span
    gaps = list(_GAP.finditer(text, start, end))
    gap = Span(*gaps[0].span()) if len(gaps) == 1 else None
    return _Row(Span(start, end), gap, _column(text, start), _column(text, end))


def _head(text: str, rows: Sequence[_Row]) -> tuple[int, int]:
    """The letterhead: from the first row that blanks cut in two to the last one near it."""
    first = next((i for i, row in enumerate(rows[:_HEAD_LINES]) if row.gap), None)
    if first is None:
        return (0, 0)
    last = _run(text, rows, first, range(first + 1, len(rows)))
    return (first, last + 1) if _has_cue(text, rows[first : last + 1], in_letterhead) else (0, 0)


def _end(text: str, rows: Sequence[_Row], low: int) -> tuple[int, int]:
    """Recipients and signature: the last rows that blanks cut in two, and what follows below one of the columns."""
    last = next((i for i in range(len(rows) - 1, max(low, len(rows) - _END_LINES) - 1, -1) if rows[i].gap), None)
    if last is None:
        return (len(rows), len(rows))
    first = _run(text, rows, last, range(last - 1, low - 1, -1))
    if not _has_cue(text, rows[first : last + 1], in_end):
        return (len(rows), len(rows))
    gutter = _gutter(text, rows[first : last + 1])
    while last + 1 < len(rows) and not _crosses(rows[last + 1], gutter):
        last += 1
    return (first, last + 1)


def _run(text: str, rows: Sequence[_Row], start: int, order: range) -> int:
    """The farthest cut row from ``start`` on, with few rows between, none of which runs over both columns."""
    reached = start
    for i in order:
        if rows[i].gap:
            reached = i
        elif abs(i - reached) > _BETWEEN or _crosses(rows[i], _gutter(text, [rows[start], rows[reached]])):
            break
    return reached


def _gutter(text: str, rows: Sequence[_Row]) -> int:
    """The column at which the right side begins."""
    return min((_column(text, row.gap.end) for row in rows if row.gap), default=0)


def _crosses(row: _Row, gutter: int) -> bool:
    return row.first < gutter - _TAB and row.last > gutter


def _has_cue(text: str, rows: Sequence[_Row], cue: Callable[[str], bool]) -> bool:
    return any(cue(piece) for row in rows if row.gap for piece in _pieces(text, row))


def _pieces(text: str, row: _Row) -> tuple[str, ...]:
    start, end = row.span
    return (text[start : row.gap.start], text[row.gap.end : end]) if row.gap else (text[start:end],)


Group = tuple[list[Span], Literal[0, 1, 2]]


def _plain(text: str, rows: Sequence[_Row]) -> list[Group]:
    """Full-width rows, a new block after an empty line."""
    groups: list[Group] = []
    last = None
    for row in rows:
        if last is None or text.count("\n", last, row.span.start) > 1:
            groups.append(([], 0))
        groups[-1][0].append(row.span)
        last = row.span.end
    return groups


def _columns(text: str, rows: Sequence[_Row]) -> list[Group]:
    """Left column, then right; the number line and the place-and-date line are a pair of their own."""
    gutter = _gutter(text, rows)
    sides: list[tuple[int, Span, Literal[1, 2]]] = []
    for index, row in enumerate(rows):
        if row.gap:
            sides += [(index, Span(row.span.start, row.gap.start), 1), (index, Span(row.gap.end, row.span.end), 2)]
        else:
            sides.append((index, row.span, 2 if row.first >= gutter - _TAB else 1))
    second = len(rows)
    if any(MOTTO.search(fold(text[a:b])) for _, (a, b), column in sides if column == 2):
        second = min((i for i, (a, b), _ in sides if opens_number_row(text[a:b])), default=second)
    return [
        (spans, column)
        for low, high in ((0, second), (second, len(rows)))
        for column in (1, 2)
        if (spans := [span for i, span, side in sides if side == column and low <= i < high])
    ]


def _column(text: str, offset: int) -> int:
    return len(text[text.rfind("\n", 0, offset) + 1 : offset].expandtabs(_TAB))
