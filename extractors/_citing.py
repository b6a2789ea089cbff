"""One citation in running text: its type, code, date, issuer and subject, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors import _agencies, _codes, _tables
from extractors._values import parse_code, parse_date, write_out_body
from schemas.text import Span

TYPES = (
    *sorted(_tables.doc_types(), key=len, reverse=True),
    "cong van", "bo luat", "hien phap", "van ban", "phieu", "don", "ho so", "huong dan lien nganh", "quy trinh",
)  # fmt: skip
TYPE = "(?:" + "|".join(sorted({t for t in TYPES if t not in ("don", "ho so", "phieu")}, key=len, reverse=True)) + ")"
LAW = r"(?:bo luat|luat|phap lenh)"
DATE = r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2} thang \d{1,2},? nam \d{4})"
_PRINTED = {
    "cong van": "công văn",
    "bo luat": "bộ luật",
    "hien phap": "hiến pháp",
    "van ban": "văn bản",
    "quy trinh": "quy trình",
}

_HEAD_RE = re.compile(rf"(?<!\w)(?P<type>{TYPE})(?P<many>\s?:)?(?: tren| nay)?(?P<so>,? so)?\s?:?\s?$")
_LAW_HEAD_RE = re.compile(rf"(?<!\w)(?<!bo )(?P<type>{LAW}) (?P<name>[^.;:()]{{2,160}}?),? so\s?:?\s?$")
_OF_HEAD_RE = re.compile(rf"(?<!\w)(?P<type>{TYPE}) cua (?P<issuer>[^.;:()]{{2,80}}?),? so\s?:?\s?$")
_WORDY_HEAD_RE = re.compile(
    rf"(?<!\w)(?P<type>{TYPE})(?: (?!(?:so|tai|theo|cua|kem|va|voi|cho|tren|ngay)\b)[a-z]{{2,7}}){{1,3}},? so\s?:?\s?$"
)
"""A kind with words of its own: "Chương trình hành động số", "Báo cáo thẩm tra số"."""
_TYPE_RE = re.compile(rf"(?<!\w){TYPE}(?!\w)")
_OF_LAWS_RE = re.compile(r"van ban quy pham phap luat|^(?:bo )?luat$|quy hoach")
"""Kinds of documents that stand in the names of laws."""
_SO_RE = re.compile(r"(?<!\w)so\s?:?\s?$")
_DATE_AFTER_RE = re.compile(rf"\s?[,(]?\s?(?:(?:duoc )?(?:ban hanh|ky|ky ban hanh) )?ngay (?P<date>{DATE})\)?")
_OF_RE = re.compile(r"\s?,?\s?cua ")
_OF_UNKNOWN_RE = re.compile(r"\s?,?\s?cua [^,;:.()]{2,100}? (?=(?:ve viec|v/v) )")
"""A body that no rule knows, perhaps misread, before the subject."""
_NAME_GOES_ON_RE = re.compile(r", (?P<rest>[^,;:.()]{2,50}) (?=ve viec |v/v )")
"""A name with a comma of its own: "Ủy ban Quốc gia Ứng phó sự cố, thiên tai và Tìm kiếm cứu nạn"."""
_ABOUT_RE = re.compile(r"\s?,?\s?(?:(?:vuong mac|phan anh|kien nghi) )?(?:ve viec |v/v |ve )")
_VERB_RE = re.compile(
    r"\s?,?\s?(?=(?:ban hanh|quy dinh|phe duyet|trien khai|thuc hien|sua doi|bo sung|huong dan"
    r"|thanh lap|kien toan|cong bo|giao|thong qua|bai bo|phat dong"
    r"|tang cuong|day manh|cong nhan|phan bo|phan cong|cho phep|de nghi|to chuc|quy che|quy chuan"
    r"|tiep tuc|xu ly|thay the|dieu chinh|chan chinh)\b)"
)
_END_RE = re.compile(
    rf"[;:]| (?:nhu sau|cu the|dong thoi|theo do|trong do|va (?:cac )?(?:{TYPE}) (?:so|ngay)"
    rf"|va so \d+|va duoc sua|va (?:nhieu|mot so|cac) van ban|cung (?:nhieu|cac) van ban)\b"
    rf"| duoc (?:quan triet|trien khai|pho bien|thuc hien|chi bo|cac)\b"
    r"|(?<!bien phap) de (?:trien khai|to chuc|thuc hien|bao cao|huong dan)\b| quy dinh(?: cu the| ro)? ?:|, do "
    rf"|, (?:{TYPE}) (?:so |ngay )|\.(?:\s|$)|\.?/\.|, (?:can cu|theo do|trong do|cu the|dong thoi"
    rf"|so \d+|den nay|nho (?:do|vay)|qua do|nham|toan (?:xa|tinh|huyen|phuong)|tren dia ban)\b"
)
_ALIAS_RE = re.compile(
    r"\s*\((?:(?:sau đây )?(?:viết|gọi)(?: tắt)? là|(?:đã )?được (?:sửa đổi|bổ sung))[^()]{0,160}\)[ ,.-]*$"
)
_CAPITAL_VERB_RE = re.compile(
    (
        r" (?:quy dinh|ban hanh|phe duyet|sua doi|huong dan|thong qua|bai bo|quy che|bo sung|vuong mac|phan anh"
        r"|kien nghi)\b"
        r"|,? va (?:dieu|khoan|diem|muc|chuong) |,? (?:so|ngay) \d|,? va (?:cac )?"
    )
    + TYPE
    + r"\b"
)
_STOP_RE = re.compile(r"[;.:]")
_BRACKET_RE = re.compile(r"[()]")
_STAGE_RE = re.compile(r" (?:ve|v/v) ")
_ISSUER_END_RE = re.compile(
    r"[,;:.()]| (?:ve|v/v|va|quy dinh|ban hanh|trien khai|thuc hien|phe duyet|huong dan|de|da"
    r"|nham|tai|theo|ngay|tren|dieu|khoan|diem)\b"
)
_ACTOR_RE = re.compile(
    r", (?:so|bo|phong|ban|cuc|chi cuc|vien|truong|nha truong|tram|trung tam|benh vien|cong ty|hoi|doan|thuong truc"
    r"|co quan|don vi)(?= (?:de nghi|yeu cau|bao cao|thong bao|ban hanh|xay dung|huong dan|trien khai|kinh|trinh"
    r"|to chuc|da|nhan duoc|co y kien|thong nhat)\b)"
)
"""Before a body that calls itself by its kind alone: ", Chi cục đề nghị"."""
_SIGN_RE = re.compile(r"(?<=[^\W\d_]{2})(?<!\bkm)(?<!/QH)\d{1,2}$")
"""The sign of a footnote at the end of a word."""
_REACH = 640
"""The longest citation that is read, in letters after the code."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation states, and where: ``places`` maps "type", "code", "date", "issuer", "subject" to spans."""

    type: str
    code: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    span: Span
    places: dict[str, Span]
    rule: str


@cache
def canonical_type(folded: str) -> str:
    """The name of a kind of document: "ke hoach" -> "kế hoạch"."""
    return _PRINTED.get(folded) or _tables.doc_types()[folded]


def type_of_code(code: str) -> str | None:
    """The kind of document that a code's abbreviation names ("316/BC-UBND" -> "báo cáo"); None for a công văn."""
    parts = re.split(r"[-/]", code)[1:]
    part = next((part for part in parts if not re.fullmatch(r"\d{4}", part)), "")
    if part == "CV":
        return "công văn"
    if re.fullmatch(r"QH\d{1,2}", part):
        return "luật"
    if part == "TT":
        return "thông tri" if re.match(r"\d+[a-z]?-", code) else "thông tư"
    return _tables.type_abbreviations().get(part)


def find_type(folded: str, at: int) -> tuple[str, Span, Span | None, Span | None] | None:
    """The type that stands before a code at ``at``, its span, and the spans of a law's name and of an issuer
    between.
    """
    low = max(0, at - 200)
    before = folded[low:at]
    law = _last(_LAW_HEAD_RE, before)
    if law and _TYPE_RE.search(_OF_LAWS_RE.sub("", law["name"])) is None:
        span = Span(low + law.start("type"), low + law.end("type"))
        return canonical_type(law["type"]), span, Span(low + law.start("name"), low + law.end("name")), None
    if head := _HEAD_RE.search(before):
        return canonical_type(head["type"]), Span(low + head.start("type"), low + head.end("type")), None, None
    if head := _last(_WORDY_HEAD_RE, before):
        return canonical_type(head["type"]), Span(low + head.start("type"), low + head.end("type")), None, None
    if head := _last(_OF_HEAD_RE, before):
        span = Span(low + head.start("type"), low + head.end("type"))
        return canonical_type(head["type"]), span, None, Span(low + head.start("issuer"), low + head.end("issuer"))
    return None


def _last(pattern: re.Pattern[str], before: str) -> re.Match[str] | None:
    """The match that begins last."""
    found = None
    at = 0
    while match := pattern.search(before, at):
        found, at = match, match.start() + 1
    return found


def has_so(folded: str, at: int) -> bool:
    """Whether "số" stands before ``at``."""
    return _SO_RE.search(folded[max(0, at - 8) : at]) is not None


def read_after(text: str, folded: str, at: int) -> tuple[dict[str, Span], int]:
    """Date, issuer and subject after a code (or a date) that ends at ``at``, as spans, and where the citation ends."""
    places: dict[str, Span] = {}
    limit = min(len(text), at + _REACH)
    for _ in range(2):
        if "date" not in places and (match := _DATE_AFTER_RE.match(folded, at, limit)):
            places["date"] = Span(match.start("date"), match.end("date"))
            at = match.end()
        elif "issuer" not in places and (match := _OF_RE.match(folded, at, limit)):
            end = issuer_end(text, folded, match.end())
            if end > match.end():
                places["issuer"] = Span(match.end(), end)
                at = end
    if subject := _subject(text, folded, at, limit):
        places["subject"] = subject
        at = subject.end
    return places, at


def issuer_end(text: str, folded: str, at: int) -> int:
    """Where the issuer that begins at ``at`` ends; a Ban Chỉ đạo keeps its "về ..." when another "về" follows."""
    piece = text[at : at + 260]
    end = at + _agencies.scan(piece)
    if end == at:
        match = _ISSUER_END_RE.search(folded, at, at + 90)
        end = match.start() if match else at
        return end if text[at : at + 1].isupper() else at
    if actor := _ACTOR_RE.search(folded, at, end + 16):
        end = min(end, actor.start())
    bodies = _agencies.split(text[at:end])
    joint = all(body.name.startswith("Bộ ") for body in bodies)
    end = at + bodies[0].span.end if bodies and not joint else end
    if verb := _CAPITAL_VERB_RE.search(folded, at, end):
        end = verb.start()
    stages = [m.start() for m in _STAGE_RE.finditer(folded, at, at + 260)]
    clause = _STOP_RE.search(folded, at, at + 260) if stages else None
    stages = [s for s in stages if clause is None or s < clause.start()]
    more = _NAME_GOES_ON_RE.match(folded, end)
    if more and text[more.start("rest")].islower() and end < more.end() <= at + 120:
        return more.end() - 1
    if (
        folded.startswith(("ban chi dao", "bcd"), at)
        and len(stages) > 1
        and text[stages[0] + 4 : stages[0] + 5].islower()
    ):
        return stages[1]
    return min([end, *stages]) if stages else end


def _subject(text: str, folded: str, at: int, limit: int) -> Span | None:
    """What the cited document is about, from "về việc" or a verb of its own to the end of the clause."""
    if unknown := _OF_UNKNOWN_RE.match(folded, at, limit):
        at = unknown.end()
    match = _ABOUT_RE.match(folded, at, limit) or _VERB_RE.match(folded, at, limit)
    if match is None:
        return None
    start = match.end()
    end = limit
    depth = 0
    for stop in _BRACKET_RE.finditer(text, start, limit):
        depth += 1 if stop.group() == "(" else -1
        if depth < 0:
            end = stop.start()
            break
    if over := _END_RE.search(folded, start, end):
        end = over.start()
    if actor := _ACTOR_RE.search(folded, start, end):
        end = actor.start()
    bound = end
    end = _before_next_actor(text, folded, start, end)
    if bound == end == limit < len(text):
        return None
    piece = _ALIAS_RE.sub("", text[start:end]).rstrip(" ,.-")
    piece = _SIGN_RE.sub("", piece)
    if piece.endswith(")") and piece.count(")") > piece.count("("):
        piece = piece[:-1]
    return Span(start, start + len(piece)) if len(piece.split()) > 2 else None


def _before_next_actor(text: str, folded: str, start: int, end: int) -> int:
    """The end of the subject before ", UBND xã báo cáo ...": a comma after which a body does something."""
    comma = start
    while (comma := folded.find(", ", comma, end)) >= 0:
        there = comma = comma + 2
        if _agencies.proper(text, folded, there) > there or _agencies.kinds(folded, there) > there:
            stop = there + _agencies.scan(text[there : there + 200])
            rest = text[stop : stop + 30].split()
            if len(rest) > 1 and rest[0][0].islower() and rest[0] not in ("và", "về", "trên", "của"):
                return there - 2
    return end


def value(name: str, printed: str) -> str | None:
    """The canonical value of a printed part; None where it is none."""
    try:
        if name == "code":
            return _codes.code(parse_code(printed))
        if name == "date":
            return parse_date(printed)
    except ValueError:
        return None
    return write_out_body(printed) if name == "issuer" else printed
