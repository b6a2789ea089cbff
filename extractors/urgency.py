"""Độ khẩn: the urgency stamped on the first page. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from extractors import _marks
from extractors._layout import Layout, Zone
from extractors._rules import Found, Rule, reader
from schemas.record import Cited

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
value = _marks.value_of("hỏa tốc hẹn giờ", "hỏa tốc", "thượng khẩn", "khẩn")
read = reader(value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """The mark, if there is one."""
    return _marks.stamped(RULES, value, layout)
