"""Quantities in Vietnamese text: numbers with their units, ranges, comparators; and the periods they are meant for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors import _tables
from extractors._values import parse_number
from schemas.record import Comparator
from schemas.text import Span, fold

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:,\d{1,4})?"
_SCALE = r"(?:nghin|ngan|van|trieu|ty)"
_NOT_AFTER = {
    "dong": "chi|bao|thoi|hanh", "xa": "hoi", "ban": "hanh|chi|quan|tin|dan", "ca": "nuoc|nam|tinh|hai|nhan",
    "to": "chuc", "dan": "toc|den", "don vi": "hanh|tinh", "m": "vuong", "con": "lai|khoang|duoi|tren", "be": "mac",
}  # fmt: skip
"""Words after which the one before is no unit ("dong chi": đồng chí)."""


def _unit(folded: str) -> str:
    words = re.escape(folded).replace(r"\ ", " ")
    return f"{words}(?! (?:{_NOT_AFTER[folded]})\\b)" if folded in _NOT_AFTER else words


_PER_WHAT = r"(?:hoc ky|nam hoc|hop tac xa|ho gia dinh|lao dong|doan vien|tre em|tre de song|phu nu|dan so|\w+)"
_SCALED_RE = re.compile(rf"(?:(?P<digits>1\.000(?:\.000)?)|(?P<word>{_SCALE})) (?=[^\W\d_])")
_UNIT = (
    "(?:(?:"
    + "|".join(map(_unit, sorted({fold(row[0]) for row in _tables.read("measures")}, key=lambda u: (-len(u), u))))
    + r")(?!\w)(?: ?/ ?(?:\d[\d.]{0,9} )?"
    rf"{_PER_WHAT}(?: gia tri)?(?: ?/ ?\w+)?)?|(?:ngay|gio|phut|tuan|thang) ?/ ?\w+"
    rf"|(?<=\d)/ ?\d[\d.]{{2,9}} {_PER_WHAT})"
)
"""What is counted or measured (``tables/measures.tsv``), with "/năm", "/ha"; times only so ("3,1 ngày/khách")."""
_LEAST = r"it nhat|toi thieu|khong duoi|khong thap hon|khong it hon|thap nhat"
_MOST = r"khong qua|toi da|khong vuot qua|khong vuot|khong cao hon|nhieu nhat|khong lon hon"
_BEFORE = (
    rf"(?P<compare>{_LEAST}|{_MOST}|tren|hon|vuot|duoi|thap hon|it hon)? ?(?:co |la |dat |du |tu |muc |ve |con |them )?"
)
_AFTER = r"(?: ?\([^()%]{0,30}\))? (?:tro (?P<more>len|xuong))"
PERCENT_RE = re.compile(
    rf"(?<![\w/.,-]){_BEFORE}(?<![\w/.,])(?P<value>{_NUMBER}) ?(?:%? ?(?:-|–|den"
    rf"|den duoi) ?(?P<high>{_NUMBER}) ?)?%(?P<per> ?/ ?(?:nam|thang|quy))?(?:{_AFTER})?"
)
_AMOUNT = (
    rf"(?P<value>{_NUMBER})(?:(?: {_UNIT})? ?(?:-|–"
    rf"|den) ?(?P<high>{_NUMBER}))?(?P<scale> {_SCALE})?(?: |(?=/))(?P<unit>{_UNIT})"
)
AMOUNT_RE = re.compile(rf"(?<![\w/.,-]){_BEFORE}(?<![\w/.,]){_AMOUNT}(?:{_AFTER})?")
_ANY_AMOUNT_RE = re.compile(_AMOUNT)
"""Stands in every amount, and is found quickly."""
COUNT_RE = re.compile(
    rf"(?<![\w/.,-]){_BEFORE}(?<![\w/.,])(?P<value>{_NUMBER})(?: ?(?:-|–"
    rf"|den) ?(?P<high>{_NUMBER}))? (?P<unit>[a-z]{{2,8}})(?!\w)(?:{_AFTER})?"
)
_PER = {"nam": "năm", "thang": "tháng", "quy": "quý"}
_NO_UNIT = frozenset(
    (
        "thang ngay nam gio phut tuoi den va hoac tro cua trong ve tai theo la co duoc nghin trieu ty quy cap muc"
        " dong dat giam tang vuot"
    ).split()
)
_NOT_BEFORE_RE = re.compile(
    r"(?:\bso|ngay|thang|\bnam|quy|dieu|khoan|diem|phu luc|muc do|cap do|lan thu|de an|giai doan|tuoi"
    r"|bao so|\bkhoa|quyet dinh|mau|\btu|hang|muc|chuong|hang muc|nghi dinh|"
    r"cap|\blop|thu) $"
)
_PERIOD_RE = re.compile(
    r"giai doan (?:tu )?(?:nam )?(?P<from>20\d\d) ?(?:-|–|den|den nam) ?(?P<to>20\d\d)"
    r"|(?<!so voi )(?:den het|den cuoi|cuoi|het|den|trong|toi) nam (?P<by>20\d\d)"
    r"|(?<!so voi )(?<!hon )nam (?P<year>20\d\d)(?: ?(?:-|–|den nam) ?(?P<until>20\d\d))?"
    r"|(?:den|het|truoc|trong)(?: het| cuoi)? (?:quy (?:i{1,3}|iv|[1-4])|thang \d{1,2}|ngay \d{1,2}/\d{1,2})"
    r" ?/ ?(?P<part>20\d\d)"
    r"|(?<!\d)(?P<a>20\d\d) ?[-–] ?(?P<b>20\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``span`` is all of it, from the comparator to the unit; ``number`` the digits alone."""

    value: float
    value_max: float | None
    unit: str
    comparator: Comparator
    span: Span
    number: Span
    percent: bool

    def moved(self, by: int) -> Quantity:
        """The same in a text that begins elsewhere."""
        return replace(
            self,
            span=Span(self.span.start + by, self.span.end + by),
            number=Span(self.number.start + by, self.number.end + by),
        )


def any_measured(folded: str) -> bool:
    """Whether there may be a percentage or an amount."""
    return "%" in folded or _ANY_AMOUNT_RE.search(folded) is not None


def percents(folded: str) -> Iterator[Quantity]:
    """Every percentage."""
    if "%" not in folded:
        return
    for match in PERCENT_RE.finditer(folded):
        per = "/" + _PER[match["per"].strip(" /")] if match["per"] else ""
        yield _quantity(match, "%" + per, 1, percent=True)


def amounts(folded: str, text: str) -> Iterator[Quantity]:
    """Every number with a unit that is counted or measured; no dates, numbers of documents, years or durations."""
    last: Quantity | None = None
    for match in AMOUNT_RE.finditer(folded):
        before = folded[max(0, match.start("value") - 14) : match.start("value")]
        comparing = match["compare"] is not None
        if _NOT_BEFORE_RE.search(before) and not comparing and not (match["high"] and before.endswith("tu ")):
            continue
        factor, unit = scaled(text[match.start("unit") : match.end("unit")])
        scale = factor * (parse_number(f"1{match['scale']}") if match["scale"] else 1)
        one = _quantity(match, re.sub(r" ?/ ?", "/", unit), scale, percent=False)
        if last and one.comparator == "=" and folded[last.span.end : one.span.start].strip() in (",", "va"):
            one = replace(one, comparator=last.comparator)
        yield one
        last = one


def counts(folded: str, text: str) -> Iterator[Quantity]:
    """Numbers with a noun that no list knows, as a goal names them: "xây dựng 20 làng nghề"."""
    for match in COUNT_RE.finditer(folded):
        before = folded[max(0, match.start("value") - 14) : match.start("value")]
        unit = text[match.start("unit") : match.end("unit")]
        if not _NOT_BEFORE_RE.search(before) and unit.islower() and match["unit"] not in _NO_UNIT:
            yield _quantity(match, unit, 1, percent=False)


def _quantity(match: re.Match[str], unit: str, scale: float, *, percent: bool) -> Quantity:
    value = round(parse_number(match["value"]) * scale, 6)
    high = round(parse_number(match["high"]) * scale, 6) if match["high"] else None
    return Quantity(
        value,
        high,
        unit,
        _comparator(match, high),
        Span(match.start(), match.end()),
        Span(*match.span("value")),
        percent,
    )


def _comparator(match: re.Match[str], high: float | None) -> Comparator:
    word = match["compare"] or ""
    if match["more"]:
        return ">=" if match["more"] == "len" else "<="
    if re.fullmatch(_LEAST, word):
        return ">="
    if re.fullmatch(_MOST, word):
        return "<="
    if word == "vuot" and match[0].rstrip().endswith("%"):
        return "="
    if word in ("tren", "hon", "vuot"):
        return ">"
    if word in ("duoi", "thap hon", "it hon"):
        return "<"
    return ">=" if high is not None else "="


def scaled(unit: str) -> tuple[float, str]:
    """A printed unit as factor and unit: "triệu đồng" -> 1000000, "đồng"; "1.000 tấn" -> 1000, "tấn"."""
    match = _SCALED_RE.match(fold(unit))
    if match is None:
        return 1, unit
    return parse_number(match["digits"] or f"1 {match['word']}"), unit[match.end() :]


def number(printed: str) -> float:
    """A number as printed: "1.716" -> 1716, "46,046" -> 46.046."""
    return parse_number(printed)


@lru_cache(maxsize=512)
def period(folded: str) -> str | None:
    """The year or years that a clause or heading is meant for: "đến năm 2030" -> "2030", "giai đoạn 2026 - 2030"
    -> "2026-2030".
    """
    match = _PERIOD_RE.search(folded) if "20" in folded else None
    if match is None:
        return None
    start = match["from"] or match["a"] or (match["year"] if match["until"] else None)
    if start:
        return f"{start}-{match['to'] or match['b'] or match['until']}"
    return match["by"] or match["year"] or match["part"]
