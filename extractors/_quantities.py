"""Quantities in Vietnamese text: numbers with their units, ranges, comparators; and the periods they are meant for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors._values import parse_number
from extractors._verbs import is_verb
from schemas.record import Comparator
from schemas.text import Span

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:,\d{1,4})?"
_SCALE = r"(?:nghin|ngan|van|trieu|ty)"
_UNITS = """
luot nguoi|luot khach|luot|mo hinh|san pham|du an|cong trinh|hop tac xa|to hop tac|doanh nghiep|hoc sinh|ho dan
|ho ngheo|ho gia dinh|ho|van ban|ho so|tin bai|tin, bai|chuyen muc|chuyen de|chuong trinh|thu tuc hanh chinh
|thu tuc|dich vu|can bo|cong chuc|lao dong|viec lam|thanh vien|hoi vien|doan vien|tieu chi|dau sach|dau viec
|phong hoc|giuong benh|bac si|trieu dong|ty dong|dong|usd|kwh|mwh|mw|ha|hecta|km2|km|m2|m3|met|tan|ta|kg|lit
|con|cay|lop|buoi|cuoc|dot|hoi nghi|hoi thao|hoi thi|nguoi dan|nguoi|thon|xa|phuong|khu pho|to dan pho
|khu dan cu|truong|tram|diem|ngoi nha|nha|can|chiec|may|bo|suat|giai|cau|tuyen|vu|thang/nam|diem cau|gian hang
|tac pham|bai|tin|video|clip|bang|pano|to roi|don vi|co so|co quan|xe|lan|chi bo|chi hoi|to chuc|nhom
|cau lac bo|doi|to|phien|phan mem|he thong|tai khoan|chu ky so|nguon nuoc|tau|be|long|ao|dan|lang|ban|khu
|su kien|diem den|tre em|nong dan|thanh nien|phu nu|giao vien|dang vien|hoi vien|bep|vuon|to hoi|mau|ca|ky|tiet
|trieu luot|trang trai|chi tieu|phan tram|diem phan tram
"""
_UNIT = (
    "(?:"
    + "|".join(sorted({u for u in _UNITS.replace("\n", "").split("|") if u}, key=len, reverse=True)).replace(
        "dong", "dong(?! chi)"
    )
    + r")(?!\w)(?: ?/ ?(?:\d[\d.]{0,9} )?\w+(?: gia tri)?(?: ?/ ?\w+)?)?"
)
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
AMOUNT_RE = re.compile(
    rf"(?<![\w/.,-]){_BEFORE}(?<![\w/.,])(?P<value>{_NUMBER})(?:(?: {_UNIT})? ?(?:-|–"
    rf"|den) ?(?P<high>{_NUMBER}))?(?P<scale> {_SCALE})? (?P<unit>{_UNIT})(?:{_AFTER})?"
)
COUNT_RE = re.compile(
    rf"(?<![\w/.,-]){_BEFORE}(?<![\w/.,])(?P<value>{_NUMBER})(?: ?(?:-|–"
    rf"|den) ?(?P<high>{_NUMBER}))? (?P<unit>[a-z]{{2,8}})(?!\w)(?:{_AFTER})?"
)
_NO_UNIT = frozenset(
    (
        "thang ngay nam gio phut tuoi den va hoac tro cua trong ve tai theo la co duoc nghin trieu ty quy cap muc dong"
    ).split()
)
_NOT_BEFORE_RE = re.compile(
    r"(?:\bso|ngay|thang|quy|dieu|khoan|diem|phu luc|muc do|cap do|lan thu|de an|giai doan|tuoi"
    r"|bao so|\bkhoa|quyet dinh|mau|\btu|hang|muc|chuong|hang muc|nghi dinh|"
    r"cap|\blop|thu) $"
)
_PERIOD_RE = re.compile(
    r"giai doan (?:tu )?(?:nam )?(?P<from>20\d\d) ?(?:-|–|den|den nam) ?(?P<to>20\d\d)"
    r"|(?<!so voi )(?:den het|den cuoi|cuoi|het|den|trong|toi) nam (?P<by>20\d\d)"
    r"|(?<!so voi )(?<!hon )nam (?P<year>20\d\d)(?: ?(?:-|–|den nam) ?(?P<until>20\d\d))?"
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


def percents(folded: str, text: str) -> Iterator[Quantity]:
    """Every percentage."""
    for match in PERCENT_RE.finditer(folded):
        per = re.sub(r"\s", "", text[match.start("per") : match.end("per")]) if match["per"] else ""
        yield _quantity(match, "%" + per, 1, folded, percent=True)


def amounts(folded: str, text: str) -> Iterator[Quantity]:
    """Every number with a unit that is counted or measured; no dates, numbers of documents, years or durations."""
    for match in AMOUNT_RE.finditer(folded):
        before = folded[max(0, match.start("value") - 14) : match.start("value")]
        comparing = match["compare"] is not None
        if _NOT_BEFORE_RE.search(before) and not comparing and not (match["high"] and before.endswith("tu ")):
            continue
        unit = text[match.start("unit") : match.end("unit")]
        scale = parse_number(f"1{match['scale']}") if match["scale"] else 1
        for head, factor in (("triệu đồng", 10**6), ("tỷ đồng", 10**9), ("tỉ đồng", 10**9)):
            if unit.lower().startswith(head):
                unit, scale = unit[len(head) - 4 :], scale * factor
        yield _quantity(match, re.sub(r" ?/ ?", "/", unit), scale, folded, percent=False)


def counts(folded: str, text: str) -> Iterator[Quantity]:
    """Numbers with a noun that no list knows, as a goal names them: "xây dựng 20 làng nghề"."""
    for match in COUNT_RE.finditer(folded):
        before = folded[max(0, match.start("value") - 14) : match.start("value")]
        unit = text[match.start("unit") : match.end("unit")]
        if not _NOT_BEFORE_RE.search(before) and unit.islower() and match["unit"] not in _NO_UNIT:
            yield _quantity(match, unit, 1, folded, percent=False)


def _quantity(match: re.Match[str], unit: str, scale: float, folded: str, *, percent: bool) -> Quantity:
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
    if word in ("tren", "hon", "vuot"):
        return ">"
    if word in ("duoi", "thap hon", "it hon"):
        return "<"
    return ">=" if high is not None else "="


def number(printed: str) -> float:
    """A number as printed: "1.716" -> 1716, "46,046" -> 46.046."""
    return parse_number(printed)


def period(folded: str) -> str | None:
    """The year or years that a clause or heading is meant for: "đến năm 2030" -> "2030", "giai đoạn 2026 - 2030"
    -> "2026-2030".
    """
    match = _PERIOD_RE.search(folded)
    if match is None:
        return None
    start = match["from"] or match["a"] or (match["year"] if match["until"] else None)
    if start:
        return f"{start}-{match['to'] or match['b'] or match['until']}"
    return match["by"] or match["year"]


_YEAR_TAIL_RE = re.compile(r"\s+(?:trong|vào|mỗi|hằng|hàng|đến) (?:năm|tháng|quý).*$")
_STOPS = frozenset("có được đạt biết là tham dùng trở qua so ra".split())
_COUNT_STOPS = _STOPS | frozenset("cho để với từ nhằm do trước sau theo phục".split())


def population_whole(text: str, at: int) -> Span | None:
    """What changes, after "giảm 5%": the rest of the clause, up to what it is compared with."""
    match = re.match(
        r"\s*(?!\s|so với|vào|trong|mỗi|hằng)([^,;.:()]{2,160}?)(?= so với\b| vào năm | trong năm |[,;.:()]|$)",
        text[at : at + 200],
    )
    return Span(at + match.start(1), at + match.end(1)) if match else None


def population_after(text: str, at: int, *, counted: bool = False) -> Span | None:
    """Who or what is measured, after the number: "85% «người dân trong độ tuổi trưởng thành» được ...", "10 «lớp
    tập huấn» cho ...".

    With ``counted`` the noun that is counted begins at ``at``: it ends at a preposition, not at a verb.
    """
    tokens = [
        (m.group(), at + m.start(), at + m.end())
        for m in re.finditer(r"[^\W_]+(?:[-/&][^\W_]+)*|[,;:.()“”\"]", text[at : at + 300])
    ]
    end = at
    for index, (word, _, high) in enumerate(tokens):
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        owning = word == "có" and any(is_verb(t[0], u[0]) for t, u in pairwise(tokens[index + 2 : index + 5]))
        stop = (word in (_COUNT_STOPS if counted else _STOPS) and not owning) or (
            not counted
            and (is_verb(word, following) or (word, following) == ("sống", "sau"))
            and not _noun(tokens, index)
        )
        if word in ';:.(“”"' or (index and stop):
            break
        if word == "," and (counted or not following or following[0].isdigit() or is_verb(following, "")):
            break
        end = high if word != "," else end
    piece = _YEAR_TAIL_RE.sub("", text[at:end]).strip(" ,")
    start = text.find(piece, at)
    return Span(start, start + len(piece)) if len(piece) > 1 else None


def _noun(tokens: list[tuple[str, int, int]], index: int) -> bool:
    """Whether "tổ chức" and the like stand in a list of nouns."""
    before = tokens[index - 1][0] if index else ""
    return tokens[index][0] == "tổ" and before in (",", "các", "và", "quan")
