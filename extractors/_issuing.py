"""What other fields ask of the head of a document: its issuer and its year."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors import _letterhead
from extractors._cues import PLACE_DATE
from extractors._fragments import NAME
from extractors._layout import Layout, Zone
from extractors._rules import Hit, Rule, first, reads
from extractors._values import clean, write_out_body
from schemas.record import Cited

_COMMITTEE = r"(?:UBND|[ỦU][ỷy] ban [nN]hân dân|HĐND|Hội đồng nhân dân|Đảng ủy|Ban Thường vụ Đảng ủy)"
_KIND = r"(?:xã|phường|đặc khu|thị trấn|thị xã|huyện|quận|thành phố|tỉnh)"
_BODY = rf"(?P<body>{_COMMITTEE} {_KIND} {NAME}(?: {NAME}){{0,3}})"
_ACTS = (
    r"(?:đã )?(?:báo cáo|ban hành|xây dựng|triển khai|đề nghị|yêu cầu|thông báo|kính đề nghị|trình|tổ"
    r" chức|hướng dẫn|kính trình|quyết định)"
)

_YEAR = re.compile(r"(?:thang (?P<month>\d{1,2}) )?nam ?(?P<year>\d{4})\b")
_REFORM, _REFORM_MONTH = 2025, 7

RULES = (
    Rule(
        "issuer.letterhead",
        r"^(?P<body>.*\S)$",
        reads="ỦY BAN NHÂN DÂN XÃ TỊNH KHÊ",
        gives="Ủy ban nhân dân xã Tịnh Khê",
        refuses="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        zones=(Zone.LETTERHEAD,),
        on="text",
    ),
    Rule(
        "issuer.enacting",
        r"^(?:CHỦ TỊCH )?(?P<body>(?:[ỦU][ỶY] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN) (?:XÃ|PHƯỜNG|ĐẶC"
        r" KHU|THỊ TRẤN|HUYỆN|THỊ XÃ|QUẬN|THÀNH PHỐ|TỈNH) .{2,40})$",
        reads="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TỊNH KHÊ",
        gives="Ủy ban nhân dân xã Tịnh Khê",
        refuses="CHỦ TỊCH ỦY BAN NHÂN DÂN",
        zones=(Zone.BASIS,),
        on="text",
    ),
    Rule(
        "issuer.acts",
        rf"(?:^|[;,.] ){_BODY} {_ACTS}\b",
        reads="Thực hiện Công văn số 12/UBND-VX, UBND xã Tịnh Khê báo cáo như sau:",
        gives="Ủy ban nhân dân xã Tịnh Khê",
        refuses="Thực hiện Kế hoạch số 12/KH-UBND của UBND xã Tịnh Khê;",
        zones=(Zone.BASIS, Zone.BODY),
        on="text",
    ),
    Rule(
        "issuer.closing",
        rf"^Trên (?:đây )?là .{{0,250}}? của {_BODY}",
        reads="Trên đây là Kế hoạch trồng cây của UBND xã Tịnh Khê./.",
        gives="Ủy ban nhân dân xã Tịnh Khê",
        refuses="Trên đây là kết quả của các thôn",
        zones=(Zone.BODY,),
        on="text",
    ),
    Rule(
        "issuer.acts-where",
        rf"(?:^|[;,.] )(?P<committee>UBND|[ỦU][ỷy] ban [nN]hân dân|HĐND) (?P<kind>{_KIND}) {_ACTS}"
        rf" .{{0,300}}?trên địa bàn (?P<body>(?P=kind) {NAME}(?: {NAME}){{0,3}})",
        reads="Xét Tờ trình của Sở Y tế, UBND tỉnh ban hành Kế hoạch tiêm chủng trên địa bàn tỉnh Khánh Hòa như sau:",
        gives="Ủy ban nhân dân tỉnh Khánh Hòa",
        refuses="UBND tỉnh ban hành Kế hoạch tiêm chủng trên địa bàn xã Tịnh Khê",
        zones=(Zone.BASIS, Zone.BODY),
        on="text",
    ),
)


def value(hit: Hit) -> str:
    """The name written out, as within a sentence."""
    if hit.rule.name in ("issuer.letterhead", "issuer.enacting"):
        printed = hit.printed("body")
        if _letterhead.is_motto(printed):
            raise ValueError("the motto of the state or the party")
        return _letterhead.proper_name(printed, hit.view.source)
    committee = f"{hit.printed('committee')} " if "committee" in hit.match.groupdict() else ""
    return clean(write_out_body(committee + hit.printed("body")))


@lru_cache(maxsize=1)
def issuer(layout: Layout) -> Cited[str] | None:
    """The last body of the letterhead; without one, the body that acts in the text."""
    bodies = [body for body in _letterhead.bodies(layout) if not _letterhead.is_unit(body.name)]
    if bodies:
        evidence = tuple(e for span in bodies[-1].spans for e in layout.text.cite(span, "issuer.letterhead"))
        return Cited(value=bodies[-1].name, evidence=evidence)
    for rule in RULES[1:]:
        hit = first((rule,), layout.views(*rule.zones), reads(value))
        if hit is not None:
            return hit.cited(value(hit), "body")
    return None


def before_reform(layout: Layout) -> bool | None:
    """Whether the place-and-date line is of before July 2025, when districts were; None where that is not certain."""
    for view in layout.views(Zone.LETTERHEAD):
        if PLACE_DATE.search(view.folded) and (match := _YEAR.search(view.folded)):
            year, month = int(match["year"]), match["month"]
            if year != _REFORM:
                return year < _REFORM
            return int(month) < _REFORM_MONTH if month else None
    return None
