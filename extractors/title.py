"""Trích yếu: what the document is about, on one line, without the type name. A công văn's stands after "V/v"."""

from __future__ import annotations

import re

from extractors import _tables
from extractors._cues import ABOUT
from extractors._fragments import DOC_TYPE
from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader, reads
from extractors._values import clean
from schemas.record import Cited
from schemas.text import Span, fold

_MISREAD_ABOUT = re.compile(r"v[ae] ?viec\b")
RULES = (
    Rule(
        "title.same-line",
        rf"^\W*{DOC_TYPE}\b[ :]*(?P<title>\S.*)$",
        reads="BÁO CÁO TỔNG KẾT CÔNG TÁC NĂM",
        gives="TỔNG KẾT CÔNG TÁC NĂM",
        refuses=("BÁO CÁO", "Kết quả trồng cây xanh"),
        zones=(Zone.TITLE,),
    ),
    Rule(
        "title.about",
        r"^\W*(?:v ?[/1l!] ?[vw]|v[vw])\b\W*(?P<title>\S.*)$",
        reads="V/v báo cáo kết quả trồng cây",
        gives="báo cáo kết quả trồng cây",
        refuses=("Về việc báo cáo kết quả", "V/v"),
        zones=(Zone.TITLE,),
    ),
    Rule(
        "title.below-heading",
        r"^[^\w“\"‘]*(?P<title>[^\W_].*|[“\"‘].*)$",
        reads="Kết quả trồng cây xanh năm 2025",
        gives="Kết quả trồng cây xanh năm 2025",
        refuses="-------",
        zones=(Zone.TITLE,),
    ),
)


def value(hit: Hit) -> str:
    """The title with single blanks."""
    title = _opened(clean(hit.printed("title")).rstrip("-–—_* "))
    if len(title) < 3 or fold(title) in _tables.doc_types():
        raise ValueError(f"no title: {title!r}")
    return title


def _opened(title: str) -> str:
    """A title with its first words as they are printed: no title begins with "Vêviệc", "Vẻ việc", "và việc"."""
    match = _MISREAD_ABOUT.match(fold(title))
    if match is None or title[: match.end()].casefold() == "về việc":
        return title
    return ("VỀ VIỆC" if title[: match.end()].isupper() else "Về việc") + title[match.end() :]


read = reader(value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """What stands under the heading, or beside it, or after "V/v"."""
    views = layout.views(Zone.TITLE)
    headed = bool(views) and read_heading(views[0].text)
    same, about, below = RULES
    hit = first((about, below), views[1:] if headed else views, reads(value))
    if hit is None or (views and len(views) > 1 and views[0].text.isupper() and not headed):
        hit = first((same,), views[:1], reads(value)) or hit
    if hit is not None and hit.rule is below and not headed and (misread := _without_about(hit)):
        return Found(misread)
    return Found(hit.cited(value(hit), "title") if hit else None)


def _without_about(hit: Hit) -> Cited[str] | None:
    """The title behind a "V/v" of which repair has made a word; None where the raw line does not begin with one."""
    rest = hit.view.text.find(" ") + 1
    raw = next((piece.raw for piece in hit.cite()), "")
    if rest == 0 or not ABOUT.match(fold(raw)):
        return None
    span = Span(rest, len(hit.view.text))
    return Cited(value=clean(hit.view.text[rest:]), evidence=hit.view.cite(span, "title.about"))


def read_heading(line: str) -> bool:
    """Whether a line is a type name alone."""
    letters = re.sub("lien(?:tich|nganh)$", "", "".join(c for c in fold(line) if c.isalpha()))
    return letters in {name.replace(" ", "") for name in _tables.doc_types()}
