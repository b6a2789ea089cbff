"""The ways of citing as rules, and every citation in a stretch of text.

A citation has a code, or a type with a date, or a type with its full title. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors import _agencies, _citing, _citing_before, _tables
from extractors._citing import DATE, LAW, TYPE, Citation
from extractors._rules import Rule
from extractors._values import clean
from schemas.text import Span, fold

_PART = r"(?:T['’]Tg|0Đ|[A-ZĐ][A-Za-zĐđƯư0-9&.]{0,14})"
_SLASH = r" ?[⁄∕]?/ ?"
"""A slash, which some recognisers read twice."""
_END = r"(?:(?=ng[àa]y)|(?!\w))"
_SYMBOL = rf"{_PART}(?:(?:[-–/]|[-–] (?=[A-ZĐ]{{2}}|TTg)| [-–] ?(?=[A-ZĐ]{{2}})){_PART}){{0,4}}"
_PARTY_SYMBOL = rf"[A-ZĐ][A-Za-zĐđ]{{0,4}} ?/ ?{_PART}(?:-{_PART})?"
_FIRST_DIGIT = r"\d(?<![\w/.-]\d)"
"""A digit with which a code begins; written so that a search jumps from digit to digit."""
_STATE_CODE = rf"{_FIRST_DIGIT}\d{{0,4}}[a-z]?{_SLASH}(?:\d{{4}} ?/ ?)?{_SYMBOL}"
_PARTY_CODE = rf"{_FIRST_DIGIT}\d{{0,3}}[a-z]? ?[-–] ?{_PARTY_SYMBOL}"
_DATED = rf"ngay {DATE}"
_NONE = "UBND xã có 12 thôn, diện tích 46,046 km2 và 24/24 giờ"

RULES = (
    Rule(
        "references.state",
        rf"(?P<code>{_STATE_CODE}){_END}",
        reads="Thực hiện Kế hoạch số 125/KH-UBND ngày 02/6/2025 của UBND tỉnh X về việc phát động phong trào;",
        gives="kế hoạch | 125/KH-UBND | 2025-06-02 | Ủy ban nhân dân tỉnh X | phát động phong trào",
        refuses=(_NONE, "Số: …/KH-UBND", "ngày 10/11/2025"),
        on="text",
    ),
    Rule(
        "references.party",
        rf"(?P<code>{_PARTY_CODE}){_END}",
        reads="Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học",
        gives="nghị quyết | 57-NQ/TW | 2024-12-22 | Bộ Chính trị | đột phá phát triển khoa học",
        refuses=(_NONE, "giai đoạn 2021-2025"),
        on="text",
    ),
    Rule(
        "references.parted-number",
        (
            r"(?P<number>\d(?<=[Ss]ố \d)\d{0,2} \d{1,3}) ?/ ?"
            rf"(?P<symbol>(?:(?:19|20)\d\d ?/ ?)?[A-ZĐ][A-Za-zĐđ]{{0,6}}-{_PART})(?!\w)"
        ),
        reads="tại Tờ trình số 1 1/TTr-VP ngày 12 tháng 01 năm 2026",
        gives="tờ trình | 11/TTr-VP | 2026-01-12 | None | None",
        refuses=(_NONE, "Tờ trình số 11/TTr-VP", "trang số 1 12/2025"),
        on="text",
    ),
    Rule(
        "references.lost-slash",
        r"(?P<number>\d(?<=[Ss]ố \d)\d{0,4})(?P<symbol>(?:KH|QĐ|BC|TTr|CT|NQ|TB|HD|CTr)-[A-ZĐ]{2,8})(?!\w)",
        reads="theo Quyết định số 96QĐ-UBND ngày 24/7/2025",
        gives="quyết định | 96/QĐ-UBND | 2025-07-24 | None | None",
        refuses=(_NONE, "Quyết định số 96/QĐ-UBND"),
        on="text",
    ),
    Rule(
        "references.illegible",
        rf"(?<!\w)(?P<type>{TYPE}) (?:so|s\S) (?P<noise>\S{{1,16}}(?: \S{{1,8}})?) ngay (?P<date>{DATE})",
        reads="Căn cứ Kế hoạch số zg+-xtytU ngày 23/5/2025 của Tỉnh ủy Y",
        gives="kế hoạch | None | 2025-05-23 | Tỉnh ủy Y | None",
        refuses=(_NONE, "Kế hoạch số …/KH-UBND ngày …/…/2025 của UBND tỉnh", "Kế hoạch số 12/KH-UBND ngày 23/5/2025"),
        needs=_DATED,
    ),
    Rule(
        "references.dated",
        (
            rf"(?<!\w)(?:(?P<type>{TYPE})"
            rf"|(?P<law>{LAW}) (?P<name>[^.;:()]{{2,160}}?)),? (?:duoc quoc hoi thong qua )?ngay"
            rf" (?P<date>{DATE})"
        ),
        reads="Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        gives="luật | None | 2025-06-16 | None | Tổ chức chính quyền địa phương",
        refuses=(_NONE, "Căn cứ Luật Đất đai;", "Kế hoạch tổ chức Lễ phát động ngày 10/10/2025"),
        needs=_DATED,
    ),
    Rule(
        "references.dated-of",
        rf"(?<!\w)(?P<type>{TYPE})(?: [a-z]{{2,7}}){{0,2}} cua (?P<issuer>[^.;:()]{{2,80}}?),? ngay (?P<date>{DATE})",
        reads="Xét Báo cáo thẩm định của Phòng Tài chính ngày 05/5/2026;",
        gives="báo cáo | None | 2026-05-05 | Phòng Tài chính | None",
        refuses=(_NONE, "theo kế hoạch của gia đình ngày 05/5/2026", "Kế hoạch của Sở Y tế;"),
        needs=_DATED,
    ),
    Rule(
        "references.titled",
        r"(?<!\w)(?:can cu|theo|thuc hien|tai|trien khai thuc hien|cua) (?P<type>de an|chien luoc"
        r"|chuong trinh|ke hoach|chuong trinh hanh dong|du an) "
        r"[“\"](?P<subject>[^”\"“]{20,220})[”\"](?! so )",
        reads="Căn cứ Đề án “Phát triển du lịch cộng đồng giai đoạn 2026 - 2030”;",
        gives="đề án | None | None | None | Phát triển du lịch cộng đồng giai đoạn 2026 - 2030",
        refuses=(_NONE, "thực hiện Phong trào “Toàn dân bảo vệ an ninh Tổ quốc”", "Kế hoạch này"),
        needs='[“"]',
    ),
)
_CODED = RULES[:4]
"""The rules of codes; the last of them alone needs no slash."""
_LIST_RE = re.compile(r"^[\s,;.)]*(?:va|,|;)?\s*(?:va )?(?:so)?\s?:?\s?$")
_OPENS_LIST_RE = re.compile(
    rf"(?<!\w)cac (?P<type>{TYPE})(?: cua (?P<issuer>[^.;:()]{{2,80}}?)(?:,? so ?)?|[^.;:()]{{0,60}}):"
)
_NEXT_RE = re.compile(r"[\s,;]*(?:va )?(?:cac )?(?:so )?")
_AND_RE = re.compile(r"[\s,;]*(?:va )?(?:(?:duoc )?sua doi,? bo sung (?:tai|theo|boi) )?(?:cac )?(?:so )?")
_MAY_CITE = re.compile(r"[\d“\"]")
_CUES = ("ngay ", "“", '"')
"""One of these stands in every citation that has no code."""


def citations(text: str, folded: str) -> list[Citation]:
    """Every citation in a stretch of text, in order."""
    found: list[Citation] = []
    if not _MAY_CITE.search(text):
        return found
    rules = _CODED if "/" in text else _CODED[-1:]
    coded = sorted(((m, rule) for rule in rules for m in rule.matches_in(text)), key=lambda pair: pair[0].start())
    for match, rule in coded:
        if found and match.start() < found[-1].places["code"].end:
            continue
        if one := _coded(text, folded, match, rule.name, found):
            found.append(one)
    found = _shared_issuers(text, folded, found)
    if not any(cue in folded for cue in _CUES):
        return found
    taken = [(c.places["type"] if "type" in c.places else c.places["code"], c.places["code"]) for c in found]
    for rule in RULES[len(_CODED) :]:
        for match in rule.matches_in(folded):
            one = _uncoded(text, folded, match, rule.name)
            start = match.start("type") if match["type"] else match.start("law")
            if one and not any(t.start <= start < c.end or match.start() < c.start < match.end() for t, c in taken):
                found.append(one)
                taken.append((one.span, one.span))
    return sorted(found, key=lambda c: c.span)


def _shared_issuers(text: str, folded: str, found: list[Citation]) -> list[Citation]:
    """ "Thông tư số ... và Thông tư số ... của Bộ trưởng", "UBND xã ban hành Kế hoạch số ...; Kế hoạch số ...": one
    issuer for all.
    """
    for a, b in zip(range(len(found) - 1), range(1, len(found)), strict=True):
        one, other = found[a], found[b]
        between = folded[one.span.end : other.span.start]
        early = "issuer" in one.places and one.places["issuer"].start < one.places["code"].start
        if early and not other.issuer and _NEXT_RE.fullmatch(between):
            found[b] = replace(other, issuer=one.issuer, places={**other.places, "issuer": one.places["issuer"]})
    for b in range(len(found) - 1, 0, -1):
        one, other = found[b - 1], found[b]
        between = folded[one.span.end : other.span.start]
        alike = _organ(one) == _organ(other) is not None
        if alike and not one.issuer and not one.subject and other.issuer and _AND_RE.fullmatch(between):
            given = ("issuer", "subject") if one.type == other.type else ("issuer",)
            places = {name: other.places[name] for name in given if name in other.places}
            subject = other.subject if one.type == other.type else None
            found[b - 1] = replace(one, issuer=other.issuer, subject=subject, places={**one.places, **places})
    return found


def _organ(one: Citation) -> str | None:
    """The body that a code names: "UBND" of 12/KH-UBND and of 340/UBND-KT, "TU" of 12-KH/TU."""
    parts = [part for part in re.split(r"[-/]", one.code or "")[1:] if not re.fullmatch(r"\d{4}", part)]
    kinds = _tables.type_abbreviations()
    return next((part for part in parts if part not in kinds and part != "CV"), None)


def _coded(text: str, folded: str, match: re.Match[str], rule: str, found: list[Citation]) -> Citation | None:
    whole = "code" in match.groupdict()
    at = match.start("code" if whole else "number")
    printed = match["code"] if whole else f"{match['number']}/{match['symbol']}"
    code = _citing.value("code", printed.rstrip("."))
    head = _citing.find_type(folded, at)
    kind = _citing.type_of_code(code) if code else None
    places = {"code": Span(at, match.end() - (len(match[0]) - len(match[0].rstrip("."))))}
    start = at
    if head is not None:
        kind = kind if kind and folded.endswith(f"{fold(kind)} ", 0, head[1].start) else head[0]
        places["type"] = head[1]
        start = head[1].start
        places |= {name: span for name, span in (("subject", head[2]), ("issuer", head[3])) if span}
    elif found and _LIST_RE.match(folded[found[-1].span.end : at]):
        kind = kind if kind and kind != found[-1].type and found[-1].type != "quy định" else found[-1].type
    elif kind is None and (opening := _last_opening(folded, at)):
        kind = _citing.canonical_type(opening["type"])
    elif kind is None and _citing.has_so(folded, at):
        kind = "công văn" if re.match(r"\d+/[A-ZĐ]+-[A-ZĐ]", code or "") else None
    opened = None if head else _last_opening(folded, at)
    if opened and opened["issuer"] and not re.search(r"[.;] ", folded[opened.end() : at].replace("; so ", ", so ")):
        places["issuer"] = Span(*opened.span("issuer"))
    if (
        code is None
        or kind is None
        or (head is None and not _citing.has_so(folded, at) and not _short(folded, at, code))
    ):
        return None
    return _complete(text, folded, kind, places, start, match.end(), rule, code)


def _last_opening(folded: str, at: int) -> re.Match[str] | None:
    """The "các Quyết định:" that opens the list in which a code stands."""
    opened = list(_OPENS_LIST_RE.finditer(folded, max(0, at - 600), at))
    return opened[-1] if opened else None


def _short(folded: str, at: int, code: str) -> bool:
    """Whether a code without "số" and without its type is one all the same: a list goes on, or an abbreviation
    stands before it.
    """
    return (
        re.search(
            r"(?:^|[\s(,;])(?:qd|kh|nq|ct|tb|cv|bc|ttr|hd|nd)\s?(?:so)?\s?$|(?:,|;|va|theo|tai|\()\s?$",
            folded[max(0, at - 12) : at],
        )
        is not None
    )


def _complete(
    text: str, folded: str, kind: str, places: dict[str, Span], start: int, end: int, rule: str, code: str | None
) -> Citation:
    after, stop = _citing.read_after(text, folded, end)
    places = {**after, **places} if "subject" in places else {**places, **after}
    if "date" not in places or "issuer" not in places:
        early = _citing_before.before(text, folded, start)
        if "issuer" in places and "date" in early:
            early = {}
        places = {**early, **places}
        if "subject" in early:
            places["subject"] = early["subject"]
    low = min(start, *(s.start for s in places.values()))
    return Citation(
        type=kind,
        code=code,
        date=_value(text, places, "date"),
        issuer=_value(text, places, "issuer"),
        subject=_value(text, places, "subject"),
        span=Span(start if low < start - 1 else low, max(stop, end)),
        places=places,
        rule=rule,
    )


def _value(text: str, places: dict[str, Span], name: str) -> str | None:
    span = places.get(name)
    return _citing.value(name, clean(text[span.start : span.end])) if span else None


def _uncoded(text: str, folded: str, match: re.Match[str], rule: str) -> Citation | None:
    groups = match.groupdict()
    name = "law" if groups.get("law") else "type"
    kind = _citing.canonical_type(match[name])
    places = {"type": Span(*match.span(name))}
    for group, place in (("name", "subject"), ("subject", "subject"), ("date", "date"), ("issuer", "issuer")):
        if groups.get(group):
            places[place] = Span(*match.span(group))
    if rule == "references.dated-of" and not _agencies.begins(text, folded, match.start("issuer")):
        return None
    if rule == "references.illegible" and not re.search(r"[^\W_]", match["noise"]):
        return None
    one = _complete(text, folded, kind, places, match.start(name), match.end(), rule, None)
    if rule == "references.titled":
        return replace(one, date=None, issuer=None) if one.subject else None
    return one if one.date else None
