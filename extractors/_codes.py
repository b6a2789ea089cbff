"""Symbols of codes as they are spelt: "QD-UBND" is "QĐ-UBND", "TTR-SYT" is "TTr-SYT"; what is no symbol is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors import _tables
from schemas.text import fold

_NOT_LETTERS = str.maketrans({"1": "t", "0": "o"})
_NO_KINDS = {"0d": "qd", "od": "qd"}
"""What a recogniser makes of the abbreviation of a kind."""
_DOUBLED = re.compile(r"(.)\1+")


@cache
def _kinds() -> dict[str, str]:
    """Folded abbreviation of a kind of document -> how it is spelt, where only one is spelt so."""
    return _unique((*_tables.type_abbreviations(), "CV")) | {"ctr": "CTr"}


@cache
def _organs() -> dict[str, str]:
    """Folded abbreviation of a body -> how it is spelt."""
    return _unique(row[0] for row in _tables.read("symbols"))


def _unique(words: Iterable[str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(fold(word), set()).add(word)
    return {folded: next(iter(spelt)) for folded, spelt in found.items() if len(spelt) == 1}


def respelt(part: str, *, first: bool) -> str | None:
    """A part of a symbol as it is spelt: "QD", "QDB" and "QĐ" are "QĐ", "T1" is "TT"; None where it is not known.

    ``first``: it is the first part, which in most codes names the kind of document.
    """
    folded = fold(part)
    if first:
        for guess in (folded, folded.replace("db", "d"), folded.translate(_NOT_LETTERS), _NO_KINDS.get(folded)):
            if guess in _kinds():
                return _kinds()[guess]
    return _organs().get(folded)


def code(printed: str) -> str:
    """A code of a citation, its known parts spelt right: "96/QD-UBND" -> "96/QĐ-UBND"."""
    head = re.match(r"\d+[a-z]?[-/](?:\d{4}/)?", printed)
    if head is None:
        return printed
    parts = re.split(r"([-/&.])", printed[head.end() :])
    spelt = (respelt(part, first=index == 0) if index % 2 == 0 else None for index, part in enumerate(parts))
    return head[0] + "".join(known or part for known, part in zip(spelt, parts, strict=True))


def symbol(printed: str) -> str:
    """The symbol without blanks, its known parts spelt right. ValueError where the parts are no abbreviations."""
    tight = re.sub(r"\s+", "", printed).replace("–", "-").replace("Ð", "Đ").replace("ð", "đ").strip("-/.,")
    parts = re.split(r"([-/&.])", tight)
    first = 2 if parts[0].isdigit() else 0
    for index in range(0, len(parts), 2):
        part = parts[index]
        single = _DOUBLED.sub(r"\1", fold(part))
        known = respelt(part, first=index == first) or (respelt(single, first=index == first) if single[1:] else None)
        capitals = sum(c.isupper() or c.isdigit() for c in part)
        if known is None and (not part or capitals < max(1, 0.6 * len(part))):
            raise ValueError(f"no symbol: {printed!r}")
        parts[index] = known or part
    if len(parts) < 3:
        raise ValueError(f"no symbol: {printed!r}")
    return "".join(parts)
