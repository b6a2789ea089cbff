"""Names of bodies in running text: where one begins, where a list of them ends, and which commas part two of them.

A list of bodies is cut where a new body begins ("Sở Tài chính, Công an tỉnh và UBND các xã" is three), not where a name has a
comma or an "và" of its own ("Sở Văn hóa, Thể thao và Du lịch", "Văn phòng HĐND và UBND xã"), and kinds of bodies under one head
stay together ("các sở, ban, ngành"). Proper names under one head get the head's singular ("Các Bộ: Công an, Tài chính").
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors import _tables
from extractors._verbs import is_verb
from schemas.text import Span, fold


class Body(NamedTuple):
    """A body as printed (with its head, where one head stands for several), and where it stands in the text given."""

    name: str
    span: Span


# Heads that need no more to be a body; folded.
_ALWAYS = """
ubnd|uy ban|hdnd|hoi dong|cong an|van phong|vp|trung tam|dang uy|dang bo|tinh uy|thanh uy|huyen uy|quan uy|thi uy|chi bo|chi uy
|mat tran|mttq|ubmttq|lien doan|thanh tra (?:tinh|chinh phu|so|bo|huyen|thanh pho|nha nuoc)|kho bac|bao hiem xa hoi|bhxh
|ngan hang|cong ty|tap doan|tong cong ty|buu dien|vnpt|viettel|thu vien|bao tang|benh vien|toa an|vien kiem sat|hat kiem lam
|don bien phong|bo chi huy|bo tu lenh|bo doi bien phong|ban chi huy|bch|ban chi dao|bcd|ban quan ly|bql|ban thuong vu|btv|ban chap hanh
|ban giam hieu|ban nhan dan|ban to chuc|ban cong tac|ban giam doc|lien minh|thuong truc|chu tich|pho chu tich|giam doc|thu truong
|chanh (?:van phong|thanh tra|an)|truong (?:phong|ban|thon|cong an|tram|cac|bo phan)|hieu truong|bi thu|nguoi dung dau|chinh phu|quoc hoi
|thu tuong|bo truong|vien truong|cuc truong|tram y te|truong (?:mam non|mau giao|tieu hoc|trung hoc|thcs|thpt|th|dai hoc|cao dang|chinh tri)
|doan (?:thanh nien|tncs|tn|xa|phuong|dai bieu)|tinh doan|thanh doan|hoi (?:lien hiep|lhpn|phu nu|nong dan|cuu|nguoi cao|chu thap|khuyen hoc)
|to (?:cong nghe|dan pho|cong tac|giup viec|cong nghe so)|dai (?:phat thanh|truyen)|nha van hoa|bo phan|dien luc|co quan thuong truc|cong thong tin
|luc luong
"""
# Heads that are a body only before a capital letter.
_CAPPED = "so|phong|bo|ban|hoi|bao|doan|to|cuc|chi cuc|tong cuc|vu|vien|tram|truong|quy|dai|hop tac xa|thon|ap|doi|hiep hoi|nganh"
_NEVER = (
    "ban hanh|bo may|hoi nghi|hoi thi|hoi thao|hoi vien|hoi truong|phong chong|phong ngua|phong chay|phong trao|to chuc|truong hop"
    "|bao cao|bao dam|doan vien|doan ket|vien chuc|ban do|bo sung|van phong pham|so luong|so lieu|hoi dong bo"
)
_KIND = """
to chuc chinh tri(?: ?- ?xa hoi)?(?:,? (?:to chuc )?(?:chinh tri )?xa hoi ?- ?nghe nghiep)?|to chuc doan the|to chuc xa hoi|to chuc hoi
|to chuc(?= ?(?:[,;.:)]|$)| (?:va|khac|ca nhan|tren|thuoc|lien|co|trong|dang|chinh) )
|don vi su nghiep(?: cong lap)?|don vi|co quan chuyen mon|co quan bao chi(?:(?:,| va) truyen thong)?|co quan thong tin dai chung|co quan|co so giao duc|co so|dia phuong|doan the(?: chinh tri(?: ?- ?xa hoi)?)?
|so|ban nganh|ban|nganh|phong ban|phong|doanh nghiep|hop tac xa|hiep hoi|hoi|truong hoc|nha truong|truong|thon|ap|xa(?! hoi)|phuong|thi tran|thi xa|huyen
|thanh pho|dac khu|to dan pho|khu pho|khu dan cu|cap uy|chinh quyen|chi bo|dang bo|to|nha mang|ho gia dinh|gia dinh|ca nhan|cap|bo|tinh|lang|cong dong
|tap the|chu rung|chu dau tu
"""
_PLURAL = r"(?!moi truong)(?:tat ca )?(?:cac|moi|tung|toan the|mot so|nhung)"
_TERRITORY = r"(?:xa|phuong|thi tran|huyen|thi xa|thanh pho|dac khu|thon|to dan pho|khu pho|khu dan cu|ap|ban|tinh)"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""))


_ALWAYS_RE = _compile(rf"(?!(?:{_NEVER})\b)(?:{_ALWAYS})(?!\w)")
_CAPPED_RE = _compile(rf"(?!(?:{_NEVER})\b)(?:{_CAPPED}) ")
_KIND_RE = _compile(rf"(?!(?:{_NEVER})\b(?! chinh| doan))(?:{_KIND})(?!\w)")
_MANY_RE = _compile(rf"{_PLURAL} ")
_BARE_RE = _compile(rf"\s*(?:{_KIND})\s*")
_LEADERS_RE = _compile(r"(?:thu truong|lanh dao|nguoi dung dau|giam doc|chu tich|can bo|truong) (?=cac )")
_TERRITORY_END_RE = _compile(rf"(?:^|\W){_TERRITORY}\s*$")
_TERRITORY_RE = _compile(rf"{_TERRITORY}(?!\w)(?! hoi)")
_SHARING_RE = re.compile(r"\b(?:truc )?(?:thuoc|tren dia ban|lien quan|o dia phuong|cua|cap|tham gia|nhiem vu)\b")
_SHARING = r"(?:so|bo|phong|ban|hoi|xa|phuong|thon|ap|huyen|cuc|chi cuc|nganh|dac khu|to dan pho|khu pho|thi tran|thi xa|truong|doan the|cong ty)"
_SHARING_HEAD_RE = re.compile(rf"(?:^|\s)cac ({_SHARING})$")
_SCHOOL_RE = re.compile(r"(?:(?:Mầm non|Mẫu giáo|Tiểu học|TH|THCS|THPT|PTDTBT|và) ?)*[A-ZĐ](?!HCS|HPT)\w+ \w+")
_SHARED_LIST_RE = re.compile(rf"(?:[^,;:.]{{1,40}} )?cac {_SHARING} ?:")
_OFFICE_BODY = r"(?:dang uy|doan dbqh|doan dai bieu quoc hoi|hdnd|hoi dong nhan dan|ubnd|uy ban nhan dan)"
_OFFICE_RE = _compile(rf"(?:van phong|vp) {_OFFICE_BODY}(?:(?:,? va |, | ?- ?){_OFFICE_BODY}){{1,3}}(?!\w)")
_LOOSE_RE = _compile(r"(?:ban chi dao|bcd|hoi dong|trung tam|ban quan ly|to|quy|ban chi huy|lien minh|hoi)\b")
_AFTER_KIND = frozenset(
    "quan ly,chuyen mon,bao chi,cung cap,cung ung,dao tao,tien hanh,dieu tra,truyen thong,kiem tra,thong tin,phuc vu,tuyen truyen,thuc hien nhiem".split(",")
)
_STRONG = frozenset("phoi hop,chu tri,chiu trach,co trach,tham muu,to chuc,trien khai,thuc hien,xay dung,huong dan".split(","))
_TOKEN_RE = re.compile(r"T[Pp]\.|[^\W_]+(?:[&'’./-](?=[^\W_])[^\W_]+)*|[^\s\w]|_")
_REACH = 800
"""Letters of the longest list that is looked at in a sentence."""


@cache
def _portfolios() -> dict[str, tuple[str, ...]]:
    """Folded head -> the folded names that stand after it, longest first."""
    heads: dict[str, list[str]] = {}
    for head, name, _ in _tables.read("agencies"):
        heads.setdefault(fold(head), []).append(fold(name))
    return {head: tuple(sorted(names, key=len, reverse=True)) for head, names in heads.items()}


def _known(folded: str, start: int, head: str) -> int:
    """Where the longest known name of ``head`` that begins at ``start`` ends; ``start`` if none does."""
    for name in _portfolios().get(head, ()):
        end = start + len(name)
        if folded.startswith(name, start) and not folded[end : end + 1].isalnum():
            return end
    return start


def _capital(text: str, at: int) -> bool:
    return text[at : at + 1].isupper()


def proper(text: str, folded: str, at: int) -> int:
    """Where the head of a body with a name of its own ends; ``at`` if none begins here."""
    if match := _OFFICE_RE.match(folded, at):
        return match.end()
    if match := _ALWAYS_RE.match(folded, at):
        return match.end()
    if match := _CAPPED_RE.match(folded, at):
        end = _known(folded, match.end(), match.group().strip())
        if end > match.end():
            return end
        if _capital(text, match.end()):
            return match.end() - 1
    return at


def kinds(folded: str, at: int) -> int:
    """Where the first kind of bodies after "các", "mỗi", "từng" ends; ``at`` if none begins here."""
    if many := _MANY_RE.match(folded, at):
        kind = _KIND_RE.match(folded, many.end()) or _ALWAYS_RE.match(folded, many.end())
        return kind.end() if kind else at
    return at


def bare(folded: str, at: int) -> int:
    """Where a kind of bodies without "các" ends ("địa phương"); ``at`` if none begins here."""
    match = _KIND_RE.match(folded, at)
    return match.end() if match else at


def begins(text: str, folded: str, at: int) -> bool:
    """Whether a body, or kinds of bodies after "các", begin here."""
    return proper(text, folded, at) > at or kinds(folded, at) > at


def scan(text: str, at: int = 0) -> int:
    """Where the list of bodies that begins at ``at`` ends in a sentence; ``at`` if no body begins there.

    The name ends at what the body does ("tổ chức", "xây dựng"), at a full stop, colon or bracket, and at a comma after which no body begins.
    """
    return at + _scan(text[at : at + _REACH])


def _scan(text: str) -> int:
    folded = fold(text)
    at = 0
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN_RE.finditer(text)]
    if not tokens or not (begins(text, folded, tokens[0][1]) or bare(folded, tokens[0][1]) > tokens[0][1]):
        return at
    index, end = 0, at
    start = tokens[0][1]
    inside = _item(text, folded, start)
    while index < len(tokens):
        word, low, high = tokens[index]
        after = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if low < inside or word == "-":
            pass
        elif word in ",;" or fold(word) == "va" or (fold(word) == "cung" and after.islower()):
            following = index + 1
            while following < len(tokens) and tokens[following][0] in ("va", "và", "-", "+", "với", "cùng"):
                following += 1
            if following == len(tokens):
                break
            there = tokens[following][1]
            if begins(text, folded, there) or bare(folded, there) > there:
                start, inside = there, _item(text, folded, there)
            elif not _goes_on(text, folded, start, tokens, following) or word == ";":
                break
        elif word == ":" and _names_follow(text, folded, start, tokens, index):
            inside = max(inside, high)
        elif not word[0].isalnum() or is_verb(word, after) or _new_line(tokens, index):
            break
        end = high if word != "-" else end
        index += 1
    return _without_tail(text, at, end)


_CLOSES_NAME = frozenset("xã tỉnh phường thôn hội quan bàn huyện thể phố".split())


def _new_line(tokens: list[tuple[str, int, int]], index: int) -> bool:
    """Whether a capital verb after the end of a name begins the task ("... chính trị - xã hội Vận động ...")."""
    word = tokens[index][0]
    after = tokens[index + 1][0] if index + 1 < len(tokens) else ""
    return (
        word[0].isupper()
        and after.islower()
        and tokens[index - 1][0] in _CLOSES_NAME
        and is_verb(word.lower(), after)
    )


def _names_follow(text: str, folded: str, start: int, tokens: list[tuple[str, int, int]], index: int) -> bool:
    """Whether proper names, not deeds, follow the colon after "các Sở", "UBND các xã"."""
    head = _SHARING_HEAD_RE.search(folded[start : tokens[index][1]].strip())
    if head is None or index + 1 >= len(tokens) or not tokens[index + 1][0][:1].isupper():
        return False
    there = tokens[index + 1][1]
    following = tokens[index + 2][0] if index + 2 < len(tokens) else ","
    return _known(folded, there, head[1]) > there or following[0].isupper() or following in ",;"


def _item(text: str, folded: str, at: int) -> int:
    """The end of what is surely the name of the body that begins at ``at``: its head, and after some heads two words more."""
    end = max(proper(text, folded, at), kinds(folded, at), bare(folded, at))
    more = _TOKEN_RE.findall(text[end : end + 50])[:3]
    if len(more) < 2 or not more[0].islower() or not more[1].islower() or more[0] in (*_CLOSES_NAME, "tự"):
        return end
    pair = " ".join(map(fold, more[:2]))
    if proper(text, folded, at) > at:
        fixed = not _LOOSE_RE.match(folded, at) or pair in _STRONG or is_verb(more[1], more[2] if len(more) > 2 else "")
    else:
        fixed = pair not in _AFTER_KIND
    return end if fixed else end + 1 + len(more[0]) + 1 + len(more[1])


def _goes_on(text: str, folded: str, start: int, tokens: list[tuple[str, int, int]], index: int) -> bool:
    """Whether the name of the body that begins at ``start`` goes on after a comma or "và"."""
    word, low, _ = tokens[index]
    after = tokens[index + 1][0] if index + 1 < len(tokens) else ""
    if proper(text, folded, start) == start and not _SHARED_LIST_RE.match(folded, start):
        return False
    return _capital(text, low) or (bool(_LOOSE_RE.match(folded, start)) and not is_verb(word, after))


def _without_tail(text: str, start: int, end: int) -> int:
    """The end without a trailing comma or "và"."""
    kept = re.sub(r"(?:[\s,;-]|\b(?:và|cùng|với)\s*$)+$", "", text[start:end])
    return start + len(kept)


def split(text: str) -> tuple[Body, ...]:
    """The bodies of a list, one each; the whole text is taken to be a list."""
    folded = fold(text)
    colon = _COLON_RE.match(folded)
    if colon and text[colon.end()].isupper() and _each_has_a_name(text[colon.end() :], colon["head"]) and not _known(folded, colon.end(), colon["head"]) > colon.end():
        return _under_one_head(text, folded, colon)
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN_RE.finditer(text)]
    kept = [Span(m.start(), m.end()) for m in _OFFICE_RE.finditer(folded)]
    cuts: list[tuple[int, int]] = []
    start = tokens[0][1] if tokens else 0
    shared = _shared(folded, start)
    for index, (word, low, _) in enumerate(tokens):
        if low < start or not (word in ",;" or fold(word) == "va") or any(a < low < b for a, b in kept):
            continue
        following = index + 1
        while following < len(tokens) and tokens[following][0] in ("và", "-", "+", "•"):
            following += 1
        if following == len(tokens):
            break
        there = tokens[following][1]
        if shared and there < shared[2]:
            continue
        again = shared and _known(folded, there, shared[0])
        if (again and again > there) or word == ";" or _parts(text, folded, start, low, there):
            cuts.append((low, there))
            start = there
            shared = (shared[0], there, again) if shared and again and again > there else _shared(folded, start)
    starts = [0, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), len(text)]
    return _named(text, [Span(a, b) for a, b in zip(starts, ends, strict=True)])


def _each_has_a_name(text: str, head: str) -> bool:
    """Whether the names after "Các Trường:" are names, not kinds ("Tiểu học và THCS trên địa bàn")."""
    if head != "truong":
        return True
    return all(_SCHOOL_RE.match(item.strip()) for item in re.split(r",| và |;", text) if item.strip())


def _under_one_head(text: str, folded: str, colon: re.Match[str]) -> tuple[Body, ...]:
    """Names after "Các thôn:", "UBND các xã:", one each with the head's singular; what begins with a head of its own is no name."""
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
    """Whether a new body begins at ``there``, after the comma or "và" at ``end`` of the body that begins at ``start``."""
    grouped = kinds(folded, start) > start or bool(_LEADERS_RE.match(folded, start)) or " cac " in folded[start:end]
    if kinds(folded, there) > there and not proper(text, folded, start) > start and grouped:
        return not (_all_bare(folded[start:end]) and _SHARING_RE.search(folded[there:]) is not None)
    if begins(text, folded, there):
        return not _known_inside(folded, start, there)
    if grouped or bare(folded, there) == there:
        return False
    both = _TERRITORY_END_RE.search(folded[start:end]) and _TERRITORY_RE.match(folded, there)
    return not both and not bare(folded, start) > start


def _known_inside(folded: str, start: int, there: int) -> bool:
    """Whether ``there`` lies inside the known name of the body that begins at ``start``."""
    match = _CAPPED_RE.match(folded, start)
    return match is not None and _known(folded, match.end(), match.group().strip()) > there


def _all_bare(folded: str) -> bool:
    """Whether a group is made of kinds alone ("các phòng, ban, các trường học"), without a word that closes it."""
    items = re.split(r",| va ", _MANY_RE.sub("", folded))
    return all(_BARE_RE.fullmatch(item) for item in items)


_SHARED_RE = re.compile(r"(?:cac )?(so|bo|phong|ban|hoi) ?:? ")
_COLON_RE = re.compile(rf"(?P<before>[^,;:.]{{1,40}} )?cac (?P<head>{_SHARING}) ?: ?(?=\w)")


def _shared(folded: str, start: int) -> tuple[str, int, int] | None:
    """A head before a known name, which more names may share, and where that name begins and ends."""
    match = _SHARED_RE.match(folded, start)
    end = _known(folded, match.end(), match.group(1)) if match else start
    return (match.group(1), match.end(), end) if match and end > match.end() else None


def _named(text: str, spans: list[Span]) -> tuple[Body, ...]:
    """The names of the pieces; pieces that share a head get its singular."""
    folded = fold(text)
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
            singular = text[start + 4 if folded.startswith("cac ", start) else start :].split(" ", 1)[0].strip(":").capitalize()
            if _known(folded, following, head) > following:
                name = _strip(text, Span(shared[1], span.end))
                body = Body(f"{singular} {name.name}", name.span)
        elif head and _known(folded, start, head) > start:
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
