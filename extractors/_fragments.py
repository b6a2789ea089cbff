"""Named pieces of patterns. OCR's favourite mistakes are tolerated here, once, and nowhere else.

All are for folded text (no marks, small letters) unless they say otherwise.
"""

from __future__ import annotations

from extractors import _tables
from schemas.text import fold

SO = r"\bs ?[o06][$&]?"
"""Số, S6, s0"""

NUMBER = r"(?P<number>\d{1,5}(?:[a-d](?= ?[/-]))?)"
"""316, 12a"""

SYMBOL = r"(?P<symbol>(?:\d{4}/)?[a-zð][a-z0-9ð]{0,9}(?: ?[-–/&.] ?[a-z0-9ð&]{1,20}){1,4})"
"""BC-UBND, SKHCN-BCVT&CĐS, 2020/NĐ-CP"""

PARTY_SYMBOL = r"(?P<symbol>[a-zð]{2,5} ?/ ?[a-zð][a-z0-9ð\-.]{0,14})"
"""KH/TU, CV/ĐU"""

DOC_TYPE = "(?:" + "|".join(sorted(_tables.doc_types(), key=len, reverse=True)) + ")"
"""kế hoạch, quyết định, ..."""

DATE = (
    r"ngay\W{0,3}(?P<day>[^,;]{0,6}?)\W{0,3}thang\W{0,3}(?P<month>[^,;]{0,6}?)\W{0,3}nam"
    r" ?(?P<year>\d[\d ]{2,4}\d|\d{3,4})"
)
"""ngày 12 tháng 9 năm 2025, with whatever a recogniser made of a handwritten day or month"""

UNIT_KIND = r"(?:tinh|thanh pho|tp\.?|xa|phuong|dac khu|thi tran|thi xa|huyen|quan)"
"""The kinds of administrative units"""

UPPER = "A-Z" + "".join(chr(i) for i in range(0xC0, 0x1EFA) if chr(i).isupper() and fold(chr(i)).isascii())
"""Capitals of Vietnamese, for a character class (printed text)"""

NAME = rf"[{UPPER}][^\W\d_{UPPER}]+"
"""A syllable of a proper name (printed text): Khê, Đông"""
