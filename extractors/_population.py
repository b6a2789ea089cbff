"""Who or what a quantity measures: the noun after a percentage or a count, else what the clause says before."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors._quantities import Quantity
from extractors._rules import View
from extractors._verbs import is_verb
from schemas.text import Span

_RATIO_RE = re.compile(
    r"\W*(?P<what>[^;:%]{3,160}?),? (?:nam 20\d\d )?(?:(?:phan dau|duy tri|(?<!toc do )(?<!ty le )(?<!ti le )(?<!muc )"
    r"(?:tang|giam)|nang)[^;:%\d]{0,30} )?"
    r"(?:(?:dat|la|con|duoi|tren(?! dia ban| co so| toan| ca nuoc)|o muc|chiem|(?<!toc do )(?<!ty le )(?<!ti le )"
    r"(?<!muc )(?:tang|giam)|len|xuong|khong|it nhat|toi thieu|hon|vuot"
    r"|khoang|so voi|giu on dinh|giu)\b[^;:%\d]{0,24}|tu )$"
)
_OPENING_RE = re.compile(
    r"(?:(?:va|de|phan dau|nang|giam|tang|duy tri|bao dam|dam bao|hang nam|hoan thanh|ca nam"
    r"|den (?:het |cuoi )?(?:nam|quy|thang|ngay) [\w/]+|nam \d{4}|trong do|muc tieu|voi muc tieu)[,:]? )+"
)
_SEAM_RE = re.compile(r"[\s,;]*(?:(?:va|trong do|tro len|dong thoi)\b[\s,]*)*")
_JOINS_RE = re.compile(r"[^\w]+|\b(?:va|trong do|tro len|dong thoi|dat|tren|it nhat|toi thieu|co)\b")
_WITHIN_RE = re.compile(r".*(?:\btrong do(?! tuoi),? |, (?=(?:nang|giam|tang|phan dau|dua|bao dam|dam bao) ))")
_AT_TIME_RE = re.compile(
    r"(?: (?:den|trong|cua|vao)? ?(?:het |cuoi )?(?:ngay|nam|quy|thang) [\w/]*\d[\w/]*"
    r"| binh quan| trung binh| khoang)+$"
)
_CHANGE_RE = re.compile(r"\b(?:giam|tang|vuot) (?:(?:it nhat|toi thieu|tren|tu|them) )*$")
_RATE_RE = re.compile(
    r"(?:đến [^,]{1,20}[,:] ?)?(?:số|tổng số|số lượng|bình quân|tỷ lệ|tỉ lệ|mật độ|quy mô|sĩ số)\b", re.IGNORECASE
)
"""What is a number of things itself (printed text: "sở" is none)."""
_LEAD_IN_RE = re.compile(
    r"^\s*(?:(?:den|trong|het|cuoi|hang|moi|giai doan|nam)[^,;:%]{0,40}[,:] )?(?:de )?(?:phan dau|bao dam"
    r"|dam bao|duy tri|co|(?:voi )?muc tieu|hang nam)?[ ,:]*(?:(?:den|nam|trong)[^,;%]{0,24}, |den (?:het "
    r"|cuoi )?(?:nam|thang) [\d/]{1,7},? )?(?:phan dau |bao dam |dam bao |co |dat |hoan thanh "
    r"|thu hut |huy dong |van dong |giam |tang |nang |xay dung |to chuc |trong moi |lam moi "
    r"|them |phat trien )*$"
)
_MEASURE_RE = re.compile(r"(?:%|đồng|ha|tấn|tạ|km|m2|m3|kg|lít|điểm)(?:/.*)?$")
_WHOLE_RE = re.compile(r"(?:tong|so voi|ke hoach|du toan)\b")
_YEAR_TAIL_RE = re.compile(r"\s+(?:trong|vào|mỗi|hằng|hàng|đến) (?:năm|tháng|quý).*$")
_QUALIFIES = {("đạt", "chuẩn"), ("được", "giao"), ("đạt", "sao"), ("đạt", "tiêu")}
"""Words that describe what is counted where they would otherwise end it ("trường đạt chuẩn quốc gia")."""
_STOPS = frozenset("có được đạt biết là tham dùng trở qua so ra".split())
_COUNT_STOPS = _STOPS | frozenset("cho để với từ nhằm do trước sau theo phục về".split())


def population(view: View, span: Span, one: Quantity, above: int = 0) -> Span | None:
    """Who or what the quantity of a clause measures, where the clause says so. ``above`` is where the quantity before
    it ends in the clause: what stands after that is said of this one ("đạt 6.500 ha, «sản lượng» đạt 24.000 tấn").
    """
    if above and len(_bare_words(view.folded[span.start + above : span.start + one.span.start])) > 1:
        seam = _SEAM_RE.match(view.folded, span.start + above)
        start = seam.end() if seam else span.start + above
        return population(view, Span(start, span.end), one.moved(span.start - start))
    before = view.folded[span.start : span.start + one.span.start]
    after = span.start + one.span.end
    measured = one.percent or "/" in one.unit or _MEASURE_RE.search(one.unit) is not None
    if one.percent and _CHANGE_RE.search(before) and (who := _whole(view.text[: span.end], after)):
        return who
    following = after_number(view.text[: span.end], after, counted=not one.percent)
    rate = _RATE_RE.match(view.text, span.start, span.start + one.span.start)
    if measured and following and (_LEAD_IN_RE.match(before) or (not rate and _selects(view, before, following, one))):
        return _bare(view, following)
    if not measured and not rate:
        noun = span.start + one.number.end + _scale(view, span, one)
        return after_number(view.text[: span.end], noun, counted=True, skip=len(one.unit.split("/")[0]))
    compared = view.folded[span.start : span.start + one.number.start]
    for said in (before, compared) if one.percent or not following else (before,):
        if match := _RATIO_RE.match(said.rstrip() + " "):
            what = _bare(view, Span(span.start + match.start("what"), span.start + match.end("what")))
            return what if what.end - what.start > 2 else following
    words = before.rstrip(" ,")
    if following or len(words.split()) < 2:
        return following
    return _bare(view, Span(span.start, span.start + len(words)))


def _bare_words(folded: str) -> list[str]:
    """The words of what stands between two quantities, without what only joins them."""
    return _JOINS_RE.sub(" ", folded).split()


def _selects(view: View, before: str, following: Span, one: Quantity) -> bool:
    """Whether the percentage picks a share out of what follows ("lấy tối thiểu 3% số ca nghi ngờ")."""
    if not one.percent or _WHOLE_RE.match(view.folded, following.start):
        return False
    return _RATIO_RE.match(before.rstrip() + " ") is None


def _bare(view: View, span: Span) -> Span:
    """What is measured, without "phấn đấu", "trong đó" before it and "đến năm 2026", "bình quân" after it."""
    start, end = span
    if within := _WITHIN_RE.match(view.folded, start, end):
        start = within.end()
    if (opening := _OPENING_RE.match(view.folded, start, end)) and opening.end() < end:
        start = opening.end()
    if tail := _AT_TIME_RE.search(view.folded[start:end]):
        end = start + tail.start() if tail.start() > 2 else end
    return Span(start, end)


def _scale(view: View, span: Span, one: Quantity) -> int:
    """How far the unit stands after the digits: over a range and "triệu"."""
    rest = view.text[span.start + one.number.end : span.start + one.span.end]
    at = rest.lower().find(one.unit.split("/")[0].lower())
    return max(at, 0)


def _whole(text: str, at: int) -> Span | None:
    """What changes, after "giảm 5%": the rest of the clause, up to what it is compared with."""
    match = re.match(
        r"\s*(?!\s|so với|vào|trong|mỗi|hằng)([^,;.:()]{2,160}?)(?= so với\b| vào năm | trong năm |[,;.:()]|$)",
        text[at : at + 200],
    )
    return Span(at + match.start(1), at + match.end(1)) if match else None


def after_number(text: str, at: int, *, counted: bool = False, skip: int = 0) -> Span | None:
    """Who or what is measured, after the number: "85% «người dân trong độ tuổi trưởng thành» được ...", "10 «lớp
    tập huấn» cho ...".

    With ``counted`` the noun that is counted begins at ``at``: it ends at a preposition, not at a verb; its first
    ``skip`` letters are its unit.
    """
    inside = at + skip
    tokens = [
        (m.group(), inside + m.start(), inside + m.end())
        for m in re.finditer(r"[^\W_]+(?:[-/&][^\W_]+)*|[,;:.()“”\"]", text[inside : inside + 300])
    ]
    end = inside
    for index, (word, _, high) in enumerate(tokens):
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        owning = word == "có" and any(is_verb(t[0], u[0]) for t, u in pairwise(tokens[index + 2 : index + 5]))
        owning = owning or (counted and (word, following) in _QUALIFIES)
        stop = (word in (_COUNT_STOPS if counted else _STOPS) and not owning) or (
            not counted
            and (is_verb(word, following) or (word, following) == ("sống", "sau"))
            and not _noun(tokens, index)
        )
        if word in ';:.(“”"' or ((index or skip) and stop):
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
