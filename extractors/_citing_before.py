"""What stands before a citation: "Ngày 5/9/2025, UBND xã ban hành Kế hoạch số ...", "theo đề nghị của Sở X tại ..."."""

from __future__ import annotations

import re

from extractors import _agencies
from extractors._citing import DATE, TYPE
from schemas.text import Span

_BEFORE_RE = re.compile(
    rf"(?:^|[.;] |, )(?:vao )?ngay (?P<date>{DATE}),? (?P<issuer>[^.;:()]{{2,90}}?) (?:da "
    rf"|tiep tuc )?(?P<what>(?:ky )?(?:ban hanh|phe duyet|thong qua|co)\b[^.;:()]{{0,240}}?)$"
)
_ASKED_RE = re.compile(
    r"(?:theo|xet|,|va) (?:de nghi|de xuat|y kien|bao cao) cua "
    rf"(?P<issuer>(?:(?! tai (?:cac )?{TYPE}\b)[^.;:]){{2,200}}) tai (?:cac )?$"
)
_ISSUED_RE = re.compile(r"(?:ban hanh|xay dung|xay dung va trien khai|co|trinh) (?:cac )?$")
_OPENS_CLAUSE_RE = re.compile(r", (?:sau khi nghe )?")
_ADVERBS_RE = re.compile(r"(?: (?:da|tiep tuc|kip thoi|chu dong|cung))* ")


def before(text: str, folded: str, at: int) -> dict[str, Span]:
    """Date, issuer and subject that stand before a head at ``at``: "Ngày 5/9/2025, UBND xã ban hành Kế hoạch số
    ...".
    """
    low = max(0, at - 360)
    piece = folded[low:at]
    places: dict[str, Span] = {}
    if match := _ASKED_RE.search(piece):
        places["issuer"] = Span(low + match.start("issuer"), low + match.end("issuer"))
    elif (match := _BEFORE_RE.search(piece)) and not match["issuer"].startswith("cua "):
        places = {name: Span(low + match.start(name), low + match.end(name)) for name in ("date", "issuer")}
        if match["what"].rstrip().endswith(" tai"):
            places["subject"] = Span(
                low + match.start("what"), low + match.start("what") + match["what"].rindex(" tai")
            )
    elif (issued := _ISSUED_RE.search(piece)) and (subject := _acting(text, folded, low + issued.start(), at)):
        places["issuer"] = subject
    return places


def _acting(text: str, folded: str, verb: int, at: int) -> Span | None:
    """The body that issues: the one after the last comma before the verb, or that with which the sentence begins."""
    comma = _OPENS_CLAUSE_RE.match(folded, max(0, folded.rfind(", ", 0, verb)), verb)
    if comma is not None and _agencies.proper(text, folded, comma.end()) > comma.end():
        end = comma.end() + _agencies.scan(text[comma.end() : verb])
        if _ADVERBS_RE.fullmatch(folded[end:verb]):
            return Span(comma.end(), end)
    return subject_of(text, folded, at)


def subject_of(text: str, folded: str, at: int) -> Span | None:
    """The body with which the sentence around ``at`` begins."""
    start = max(folded.rfind(". ", 0, at) + 2, 0) if ". " in folded[:at] else 0
    start += len(text[start:at]) - len(text[start:at].lstrip(" -+"))
    if _agencies.proper(text, folded, start) == start:
        return None
    end = start + _agencies.scan(text[start : start + 120])
    return Span(start, end) if len(_agencies.split(text[start:end])) == 1 else None
