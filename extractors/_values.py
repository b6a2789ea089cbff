"""Printed forms to canonical values: dates, codes, numbers, names of bodies. Each takes printed text, or raises
ValueError.
"""

from __future__ import annotations

import re
from datetime import date as calendar_date

from schemas.text import fold

WRITTEN_OUT = (
    (re.compile(r"\bUBND\b"), "Ủy ban nhân dân"),
    (re.compile(r"\bHĐND\b"), "Hội đồng nhân dân"),
    (re.compile(r"\b(?:UB)?MTTQ(?:VN)?\b"), "Mặt trận Tổ quốc"),
    (re.compile(r"\bBCĐ\b"), "Ban Chỉ đạo"),
    (
        re.compile(r"\b(?:Ủy ban nhân dân|Uỷ ban nhân dân|Uỷ ban Nhân dân|Ủy ban Nhân dân|Ủy Ban Nhân Dân)\b"),
        "Ủy ban nhân dân",
    ),
)
_FULL_DATE = re.compile(r"(?:ngay)?\s*(\d{1,2})\s*(?:[/.\-–]|thang)\s*(\d{1,2})\s*(?:[/.\-–]|,?\s*nam)\s*(\d{4})\b")
_MONTH_DATE = re.compile(r"(?:thang)?\s*(\d{1,2})\s*(?:[/.\-–]|,?\s*nam)\s*(\d{4})\b")
_YEAR_DATE = re.compile(r"(?:nam\s*)?(\d{4})\b")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s*(trieu|ty|nghin|ngan|van)?\b")
_SCALES = {"nghin": 10**3, "ngan": 10**3, "van": 10**4, "trieu": 10**6, "ty": 10**9}
_OLDEST, _NEWEST = 1945, 2099


def iso_date(day: int | None, month: int | None, year: int) -> str:
    """ISO 8601 in the precision given: 13, 11, 2025 -> "2025-11-13"; None, 11, 2025 -> "2025-11". ValueError if it is
    no date.
    """
    if not _OLDEST <= year <= _NEWEST:
        raise ValueError(f"no year of a document: {year}")
    if month is None:
        return f"{year:04d}"
    checked = calendar_date(year, month, day or 1)
    return checked.isoformat() if day else f"{year:04d}-{month:02d}"


def parse_date(printed: str) -> str:
    """Read "ngày 10/11/2025", "24 tháng 5 năm 2025", "tháng 8/2025", "năm 2025" -> ISO 8601. ValueError if it is no
    date.
    """
    folded = fold(" ".join(printed.split()))
    match = _FULL_DATE.match(folded)
    if match:
        return iso_date(int(match[1]), int(match[2]), int(match[3]))
    match = _MONTH_DATE.match(folded)
    if match:
        return iso_date(None, int(match[1]), int(match[2]))
    match = _YEAR_DATE.match(folded)
    if match:
        return iso_date(None, None, int(match[1]))
    raise ValueError(f"no date: {printed!r}")


def parse_number(printed: str) -> float:
    """Vietnamese number forms: "1.716" -> 1716, "46,046" -> 46.046, "12,5 triệu" -> 12500000. ValueError if it is
    none.
    """
    match = _NUMBER.match(fold(" ".join(printed.split())))
    if not match:
        raise ValueError(f"no number: {printed!r}")
    digits = f"{match[1].replace('.', '')}.{match[2] or 0}"
    value = float(digits) * _SCALES.get(match[3] or "", 1)
    return round(value, 9)


def parse_code(printed: str) -> str:
    """A code without blanks and with plain hyphens: "757/QĐ- BKHCN" -> "757/QĐ-BKHCN". ValueError if it has no digit
    and letter.
    """
    tight = re.sub(r"[⁄∕/]+", "/", re.sub(r"[\s'’]+", "", printed))
    code = tight.replace("–", "-").replace("—", "-").strip(".,;:")
    if not any(c.isdigit() for c in code) or not any(c.isalpha() for c in code):
        raise ValueError(f"no code: {printed!r}")
    return code


def symbol_of(code: str) -> str:
    """The letters of a code: "316/BC-UBND" -> "BC-UBND", "368-KH/TU" -> "KH/TU", "15/2020/NĐ-CP" -> "2020/NĐ-CP"."""
    match = re.match(r"\d+[a-zA-Z]?\s*[/-]\s*", code)
    if not match:
        raise ValueError(f"no number in front: {code!r}")
    return code[match.end() :]


def write_out_body(printed: str) -> str:
    """The name of a body with its abbreviations written out: "UBND xã Tịnh Khê" -> "Ủy ban nhân dân xã Tịnh Khê"."""
    name = " ".join(printed.split())
    for pattern, full in WRITTEN_OUT:
        name = pattern.sub(full, name)
    return name


def clean(printed: str) -> str:
    """Single blanks, no blanks at the ends."""
    return " ".join(printed.split())
