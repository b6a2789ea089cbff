"""Cutting lines into atoms: words with their edge punctuation, numbers, units, codes; and atoms into segments.

An atom is what one or more syllables of the lattice stand for. Numbers, their units, codes and addresses are told
apart here: they are not words, and what is certain about them stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from schemas.text import Page, Ranked, Span

EDGES = ".,;:!?()[]{}<>«»\"“”„‟…-–—*/|_=+~•·'‘’`^°"
"""Characters that may stand at a word's edge without being of the word."""

_ADDRESS = re.compile(r"(?i)\S*(?:@\S+\.\S|https?:|www\.|\.(?:vn|com|gov|org|net|edu|html?|pdf)\b)\S*")
_CODE = re.compile(
    r"[\dlIOoSB]{1,5}(?:/[\dlIOo]{4})?[/-][A-ZĐ][\w&¢€]*(?:[-/&]+[\w&]+)*-?"
    r"|\d{1,4}(?=[A-ZĐ])[A-ZĐ][\w&]*(?:[-/&]+[\w&]+)+"
    r"|[A-ZĐ]{2,}[A-Za-z]*(?:[-/&][A-ZĐ]{2,}\w*)+-?"
)
_SHORTHAND = re.compile(r"(?i)[bđtvkh]/[a-zđ]")  # (b/c), V/v, đ/c: written with a slash, not words
_UNIT = re.compile(
    r"(?:(?:km|hm|dm|cm|mm|m|ha)[23²³?]?|kg|mg|ml|kWh?|kVA?|MWh?|GW|Hz|GB|MB|TB|Mbps|USD|VN[ĐD])(?:/[a-z]{1,4}[23²³]?)?"
)
_NUMBER = re.compile(r"[\d][\d.,:/%–-]*|\d+[.,]?\d*%o?")
_ROMAN = re.compile(r"(?:[IVXl1]{1,5}|r{1,3})(?=[.)]|$)")
MARKER = re.compile(r"(?:[-+*•–—]|[IVXHl1rv]{1,5}[.)]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-zđ][.)])$")
_INNER = re.compile(r"(?<=[^\W\d])(?:[/,;:…(“”\"–+]|\.{2,}|\)(?=\w{2}))+(?=[^\W\d])|(?<=[^\W\d]{2})-(?=[^\W\d]{2})")
_STOP = re.compile(r"[.;:?!…][\"”’)\]]*$")
_CAPITALS_SHARE = 0.6
_NO_OTHERS: Mapping[Span, str] = {}
_NONE_AGAIN: Mapping[Span, tuple[Ranked, float | None]] = {}
_UNREAD: tuple[Ranked, float | None] = ((), None)
_SURE = -0.3
"""The log-probability of a reading that may make a token a marker, or part it."""


class Kind(Enum):
    """What an atom is."""

    WORD = auto()
    NUMBER = auto()
    CODE = auto()
    ADDRESS = auto()
    UNIT = auto()
    MARKER = auto()
    PUNCTUATION = auto()


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a raw page: its span, its text, and how it stands there.

    ``glued`` says that no blank parts it from the atom before; ``line`` counts the page's lines; ``other`` is how
    a second witness (a garbled layer) read the same place ("" where none did), ``again`` how further readers of the
    picture did, ``confidence`` how sure the first one was (0 to 1, None for text that was no picture). ``parted``: they
    saw a blank before it.
    """

    span: Span
    text: str
    kind: Kind
    line: int
    glued: bool
    capitals: bool
    other: str = ""
    again: Ranked = ()
    confidence: float | None = None
    parted: bool = False

    @property
    def core(self) -> str:
        """The text without edge punctuation."""
        return self.text.strip(EDGES)


def atoms(
    text: str,
    span: Span,
    line: int,
    others: Mapping[Span, str] = _NO_OTHERS,
    again: Mapping[Span, tuple[Ranked, float | None]] = _NONE_AGAIN,
) -> Iterator[Atom]:
    """The atoms of one line; ``others`` and ``again`` are what further witnesses read in place of words of the page.

    The latter with how sure the first reader was of the word.
    """
    whole = text[span.start : span.end]
    letters = [c for token in whole.split() if not _CODE.search(token) for c in token if c.isalpha()]
    capitals = len(letters) >= 4 and sum(c.isupper() for c in letters) >= _CAPITALS_SHARE * len(letters)
    opening = True
    counted = False
    for match in re.finditer(r"\S+", whole):
        glued = False
        if counted and _UNIT.fullmatch(match.group().strip(EDGES.replace("?", ""))):
            counted = False
            here = Span(span.start + match.start(), span.start + match.end())
            yield Atom(here, match.group(), Kind.UNIT, line, glued, capitals)
            continue
        seen, sure = again.get(Span(span.start + match.start(), span.start + match.end()), _UNREAD)
        for (start, end, kind), part in _pieces_again(match.group(), seen, opening=opening):
            counted = kind is Kind.NUMBER
            low = span.start + match.start() + start
            here = Span(low, low + end - start)
            parted = glued and _parted(match.group(), start, seen)
            other = others.get(here, "")
            yield Atom(here, match.group()[start:end], kind, line, glued, capitals, other, part, sure, parted)
            glued = True
        opening = False


def _pieces_again(token: str, again: Ranked, *, opening: bool) -> Iterator[tuple[tuple[int, int, Kind], Ranked]]:
    """The pieces of a token, each with its share of how further readers read the token.

    Where it came apart and they saw a code in it, it is one.
    """
    pieces = list(_pieces(token, opening=opening))
    best = again[0][0].replace(" ", "") if again else ""
    core = best.strip(EDGES)
    if opening and again and again[0][1] >= _SURE and MARKER.match(again[0][0]) and len(token) <= len(best) + 1:
        yield (0, len(token), Kind.MARKER), again
    elif pieces[0][2] in (Kind.WORD, Kind.CODE) and (_SHORTHAND.fullmatch(core) or _CODE.fullmatch(core)):
        yield (0, len(token), Kind.CODE), again
    elif len(pieces) == 1:
        yield pieces[0], again
    else:
        cut = list(_pieces(best, opening=opening)) if best else []
        alike = [kind for _, _, kind in cut] == [kind for _, _, kind in pieces]
        for at, piece in enumerate(pieces):
            yield piece, ((best[cut[at][0] : cut[at][1]], again[0][1]),) if alike else ()


def _parted(token: str, at: int, again: Ranked) -> bool:
    """Whether further readers surely read a token as it is, but with a blank before what stands at ``at``."""
    if not again or again[0][1] < _SURE:
        return False
    text = again[0][0]
    blanks = [len(text[:i].replace(" ", "")) for i, char in enumerate(text) if char == " "]
    return text.replace(" ", "") == token and at in blanks


def _pieces(token: str, *, opening: bool) -> Iterator[tuple[int, int, Kind]]:
    """The pieces of a blank-separated token; ``opening``: it is the first of its line."""
    if opening and MARKER.match(token):
        yield 0, len(token), Kind.MARKER
    elif _ADDRESS.fullmatch(token):
        yield 0, len(token), Kind.ADDRESS
    elif match := _CODE.search(token):
        start, end = match.span()
        if start:
            yield from _pieces(token[:start], opening=False)
        yield start, end, Kind.CODE
        if end < len(token):
            for low, high, kind in _pieces(token[end:], opening=False):
                yield low + end, high + end, kind
    else:
        yield from _plain(token)


def _plain(token: str) -> Iterator[tuple[int, int, Kind]]:
    core = token.strip(EDGES + "%")
    if not any(c.isalnum() or c in "$§¥&€¢£@" for c in token):
        yield 0, len(token), Kind.PUNCTUATION
    elif core and _NUMBER.fullmatch(core):
        yield 0, len(token), Kind.NUMBER
    elif _SHORTHAND.fullmatch(core):
        yield 0, len(token), Kind.CODE
    else:
        start = 0
        for match in _INNER.finditer(token):
            yield start, match.end(), Kind.WORD
            start = match.end()
        yield start, len(token), Kind.WORD


def segments(page: Page) -> Iterator[list[Atom]]:
    """The page's atoms in reading order, cut where one sentence or heading ends and another begins."""
    others = dict(page.others)
    again = {word.span: (word.again, word.confidence) for word in page.words if word.again}
    current: list[Atom] = []
    block = (-1, -1)
    last_end = 0
    for index, line in enumerate(page.lines):
        fresh = list(atoms(page.text, line.span, index, others, again))
        if not fresh:
            continue
        blank = page.text.count("\n", last_end, line.span.start) > 1 if line.span.start >= last_end else True
        last_end = line.span.end
        opener = fresh[0]
        moved = (line.block, line.column) != block and (block[1] or line.column)
        block = (line.block, line.column)
        capital = opener.core[:1].isupper()
        changed = bool(current) and current[-1].capitals != opener.capitals
        if current and (moved or changed or opener.kind is Kind.MARKER or (blank and capital)):
            yield current
            current = []
        for atom in fresh:
            current.append(atom)
            if atom.kind is Kind.MARKER or (_STOP.search(atom.text) and _stops(atom, fresh)):
                yield current
                current = []
    if current:
        yield current


def _stops(atom: Atom, line: list[Atom]) -> bool:
    """Whether the stop at the end of ``atom`` ends a sentence: a full stop before a small letter does not."""
    if not atom.text.rstrip('"”’)]').endswith("."):
        return True
    index = line.index(atom)
    return index + 1 == len(line) or not line[index + 1].text[:1].islower()
