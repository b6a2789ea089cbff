"""Độ khẩn: the urgency stamped on the first page. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader
from schemas.record import Cited
from schemas.text import fold

_MARKS = {fold(mark): mark for mark in ("hỏa tốc hẹn giờ", "hỏa tốc", "thượng khẩn", "khẩn")}

RULES = (
    Rule(
        "urgency.mark",
        r"^\W*(?P<mark>hoa toc hen gio|hoa toc|thuong khan|khan)\W*$",
        reads="HỎA TỐC",
        gives="hỏa tốc",
        refuses=("Khẩn trương", "công văn khẩn"),
        zones=(Zone.LETTERHEAD,),
    ),
)


def value(hit: Hit) -> str:
    """The mark in small letters; it is printed in capitals."""
    if not hit.printed("mark").isupper():
        raise ValueError("not printed as a mark")
    return _MARKS[fold(hit.printed("mark"))]


read = reader(value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """The mark, if there is one."""
    hit = first(RULES, layout.views(Zone.LETTERHEAD), lambda h: h.printed("mark").isupper())
    return Found(hit.cited(value(hit), "mark") if hit else None)
