"""Kính gửi: the bodies that a letter or a submission is addressed to. They are no recipients."""

from __future__ import annotations

from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader, reads
from extractors._values import clean
from schemas.record import Cited

RULES = (
    Rule(
        "addressee.greeting",
        r"^\W*kinh ?gui\W*(?P<name>\w.*)$",
        reads="Kính gửi: Sở Nội vụ.",
        gives="Sở Nội vụ",
        refuses="Kính gửi:",
        zones=(Zone.ADDRESSEE,),
    ),
    Rule(
        "addressee.listed",
        r"^(?!\W*kinh ?gui)\W*(?P<name>\w.*)$",
        reads="- Các phòng, ban thuộc xã;",
        gives="Các phòng, ban thuộc xã",
        refuses="Kính gửi: Sở Nội vụ",
        zones=(Zone.ADDRESSEE,),
    ),
)


def value(hit: Hit) -> str:
    """The name without its final punctuation."""
    name = clean(hit.printed("name")).rstrip(" .;,:")
    if len(name) < 2:
        raise ValueError("no name")
    return name


read = reader(value)


def extract(layout: Layout) -> Found[tuple[Cited[str], ...]]:
    """One per printed line."""
    found = []
    for view in layout.views(Zone.ADDRESSEE):
        hit = first(RULES, (view,), reads(value))
        cited = hit.cited(value(hit), "name") if hit else None
        if cited is not None:
            found.append(cited)
    return Found(tuple(found))
