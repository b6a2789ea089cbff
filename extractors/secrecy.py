"""Độ mật: the secrecy stamped on the first page."""

from __future__ import annotations

from extractors import _marks
from extractors._layout import Layout, Zone
from extractors._rules import Found, Rule, reader
from schemas.record import Cited

RULES = (
    Rule(
        "secrecy.mark",
        r"^\W*(?P<mark>tuyet mat|toi mat|mat)\W*$",
        reads="TỐI MẬT",
        gives="tối mật",
        refuses=("Bảo mật", "mặt trận"),
        zones=(Zone.LETTERHEAD,),
    ),
)
value = _marks.value_of("tuyệt mật", "tối mật", "mật")
read = reader(value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """The mark, if there is one."""
    return _marks.stamped(RULES, value, layout)
