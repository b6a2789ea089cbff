"""The lines of a document with what the layout asks of them: blank lines before, room at the end, indent, capitals."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from schemas.syllable import is_syllable
from schemas.text import Page, Span, Text, fold

_CLOSERS = "\"”’')]"
_QUOTES = "“\"'‘("
_STOPS = (".", ";", ":", "!", "?", "…")
_WINDOW = 8
_GLANCE = 30
_FEW = 6
_WORDS = re.compile(r"[^\W_]+")
_HIGHLAND_NAME = re.compile(r"\W{0,3}[A-ZĐ]\w{0,2}['’] ?[A-ZĐ]\w{2,}\W*")
"""K'Brếu, H'Lan"""
_STANDING_IN = 6
"""Letters that the indent of a paragraph's first line takes."""
_INDENT = 12.0
"""Points by which the first line of a paragraph stands in."""


@dataclass(slots=True)
class Row:
    """A line without its outer blanks. ``span`` is a DOCUMENT span; ``page`` an index into ``Text.pages``.

    ``gap``: a blank line stands before it. ``left``/``right``: where it begins and ends, ``height``: the median of its
    words', in points, if the page has boxes.
    ``raw``: the line before repair. ``capitals``: nearly all letters are capitals. ``ends``: the line ends as a clause
    ends. ``lower``: it begins with a small letter (quotes and brackets aside).
    """

    span: Span
    text: str
    folded: str
    page: int
    block: int
    column: int
    gap: bool
    left: float | None = None
    right: float | None = None
    raw: str = ""
    height: float | None = None
    capitals: bool = field(init=False)
    ends: bool = field(init=False)
    lower: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look at the letters once."""
        self.capitals = _in_capitals(self.text)
        self.ends = self.text.rstrip(_CLOSERS).endswith(_STOPS)
        self.lower = self.text.lstrip(_QUOTES)[:1].islower()

    @property
    def shouts(self) -> bool:
        """Whether many letters are capitals: a heading in capitals that a recogniser has mangled."""
        seen = self.raw or self.text
        letters = sum(map(str.isalpha, seen))
        return 2 <= letters < 60 and sum(map(str.isupper, seen)) >= 0.35 * letters

    @property
    def debris(self) -> bool:
        """Whether the line is what a recogniser makes of a smudge: hardly a letter, and no word."""
        return is_debris(self.text)


def _in_capitals(text: str) -> bool:
    if sum(map(str.islower, text[:_GLANCE])) > 0.2 * len(text):  # more than a fifth of the letters are small
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and sum(map(str.isupper, text)) >= 0.8 * letters


def is_debris(text: str) -> bool:
    """Whether a text is hardly a letter, and no word."""
    if sum(map(str.isalpha, text[:_GLANCE])) > _FEW or any(map(str.isdigit, text)):
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 2:
        return True
    if _HIGHLAND_NAME.fullmatch(text):
        return False
    words = ["".join(c for c in word if c.isalpha()) for word in text.split()]
    return letters <= _FEW and not any(len(w) > 1 and (is_syllable(w) or w.isupper()) for w in words)


def rows(text: Text) -> list[Row]:
    """Every line that has something on it, in reading order."""
    found: list[Row] = []
    at = dict.fromkeys(range(len(text.pages)), 0)
    edges = [_Edges(page.page) for page in text.pages]
    before: tuple[int, int] | None = None
    whole, folded = text.text, text.folded
    for line in text.lines:
        page = text.pages[line.page].page
        raw = page.lines[at[line.page]]
        at[line.page] += 1
        printed = whole[line.span.start : line.span.end]
        kept = printed.strip()
        if not kept:
            continue
        start = line.span.start + len(printed) - len(printed.lstrip())
        span = Span(start, start + len(kept))
        gap = before is None or before[0] != line.page or _blank_between(page, before[1], raw.span.start)
        left, right, height = edges[line.page].sides(raw.span)
        found.append(
            Row(
                span,
                kept,
                folded[span.start : span.end],
                line.page,
                line.block,
                line.column,
                gap,
                left,
                right,
                page.text[raw.span.start : raw.span.end].strip(),
                height,
            )
        )
        before = (line.page, raw.span.end)
    return found


def _blank_between(page: Page, end: int, start: int) -> bool:
    return start > end and page.text.count("\n", end, start) > 1


class _Edges:
    """Where the words of a page begin and end, for the sides of its lines; words stand in the order of their spans."""

    def __init__(self, page: Page) -> None:
        self._starts = [word.span.start for word in page.words]
        self._lefts = [word.box[0] for word in page.words]
        self._rights = [word.box[2] for word in page.words]
        self._heights = [word.box[3] - word.box[1] for word in page.words]

    def sides(self, span: Span) -> tuple[float | None, float | None, float | None]:
        """The left and right edge of the words of a line, and the median of their heights."""
        start = bisect_left(self._starts, span.start)
        end = bisect_left(self._starts, span.end, lo=start)
        if start == end:
            return None, None, None
        heights = sorted(self._heights[start:end])
        return min(self._lefts[start:end]), max(self._rights[start:end]), heights[len(heights) // 2]


_HANGING = frozenset("của và về với cho các những trong tại theo là để từ đến bởi hoặc như thuộc giữa gồm".split())
"""Words after which a clause cannot end."""
_BASIS_HANGS = re.compile(r"(?:^|[.;,] )(?:Thực hiện|Căn cứ|Theo|Xét)$")
"""What opens a clause at the very end of a line."""
_CODE_BEGINS = re.compile(r"\d{1,5}[a-z]? ?(?:[/⁄∕-]|$)")
_CODE_GOES_ON = re.compile(r"\d ?/ ?(?:[\w/]*[-–])?$")
"""A code that is broken over two lines: "số 96/", "số 29/KH-"."""
_OPENERS = re.compile(
    r"can cu |xet |theo de nghi|tren (?:day )?la |tren day|s?tt |noi nhan|quyet dinh:|kinh gui"
    r"|yeu cau (?:cac |thu truong|chu tich|giam doc)|trong qua trinh "
    r"|(?:don vi|co quan)[^:]{0,24}(?:chu tri|phoi hop|thuc hien) ?:|(?:chu tri|phoi hop) ?:"
    r"|thoi gian (?:thuc|hoan) \w+ ?:"
    r"|\(ban hanh|\(kem theo"
)
"""Words (folded) that open a paragraph wherever the line before them has ended."""


def breaks_a_code(a: Row, b: Row) -> bool:
    """Whether a code begins at the end of line ``a`` and goes on in ``b``: "Kế hoạch số / 96/KH-UBND"."""
    if a.folded.endswith((" so", " so:")) and _CODE_BEGINS.match(b.text):
        return True
    end = a.folded[-_GLANCE:]
    return "/" in end and _CODE_GOES_ON.search(end) is not None


class Breaks:
    """Where a paragraph ends between two lines, when no marker says so."""

    def __init__(self, lines: Sequence[Row]) -> None:
        """Learn from the document how wide its lines are and whether its blank lines mean anything."""
        self._full = _third_widest([len(line.text) for line in lines])
        lefts: dict[int, list[float]] = {}
        for row in lines:
            if row.left is not None and row.column == 0:
                lefts.setdefault(row.page, []).append(row.left)
        self._margin = {page: sorted(found)[len(found) // 5] for page, found in lefts.items()}
        running = [b.gap for a, b in pairwise(lines) if b.lower and not a.ends and a.page == b.page]
        self.gaps_tell = len(running) >= 3 and sum(running) <= 0.08 * len(running)
        self._gaps_hint = sum(running) <= 0.7 * len(running)
        self._lines = lines

    def full(self, index: int) -> int:
        """The width in letters of a full line around this one."""
        return self._full[index]

    def indented(self, index: int) -> bool | None:
        """Whether a line stands in from the margin; None where the page has no boxes."""
        row = self._lines[index]
        if row.left is None or row.page not in self._margin:
            return None
        return row.left > self._margin[row.page] + _INDENT

    def opens(self, before: int, after: int, *, first: bool) -> bool:
        """Whether line ``after`` stands in as the first line of a paragraph does, and not as one that goes on.

        ``first``: ``before`` is the first line of its paragraph; one that goes on may hang below it, but further in.
        """
        a, b = self._lines[before], self._lines[after]
        if a.page != b.page or a.left is None or b.left is None or not self.indented(after):
            return False
        return abs(a.left - b.left) < _INDENT / 2 if first else not self.indented(before)

    def between(self, before: int, after: int, *, first: bool = False) -> bool:
        """Whether line ``after`` begins a new paragraph when the last line of the running one is ``before``.

        ``first``: ``before`` is also its first line, which stands in.
        """
        a, b = self._lines[before], self._lines[after]
        full = self._full[before]
        hangs = not a.ends and (a.text.rsplit(" ", 1)[-1] in _HANGING or _BASIS_HANGS.search(a.text[-_GLANCE:]))
        if hangs or breaks_a_code(a, b):
            return False
        if not b.lower and _OPENERS.match(b.folded) and (a.ends or a.text.endswith((",", ")"))):
            return True
        gap = self.gaps_tell and b.gap and a.page == b.page
        if not b.lower and not b.text[:1].isdigit() and self.opens(before, after, first=first):
            return True
        indented = self.indented(after)
        if b.lower:
            return a.ends and (gap or bool(indented)) and not a.text.endswith(",")
        width = len(a.text) + _STANDING_IN * first
        room = width + 1 + len(b.text.split(" ", 1)[0]) < 0.93 * full
        if b.text[:1].isdigit() and not a.ends:
            return width < 0.6 * full
        if gap:
            return a.ends or room
        if indented is not None:
            return (indented and (a.ends or room)) or (room and a.ends) or width < 0.7 * full
        return room if a.ends else width < 0.8 * full or (room and b.gap and self._gaps_hint)


def _third_widest(widths: Sequence[int]) -> list[int]:
    """For each line the third greatest width among the lines around it."""
    near = sorted(widths[:_WINDOW])
    found = []
    for index in range(len(widths)):
        if index + _WINDOW < len(widths):
            insort(near, widths[index + _WINDOW])
        if index > _WINDOW:
            del near[bisect_left(near, widths[index - _WINDOW - 1])]
        found.append(near[-3:][0])
    return found


def folded_words(text: str) -> str:
    """Folded letters and digits, single blanks between words: for comparing headings."""
    return " ".join(_WORDS.findall(fold(text)))
