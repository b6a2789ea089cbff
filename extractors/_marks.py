"""Marks that are stamped beside the letterhead: in capitals, alone on their line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reads
from schemas.record import Cited
from schemas.text import fold


def value_of(*marks: str) -> Callable[[Hit], str]:
    """Reads one of these marks in small letters. ValueError where it is not printed in capitals."""
    known = {fold(mark): mark for mark in marks}

    def value(hit: Hit) -> str:
        printed = hit.printed("mark")
        if not printed.isupper():
            raise ValueError(f"not printed as a mark: {printed!r}")
        return known[fold(printed)]

    return value


def stamped(rules: Sequence[Rule], value: Callable[[Hit], str], layout: Layout) -> Found[Cited[str] | None]:
    """The mark, if there is one."""
    hit = first(rules, layout.views(Zone.LETTERHEAD), reads(value))
    return Found(hit.cited(value(hit), "mark") if hit else None)
