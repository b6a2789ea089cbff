"""Cơ quan chủ quản: one level above the issuer. Of a commune its province (before July 2025 its district), of a
department its committee.

A province, a ministry and the centre have none. Source of the units: tables/units.tsv.
"""

from __future__ import annotations

import re

from extractors import _issuing, _letterhead, _tables
from extractors._fragments import NAME, UPPER
from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, every, reader
from extractors._tables import Unit
from schemas.record import Cited
from schemas.text import fold

_ABOVE = r"(?:[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|[Tt]hị xã|[Qq]uận|TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|QUẬN)"

RULES = (
    Rule(
        "issuer_parent.letterhead",
        r"^(?P<above>.*\S)$",
        reads="ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
        gives="Ủy ban nhân dân tỉnh Quảng Ngãi",
        refuses="Độc lập - Tự do - Hạnh phúc",
        zones=(Zone.LETTERHEAD,),
        on="text",
    ),
    Rule(
        "issuer_parent.text",
        rf"(?<!\w)(?P<above>{_ABOVE} (?:{NAME}(?:[ -]+{NAME}){{0,3}}|[{UPPER}]{{2,}}(?: [{UPPER}]{{2,}}){{0,3}}))",
        reads="nằm ở phía Đông của tỉnh Quảng Ngãi, có 18 thôn",
        gives="tỉnh Quảng Ngãi",
        refuses="trên địa bàn tỉnh, các huyện và thành phố",
        on="text",
        needs=rf"(?:ỉnh|ành phố|uyện|ị xã|uận|ỈNH|ÀNH PHỐ|UYỆN|Ị XÃ|UẬN) [{UPPER}]",
    ),
)


def value(hit: Hit) -> str:
    """The name as it is written within a sentence."""
    printed = hit.printed("above")
    if hit.rule.name == "issuer_parent.letterhead":
        if _letterhead.is_motto(printed):
            raise ValueError("the motto of the state or the party")
        return _letterhead.proper_name(printed, hit.view.source)
    return _letterhead.proper_unit(printed)


read = reader(value)
_UNIT = re.compile(r"\b(tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn|đặc khu) (\S.*)$")
_CENTRE = ("tỉnh", "thành phố")


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """From the letterhead; else the unit above the issuer's, where the text or the official list makes it sure."""
    bodies = _letterhead.bodies(layout)
    if len(bodies) > 1:
        evidence = tuple(e for span in bodies[-2].spans for e in layout.text.cite(span, "issuer_parent.letterhead"))
        return Found(Cited(value=bodies[-2].name, evidence=evidence))
    issuer = _issuing.issuer(layout)
    unit = _UNIT.search(issuer.value) if issuer is not None else None
    if issuer is None or unit is None or not issuer.value.startswith(("Ủy ban nhân dân", "Hội đồng nhân dân")):
        return Found(None)
    if _tables.provinces().get(fold(unit[2])) and unit[1] in _CENTRE and not _is_town(unit[1], unit[2]):
        return Found(None)
    above = _above(unit[1], unit[2], old=_issuing.before_reform(layout))
    named = _named(layout, above)
    if named is None and above:  # the text may name what is above a unit of which this name is a misreading
        named = _named(layout, _above(unit[1], unit[2], old=_issuing.before_reform(layout), exactly=False))
    if named is not None:
        return Found(named)
    if len(above) == 1:
        proof = tuple(e.model_copy(update={"rule": "issuer_parent.unique-unit"}) for e in issuer.evidence)
        return Found(Cited(value=above[0].full, evidence=proof))
    return Found(None)


def _is_town(kind: str, name: str) -> bool:
    """Whether "thành phố Quảng Ngãi" is a town of a province (before July 2025), and no city under the centre."""
    return kind == "thành phố" and _tables.provinces()[fold(name)].kind == "tỉnh"


def _above(kind: str, name: str, *, old: bool | None, exactly: bool = True) -> tuple[Unit, ...]:
    """The units above those of this kind and name, today's or those of before July 2025; both are asked where that is
    open. Without ``exactly`` the marks of the name may be other ones.
    """
    same = [u for u in _tables.units_by_name().get(fold(name), ()) if u.kind == kind and u.parent]
    exact = [u for u in same if u.name.lower() == name.lower() or not exactly]
    current = [u for u in exact if u.current] if not old else []
    former = [u for u in exact if not u.current] if old is not False else []
    found = {_tables.unit(u.parent, current=u.current) for u in current or former}
    return tuple(sorted(u for u in found if u is not None))


def _named(layout: Layout, above: tuple[Unit, ...]) -> Cited[str] | None:
    """The unit above that the text names most; if the list does not know the issuer's unit, the only province that is
    named.
    """
    wanted = {full for unit in above for full in (unit.full, f"tỉnh {unit.name}")}  # some provinces became cities
    hits: dict[str, list[Hit]] = {}
    for hit in every(RULES[1:], layout.views(Zone.LETTERHEAD, Zone.TITLE, Zone.BASIS, Zone.BODY)):
        name = _known(value(hit))
        if name is not None and (name in wanted or not wanted):
            hits.setdefault(name, []).append(hit)
    if not hits or (not wanted and len(hits) > 1):
        return None
    name = max(hits, key=lambda n: len(hits[n]))
    return hits[name][0].cited(name, "above")


def _known(name: str) -> str | None:
    """The unit that a capitalised run begins with: "tỉnh Quảng Ngãi Kế" is "tỉnh Quảng Ngãi"."""
    kind, words = (
        name.split(" ", 1)
        if not name.startswith(("thành phố", "thị xã"))
        else [" ".join(name.split()[:2]), " ".join(name.split()[2:])]
    )
    run = words.split()
    for size in range(len(run), 0, -1):
        for unit in _tables.units_by_name().get(fold(" ".join(run[:size])), ()):
            if unit.kind == kind:
                return unit.full
    return None
