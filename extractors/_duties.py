"""Duties in the making: who acts in a sentence, who helps, and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors import _agencies, _deadlines
from extractors._rules import View
from extractors._verbs import PAIRS, is_verb
from schemas.record import Assignment, Evidence
from schemas.text import Span, fold

WITH_RE = re.compile(
    r"(?<!su )(?<!tac )phoi hop(?: (?:chat che|dong bo|tot|kip thoi|thuong xuyen|hieu qua))?,? "
    r"(?:(?:cung voi|cung|voi) )?"
    r"|(?<!\w)cung voi "
)
"""Before those who help; "với" may be missing ("phối hợp Công an xã")."""
_WITH_WORDS = ("phoi hop", "cung voi")
_ORDER = r"(?:giao(?: nhiem vu)?(?: cho)?|phan cong(?: cho)?|de nghi|yeu cau|kinh de nghi|uy quyen(?: cho)?)"
_ORDER_RE = re.compile(rf"(?:tiep tuc |thong nhat |dong y |dong thoi |va )?{_ORDER} ")
_LEADS_RE = re.compile(
    r"[\s,:]*(?:(?:la|lam) (?:co quan |don vi )?(?:dau moi|thuong truc)(?:,| va)? )?(?:(?:co"
    r"|chiu) trach nhiem )?(?:chu dong |truc tiep )?"
    r"(?:chu tri|dau moi|lam dau moi)(?:,| va)? (?=phoi hop)"
)
_DUTY_RE = re.compile(
    r"[\s,:]*(?:co trach nhiem |chiu trach nhiem (?=chu tri|phoi hop|tham muu|to chuc|huong dan|xay dung))?"
)
_CLOSING_RE = re.compile(
    r"(?:can cu [^.]{0,200}|quan tam |phoi hop |chiu trach nhiem |co trach nhiem |to chuc "
    r"|nghiem tuc |tap trung |khan truong )*(?:chiu trach nhiem )?"
    r"(?:thi hanh|trien khai(?: va)? thuc hien|trien khai|thuc hien)(?: (?:tot|nghiem tuc|hieu qua|dong bo))?"
    r"(?: (?:cac )?(?:noi dung|nhiem vu|ke hoach|quyet dinh|chi thi|chuong trinh|cong van"
    r"|thong bao|huong dan)[^.;]{0,60}| theo [^.;]{0,40})?\W*"
)
_PROVISO_RE = re.compile(r"(?<=[^\d\W])\. (?=(?:trong qua trinh|qua trinh|truong hop|neu|khi co|moi) )")
"""What follows the order to carry the document out: "Nếu có vướng mắc, báo cáo ..."."""
_TELLS_RE = re.compile(
    r"(?:xin )?(?:thong bao (?:y kien |noi dung |ket luan |cho |de |den |toi )|tra loi |co y kien )[^.;]*"
    r"\b(?:biet|thuc hien)\b"
)
"""The office that passes a decision on ("Văn phòng UBND tỉnh thông báo để các cơ quan biết")."""
_ASKS_RE = re.compile(r"(?:xem xet|quy dinh chi tiet)\b[^.;]{0,90}[.;/]*$")
"""What a proposal asks for, or a law that is quoted lays on a body: no duty of the document."""
_ABOVE = frozenset(
    ("chinh phu", "quoc hoi", "thu tuong chinh phu", "uy ban thuong vu quoc hoi", "bo chinh tri", "ban bi thu")
)
_IDLE = frozenset(
    (
        "là kính đã được bị để không chưa theo đang nên khi nếu bằng sau trước vào ngay hoặc nhưng cũng"
        " đều luôn ngày tự cho cùng hướng"
    ).split()
)
_ROLE_RE = re.compile(r"la (?:co quan|don vi|dau moi|thuong truc|thanh vien)\b")
"""What a body is to be ("là cơ quan thường trực")."""
_EXTRA_RE = re.compile(r"\s?\([^()]{1,90}\)")


@dataclass(frozen=True, slots=True)
class Actor:
    """A body with its place: the name may have a head that stands elsewhere."""

    name: str
    view: View
    span: Span


@dataclass(slots=True)
class Duty:
    """What an assignment will be made of."""

    view: View
    task: Span
    section: str | None
    rule: str
    lead: list[Actor] = field(default_factory=list)
    advise: list[Actor] = field(default_factory=list)
    support: list[Actor] = field(default_factory=list)
    deadline: tuple[View, Span] | None = None
    inferred: bool = False

    def proof(self) -> tuple[Evidence, ...]:
        """Evidence for the task."""
        return self.view.cite(trimmed(self.view, self.task), self.rule, "task")

    def assignment(self) -> Assignment:
        """The finished item; evidence for the task and for each agency and the deadline."""
        task = trimmed(self.view, self.task)
        evidence: list[Evidence] = [*self.proof()]
        for role in ("lead", "advise", "support"):
            for index, actor in enumerate(getattr(self, role)):
                evidence += actor.view.cite(actor.span, self.rule, f"{role}[{index}]")
        deadline = None
        if self.deadline is not None:
            view, span = self.deadline
            deadline = view.text[span.start : span.end]
            evidence += view.cite(span, self.rule, "deadline")
        return Assignment(
            task=" ".join(self.view.text[task.start : task.end].split()),
            lead=names(self.lead),
            advise=names(self.advise),
            support=names(self.support),
            deadline=deadline,
            deadline_date=_deadlines.date_of(deadline) if deadline else None,
            section=self.section,
            evidence=tuple(evidence),
        )


def names(actors: list[Actor]) -> tuple[str, ...]:
    """The names, blanks made single."""
    return tuple(" ".join(actor.name.split()) for actor in actors)


def trimmed(view: View, span: Span) -> Span:
    """A span without blanks and leading punctuation, and without the "./." that ends a document."""
    piece = view.text[span.start : span.end]
    left = len(piece) - len(piece.lstrip(" ,;:-–"))
    kept = piece.rstrip(" (")
    if kept.endswith("./."):
        kept = kept[:-3]
    return Span(span.start + left, max(span.start + left, span.start + len(kept)))


def actors(view: View, span: Span) -> list[Actor]:
    """The bodies of a list."""
    start = span.start
    found = _agencies.split(view.text[span.start : span.end])
    return [Actor(body.name, view, Span(start + body.span.start, start + body.span.end)) for body in found]


def helpers(view: View, span: Span) -> list[Actor]:
    """The bodies after "phối hợp với" in a stretch of a view."""
    if not any(word in view.folded for word in _WITH_WORDS):
        return []
    found: list[Actor] = []
    at = span.start
    while match := WITH_RE.search(view.folded, at, span.end):
        end = min(_agencies.scan(view.text, match.end()), span.end)
        if end > match.end():
            found += actors(view, Span(match.end(), end))
        at = max(match.end(), end)
    known: set[str] = set()
    return [a for a in found if not (a.name in known or known.add(a.name))]  # type: ignore[func-returns-value]


@dataclass(frozen=True, slots=True)
class Subject:
    """A body that acts: where it stands, what follows it, and whether it was ordered to ("Giao ...")."""

    bodies: Span
    rest: int
    ordered: bool


def subject(view: View, start: int = 0) -> Subject | None:
    """The bodies with which a sentence that begins at ``start`` opens, also after "Giao", "Đề nghị", "UBND xã yêu
    cầu".
    """
    text, folded = view.text, view.folded
    at = start
    ordered = False
    if match := _ORDER_RE.match(folded, at):
        at, ordered = match.end(), True
    if not _agencies.begins(text, folded, at):
        return None
    end = _agencies.scan(text, at)
    if not ordered and (match := _ORDER_RE.match(folded, min(end + 1, len(folded)))) and match.start() == end + 1:
        again = match.end()
        if _agencies.begins(text, folded, again):
            return Subject(Span(again, _agencies.scan(text, again)), _after(text, _agencies.scan(text, again)), True)
    return Subject(Span(at, end), _after(text, end), ordered) if end > at else None


def _after(text: str, end: int) -> int:
    """Where the sentence goes on after a list of bodies and a remark in brackets."""
    match = _EXTRA_RE.match(text, end)
    return match.end() if match else end


def is_heading(view: View, found: Subject) -> bool:
    """Whether nothing follows the bodies but a colon or a full stop."""
    return view.text[found.rest :].strip(" :.;") == ""


def tells_all(view: View, found: Subject) -> bool:
    """Whether a heading tells bodies no more than to carry out what follows ("Đề nghị Công an tỉnh tổ chức thực
    hiện").
    """
    return _CLOSING_RE.fullmatch(view.folded[found.rest :].strip(" :,")) is not None and not view.text.endswith(".")


def acts(view: View, found: Subject) -> bool:
    """Whether what follows the bodies is something that they are to do."""
    rest = view.text[found.rest : found.rest + 60].lstrip()
    if rest.startswith(":"):
        return True
    words = [w.strip(",.;:") for w in rest.lstrip(", ").split()[:2]] + ["", ""]
    if found.ordered:
        return words[0][:1].islower() or is_verb(words[0].lower(), words[1])
    if _ROLE_RE.match(fold(rest)):
        return True
    idle = words[0] in _IDLE and f"{fold(words[0])} {fold(words[1])}" not in PAIRS
    return is_verb(words[0].lower(), words[1]) and not idle


def is_above(view: View, found: Subject) -> bool:
    """Whether they are bodies to which no office gives orders: a law that is quoted names their duties."""
    return not found.ordered and view.folded[found.bodies.start : found.bodies.end] in _ABOVE


def is_closing(view: View, found: Subject, end: int | None = None) -> bool:
    """Whether the sentence, which ends at ``end``, only tells them to carry the document out."""
    rest = view.folded[found.rest : end].strip(" :,")
    rest = rest[: over.start()] if (over := _PROVISO_RE.search(rest)) else rest
    return (
        _CLOSING_RE.fullmatch(rest) is not None
        or "chiu trach nhiem thi hanh" in rest
        or "thi hanh quyet dinh nay" in rest
        or _TELLS_RE.match(rest) is not None
        or _ASKS_RE.match(rest) is not None
    )


def task_after(view: View, at: int) -> tuple[Span, list[Actor]]:
    """The task after the bodies that open a sentence, and those with whom they are to do it."""
    end = len(view.text)
    match = _LEADS_RE.match(view.folded, at)
    if match and ":" not in match[0]:
        with_ = WITH_RE.match(view.folded, match.end())
        if with_ and (stop := _agencies.scan(view.text, with_.end())) > with_.end():
            rest = _EXTRA_RE.match(view.text, stop)
            start = rest.end() if rest else stop
            if len(view.text[start:].split()) >= 3:
                return Span(start, end), actors(view, Span(with_.end(), stop))
    match = _DUTY_RE.match(view.folded, at)
    return Span(match.end() if match else at, end), []


def from_text(view: View, span: Span, duty: Duty) -> Duty:
    """Add what a task says of its helpers and of its deadline."""
    known = set(names(duty.support)) | set(names(duty.lead))
    duty.support += [a for a in helpers(view, span) if a.name not in known]
    if duty.deadline is None and (found := _deadlines.find(view.folded[span.start : span.end])):
        duty.deadline = (view, Span(span.start + found.start, span.start + found.end))
    return duty
