"""Chỉ tiêu: every quantified goal, wherever it stands. What has been achieved is a result, not a target."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors import _quantities, _targets_table
from extractors._genre import is_official, is_report
from extractors._layout import Layout, Level, Paragraph, Zone
from extractors._quantities import Quantity
from extractors._rules import Found, Rule, View
from schemas.record import Target
from schemas.text import Span

_NONE = "Ngày 10/10/2025, tại Điều 5 Nghị định số 30/2020/NĐ-CP"
RULES = (
    Rule(
        "targets.percent",
        _quantities.PERCENT_RE.pattern,
        reads="Tỷ lệ hộ dân dùng nước sạch đạt từ 80% đến 85%.",
        gives=">= 80-85 % | Tỷ lệ hộ dân dùng nước sạch",
        refuses=(_NONE, "Đến nay đã đạt 95% kế hoạch", "Ngân sách hỗ trợ 50% chi phí mua giống"),
    ),
    Rule(
        "targets.amount",
        _quantities.AMOUNT_RE.pattern,
        reads="Phấn đấu trồng ít nhất 12,5 triệu cây xanh.",
        gives=">= 12500000 cây | cây xanh",
        refuses=(_NONE, "xã có 18 thôn với hơn 56.000 người", "với 1.716 người tham gia"),
    ),
)
_GOAL_RE = re.compile(r"(?:\w+ ){0,3}?(?:muc tieu|chi tieu)\b")
_MUTED_RE = re.compile(
    r"(?:tinh hinh|dac diem|ket qua|danh gia|uu diem|ton tai|han che|nguyen nhan|thuc trang"
    r"|su can thiet|bai hoc|khai quat|cong tac da)\b"
)
_FUTURE_RE = re.compile(
    r"(?:\w+ ){0,4}?(?:nhiem vu|phuong huong|giai phap|ke hoach|muc tieu"
    r"|chi tieu)\b.{0,80}(?:20\d\d|thoi gian toi|nam toi|trong tam|sap toi|cuoi nam|tiep theo)"
)
_WISH_RE = re.compile(
    r"\b(?:phan dau|dat|it nhat|toi thieu|bao dam|dam bao|khong qua|toi da|giam|tang|hoan thanh"
    r"|duy tri|nang|tren|duoi|muc tieu|chi tieu|huong toi|tro len|khong duoi|moi)\b|\b100 ?%"
)
_STRONG_WISH_RE = re.compile(
    r"\b(?:phan dau|it nhat|toi thieu|khong qua|toi da|muc tieu|chi tieu|tro len|khong duoi"
    r"|trong moi|xay dung moi|phat trien moi)\b"
)
_PAST_RE = re.compile(
    r"\b(?:da (?!duoc)|dat duoc|den nay|hien nay|hien co|tinh den ngay|uoc dat|uoc thuc hien"
    r"|luy ke|so voi cung ky|cung ky|ho tro (?:toi da |it nhat )?\d|kinh phi|muc (?:ho tro|chi"
    r"|phat|thu)|nong do|dan so|dien tich tu nhien)"
)
_IN_PREAMBLE_RE = re.compile(r"\b(?:voi muc tieu|phan dau|nham dat)\b")
_CUT_RE = re.compile(
    r"[;](?= |$)|[.!](?= |$)"
    r"|, (?=(?:phan dau|bao dam|dam bao|ty le|it nhat|toi thieu|voi muc tieu)\b|(?:tren |duoi |hon )?\d[\d.,]*(?:%| %))"
    r"| va (?=(?:tren |duoi |it nhat )?\d[\d.]* ?%)"
)
_LONGEST_CLAUSE = 1500
"""Letters beyond which a stretch without a full stop is no clause."""
_COUNTED_RE = re.compile(r"(?<![\d/.])(?!(?:19|20)\d\d(?!\d|[.,]\d))\d")
_RATIO_RE = re.compile(
    r"\W*(?P<what>[^;:%]{3,160}?),? (?:nam 20\d\d )?(?:(?:phan dau|duy tri|tang|giam|nang)[^;:%\d]{0,30} )?"
    r"(?:(?:dat|la|con|duoi|tren|o muc|chiem|tang|giam|len|xuong|khong|it nhat|toi thieu|hon|vuot"
    r"|khoang|so voi)\b[^;:%\d]{0,24}|tu )$"
)
_OPENING_RE = re.compile(
    r"(?:(?:phan dau|nang|giam|tang|duy tri|bao dam|dam bao|hang nam|hoan thanh|den (?:het "
    r"|cuoi )?nam \d{4}|nam \d{4})[,:]? )+"
)
_CHANGE_RE = re.compile(r"\b(?:giam|tang) (?:(?:it nhat|toi thieu|tren|tu|them) )*$")
_RATE_RE = re.compile(r"(?:den [^,]{1,20}[,:] ?)?(?:so|tong so|so luong|binh quan|ty le|ti le|mat do|quy mo|si so)\b")
_LEAD_IN_RE = re.compile(
    r"^\s*(?:(?:den|trong|het|cuoi|hang|moi|giai doan|nam)[^,;:%]{0,40}[,:] )?(?:phan dau|bao dam"
    r"|dam bao|duy tri|co|(?:voi )?muc tieu|hang nam)?[ ,:]*(?:(?:den|nam|trong)[^,;%]{0,24}, |den (?:het "
    r"|cuoi )?(?:nam|thang) [\d/]{1,7},? )?(?:phan dau |bao dam |dam bao |co |dat |hoan thanh "
    r"|thu hut |huy dong |van dong |giam |tang |nang |xay dung |to chuc |trong moi |lam moi "
    r"|them |phat trien )*$"
)
_MEASURE_RE = re.compile(r"(?:%|đồng|ha|tấn|tạ|km|m2|m3|kg|lít|điểm)(?:/.*)?$")
_DOWN_RE = re.compile(r"\bgiam\b(?!.*\bcon\b)[^;,%]{0,60}$")
_UP_RE = re.compile(r"\b(?:tang|nang)\b(?!.*\b(?:len|cuong)\b)[^;,%]{0,60}$")


@dataclass(slots=True)
class _Scope:
    """What the headings above say."""

    report: bool
    default: str | None
    goal: int | None = None
    muted: int | None = None
    future: int | None = None
    periods: dict[int, str] | None = None

    def enter(self, paragraph: Paragraph, view: View) -> None:
        """Follow a heading."""
        level, folded = paragraph.level, view.folded
        heading = len(view.text) < 160 and not view.text.rstrip().endswith((".", ";"))
        if not level and not (heading and view.text.rstrip().endswith(":")):
            return
        level = level or Level.PLUS + 1
        periods = self.periods or {}
        self.periods = {k: v for k, v in periods.items() if k < level}
        for name in ("goal", "muted", "future"):
            held = getattr(self, name)
            if held is not None and level <= held:
                setattr(self, name, None)
        if not heading:
            return
        if (years := _quantities.period(folded)) and not any(True for _ in _quantities.percents(folded, view.text)):
            self.periods[level] = years
        if level < Level.DASH and _GOAL_RE.match(folded) and not folded.startswith("ket qua"):
            self.goal = level if self.goal is None else self.goal
        if level < Level.DASH and self.goal is None and _MUTED_RE.match(folded):
            self.muted = level
        if self.report and _FUTURE_RE.match(folded):
            self.future, self.muted = level, None

    @property
    def silent(self) -> bool:
        """Whether what stands here are results."""
        return self.muted is not None or (self.report and self.future is None)

    def period(self) -> str | None:
        """The years of the nearest heading, else those of the title."""
        return self.periods[max(self.periods)] if self.periods else self.default


def clauses(view: View) -> list[Span]:
    """The clauses of a paragraph, one goal each where a comma parts goals."""
    spans: list[Span] = []
    start = 0
    depth = 0
    inside = [0] * (len(view.text) + 1)
    for index, char in enumerate(view.text):
        depth += char in "(“" or -(char in ")”")
        inside[index + 1] = depth
    for match in _CUT_RE.finditer(view.folded):
        first = view.text[match.end() : match.end() + 2].strip()
        named = view.folded.startswith("voi muc tieu", match.end())
        joins = match.group()[0] in ", " and not named and not _COUNTED_RE.search(view.folded, start, match.start())
        if joins or inside[match.start()] > 0 or (match.group() in ".!" and first[:1].islower()):
            continue
        spans.append(Span(start, match.end() if match.group() in ".!" else match.start()))
        start = match.end()
    spans.append(Span(start, len(view.text)))
    kept = [_trim(view, span) for span in spans]
    return [span for span in kept if 0 < span.end - span.start <= _LONGEST_CLAUSE]


def _trim(view: View, span: Span) -> Span:
    piece = view.text[span.start : span.end]
    left = len(piece) - len(piece.lstrip(" -+,;:"))
    return Span(span.start + left, span.start + len(piece.rstrip(" ;,")))


_HEDGED_RE = re.compile(r"[^;,.%]{1,60} tro len\b")


def _hedged(folded: str, one: Quantity) -> Quantity:
    """ "95% hộ gia đình trở lên" is at least 95 %."""
    if one.comparator == "=" and _HEDGED_RE.match(folded, one.span.end):
        return replace(one, comparator=">=")
    return one


def _before_actor(view: View, span: Span) -> Span:
    """A clause of the preamble without the body that issues the document (", UBND xã ban hành ...")."""
    match = re.search(r", (?=[A-ZĐÁÀẢÂĂÊÔƠƯỦ])", view.text[span.start : span.end])
    return Span(span.start, span.start + match.start()) if match else span


def quantities(view: View, span: Span, *, goal: bool) -> list[tuple[str, Quantity]]:
    """The quantities of a clause that are goals."""
    folded, text = view.folded[span.start : span.end], view.text[span.start : span.end]
    if _PAST_RE.search(folded) and not folded.startswith(("phan dau", "muc tieu")):
        return []
    found: list[tuple[str, Quantity]] = []
    if goal or _WISH_RE.search(folded):
        found += [("targets.percent", _hedged(folded, q)) for q in _quantities.percents(folded, text)]
    for amount in _quantities.amounts(folded, text):
        counted = amount.comparator in (">=", "<=") or _STRONG_WISH_RE.search(folded[: amount.number.start])
        if goal or counted:
            found.append(("targets.amount", amount))
    if goal:
        taken = [one.span for _, one in found]
        found += [
            ("targets.amount", one)
            for one in _quantities.counts(folded, text)
            if not any(a < one.number.end and one.number.start < b for a, b in taken)
        ]
    return sorted(found, key=lambda pair: pair[1].span)


def population(view: View, span: Span, one: Quantity) -> Span | None:
    """Who or what is measured: the noun after a percentage or a count, else what the clause says before."""
    before = view.folded[span.start : span.start + one.span.start]
    after = span.start + one.span.end
    measured = one.percent or "/" in one.unit or _MEASURE_RE.search(one.unit) is not None
    if (
        one.percent
        and _CHANGE_RE.search(before)
        and (who := _quantities.population_whole(view.text[: span.end], after))
    ):
        return who
    following = _quantities.population_after(view.text[: span.end], after, counted=not one.percent)
    if measured and following and _LEAD_IN_RE.match(before):
        return _without_rate(view, following)
    if not measured and not _RATE_RE.match(before):
        start = span.start + one.number.end + _scale(view, span, one)
        return _quantities.population_after(view.text[: span.end], start, counted=True)
    compared = view.folded[span.start : span.start + one.number.start]
    for said in (before, compared) if one.percent or not following else (before,):
        if match := _RATIO_RE.match(said.rstrip() + " "):
            return _without_rate(view, Span(span.start + match.start("what"), span.start + match.end("what")))
    words = before.rstrip(" ,")
    if following or len(words.split()) < 2:
        return following
    return Span(span.start, span.start + len(words))


def _without_rate(view: View, span: Span) -> Span:
    """What is measured, without "phấn đấu", "nâng", "tỷ lệ" before it."""
    opening = _OPENING_RE.match(view.folded, span.start, span.end)
    return Span(opening.end(), span.end) if opening and opening.end() < span.end else span


def _scale(view: View, span: Span, one: Quantity) -> int:
    """How far the unit stands after the digits: over a range and "triệu"."""
    rest = view.text[span.start + one.number.end : span.start + one.span.end]
    at = rest.lower().find(one.unit.split("/")[0].lower())
    return max(at, 0)


def direction(view: View, span: Span, one: Quantity) -> str | None:
    """Whether the value is a change: "giảm 1,5%/năm"."""
    before = view.folded[span.start : span.start + one.number.start]
    if _DOWN_RE.search(before):
        return "down"
    return "up" if _UP_RE.search(before) else None


def target(view: View, span: Span, rule: str, one: Quantity, years: str | None) -> Target:
    """A finished item with its evidence."""
    who = population(view, span, one)
    number = Span(span.start + one.span.start, span.start + one.span.end)
    evidence = [*view.cite(span, rule, "statement"), *view.cite(number, rule, "value")]
    if who:
        evidence += view.cite(who, rule, "population")
    way = direction(view, span, one)
    return Target(
        period=years,
        value=one.value,
        value_max=one.value_max,
        unit=one.unit,
        direction="down" if way == "down" else "up" if way else None,
        comparator=one.comparator,
        population=view.text[who.start : who.end] if who else None,
        statement=" ".join(view.text[span.start : span.end].split()),
        evidence=tuple(evidence),
    )


def extract(layout: Layout) -> Found[tuple[Target, ...]]:
    """Every quantified goal of body and appendices."""
    if not is_official(layout):
        return Found(())
    scope = _Scope(is_report(layout), _title_period(layout))
    found: list[Target] = []
    tables = _targets_table.read(layout)
    for index, paragraph in enumerate(layout.paragraphs):
        if paragraph.zone not in (Zone.BODY, Zone.APPENDIX, Zone.BASIS) or index in tables.paragraphs:
            continue
        view = View(layout.text, paragraph.content)
        if paragraph.zone is Zone.BASIS and not _IN_PREAMBLE_RE.search(view.folded):
            continue
        scope.enter(paragraph, view)
        if scope.silent or not re.search(r"\d", view.text):
            continue
        years = scope.period()
        for span in clauses(view):
            if paragraph.zone is Zone.BASIS:
                span = _before_actor(view, span)
            years = _quantities.period(view.folded[span.start : span.end]) or years
            for rule, one in quantities(view, span, goal=scope.goal is not None):
                found.append(target(view, span, rule, one, years))
    return Found((*found, *tables.targets))


def _title_period(layout: Layout) -> str | None:
    for view in layout.views(Zone.TITLE):
        if years := _quantities.period(view.folded):
            return years
    return None


def read(rule: Rule, view: View) -> str | None:
    """What a rule gives for a line: comparator, value, unit and population."""
    for span in clauses(view):
        for name, one in quantities(view, span, goal=False):
            if name == rule.name:
                who = population(view, span, one)
                high = f"-{one.value_max:g}" if one.value_max is not None else ""
                return (
                    f"{one.comparator} {one.value:.10g}{high} {one.unit} "
                    f"| {view.text[who.start : who.end] if who else None}"
                )
    return None
