"""Chỉ tiêu: every quantified goal, wherever it stands. What has been achieved is a result, not a target."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors import _population, _quantities, _targets_table
from extractors._genre import is_official, is_report
from extractors._layout import Layout, Level, Zone
from extractors._quantities import Quantity
from extractors._rules import Found, Rule, View
from extractors._scope import Scope
from schemas.record import Note, Target
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
    *_targets_table.RULES,
)
_MUTED_RE = re.compile(
    r"(?:ve )?(?:tinh hinh|dac diem|ket qua|danh gia|uu diem|ton tai|han che|nguyen nhan|thuc trang"
    r"|su can thiet|bai hoc|khai quat|cong tac da)\b"
)
_WISH_RE = re.compile(
    r"\b(?:phan dau|dat|it nhat|toi thieu|bao dam|dam bao|khong qua|toi da|giam|tang|hoan thanh"
    r"|duy tri|nang|tren|duoi|muc tieu|chi tieu|huong toi|tro len|khong duoi|moi)\b|\b100 ?%"
)
_STRONG_WISH_RE = re.compile(
    r"\b(?:phan dau|it nhat|toi thieu|khong qua|toi da|muc tieu|chi tieu|tro len|khong duoi"
    r"|trong moi|xay dung moi|phat trien moi)\b"
)
_DONE_RE = re.compile(
    r"\b(?:dat duoc|den nay|hien (?:nay|co|moi|con|da)|tinh den (?:nay|ngay|thoi diem)|uoc (?:dat|thuc hien)|luy ke"
    r"|cung ky|thoi gian qua|vua qua|nam qua|ghi nhan|qua theo doi|truoc day|duoc (?:tren |hon |gan )?\d)"
)
_DONE_PRINTED_RE = re.compile(r"\b(?:đã (?!được)|mới (?:có|đạt|được)\b)")
"""What only the marks tell apart ("đã" from "đa chiều"); printed text in small letters."""
_GIVEN_RE = re.compile(
    r"\b(?:ho tro (?:toi da |it nhat )?\d|kinh phi (?:\w+ ){0,5}\d|muc (?:ho tro|chi|phat|thu)\b|nong do"
    r"|thue suat|(?:so|mien|uu dai) thue|lai suat|dien tich tu nhien"
    r"|dan so[^;%]{0,20}\d[\d.]* ?(?:nguoi|dan\b|ho\b|nhan khau))"
)
"""Figures that are neither goal nor result: what is paid, what there is."""
_COMPARED_RE = re.compile(r"\bso voi (?:nam|thang|quy|cung ky|dau nam|truoc)\b|\bthap hon\b|\bcao hon\b")
_ACT_RE = re.compile(
    r"(?:^|\W)(?:to chuc|mo|thanh lap|so hoa|xay dung|trong|lap dat|dao tao|ket nap|phat trien|cong nhan|xoa|trao"
    r"|phat hanh|bien soan|sua chua|nang cap|khoi cong|hoan thanh|giai quyet viec lam(?: moi)? cho|nhan rong|thu hut"
    r"|huy dong|van dong|dat|tao viec lam cho|dau tu|lam|tiem|tap huan(?: cho)?|cap)"
    r"(?: moi| them| duoc| it nhat| khoang)? $"
)
"""What is to be done with a number of things ("mở 08 lớp tập huấn")."""
_COUNTS_RE = re.compile(_ACT_RE.pattern + r"|^\W*$|\b(?:co|them|la|con|tu|du|khoang|tong so|nhan|giao|tuyen|dua) $")
"""What stands before a number of things that no table of units knows."""
_INCOME_RE = re.compile(r"\b(?:dat|thu hut|huy dong|van dong)\b")
_PAPERS = frozenset("bản bộ dân kỳ lần ca đơn cấp".split())
"""Units that such a deed counts in passing ("lập 02 bản")."""
_IN_PREAMBLE_RE = re.compile(r"\b(?:voi muc tieu|phan dau|nham dat)\b")
_CUT_RE = re.compile(
    r"[;](?= |$)|[.!](?= |$)"
    r"|, (?=(?:phan dau|bao dam|dam bao|ty le|it nhat|toi thieu|voi muc tieu)\b|(?:tren |duoi |hon )?\d[\d.,]*(?:%| %))"
    r"| va (?=(?:tren |duoi |it nhat )?\d[\d.]* ?%)"
)
_SINCE_RE = re.compile(r"(?<!den )(?<!den het )(?<!den cuoi )(?:nam|giai doan|nam hoc) (20\d\d)")
_DIGIT_RE = re.compile(r"\d")
_LONGEST_CLAUSE = 1500
"""Letters beyond which a stretch without a full stop is no clause."""
_COUNTED_RE = re.compile(r"(?<![\d/.])(?!(?:19|20)\d\d(?!\d|[.,]\d))\d")
_DOWN_RE = re.compile(r"(?<!toc do )(?<!ty le )(?<!muc )\bgiam\b(?!.*\b(?:con|xuong)\b)[^;,%]{0,60}$")
_UP_RE = re.compile(
    r"(?<!toc do )(?<!ty le )(?<!muc )\b(?:tang|nang|vuot(?! qua))\b(?!.*\b(?:len|cuong)\b)[^;,%]{0,60}$"
)


def clauses(view: View) -> list[Span]:
    """The clauses of a paragraph, one goal each where a comma parts goals."""
    spans: list[Span] = []
    start = 0
    depth = read = 0
    for match in _CUT_RE.finditer(view.folded):
        depth += _opened(view.text, read, match.start())
        read = match.start()
        first = view.text[match.end() : match.end() + 2].strip()
        named = view.folded.startswith("voi muc tieu", match.end())
        joins = match.group()[0] in ", " and not named and not _COUNTED_RE.search(view.folded, start, match.start())
        if joins or depth > 0 or (match.group() in ".!" and first[:1].islower()):
            continue
        spans.append(Span(start, match.end() if match.group() in ".!" else match.start()))
        start = match.end()
    spans.append(Span(start, len(view.text)))
    kept = [_trim(view, span) for span in spans]
    return [span for span in kept if 0 < span.end - span.start <= _LONGEST_CLAUSE]


def _opened(text: str, start: int, end: int) -> int:
    """How many brackets and quotation marks are opened in a stretch, less those that are closed."""
    opened = text.count("(", start, end) + text.count("“", start, end)
    return opened - text.count(")", start, end) - text.count("”", start, end)


def _trim(view: View, span: Span) -> Span:
    piece = view.text[span.start : span.end]
    left = len(piece) - len(piece.lstrip(" -+,;:"))
    return Span(span.start + left, span.start + len(piece.rstrip(" ;,")))


_ACTOR_RE = re.compile(r", (?=[A-ZĐÁÀẢÂĂÊÔƠƯỦ])")
_HEDGED_RE = re.compile(r"[^;,.%]{1,60} tro len\b")


def _hedged(folded: str, one: Quantity) -> Quantity:
    """ "95% hộ gia đình trở lên" is at least 95 %."""
    if one.comparator == "=" and _HEDGED_RE.match(folded, one.span.end):
        return replace(one, comparator=">=")
    return one


def _before_actor(view: View, span: Span) -> Span:
    """A clause of the preamble without the body that issues the document (", UBND xã ban hành ...")."""
    match = _ACTOR_RE.search(view.text[span.start : span.end])
    return Span(span.start, span.start + match.start()) if match else span


def quantities(view: View, span: Span, *, goal: bool, preamble: bool = False) -> list[tuple[str, Quantity]]:
    """The quantities of a clause that are goals. In a ``preamble``, before the sections, only what is wished for is."""
    folded, text = view.folded[span.start : span.end], view.text[span.start : span.end]
    if _DIGIT_RE.search(folded) is None or not (goal or _quantities.any_measured(folded)):
        return []
    hoped = folded.startswith(("phan dau", "muc tieu")) or _IN_PREAMBLE_RE.search(folded) is not None
    if not hoped and (preamble or _is_told(folded, text, goal=goal)):
        return []
    found: list[tuple[str, Quantity]] = []
    if goal or _WISH_RE.search(folded):
        found += [("targets.percent", _hedged(folded, q)) for q in _quantities.percents(folded)]
    for amount in _quantities.amounts(folded, text):
        before = folded[: amount.number.start]
        counted = amount.comparator in (">=", "<=") or _STRONG_WISH_RE.search(before)
        if goal or counted or (amount.unit not in _PAPERS and _acts(before, amount)):
            found.append(("targets.amount", amount))
    if goal:
        taken = [one.span for _, one in found]
        found += [
            ("targets.amount", one)
            for one in _quantities.counts(folded, text)
            if (one.comparator != "=" or _COUNTS_RE.search(folded[: one.number.start]))
            and not any(a < one.number.end and one.number.start < b for a, b in taken)
        ]
    return sorted(found, key=lambda pair: pair[1].span)


def _acts(before: str, amount: Quantity) -> bool:
    """Whether a deed counts the things; of money only what is to come in."""
    match = _ACT_RE.search(before)
    return match is not None and (not amount.unit.startswith("đồng") or _INCOME_RE.search(match[0]) is not None)


def _is_told(folded: str, text: str, *, goal: bool) -> bool:
    """Whether a clause tells what has been or what there is."""
    if _DONE_RE.search(folded) or _DONE_PRINTED_RE.search(text.lower()) or _GIVEN_RE.search(folded):
        return True
    return not goal and _COMPARED_RE.search(folded) is not None and _STRONG_WISH_RE.search(folded) is None


def direction(view: View, span: Span, one: Quantity) -> str | None:
    """Whether the value is a change: "giảm 1,5%/năm"."""
    before = view.folded[span.start : span.start + one.number.start]
    if _DOWN_RE.search(before):
        return "down"
    return "up" if _UP_RE.search(before) else None


def target(view: View, span: Span, rule: str, one: Quantity, years: str | None, above: int = 0) -> Target:
    """A finished item with its evidence."""
    who = _population.population(view, span, one, above)
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
    titled = _title_period(layout)
    since = _since(layout)
    scope = Scope(is_report(layout), _MUTED_RE, Level.LETTER)
    found: list[Target] = []
    tables = _targets_table.read(layout)
    views = layout.views()
    for index, paragraph in enumerate(layout.paragraphs):
        if paragraph.zone not in (Zone.BODY, Zone.APPENDIX, Zone.BASIS) or index in tables.paragraphs:
            continue
        view = views[index]
        scope.enter(paragraph, view)
        if scope.silent or not _DIGIT_RE.search(view.text) or _MUTED_RE.match(view.folded.lstrip()):
            continue
        years = scope.period or titled
        basis = paragraph.zone is Zone.BASIS
        for span in clauses(view):
            span = _before_actor(view, span) if basis else span
            years = _quantities.period(view.folded[span.start : span.end]) or years
            if years and years[-4:] < since:
                continue
            preamble = basis or (not paragraph.section and not paragraph.level)
            above = 0
            for rule, one in quantities(view, span, goal=scope.goal is not None, preamble=preamble):
                found.append(target(view, span, rule, one, years, above))
                above = one.span.end
    notes = [
        Note(field="targets", kind="table-by-order", message=_targets_table.BY_ORDER, evidence=evidence)
        for evidence in tables.doubts
    ]
    return Found((*found, *tables.targets), tuple(notes))


def _title_period(layout: Layout) -> str | None:
    for view in layout.views(Zone.TITLE):
        if years := _quantities.period(view.folded):
            return years
    return None


def _since(layout: Layout) -> str:
    """The first year that the document is for, by its title; what was meant for a year before is a result."""
    for view in layout.views(Zone.TITLE):
        if match := _SINCE_RE.search(view.folded):
            return match[1]
    return ""


def read(rule: Rule, view: View) -> str | None:
    """What a rule gives for a line: comparator, value, unit and population."""
    if rule in _targets_table.RULES:
        return _targets_table.shown(rule, view)
    for span in clauses(view):
        for name, one in quantities(view, span, goal=False):
            if name == rule.name:
                who = _population.population(view, span, one)
                high = f"-{one.value_max:g}" if one.value_max is not None else ""
                return (
                    f"{one.comparator} {one.value:.10g}{high} {one.unit} "
                    f"| {view.text[who.start : who.end] if who else None}"
                )
    return None
