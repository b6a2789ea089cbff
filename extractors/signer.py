"""Người ký: authority ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", all its lines), position and name. Source: Nghị định
30/2020/NĐ-CP.

Seals, signatures and stamps stand over the block: what is no authority, no position and no name there is left out.
"""

from __future__ import annotations

import re

from extractors import _tables
from extractors._fragments import NAME, UPPER
from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, View, first, reader, reads
from extractors._values import clean
from schemas.record import Evidence, Signer
from schemas.syllable import is_syllable
from schemas.text import fold

_ZONE = (Zone.SIGNATURE,)
_RANK = (
    r"(?:(?:PGS|GS|TS|ThS|BS|KS|CN|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá"
    r"|Trung tá|Thiếu tá|Đại úy|Thượng úy)\b[. ]*)*"
)
_POSITIONS = "|".join(sorted(_tables.positions(), key=len, reverse=True))

RULES = (
    Rule(
        "signer.authority",
        r"^\W{0,3}(?P<part>(?:(?:t ?[/.]? ?m|k ?[/.]? ?t|t ?[/.]? ?l|t ?[/.]? ?u ?q) ?[.,;:]? ?[a-z].*))$",
        reads="KT. CHỦ TỊCH",
        gives="KT. CHỦ TỊCH",
        refuses=("PHÓ CHỦ TỊCH", "QUYẾT ĐỊNH:"),
        zones=_ZONE,
    ),
    Rule(
        "signer.position",
        rf"^\W{{0,3}}(?P<part>(?:q\. ?|quyen )?(?:{_POSITIONS})\b[a-z ,-]*)\W*$",
        reads="PHÓ CHỦ TỊCH",
        gives="PHÓ CHỦ TỊCH",
        refuses=("KT. CHỦ TỊCH", "Lê Văn An"),
        zones=_ZONE,
    ),
    Rule(
        "signer.position-and-name",
        rf"^\W{{0,3}}(?P<part>[{UPPER}][{UPPER} ,-]{{5,50}}) (?P<name>{NAME}(?: {NAME}){{1,4}})\W*$",
        reads="PHÓ CHỦ TỊCH Lê Văn An",
        gives="PHÓ CHỦ TỊCH | Lê Văn An",
        refuses=("PHÓ CHỦ TỊCH", "Lê Văn An"),
        zones=_ZONE,
        on="text",
    ),
    Rule(
        "signer.name",
        rf"^\W{{0,3}}{_RANK}(?P<part>{NAME}(?: {NAME}){{1,4}})\W*$",
        reads="Đại tá Lê Văn An",
        gives="Lê Văn An",
        refuses=("PHÓ CHỦ TỊCH", "n An"),
        zones=_ZONE,
        on="text",
    ),
    Rule(
        "signer.highland-name",
        rf"^\W{{0,3}}(?P<part>(?:[YA] (?=[{UPPER}])|[{UPPER}][^\W\d_]{{0,3}}['’] ?)[{UPPER}]\w+(?:"
        rf" [{UPPER}][\w'’]+){{0,3}})\W*$",
        reads="K'Brếu",
        gives="K'Brếu",
        refuses=("Lê Văn An", "PHÓ CHỦ TỊCH"),
        zones=_ZONE,
        on="text",
    ),
)
_SPECK = re.compile(r" [^\W\d_A-ZĐ]$")
_AUTHORITY, _POSITION, _BOTH, _NAME, _HIGHLAND = RULES


def value(hit: Hit) -> str:
    """The part, with single blanks; of a line with position and name both."""
    part = _SPECK.sub("", clean(hit.printed("part")).strip(" .,;:"))
    if hit.rule is _NAME:
        return _name(part)
    if hit.rule is _BOTH:
        if not fold(part).startswith(tuple(_tables.positions())):
            raise ValueError(f"no position: {part!r}")
        return f"{part} | {_name(clean(hit.printed('name')))}"
    return part


def _name(printed: str) -> str:
    if not all(is_syllable(word) for word in printed.split()):
        raise ValueError(f"no name: {printed!r}")
    return printed


read = reader(value)


class _Block:
    """The parts of a signature block as its lines are read from the top down."""

    def __init__(self) -> None:
        self.authority: list[str] = []
        self.position: str | None = None
        self.name: str | None = None
        self.evidence: list[Evidence] = []

    def take(self, view: View) -> None:
        hit = first(RULES, (view,), reads(value))
        if hit is None:
            self._carry_on(view)
        elif hit.rule is _AUTHORITY and self.position is None:
            self._prove(hit, "authority")
            self.authority.append(_spelt(value(hit)))
        elif hit.rule is _POSITION and self.position is None:
            self._prove(hit, "position")
            self.position = _spelt(value(hit))
        elif hit.rule is _BOTH:
            self.position, self.name = value(hit).split(" | ")
            self._prove(hit, "position")
        elif hit.rule in (_NAME, _HIGHLAND):
            self.name = value(hit)
            self.evidence = [e for e in self.evidence if e.of != "name"]
            self._prove(hit, "name")

    def _prove(self, hit: Hit, of: str) -> None:
        self.evidence.extend(hit.cite("part", of))

    def _carry_on(self, view: View) -> None:
        """A misread position, or a second line of an authority: "TM. BAN CHỈ ĐẠO / PHÒNG THỦ DÂN SỰ"."""
        near = _tables.nearest_position(view.folded.strip(" .,;:"))
        if near is not None and self.position is None and view.text.isupper():
            self.position = near.upper()
            self.evidence.extend(view.cite(view.whole, "signer.position", "position"))
            return
        words = view.text.split()
        if self.authority and self.position is None and view.text.isupper() and len(words) > 1:
            self.authority.append(clean(view.text))
            self.evidence.extend(view.source.cite(view.spans[0], "signer.authority", "authority"))


def _spelt(part: str) -> str:
    """A position or authority by the table, where its letters agree: "PHO CHU TỊCH" is "PHÓ CHỦ TỊCH"."""
    head, dot, tail = part.rpartition(". ")
    known = _tables.position_names().get(fold(tail))
    return f"{head}{dot}{known.upper() if known and tail.isupper() else tail}"


def extract(layout: Layout) -> Found[Signer | None]:
    """The signature block; of several names the last is the signer's (initials and stamps stand above it)."""
    block = _Block()
    for view in layout.views(*_ZONE):
        block.take(view)
    if not block.evidence:
        return Found(None)
    authority = " ".join(block.authority) or None
    return Found(Signer(authority=authority, position=block.position, name=block.name, evidence=tuple(block.evidence)))
