"""Names of bodies in running text: where one begins, where a list of them ends, and which commas part two of them.

A list of bodies is cut where a new body begins ("Sở Tài chính, Công an tỉnh và UBND các xã" is three), not
where a name has a comma or an "và" of its own ("Sở Văn hóa, Thể thao và Du lịch", "Văn phòng HĐND và UBND xã"),
and kinds of bodies under one head stay together ("các sở, ban, ngành"). Proper names under one head get the
head's singular ("Các Bộ: Công an, Tài chính").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors import _heads
from extractors._agency_lists import scan
from extractors._heads import SHARING, TOKEN_RE, bare, begins, kinds, known, proper
from schemas.text import Span, fold

__all__ = ["Body", "begins", "kinds", "proper", "scan", "split"]


class Body(NamedTuple):
    """A body as printed (with its head, where one head stands for several), and where it stands in the text given."""

    name: str
    span: Span


_JOINT_RE = re.compile(r"[,;-]|va")
"""One of these parts any two bodies."""
_BARE_RE = re.compile(rf"\s*(?:{_heads.KIND})\s*")
_LEADERS_RE = re.compile(r"(?:thu truong|lanh dao|nguoi dung dau|giam doc|chu tich|can bo|truong) (?=cac )")
_TERRITORY = r"(?:xa|phuong|thi tran|huyen|thi xa|thanh pho|dac khu|thon|to dan pho|khu pho|khu dan cu|ap|ban|tinh)"
_TERRITORY_END_RE = re.compile(rf"(?:^|\W){_TERRITORY}\s*$")
_TERRITORY_RE = re.compile(rf"{_TERRITORY}(?!\w)(?! hoi)")
_SHARING_RE = re.compile(r"\b(?:truc )?(?:thuoc|tren dia ban|lien quan|o dia phuong|cua|cap|tham gia|nhiem vu)\b")
_SCHOOL_RE = re.compile(r"(?:(?:Mầm non|Mẫu giáo|Tiểu học|THCS|THPT|TH|PTDTBT)(?: và)? )+[A-ZĐ]\w+")


def split(text: str) -> tuple[Body, ...]:
    """The bodies of a list, one each; the whole text is taken to be a list."""
    folded = fold(text)
    colon = _COLON_RE.match(folded)
    if colon is None and (places := _PLACES_RE.match(text)) and places["list"].count(" ") > 1:
        return _under_one_head(text, folded, places)
    if (
        colon
        and text[colon.end()].isupper()
        and _each_has_a_name(text[colon.end() :], colon["head"])
        and not known(folded, colon.end(), colon["head"]) > colon.end()
    ):
        return _under_one_head(text, folded, colon)
    if _JOINT_RE.search(folded) is None:
        return _named(text, folded, [Span(0, len(text))])
    tokens = [(m[0], *m.span()) for m in TOKEN_RE.finditer(text)]
    kept = [Span(m.start(), m.end()) for m in (*_heads.OFFICE_RE.finditer(folded), *_heads.PERSON_RE.finditer(text))]
    kept += [Span(a, b) for a, b in _heads.own_names(folded)]
    cuts: list[tuple[int, int]] = []
    start = tokens[0][1] if tokens else 0
    shared = _shared(folded, start)
    for index, (word, low, high) in enumerate(tokens):
        if (
            low < start
            or not (word in ",;" or folded[low:high] == "va" or (word == "-" and _dashes(tokens, index)))
            or any(a < low < b for a, b in kept)
        ):
            continue
        following = index + 1
        while following < len(tokens) and tokens[following][0] in ("và", "-", "+", "•"):
            following += 1
        if following == len(tokens):
            break
        there = tokens[following][1]
        if shared and there < shared[2]:
            continue
        again = shared and known(folded, there, shared[0])
        if (again and again > there) or word == ";" or _parts(text, folded, start, low, there):
            cuts.append((low, there))
            start = there
            shared = (shared[0], there, again) if shared and again and again > there else _shared(folded, start)
    starts = [0, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), len(text)]
    return _named(text, folded, [Span(a, b) for a, b in zip(starts, ends, strict=True)])


def _dashes(tokens: list[tuple[str, int, int]], index: int) -> bool:
    """Whether a dash begins an item: the first token is one too, and a capital follows."""
    return tokens[0][0] == "-" and index + 1 < len(tokens) and tokens[index + 1][0][:1].isupper()


def _each_has_a_name(text: str, head: str) -> bool:
    """Whether the names after "Các Trường:" are names, not kinds ("Tiểu học và THCS trên địa bàn")."""
    if head != "truong":
        return True
    return all(_SCHOOL_RE.match(item.strip()) for item in re.split(r",| và |;", text) if item.strip())


def _under_one_head(text: str, folded: str, colon: re.Match[str]) -> tuple[Body, ...]:
    """Names after "Các thôn:", "UBND các xã:", one each with the head's singular; what begins with a head of its
    own is no name.
    """
    before = text[: colon.end("before")] if colon["before"] else ""
    head = text[colon.start("head") : colon.end("head")]
    found: list[Body] = []
    start = colon.end()
    for match in re.finditer(r",? và |[,;] |$", text[start:]):
        at, end = start, colon.end() + match.start()
        if begins(text, folded, at):
            return (*found, *(Body(b.name, Span(b.span.start + at, b.span.end + at)) for b in split(text[at:])))
        name = _strip(text, Span(at, end))
        if name.name:
            found.append(Body(f"{before}{head} {name.name}", name.span))
        start = colon.end() + match.end()
    return tuple(found)


def _parts(text: str, folded: str, start: int, end: int, there: int) -> bool:
    """Whether a new body begins at ``there``, after the comma or "và" at ``end`` of the body that begins at
    ``start``.
    """
    if kinds(folded, start) > start and _WITH_KIND_RE.match(folded, there):
        return False
    grouped = kinds(folded, start) > start or bool(_LEADERS_RE.match(folded, start)) or " cac " in folded[start:end]
    if kinds(folded, there) > there and not proper(text, folded, start) > start and grouped:
        return not (_all_bare(folded[start:end]) and _SHARING_RE.search(folded[there:]) is not None)
    if begins(text, folded, there):
        return not _known_inside(folded, start, there)
    if grouped or bare(folded, there) == there:
        return False
    both = _TERRITORY_END_RE.search(folded[start:end]) and _TERRITORY_RE.match(folded, there)
    return not both and not bare(folded, start) > start


_WITH_KIND_RE = re.compile(r"(?:dang bo|chi bo|dang uy|chi uy|chi doan|hoi) (?:truc thuoc|co so|cap|tren)")
"""Kinds of bodies that only their share in a group tells ("các chi bộ, đảng bộ trực thuộc")."""


def _known_inside(folded: str, start: int, there: int) -> bool:
    """Whether ``there`` lies inside the known name of the body that begins at ``start``."""
    match = _heads.CAPPED_RE.match(folded, start)
    return match is not None and known(folded, match.end(), match.group().strip()) > there


def _all_bare(folded: str) -> bool:
    """Whether a group is made of kinds alone ("các phòng, ban, các trường học"), without a word that closes it."""
    items = re.split(r",| va ", _heads.MANY_RE.sub("", folded))
    return all(_BARE_RE.fullmatch(item) for item in items)


_SHARED_RE = re.compile(r"(?:cac )?(so|bo|phong|ban|hoi) ?:? ")
_COLON_RE = re.compile(rf"(?P<before>[^,;:.]{{1,40}} )?cac (?P<head>{SHARING}) ?: ?(?=\w)")
_PLACE = rf"[{_heads.CAPITAL}][^\W\d_]+(?: [{_heads.CAPITAL}][^\W\d_]+){{0,3}}"
_PLACES_RE = re.compile(
    r"(?P<before>[^,;:.]{1,40} )?[Cc]ác (?P<head>xã|phường|thôn|ấp|bản|khu phố|tổ dân phố|huyện|thị trấn|đặc khu) "
    rf"(?=(?P<list>{_PLACE}(?:, {_PLACE})*(?:,? và {_PLACE})?)\W*$)(?=[^,]*(?:,| và ))"
)
"""Places by name after one head, without a colon ("UBND các xã Tân Lập, Bình Thuận"); printed text."""


def _shared(folded: str, start: int) -> tuple[str, int, int] | None:
    """A head before a known name, which more names may share, and where that name begins and ends."""
    match = _SHARED_RE.match(folded, start)
    end = known(folded, match.end(), match.group(1)) if match else start
    return (match.group(1), match.end(), end) if match and end > match.end() else None


def _named(text: str, folded: str, spans: list[Span]) -> tuple[Body, ...]:
    """The names of the pieces; pieces that share a head get its singular."""
    found: list[Body] = []
    head = singular = ""
    for index, span in enumerate(spans):
        body = _strip(text, span)
        if body.name == "":
            continue
        start = body.span.start
        shared = _shared(folded, start)
        following = _strip(text, spans[index + 1]).span.start if index + 1 < len(spans) else len(text)
        if shared is not None:
            head = shared[0]
            singular = (
                text[start + 4 if folded.startswith("cac ", start) else start :]
                .split(" ", 1)[0]
                .strip(":")
                .capitalize()
            )
            if known(folded, following, head) > following:
                name = _strip(text, Span(shared[1], span.end))
                body = Body(f"{singular} {name.name}", name.span)
        elif head and known(folded, start, head) > start:
            body = Body(f"{singular} {body.name}", body.span)
        else:
            head = ""
        found.append(body)
    return tuple(found)


def _strip(text: str, span: Span) -> Body:
    """A piece without dashes, blanks and punctuation around it."""
    piece = text[span.start : span.end]
    left = len(piece) - len(piece.lstrip(" \t-–+•,;:."))
    kept = piece[left:].rstrip(" \t-–+•,;:.")
    if kept.count("(") > kept.count(")"):
        kept = kept[: kept.rfind("(")].rstrip()
    return Body(kept, Span(span.start + left, span.start + left + len(kept)))
