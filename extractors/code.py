"""Số, ký hiệu: the document's own code, "316/BC-UBND"; of the party "368-KH/TU". Source: Nghị định 30/2020/NĐ-CP.

An incoming-mail stamp has a number and no symbol, so it is never taken for a code.
"""

from __future__ import annotations

from typing import NamedTuple

from extractors import _codes, _ink
from extractors._fragments import NUMBER, PARTY_SYMBOL, SO, SYMBOL
from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader, reads
from schemas.record import Cited, Note
from schemas.text import Span

_HEAD = (Zone.LETTERHEAD,)

RULES = (
    Rule(
        "code.state",
        rf"{SO}\W{{0,4}}{NUMBER} ?/ ?{SYMBOL}",
        reads="Số: 316/BC-UBND",
        gives="316/BC-UBND",
        refuses=("Số 368-KH/TU", "Số: /BC-UBND", "Số: 2770"),
        zones=_HEAD,
    ),
    Rule(
        "code.party",
        rf"{SO}\W{{0,4}}{NUMBER} ?[-–] ?{PARTY_SYMBOL}",
        reads="Số 368-KH/TU",
        gives="368-KH/TU",
        refuses=("Số: 316/BC-UBND", "Số 12-13"),
        zones=_HEAD,
    ),
    Rule(
        "code.lost-slash",
        rf"{SO}\W{{0,4}}{NUMBER} ?{SYMBOL}",
        reads="S6:316BC-UBND",
        gives="316/BC-UBND",
        refuses=("Số: 316/BC-UBND", "Số 12 Xã hội - Kinh tế"),
        zones=_HEAD,
    ),
    Rule(
        "code.bare",
        rf"^\W*{NUMBER} ?/ ?{SYMBOL}\W*$",
        reads="316/BC-UBND",
        gives="316/BC-UBND",
        refuses=("/BC-UBND", "12/9/2025"),
        zones=_HEAD,
    ),
    Rule(
        "code.symbol",
        rf"{SO}\W{{0,4}}[^/]{{0,14}}?/ ?{SYMBOL}",
        reads="Số:       /KH-UBND",
        gives="KH-UBND",
        refuses=("Số: 2770", "Ngày 12/9/2025"),
        zones=_HEAD,
    ),
    Rule(
        "code.party-symbol",
        rf"{SO}\W{{0,4}}[^-]{{0,14}}?[-–] ?{PARTY_SYMBOL}",
        reads="Số      -KH/TU",
        gives="KH/TU",
        refuses=("Số: 2770", "Số: /KH-UBND"),
        zones=_HEAD,
    ),
)
_SYMBOL_ONLY = ("code.symbol", "code.party-symbol")


class Code(NamedTuple):
    """A code and its parts; the symbol may stand where the number is not certain."""

    code: Cited[str] | None = None
    number: Cited[str] | None = None
    symbol: Cited[str] | None = None


def value(hit: Hit) -> str:
    """The canonical code, or the symbol alone."""
    symbol = _codes.symbol(hit.printed("symbol"))
    if hit.rule.name in _SYMBOL_ONLY:
        return symbol
    return hit.printed("number") + ("-" if hit.rule.name == "code.party" else "/") + symbol


read = reader(value)


def extract(layout: Layout) -> Found[Code]:
    """Code, number and symbol. A number that looks handwritten is a note; its symbol stays."""
    views = layout.views(*_HEAD)
    hit = first(RULES, views, reads(value))
    if hit is None:
        return Found(Code())
    symbol = hit.cited(_codes.symbol(hit.printed("symbol")), "symbol")
    others = _ink.other_readings(hit.view, hit.span())
    if hit.rule.name in _SYMBOL_ONLY:
        laid_over = _overlay(layout, hit)
        if laid_over is not None:
            return Found(laid_over)
        return Found(Code(symbol=symbol), (_note(hit, f"the number is missing or illegible{others}"),))
    if not _ink.printed_digits(hit.view, hit.span("number")):
        message = f"the number looks handwritten; it may be {hit.printed('number')}{others}"
        return Found(Code(symbol=symbol), (_note(hit, message),))
    code = value(hit)
    return Found(Code(hit.cited(code), hit.cited(hit.printed("number"), "number"), symbol))


def _overlay(layout: Layout, hit: Hit) -> Code | None:
    """A number that a form field lays over "Số:      /KH-UBND": a line of its own beside the symbol's."""
    lines = layout.zone(Zone.LETTERHEAD)
    views = layout.views(Zone.LETTERHEAD)
    at = next(i for i, view in enumerate(views) if view is hit.view)
    for beside in (at - 1, at + 1):
        if not 0 <= beside < len(lines) or lines[beside].column != lines[at].column or lines[at].column == 0:
            continue
        number = views[beside].text.strip()
        whole = Span(0, len(views[beside].text))
        if number.isdigit() and len(number) <= 5 and _ink.printed_digits(views[beside], whole):
            evidence = views[beside].cite(whole, "code.overlay")
            symbol = _codes.symbol(hit.printed("symbol"))
            joint = "-" if hit.rule.name == "code.party-symbol" else "/"
            proof = hit.cite("symbol")
            return Code(
                Cited(value=number + joint + symbol, evidence=evidence + proof),
                Cited(value=number, evidence=evidence),
                Cited(value=symbol, evidence=proof),
            )
    return None


def _note(hit: Hit, message: str) -> Note:
    return Note(field="code", kind="uncertain", message=message, evidence=hit.cite())
