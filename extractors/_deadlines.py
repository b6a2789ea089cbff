"""Deadlines: the words that set one in a sentence, and the date that they name."""

from __future__ import annotations

import re

from extractors._values import parse_date
from schemas.text import Span, fold

_DATE = r"\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}|\d{1,2} thang \d{1,2},? nam \d{4}"
_EVERY = r"(?:hang|moi) (?:tuan|thang|quy|nam)"
_MONTH = r"thang \d{1,2}(?: ?/ ?\d{4}| nam \d{4})?"
_QUARTER = r"quy (?:i{1,3}|iv|[1-4])(?: ?/ ?\d{4}| nam \d{4}|,? \d{4})?"
_YEAR = r"(?:cuoi )?nam \d{4}"
_WHEN = (
    rf"(?:ngay (?:{_DATE}|\d{{1,2}} {_EVERY}|\d{{1,2}} cua {_EVERY}"
    rf"|\d{{1,2}} ?/ ?\d{{1,2}}(?: {_EVERY})?|\d{{1,2}} thang \d{{1,2}}(?: {_EVERY})?)"
    rf"|{_DATE}|{_MONTH}|{_QUARTER}|{_YEAR}|\d{{1,2}} ?/ ?\d{{4}})"
)
_REGULAR = rf"(?:dinh ky\W?|{_EVERY})(?:,? (?:{_EVERY}|\d{{1,2}} thang))?,? (?:\([^()]{{1,60}}\) )?"
_BEFORE = r"(?:truoc|cham nhat(?: la)?(?: (?:truoc|vao|den|trong))?|muon nhat(?: la)?)"
_TAIL = r"(?: \((?:hoac|va)? ?dot xuat[^()]{0,40}\))?"
_IN_TEXT_RE = re.compile(
    rf"(?<!\w)(?:(?:{_REGULAR})?{_BEFORE} {_WHEN}{_TAIL}|(?<=hoan thanh )(?:trong |vao |den |den het )?{_WHEN}"
    rf"|(?<=xong )(?:trong |vao )?{_WHEN}|(?:vao|trong) (?:cuoi|dau|giua) (?:nam \d{{4}}|{_QUARTER}|{_MONTH})"
    rf"|(?:trong|vao) (?:{_MONTH}|{_QUARTER}|nam \d{{4}})(?: va cac nam tiep theo)?)(?!\w)"
)
_HOUR_RE = re.compile(
    rf"(?<!\w){_BEFORE} \d{{1,2}} ?(?:gio|h) ?(?:\d{{2}}(?: phut)?)?,? (?:ngay (?:{_DATE}"
    rf"|\d{{1,2}} {_EVERY})|(?:vao )?(?:thu \w+|chu nhat)(?: {_EVERY})?|{_EVERY})"
)
_EVERY_RE = re.compile(
    rf"(?<!\w)dinh ky (?:vao )?(?:\d{{1,2}} thang(?:,? (?:1|mot) nam)?|{_EVERY})(?:(?:,| va) {_EVERY}){{0,2}}(?!\w)"
)
_WORDS = ("truoc", "nhat", "hoan thanh ", "xong ", "vao ", "trong ", "dinh ky")
"""One of these stands in every deadline, or before it."""
_AT_END_RE = re.compile(r"(?<!\w)nam \d{4}(?=[.;]?$)")
_FULL_RE = re.compile(rf"(?<!\d)(?:{_DATE})(?!\d)")
_MONTH_RE = re.compile(r"thang \d{1,2}(?: ?/ ?\d{4}| nam \d{4})|(?<![\d/.])\d{1,2}/\d{4}(?!\d)")
_YEAR_RE = re.compile(r"nam \d{4}(?!\d)")
_LATER_RE = re.compile(r"nhung nam tiep|cac nam tiep|hang nam|quy ")


def find(folded: str) -> Span | None:
    """The first deadline in a sentence: "trước ngày 30/9/2025", "Định kỳ trước ngày 15 hằng quý (hoặc đột xuất)"."""
    if not any(word in folded for word in _WORDS):
        return None
    match = _HOUR_RE.search(folded) or _IN_TEXT_RE.search(folded) or _EVERY_RE.search(folded)
    return Span(match.start(), match.end()) if match else None


def find_at_end(folded: str) -> Span | None:
    """A year with which the task of a table ends: "... trên địa bàn tỉnh năm 2025."."""
    match = _AT_END_RE.search(folded)
    return Span(match.start(), match.end()) if match else None


def date_of(printed: str) -> str | None:
    """The one date that a deadline names, in the precision printed; None where it names none or several."""
    folded = fold(printed)
    for pattern in (_FULL_RE, _MONTH_RE, _YEAR_RE):
        found = pattern.findall(folded)
        if len(found) > 1:
            return None
        if found:
            if pattern is not _FULL_RE and _LATER_RE.search(folded):
                return None
            try:
                return parse_date(found[0])
            except ValueError:
                return None
    return None
