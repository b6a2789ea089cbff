"""Tên loại: the kind of the document, "kế hoạch". Source: Nghị định 30/2020/NĐ-CP, Phụ lục III."""

from __future__ import annotations

import re

from extractors import _tables
from extractors._fragments import DOC_TYPE, NUMBER, SO
from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader, reads
from schemas.record import Cited
from schemas.text import fold

_SPACED = "|".join(r" ?".join(name.replace(" ", "")) for name in _tables.doc_types())

RULES = (
    Rule(
        "doc_type.heading",
        rf"^\W*(?P<name>{_SPACED})\W*$",
        reads="KẾ HOẠCH",
        gives="kế hoạch",
        refuses=("Kế hoạch này", "Thực hiện kế hoạch"),
        zones=(Zone.TITLE,),
    ),
    Rule(
        "doc_type.heading-with-title",
        rf"^\W*(?P<name>{DOC_TYPE})\b(?! +(?:so|nay)\b)",
        reads="BÁO CÁO TỔNG KẾT CÔNG TÁC NĂM",
        gives="báo cáo",
        refuses=("KẾ HOẠCH SỐ 12/KH-UBND", "Tổng kết báo cáo"),
        zones=(Zone.TITLE,),
    ),
    Rule(
        "doc_type.about",
        r"^\W*(?P<name>v ?/ ?v)\b",
        reads="V/v báo cáo kết quả trồng cây",
        gives="công văn",
        refuses="Về việc báo cáo kết quả trồng cây",
        zones=(Zone.TITLE,),
    ),
    Rule(
        "doc_type.code",
        rf"^\W*{SO}\W{{0,3}}(?:{NUMBER})?[^a-z]{{0,8}}(?P<name>[a-zð]{{1,4}})(?: ?- ?[a-z]|/[a-z])",
        reads="Số: 316/BC-UBND",
        gives="báo cáo",
        refuses=("Số: 12/UBND-VX", "Số lượng: 12"),
        zones=(Zone.LETTERHEAD,),
    ),
    Rule(
        "doc_type.greeting",
        r"^\W*(?P<name>kinh ?gui)\b",
        reads="Kính gửi: Sở Nội vụ",
        gives="công văn",
        refuses="Gửi Sở Nội vụ",
        zones=(Zone.ADDRESSEE,),
    ),
    Rule(
        "doc_type.closing",
        rf"^\W*tren (?:day )?la (?:noi dung )?(?P<name>{DOC_TYPE})\b",
        reads="Trên đây là Kế hoạch trồng cây xanh của UBND xã./.",
        gives="kế hoạch",
        refuses="Trên đây là kết quả trồng cây",
        zones=(Zone.BODY,),
    ),
    Rule(
        "doc_type.enacts",
        rf"\bban hanh (?P<name>{DOC_TYPE})\b(?! +so\b)[^.;]{{0,200}}\bnhu sau\b",
        reads="UBND xã ban hành Kế hoạch trồng cây năm 2025 như sau:",
        gives="kế hoạch",
        refuses="UBND xã ban hành Kế hoạch số 12/KH-UBND",
        zones=(Zone.BASIS,),
    ),
    Rule(
        "doc_type.itself",
        rf"\b(?P<name>{DOC_TYPE}) nay\b",
        reads="các nhiệm vụ tại Kế hoạch này",
        gives="kế hoạch",
        refuses="các nhiệm vụ tại Kế hoạch số 12",
        zones=(Zone.BODY,),
    ),
)
_FIXED = {"doc_type.about": "công văn", "doc_type.greeting": "công văn"}


def value(hit: Hit) -> str:
    """The canonical name."""
    if hit.rule.name in _FIXED:
        return _FIXED[hit.rule.name]
    name = hit.printed("name")
    if hit.rule.name == "doc_type.code":
        return _by_abbreviation(name)
    return _tables.doc_types()[_untightened(name)]


def _by_abbreviation(printed: str) -> str:
    for abbreviation, kind in _tables.type_abbreviations().items():
        if fold(abbreviation) == fold(printed):
            return kind
    raise ValueError(f"no kind of document: {printed!r}")


def _untightened(printed: str) -> str:
    tight = re.sub(r"\W", "", fold(printed))
    return next(name for name in _tables.doc_types() if name.replace(" ", "") == tight)


read = reader(value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """The heading; without one the code, the greeting, or what the body calls itself."""
    for rule in RULES:
        views = layout.views(*rule.zones)
        hit = first((rule,), views[:1] if rule.name.startswith("doc_type.heading") else views, reads(value))
        if hit is not None:
            return Found(hit.cited(value(hit), "name"))
    return Found(None)
