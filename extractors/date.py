"""Ngày ban hành: ISO 8601 from the place-and-date line, as precise as is certain: a handwritten day is a note."""

from __future__ import annotations

from extractors import _ink
from extractors._fragments import DATE
from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader, reads
from extractors._values import iso_date
from schemas.record import Cited, Note

RULES = (
    Rule(
        "date.line",
        rf"(?<![(\w]){DATE}\b",
        reads="Tịnh Khê, ngày 13 tháng 11 năm 2025",
        gives="2025-11-13",
        refuses=("Ngày: 04/4/18", "tháng 11 năm 2025"),
        zones=(Zone.LETTERHEAD,),
    ),
    Rule(
        "date.digits",
        r", ?ngay (?P<day>\d{1,2}) ?[/.-] ?(?P<month>\d{1,2}) ?[/.-] ?(?P<year>\d{4})\W*$",
        reads="Tịnh Khê, ngày 13/11/2025",
        gives="2025-11-13",
        refuses=("Ngày: 13/11/2025", "Thực hiện Kế hoạch ngày 13/11/2025 của"),
        zones=(Zone.LETTERHEAD,),
    ),
    Rule(
        "date.month",
        r", ?thang (?P<month>\d{1,2}) ?(?:nam|/) ?(?P<year>\d{4})\W*$",
        reads="Hà Nội, tháng 11 năm 2025",
        gives="2025-11",
        refuses="đến tháng 11 năm 2025 hoàn thành",
        zones=(Zone.LETTERHEAD,),
    ),
)


_IMPOSSIBLE = "there is no such day"


def value(hit: Hit) -> str:
    """The date in the precision that is legible."""
    return _certain(hit)[0]


def _certain(hit: Hit) -> tuple[str, str | None]:
    """The date as far as it is certain, and the doubt."""
    year = int(hit.printed("year").replace(" ", ""))
    month = _part(hit, "month", 12)
    day = _part(hit, "day", 31)
    if month is None:
        return iso_date(None, None, year), "the month is not legible"
    if day is None:
        missing = "day" not in hit.match.groupdict()
        return iso_date(None, month, year), None if missing else "the day is missing, handwritten or not legible"
    try:
        return iso_date(day, month, year), None
    except ValueError:
        return iso_date(None, None, year), _IMPOSSIBLE


def _part(hit: Hit, group: str, most: int) -> int | None:
    """A day or month: digits only (no debris beside them), possible, and printed."""
    if group not in hit.match.groupdict():
        return None
    start, end = hit.match.span(group)
    around = hit.view.text[max(0, start - 1) : start] + hit.view.text[end : end + 1]
    digits = hit.printed(group)
    if not digits.isdigit() or not 1 <= int(digits) <= most or around.strip(" /.-"):
        return None
    if group == "month" and "/" in around and hit.rule.name == "date.line":
        return None
    return int(digits) if _ink.printed_digits(hit.view, hit.span(group)) else None


read = reader(value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """The date, only from the place-and-date line: dates of cited documents are never the document's own."""
    hit = first(RULES, layout.views(Zone.LETTERHEAD), reads(value))
    if hit is None:
        return Found(None)
    date, doubt = _certain(hit)
    if doubt is None:
        return Found(hit.cited(date))
    message = f"{doubt}: {hit.printed()!r}{_ink.other_readings(hit.view, hit.span())}"
    return Found(
        hit.cited(date, "year" if len(date) == 4 else 0),
        (
            Note(
                field="date",
                kind="impossible" if doubt == _IMPOSSIBLE else "uncertain",
                message=message,
                evidence=hit.cite(),
            ),
        ),
    )
