"""Địa danh: the place in the place-and-date line, "Tịnh Khê"."""

from __future__ import annotations

from extractors import _issuing, _tables
from extractors._fragments import NAME
from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader, reads
from extractors._values import clean
from schemas.record import Cited
from schemas.text import fold

RULES = (
    Rule(
        "place.line",
        rf"(?:^|[^\w.]|(?<=[A-ZĐ]) )(?P<place>(?:TP\.? ?|[Tt]hành phố )?{NAME}(?:["
        rf" -]{NAME}){{0,4}}) ?[,.;] ?[Nn]g[àa]y",
        reads="Số: 316/BC-UBND Tịnh Khê, ngày 13 tháng 11 năm 2025",
        gives="Tịnh Khê",
        refuses=("ngày 13 tháng 11 năm 2025", "ban hành, ngày 13 tháng 11 năm 2025"),
        zones=(Zone.LETTERHEAD,),
        on="text",
    ),
    Rule(
        "place.line-without-comma",
        rf"^\W*(?P<place>(?:TP\.? ?)?{NAME}(?: {NAME}){{0,4}}) ng[àa]y\b.{{0,24}}\bn[ăa]m\b",
        reads="Hà Nội ngày 13 tháng 11 năm 2025",
        gives="Hà Nội",
        refuses="ngày 13 tháng 11 năm 2025",
        zones=(Zone.LETTERHEAD,),
        on="text",
    ),
)


def value(hit: Hit) -> str:
    """The name; a misread one by the official list where that is sure."""
    place = clean(hit.printed("place"))
    if place.isupper():
        raise ValueError("capitals are no place")
    folded = fold(place)
    if folded in _tables.units_by_name() or len(folded) < 5:
        return place
    near = _tables.nearest_province(folded, 88.0)
    return near.name if near is not None else place


read = reader(value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """The place, only from the place-and-date line."""
    hit = first(RULES, layout.views(Zone.LETTERHEAD), reads(value))
    return Found(hit.cited(_spelt(layout, hit), "place") if hit else None)


def _spelt(layout: Layout, hit: Hit) -> str:
    """The name; where repair has changed it, spelt as the issuer's name or as the only unit with these letters."""
    place, raw = value(hit), " ".join(piece.raw for piece in hit.cite("place"))
    if raw == hit.printed("place"):
        return place
    issuer = _issuing.issuer(layout)
    name = issuer.value[-len(raw) :] if issuer is not None else place
    if fold(name) == fold(raw):
        text = layout.text.text.lower()
        return max((name, place), key=lambda spelt: text.count(spelt.lower()))
    units = {unit.name for unit in _tables.units_by_name().get(fold(place), ())}
    return units.pop() if len(units) == 1 else place
