"""Rules as rows: a pattern with the line it must read, what it gives, and a line it must refuse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, TypeVar

from extractors._cues import Zone
from schemas.record import Cited, Evidence, Note, PageSource
from schemas.text import Cell, Document, Line, Page, RepairedPage, Span, Table, Text

T = TypeVar("T")
_CELL_RE = re.compile(r"[^|\s](?:[^|]*[^|\s])?")


@dataclass(slots=True)
class View:
    """A stretch of the document as one string: the lines of a paragraph joined by single blanks, no line breaks.

    Rules match in ``text`` (as printed, repaired) or in ``folded`` (no marks, lower case, same length);
    ``document_spans``
    is the way back to DOCUMENT coordinates, ``cite`` the way back to the page.
    """

    source: Text
    spans: tuple[Span, ...]
    text: str = field(init=False)
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        """Join the pieces by single blanks."""
        text, folded = self.source.text, self.source.folded
        if len(self.spans) == 1:
            start, end = self.spans[0]
            self.text, self.folded = text[start:end], folded[start:end]
        else:
            self.text = " ".join([text[a:b] for a, b in self.spans])
            self.folded = " ".join([folded[a:b] for a, b in self.spans])

    @property
    def whole(self) -> Span:
        """The span of all of it."""
        return Span(0, len(self.text))

    def document_spans(self, span: Span) -> tuple[Span, ...]:
        """The DOCUMENT spans under a span of this view, one per piece."""
        found = []
        offset = 0
        first, last = span
        for start, end in self.spans:
            if offset >= last:
                break
            shift = start - offset
            low, high = max(first + shift, start), min(last + shift, end)
            if low < high:
                found.append(Span(low, high))
            offset += end - start + 1
        return tuple(found)

    def cite(self, span: Span, rule: str, of: str | None = None) -> tuple[Evidence, ...]:
        """Evidence for a span of this view."""
        pieces = self.document_spans(span)
        if len(pieces) == 1:
            return self.source.cite(pieces[0], rule, of)
        return tuple(e for piece in pieces for e in self.source.cite(piece, rule, of))


@dataclass(frozen=True)
class Rule:
    """One way in which a value is written.

    ``pattern`` is matched in the folded text, or in the printed text where ``on="text"``. ``reads`` is a line that it
    must
    read, giving ``gives``; ``refuses`` a line (or lines) that it must not read. ``zones`` limits where it is tried.
    ``needs`` is a pattern that is quickly found, and stands in every text in which ``pattern`` is.
    """

    name: str
    pattern: str
    reads: str
    gives: str
    refuses: str | tuple[str, ...]
    zones: tuple[Zone, ...] = ()
    on: Literal["folded", "text"] = "folded"
    needs: str = ""
    regex: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _needed: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the patterns once."""
        object.__setattr__(self, "regex", re.compile(self.pattern))
        object.__setattr__(self, "_needed", re.compile(self.needs) if self.needs else None)

    def matches(self, view: View) -> Iterator[re.Match[str]]:
        """Every match in a view."""
        return self.matches_in(view.text if self.on == "text" else view.folded)

    def matches_in(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text, which is the printed one where ``on="text"``, else the folded one."""
        if self._needed is not None and self._needed.search(text) is None:
            return iter(())
        return self.regex.finditer(text)


class Found(NamedTuple, Generic[T]):
    """What an extractor returns: the value (None or empty where there is none) and its doubts."""

    value: T
    notes: tuple[Note, ...] = ()


class Hit(NamedTuple):
    """A rule that matched: the rule, the view, and the match."""

    rule: Rule
    view: View
    match: re.Match[str]

    def span(self, group: str | int = 0) -> Span:
        """The span of a group in the view; empty where the group took no part."""
        return Span(*self.match.span(group)) if self.match.start(group) >= 0 else Span(0, 0)

    def printed(self, group: str | int = 0) -> str:
        """What is printed under a group (repaired, with its marks and capitals)."""
        start, end = self.span(group)
        return self.view.text[start:end].strip()

    def cite(self, group: str | int = 0, of: str | None = None) -> tuple[Evidence, ...]:
        """Evidence for a group."""
        return self.view.cite(self.span(group), self.rule.name, of)

    def cited(self, value: T, group: str | int = 0) -> Cited[T] | None:
        """A value proved by a group; None where nothing is printed under it."""
        evidence = self.cite(group)
        return Cited(value=value, evidence=evidence) if evidence else None


def every(rules: Sequence[Rule], views: Sequence[View]) -> Iterator[Hit]:
    """Every hit of every rule: rules in order of priority, then views in reading order."""
    for rule in rules:
        for view in views:
            for match in rule.matches(view):
                yield Hit(rule, view, match)


def view_of(example: str) -> View:
    """A line, or several with line breaks between, as a view: the examples of the rules are read so. Lines with " | "
    are the rows of a ruled table.
    """
    source = PageSource(number=1, text_from="text-file", quality="good")
    lines = tuple(Span(*m.span()) for m in re.finditer(r"[^\n]+", example))
    ruled = [line for line in lines if " | " in example[line.start : line.end]]
    cells = ([m.span() for m in _CELL_RE.finditer(example, *line)] for line in ruled)
    tables = (Table(tuple(tuple(Cell((Span(*span),)) for span in row) for row in cells)),) if len(ruled) > 1 else ()
    page = Page(1, example, source, lines=tuple(map(Line, lines)), tables=tables)
    text = Text(Document("", "", "text/plain", (page,)), (RepairedPage(page, example),))
    return View(text, lines if len(lines) == 1 else tuple(line.span for line in text.lines))


class Whole:
    """A text known by its identity: what was read of all of it is kept while rules are tried on its lines."""

    def __init__(self, text: Text) -> None:
        """Keep the text itself, so that its identity stays its own."""
        self.text = text

    def __hash__(self) -> int:
        """By identity."""
        return id(self.text)

    def __eq__(self, other: object) -> bool:
        """By identity."""
        return isinstance(other, Whole) and other.text is self.text


def stands_in(view: View, evidence: Sequence[Evidence]) -> bool:
    """Whether the first evidence of an item lies in a view."""
    first = evidence[0]
    lines = view.cite(view.whole, first.rule)
    return any(e.page == first.page and e.start <= first.start < e.end for e in lines)


def reader(value: Callable[[Hit], str]) -> Callable[[Rule, View], str | None]:
    """What each field module offers as ``read(rule, view)``: the value that a rule gives for a view.

    None where it does not match, or where ``value`` declines with a ValueError.
    """

    def read(rule: Rule, view: View) -> str | None:
        for match in rule.matches(view):
            try:
                return value(Hit(rule, view, match))
            except ValueError:
                continue
        return None

    return read


def first(rules: Sequence[Rule], views: Sequence[View], accept: Callable[[Hit], bool] = lambda _: True) -> Hit | None:
    """The first accepted hit: rules in order of priority, then views in reading order."""
    return next((hit for hit in every(rules, views) if accept(hit)), None)


def reads(read: Callable[[Hit], str]) -> Callable[[Hit], bool]:
    """Accepts the hits from which a value can be read."""

    def accept(hit: Hit) -> bool:
        try:
            return bool(read(hit))
        except ValueError:
            return False

    return accept
