"""The issuing bodies at the top left, and names of bodies in capitals written as they are within a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors import _tables
from extractors._cues import ABOUT, BODY_HEAD, CODE_LINE, KINH_GUI, MARK, PLACE_DATE
from extractors._layout import Layout, Zone
from extractors._values import clean, write_out_body
from schemas.text import Span, Text, fold

_MOTTO = re.compile(r"\W*(?:c[a-z]ng h\w{1,3} xa h\w*i|doc lap\b.{0,6}tu d|\bdang cong san viet nam).*")
_UNIT_LINE = re.compile(r"(?:tinh|thanh pho|tp\.?|xa|phuong|dac khu|thi tran|thi xa|huyen|quan)\b ")
_OPEN_END = (
    "van phong",
    "thuong truc",
    "va",
    "cua",
    "-",
    ",",
    "ban thuong vu",
    "ban chap hanh",
    "doan dai bieu quoc hoi",
)
_OTHER = re.compile(rf"{MARK.pattern}|\W*(?:du thao.*|ban sao.*|\d+|_+|-+)\W*")
_UNIT = re.compile(r"\b(tinh|thanh pho|tp\.?|xa|phuong|dac khu|thi tran|thi xa|huyen|quan) (?!hoi\b|uy\b)(\w[\w' -]*)$")
_PARTY = re.compile(r"(tinh|thanh|huyen|quan|thi) uy (\w.*)$")
_PARTY_KINDS = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "quan": "quận", "thi": "thị xã"}
_FIELD_HEADS = ("so", "bo", "phong", "ban", "cuc", "chi cuc", "van phong", "trung tam", "thanh tra so")
_NEAR = 86.0
_SCRAP = 5
"""Letters under which a word alone on its line, not in capitals, names nothing: a stamp that was misread."""


@dataclass(frozen=True)
class Body:
    """A body of the letterhead: its name written out, and the DOCUMENT spans of its lines."""

    name: str
    spans: tuple[Span, ...]


@lru_cache(maxsize=1)
def bodies(layout: Layout) -> tuple[Body, ...]:
    """The issuing bodies from the top down: the last is the issuer, the one before it stands above it."""
    groups: list[list[Span]] = []
    for span in _lines(layout):
        folded = layout.text.folded[span.start : span.end].lstrip(" *-–._")
        last = fold(" ".join(layout.text.text[a:b] for a, b in groups[-1])) if groups else ""
        whole = _ends_with_unit(last) and " " in folded and not any(map(str.isdigit, folded))
        begins = not last.endswith(_OPEN_END) and (bool(BODY_HEAD.match(folded)) or whole)
        if groups and not begins:
            groups[-1].append(span)
        elif begins or _UNIT_LINE.match(folded):
            groups.append([span])
    return tuple(
        Body(proper_name(" ".join(layout.text.text[a:b] for a, b in g), layout.text), tuple(g)) for g in groups
    )


def _ends_with_unit(folded: str) -> bool:
    """Whether a name is through: it ends with a unit of the official list."""
    unit = _UNIT.search(folded)
    return unit is not None and unit[2] in _tables.units_by_name()


def _lines(layout: Layout) -> list[Span]:
    found = []
    for paragraph in layout.zone(Zone.LETTERHEAD):
        if paragraph.column == 2:
            continue
        (span,) = paragraph.spans
        folded = layout.text.folded[span.start : span.end]
        if CODE_LINE.match(folded) or ABOUT.match(folded) or KINH_GUI.match(folded):
            break
        motto = _MOTTO.search(folded)
        end = span.start + motto.start() if motto else span.end
        folded = folded[: end - span.start].rstrip()
        printed = layout.text.text[span.start : span.start + len(folded)]
        scrap = len(folded) < _SCRAP and " " not in folded and not printed.isupper()
        if scrap or PLACE_DATE.search(folded) or _OTHER.fullmatch(folded) or sum(c.isalpha() for c in folded) < 2:
            continue
        found.append(Span(span.start, span.start + len(folded)))
    return found


def proper_name(printed: str, text: Text) -> str:
    """A name in capitals as it is written within a sentence: "ỦY BAN NHÂN DÂN XÃ X" -> "Ủy ban nhân dân xã X".

    The capitals of the rest are those of the document's own text where it names the body, else those of the table of
    bodies.
    """
    name = write_out_body(clean(printed).strip(" *-–._,;:"))
    if not _capitals(clean(printed)):
        return name
    party = _PARTY.match(fold(name))
    if party:
        unit_name = proper_unit(f"{_PARTY_KINDS[party[1]]} {name[party.start(2) :]}", text)
        return f"{name[: len(party[1])].capitalize()} ủy {unit_name.removeprefix(_PARTY_KINDS[party[1]]).strip()}"
    unit = _UNIT.search(fold(name))
    head, tail = (name[: unit.start()].strip(), proper_unit(name[unit.start() :], text)) if unit else (name, "")
    return clean(f"{_proper_head(head, text)} {tail}") if head else tail


def proper_unit(printed: str, text: Text | None = None) -> str:
    """A unit as it is written within a sentence: "XÃ TỊNH KHÊ" -> "xã Tịnh Khê".

    A misread province is spelt by the official list; any other unit as the sentences of the document spell it.
    """
    folded = fold(printed).replace("tp.", "thanh pho").replace("tp ", "thanh pho ")
    match = _UNIT.match(folded)
    if not match:
        return printed
    kind = next(k for k in _tables.UNIT_KINDS.values() if fold(k) == match[1])
    name = match[2].strip()
    seen = printed[len(printed) - len(match[2]) :].strip()
    for unit in _tables.units_by_name().get(name, ()):
        if unit.name.lower() == seen.lower():
            return f"{kind} {unit.name}"
    if kind in ("tỉnh", "thành phố"):
        near = _tables.provinces().get(name) or _tables.nearest_province(name, _NEAR)
        if near is not None and near.kind == kind:
            return near.full
    own = _in_text(name, text) if text is not None and seen.isupper() else None
    return f"{kind} {own or ' '.join(word[:1].upper() + word[1:].lower() for word in seen.split())}"


def _capitals(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters) or name[:1].islower()


def _proper_head(head: str, text: Text) -> str:
    folded = fold(head)
    exact = _tables.bodies().get(folded)
    if exact:
        return exact
    own = _in_text(folded, text)
    if own:
        return own
    for cut in range(len(folded), 0, -1):
        if (cut == len(folded) or folded[cut] == " ") and folded[:cut] in _tables.bodies():
            return f"{_tables.bodies()[folded[:cut]]} {_lowered(head[cut:].strip())}"
    for prefix in _FIELD_HEADS:
        if folded.startswith(prefix + " "):
            first, rest = head[: len(prefix)].capitalize(), head[len(prefix) + 1 :]
            field = _tables.fields().get(fold(rest))
            return f"{first} {field or _capitalized(rest)}"
    return _capitalized(head)


def _lowered(printed: str) -> str:
    """In small letters but for abbreviations: "BCH", "TNCS"."""
    known = _tables.abbreviations()
    return " ".join(word if word in known else word.lower() for word in printed.split())


def _capitalized(printed: str) -> str:
    lowered = _lowered(printed)
    return lowered[:1].upper() + lowered[1:]


def _in_text(folded: str, text: Text) -> str | None:
    """The name as the document's own sentences write it."""
    at = text.folded.find(folded)
    for _ in range(20):
        if at < 0:
            return None
        printed = text.text[at : at + len(folded)]
        if not _capitals(printed) and printed[:1].isupper():
            return clean(printed)
        at = text.folded.find(folded, at + 1)
    return None


def is_motto(printed: str) -> bool:
    """Whether a line is the motto of the state or of the party."""
    return bool(_MOTTO.match(fold(printed)))


def is_unit(name: str) -> bool:
    """Whether a name is that of a unit alone ("tỉnh Quảng Ngãi"), which issues nothing."""
    return name.split(" ", 1)[0].islower()
