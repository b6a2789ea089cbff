"""Plain text files: their encoding, pages and columns of spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ingest.cues import MOTTO, in_end, in_letterhead, opens_number_row
from ingest.legacy import convert
from ingest.trust import Judgement, judge
from schemas.record import PageSource
from schemas.text import Line, Page, Span, fold

_GAP = re.compile(r"(?<=\S)(?: {4,}| *\t[ \t]*)(?=\S)")
_HEAD_LINES = 14
_END_LINES = 40
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
    if data[:2000].count(0) > len(data[:2000]) // 5:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
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


Cue = Callable[[str], bool]


class _Row(NamedTuple):
    """A printed line: its span without blanks at the ends, the gap in it (if it has just one), and its first column."""

    span: Span
    gap: Span | None
    indent: int


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a page in reading order, no blank ones; letterhead and end in two columns where blanks tell."""
    rows = [_row(text, match.span()) for match in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    head = _zone(text, rows, 0, min(len(rows), _HEAD_LINES), in_letterhead)
    end = _zone(text, rows, max(head[1], len(rows) - _END_LINES), len(rows), in_end)
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
    margin = text[text.rfind("\n", 0, start) + 1 : start]
    gap = Span(*gaps[0].span()) if len(gaps) == 1 else None
    return _Row(Span(start, end), gap, len(margin.expandtabs(_TAB)))


def _zone(text: str, rows: Sequence[_Row], low: int, high: int, cue: Cue) -> tuple[int, int]:
    """From the first to the last row that blanks cut in two, where the cut rows have the zone's words."""
    cut = [i for i in range(low, high) if rows[i].gap]
    if not cut or not any(cue(piece) for i in cut for piece in _pieces(text, rows[i])):
        return (low, low)
    return (cut[0], cut[-1] + 1)


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
    gutter = min((_column(text, row.gap.end) for row in rows if row.gap), default=0)
    sides: list[tuple[int, Span, Literal[1, 2]]] = []
    for index, row in enumerate(rows):
        if row.gap:
            sides += [(index, Span(row.span.start, row.gap.start), 1), (index, Span(row.gap.end, row.span.end), 2)]
        else:
            sides.append((index, row.span, 2 if row.indent >= gutter - _TAB else 1))
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
