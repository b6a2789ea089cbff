"""Văn bản viện dẫn: every document that is cited, once each, in the order of first citation. The ways of citing
are in ``_citations``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors import _citations, _citing, _citing_before
from extractors._citations import citations
from extractors._citing import Citation
from extractors._layout import Layout, Paragraph, Zone
from extractors._rules import Found, Rule, View
from schemas.record import Evidence, Reference
from schemas.text import fold

RULES = _citations.RULES
_ATTACHED_RE = re.compile(r"\(?\s?(?:ban hanh |dinh )?kem theo ")
_SIGN = r"(?<=[^\W\d_]){}(?=[.,;:)]|$)"
_BASIS_RE = re.compile(r"(?:^|[.,;] )(?:thuc hien|can cu|xet|theo|tiep theo|phuc dap)(?: va [^,;]{1,20})? $")
_CHAIN_RE = re.compile(r"[\s,;]*(?:va )?(?:cac )?(?:thuc hien |can cu )?")
_CITED_ZONES = (Zone.TITLE, Zone.BASIS, Zone.BODY, Zone.APPENDIX, Zone.FOOTNOTE)


def read(rule: Rule, view: View) -> str | None:
    """What a rule gives for a paragraph: type, code, date, issuer and subject."""
    for one in citations(view.text, view.folded):
        if one.rule == rule.name:
            return f"{one.type} | {one.code} | {one.date} | {one.issuer} | {one.subject}"
    return None


@dataclass(slots=True)
class _Open:
    """A reference in the making: the first citation, and the evidence of all."""

    citation: Citation
    role: str
    evidence: tuple[Evidence, ...]


def extract(layout: Layout) -> Found[tuple[Reference, ...]]:
    """Every document cited outside letterhead, signature and recipients."""
    own = _own_codes(layout)
    found = _Distinct()
    for zone, view in zip(layout.paragraphs, layout.views(), strict=True):
        if zone.zone not in _CITED_ZONES:
            continue
        opening: Citation | None = None
        for one in citations(view.text, view.folded):
            attached = _ATTACHED_RE.search(view.folded[max(0, one.span.start - 20) : one.span.start])
            if (attached and zone.zone in (Zone.APPENDIX, Zone.TITLE)) or (one.code in own and not one.issuer):
                continue
            if attached and view.folded.lstrip().startswith("("):
                continue
            if zone.zone is Zone.FOOTNOTE and not one.issuer:
                one = _from_sign(layout, view, one)
            basis = zone.zone is Zone.BASIS or _opens(zone, view, one, opening)
            opening = one if basis else None
            found.add(one, "basis" if basis else "mention", _evidence(view, one))
    return Found(tuple(_reference(one) for one in found.all))


def _opens(paragraph: Paragraph, view: View, one: Citation, before: Citation | None) -> bool:
    """Whether a citation stands after "thực hiện", "căn cứ", or after another (``before``) that does, in a paragraph
    before the sections that introduces them.
    """
    if paragraph.section or paragraph.level or not view.text.rstrip().endswith(":"):
        return False
    if before is not None and _CHAIN_RE.fullmatch(view.folded[before.span.end : one.span.start]):
        return True
    return _BASIS_RE.search(view.folded[: one.span.start]) is not None


def _from_sign(layout: Layout, note: View, one: Citation) -> Citation:
    """A citation in a footnote with the issuer of the sentence that carries the footnote's sign."""
    number = re.match(r"\W{0,2}(\d{1,2})\W{0,2}\s", note.text)
    if number is None:
        return one
    sign = re.compile(_SIGN.format(number[1]))
    for view in layout.views(Zone.BODY):
        if (match := sign.search(view.text)) and "ban hanh" in view.folded[: match.start()]:
            subject = _citing_before.subject_of(view.text, view.folded, match.start())
            if subject:
                return replace(one, issuer=_citing.value("issuer", view.text[subject.start : subject.end]))
    return one


def _own_codes(layout: Layout) -> set[str]:
    codes = set()
    for view in layout.views(Zone.LETTERHEAD):
        for rule in RULES[:2]:
            codes |= {value for m in rule.matches(view) if (value := _citing.value("code", m["code"]))}
    return codes


def _evidence(view: View, one: Citation) -> tuple[Evidence, ...]:
    whole = view.cite(one.span, one.rule)
    parts = (e for name, span in one.places.items() for e in view.cite(span, one.rule, name))
    return (*whole, *parts)


class _Distinct:
    """The references in the order of their first citation."""

    def __init__(self) -> None:
        self.all: list[_Open] = []
        self._like: dict[str, list[_Open]] = {}

    def add(self, one: Citation, role: str, evidence: tuple[Evidence, ...]) -> None:
        """Put a citation with the reference it repeats, or make it a new one."""
        alike = self._like.setdefault(_key(one.code) if one.code else f"{one.type} {one.date}", [])
        known = next((known for known in alike if _same(known.citation, one)), None)
        if known is None:
            alike.append(_Open(one, role, evidence))
            self.all.append(alike[-1])
            return
        old = known.citation
        known.citation = replace(
            old, date=old.date or one.date, issuer=old.issuer or one.issuer, subject=old.subject or one.subject
        )
        known.evidence += evidence


def _same(a: Citation, b: Citation) -> bool:
    if a.code and b.code:
        return _key(a.code) == _key(b.code) and (a.date == b.date or not a.date or not b.date)
    if a.code or b.code:
        return False
    if a.date or b.date:
        return (
            a.type == b.type
            and a.date == b.date
            and (not a.subject or not b.subject or fold(a.subject) == fold(b.subject))
        )
    return a.type == b.type and fold(a.subject or "") == fold(b.subject or "")


def _key(code: str) -> str:
    return re.sub(r"[^0-9a-z]", "", fold(code))


def _reference(one: _Open) -> Reference:
    c = one.citation
    return Reference(
        type=c.type,
        code=c.code,
        date=c.date,
        issuer=c.issuer,
        subject=c.subject,
        role="basis" if one.role == "basis" else "mention",
        evidence=one.evidence,
    )
