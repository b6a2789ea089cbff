"""Labelled lines of a duty: "Cơ quan chủ trì: ...", "Đơn vị phối hợp: ...", "Thời gian thực hiện: ...", also
several in one line.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from extractors._rules import Rule, View
from schemas.text import Span

Role = Literal["lead", "advise", "support", "deadline"]

_BODY = (
    r"(?:(?:co quan|don vi|to chuc|bo phan|phong|ca nhan|nguoi|can bo|nganh|phan cong)(?:(?:,"
    r"| va| ?/) ?(?:co quan|don vi|to chuc|bo phan|ca nhan))* )?"
)
_AT = r"(?:^|(?<=[.;(] )|(?<=[.;(])|(?<=[-+–] ))"
_NONE = "Phòng Kinh tế chủ trì, phối hợp với Công an xã"

RULES = (
    Rule(
        "assignments.label-lead",
        (
            rf"{_AT}(?:phan cong )?{_BODY}(?:chiu trach nhiem )?(?:chu tri|thuc hien|chiu trach nhiem"
            rf"|phu trach)(?: (?:thuc hien|tham muu|chinh|to chuc))? ?: ?"
        ),
        reads="Cơ quan, tổ chức chủ trì: Phòng Kinh tế",
        gives="lead: Phòng Kinh tế",
        refuses=_NONE,
        needs=r"(?:tri|hien|nhiem|trach|muu|chinh|chuc) ?:",
    ),
    Rule(
        "assignments.label-advise",
        rf"{_AT}{_BODY}(?:tham )?muu(?: thuc hien| giup viec)? ?: ?",
        reads="Cơ quan tham mưu thực hiện: Phòng Văn hóa - Xã hội",
        gives="advise: Phòng Văn hóa - Xã hội",
        refuses=_NONE,
        needs="muu",
    ),
    Rule(
        "assignments.label-advise-misread",
        rf"{_AT}(?:co quan|don vi),? (?:to chuc )?(?:tham )?mu\w{{0,2}} (?:thuc hien|giup viec) ?: ?",
        reads="Cơ quan, tổ chức mua thực hiện: Phòng Văn hóa - Xã hội",
        gives="advise: Phòng Văn hóa - Xã hội",
        refuses=(_NONE, "Cơ quan, tổ chức mời thực hiện: Phòng Kinh tế"),
        needs=r" mu\w{0,2} (?:thuc hien|giup viec) ?:",
    ),
    Rule(
        "assignments.label-support",
        rf"{_AT}{_BODY}(?:cung )?phoi hop(?: thuc hien)?(?: voi)? ?: ?",
        reads="Đơn vị phối hợp: Trạm Y tế, các thôn",
        gives="support: Trạm Y tế, các thôn",
        refuses=_NONE,
        needs="phoi hop",
    ),
    Rule(
        "assignments.label-lead-misread",
        rf"{_AT}(?:co quan|don vi),? (?:to chuc )?ch\w{{1,2}} tr\w{{1,2}} ?: ?",
        reads="Cơ quan, tổ chức chi tri: Phòng Kinh tế",
        gives="lead: Phòng Kinh tế",
        refuses=(_NONE, "Cơ quan, tổ chức chủ quản: Phòng Kinh tế"),
        needs=r" ch\w{1,2} tr\w{1,2} ?:",
    ),
    Rule(
        "assignments.label-support-misread",
        rf"{_AT}(?:co quan|don vi),? (?:to chuc )?ph\w{{1,3}} h\w{{1,3}} ?: ?",
        reads="Cơ quan, tổ chức phải họp: Công an xã",
        gives="support: Công an xã",
        refuses=(_NONE, "Cơ quan, tổ chức phụ trách: Phòng Kinh tế"),
        needs=r" ph\w{1,3} h\w{1,3} ?:",
    ),
    Rule(
        "assignments.label-deadline",
        rf"{_AT}(?:thoi (?:gian|han|diem)(?: (?:thuc hien|hoan thanh|to chuc|trien khai|bao cao"
        rf"|ket thuc))?(?: du kien)?|han hoan thanh|hoan thanh"
        r"|tien do(?: (?:thuc hien|hoan thanh))?|lo trinh(?: thuc hien)?"
        r"|thoi gian va tien do) ?: ?|(?<=[;.,(] )(?:hoan thanh|xong) (?=(?:truoc|trong|cham nhat"
        r"|vao) )",
        reads="Thời gian thực hiện: Quý IV/2025.",
        gives="deadline: Quý IV/2025",
        refuses=_NONE,
        needs="thoi (?:gian|han|diem)|hoan thanh|tien do|lo trinh|xong ",
    ),
)
_ROLES: dict[str, Role] = {
    "assignments.label-lead-misread": "lead",
    "assignments.label-support-misread": "support",
    "assignments.label-lead": "lead",
    "assignments.label-advise": "advise",
    "assignments.label-advise-misread": "advise",
    "assignments.label-support": "support",
    "assignments.label-deadline": "deadline",
}


_MOST = 12
"""Labels that one paragraph can have."""


class Label(NamedTuple):
    """A label and the span of its value in the view."""

    role: Role
    start: int
    value: Span
    rule: str


def labels(view: View) -> list[Label]:
    """The labels of a paragraph, in order; a value ends where the next label begins."""
    if ":" not in view.folded:
        return []
    found = sorted(
        ((m.start(), m.end(), rule.name) for rule in RULES for m in rule.matches(view)), key=lambda item: item[0]
    )
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    if len(kept) > _MOST or not any(view.text[start:at].rstrip().endswith(":") for start, at, _ in kept):
        return []
    ends = [start for start, _, _ in kept[1:]] + [len(view.text)]
    return [
        Label(_ROLES[name], start, _stripped(view, Span(at, end)), name)
        for (start, at, name), end in zip(kept, ends, strict=True)
    ]


def _stripped(view: View, span: Span) -> Span:
    piece = view.text[span.start : span.end]
    left = len(piece) - len(piece.lstrip())
    kept = piece.rstrip(" .;,-–+")
    if kept.endswith(")") and kept.count(")") > kept.count("("):
        kept = kept[:-1].rstrip(" .;,")
    kept = kept.removesuffix("(").rstrip(" .;,") if kept.endswith("(") else kept
    return Span(span.start + left, max(span.start + left, span.start + len(kept)))


def read(rule: Rule, view: View) -> str | None:
    """What a label rule gives for a line."""
    for label in labels(view):
        if label.rule == rule.name:
            return f"{label.role}: {view.text[label.value.start : label.value.end]}"
    return None
