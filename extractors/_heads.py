"""How the name of a body begins: heads with a name of their own ("Sở Y tế"), kinds after "các" ("các sở, ban")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

from extractors import _tables
from schemas.text import fold

# Heads that need no more to be a body; folded.
_ALWAYS = """
ubnd|uy ban|hdnd|hoi dong|cong an|van phong|vp|trung tam|dang uy|dang bo|tinh uy|thanh uy|huyen uy|quan uy
|thi uy|chi bo|chi uy|mat tran|mttq|ubmttq|lien doan|thanh tra (?:tinh|chinh phu|so|bo|huyen|thanh pho
|nha nuoc)|kho bac|bao hiem xa hoi|bhxh|ngan hang|cong ty|tap doan|tong cong ty|buu dien|vnpt|viettel|thu vien
|bao tang|benh vien|toa an|vien kiem sat|hat kiem lam|don bien phong|bo chi huy|bo tu lenh|bo doi bien phong
|ban chi huy|bch|ban chi dao|bcd|ban quan ly|bql|ban thuong vu|btv|ban chap hanh|ban giam hieu|ban nhan dan
|ban to chuc|ban cong tac|ban giam doc|lien minh|thuong truc|chu tich|pho chu tich|giam doc|thu truong
|chanh (?:van phong|thanh tra|an)|truong (?:phong|ban|thon|ap|buon|lang|khu pho|cong an|tram|cac|bo phan)
|hieu truong|bi thu
|(?:pho )?thong doc|tong (?:giam doc|cuc truong|kiem toan|thanh tra|bi thu)|chi cuc truong|vu truong|chanh toa
|kiem toan nha nuoc|nguoi dung dau|chinh phu|quoc hoi|thu tuong|bo truong|vien truong|cuc truong|tram y te
|truong (?:mam non|mau giao|tieu hoc|trung hoc|thcs|thpt|th|dai hoc|cao dang|chinh tri)
|doan (?:thanh nien|tncs|tn|xa|phuong|dai bieu)
|tinh doan|thanh doan|hoi (?:lien hiep|lhpn|phu nu|nong dan|cuu|nguoi cao|chu thap|khuyen hoc)
|to (?:cong nghe|dan pho|cong tac|giup viec|cong nghe so|bao ve|lien gia|quan ly|truong|hop tac|tu quan)
|doi truong|khu truong|truong khu|dai (?:phat thanh|truyen)|bao va dai|nha van hoa|bo phan
|dien luc|co quan thuong truc|cong thong tin|luc luong|thue (?:tinh|thanh pho|co so|nha nuoc|khu vuc)
|hai quan (?:khu vuc|tinh|cua khau)|vien thong|dai bieu (?:hdnd|hoi dong|quoc hoi)|to dai bieu|lien hiep (?:cac|hoi)
|vuon quoc gia|hoc vien|chi nhanh|mobifone|xi nghiep|nha may|trai giam|quan khu|su doan|trung doan|ban an toan
|thanh nien cong san|phong giao dich|don cong an|co quan (?:uy ban|kiem tra|quan su|cong an|thue)|ban co yeu
|ban dai dien|ban van dong|ban to chuc|ban nhan dan|ban van hoa|uy vien|truong doan|pho truong|doan kiem tra
|doan cong tac|doan thanh tra|doan lien nganh|nhom cong tac|nhom giup viec|trung uong doan|khoi thi dua
"""
# Heads that are a body only before a capital letter.
_CAPPED = (
    "so|phong|bo|ban|hoi|bao|doan|to|cuc|chi cuc|tong cuc|vu|vien|tram|truong|quy|dai"
    "|hop tac xa|thon|ap|doi|hiep hoi|nganh"
)
_NEVER = (
    "ban hanh|bo may|hoi nghi|hoi thi|hoi thao|hoi vien|hoi truong|phong,? chong|phong ngua"
    "|phong chay|phong trao|to chuc|truong hop"
    "|bao cao|bao dam|doan vien|doan ket|vien chuc|ban do|bo sung|van phong pham|so luong|so lieu|hoi dong bo"
)
KIND = """
to chuc chinh tri(?: ?- ?xa hoi)?(?:,? (?:to chuc )?(?:chinh tri )?xa hoi ?- ?nghe nghiep)?|to chuc doan the
|to chuc xa hoi|to chuc hoi|to chuc(?= ?(?:[,;.:)]|$)| (?:va|khac|ca nhan|tren|thuoc|lien|co|trong|dang
|chinh) )|don vi su nghiep(?: cong lap)?|don vi|co quan chuyen mon|co quan bao chi(?:(?:,| va) truyen thong)?
|co quan thong tin dai chung|co quan|co so giao duc|co so|dia phuong|doan the(?: chinh tri(?: ?- ?xa hoi)?)?|so
|ban nganh|ban|nganh|phong ban|phong|doanh nghiep|hop tac xa|hiep hoi|hoi|truong hoc|nha truong|truong|thon|ap
|xa(?! hoi)|phuong|thi tran|thi xa|huyen|thanh pho|dac khu|to dan pho|khu pho|khu dan cu|cap uy|chinh quyen
|chi bo|dang bo|to(?! chuc)|nha mang|ho gia dinh|gia dinh|ca nhan|cap|bo|tinh|lang|cong dong|tap the|chu rung|chu dau tu
"""
CAPITAL = "A-ZĐÀÁẢÃẠÂẦẤẨẪẬĂẰẮẲẴẶÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
PERSON_RE = re.compile(
    rf"(?:[Cc]ác )?(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à)(?: [{CAPITAL}][^\W\d_]*){{2,5}}"
    rf"(?:(?:,| -) (?=[{CAPITAL}])[^:;.()]{{3,90}}?(?= ?:|$))?"
)
"""A person with a name, and the post before a colon ("Đồng chí Lê Văn An, Chủ tịch UBND xã: ..."); printed text."""
_PLURAL = r"(?!moi truong)(?:tat ca )?(?:cac|moi|tung|toan the|mot so|nhung)"


def compile_rows(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""))


_ALWAYS_RE = compile_rows(rf"(?!(?:{_NEVER})\b)(?:{_ALWAYS})(?!\w)")
CAPPED_RE = compile_rows(rf"(?!(?:{_NEVER})\b)(?:{_CAPPED}) ")
_KIND_RE = compile_rows(rf"(?!(?:{_NEVER.replace('|to chuc', '')})\b)(?:{KIND})(?!\w)")
MANY_RE = compile_rows(rf"{_PLURAL} ")
SHARING = (
    r"(?:so|bo|phong|ban|hoi|xa|phuong|thon|ap|huyen|cuc|chi cuc|nganh|dac khu|to dan pho"
    r"|khu pho|thi tran|thi xa|truong|doan the|cong ty)"
)
_OFFICE_BODY = r"(?:dang uy|doan dbqh|doan dai bieu quoc hoi|hdnd|hoi dong nhan dan|ubnd|uy ban nhan dan)"
OFFICE_RE = compile_rows(
    rf"(?:van phong|vp) {_OFFICE_BODY}(?:(?:,? va |, | ?- ?){_OFFICE_BODY}){{1,3}}(?!\w)"
    r"|bao va (?:dai|phat thanh)(?!\w)"
)
TOKEN_RE = re.compile(r"T[Pp]\.|[^\W_]+(?:[&'’./-](?=[^\W_])[^\W_]+)*|[^\s\w]|_")


@cache
def _portfolios() -> dict[str, re.Pattern[str]]:
    """Folded head -> the folded names that stand after it, longest first."""
    heads: dict[str, list[str]] = {}
    for head, name, _ in _tables.read("agencies"):
        heads.setdefault(fold(head), []).append(fold(name))
    return {head: re.compile(rf"(?:{_longest_first(names)})(?![^\W_])") for head, names in heads.items()}


def _longest_first(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def known(folded: str, start: int, head: str) -> int:
    """Where the longest known name of ``head`` that begins at ``start`` ends; ``start`` if none does."""
    names = _portfolios().get(head)
    match = names.match(folded, start) if names is not None else None
    return match.end() if match else start


def capital(text: str, at: int) -> bool:
    return text[at : at + 1].isupper()


_OWN: ContextVar[tuple[re.Pattern[str], re.Pattern[str]] | None] = ContextVar("own bodies", default=None)


@contextmanager
def own(tables: _tables.Tables) -> Iterator[None]:
    """While this is open, the bodies of a user's tables, and abbreviations of bodies, are heads too."""
    token = _OWN.set(_own_heads(tables.abbreviations, tuple(sorted(tables.agencies))))
    try:
        yield
    finally:
        _OWN.reset(token)


@lru_cache(maxsize=8)
def _own_heads(
    abbreviations: tuple[tuple[str, str], ...], names: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Abbreviations that stand for a body (printed text), and names (folded)."""
    short = [one for one, written in abbreviations if proper(f"{written} x", fold(f"{written} x"), 0)]
    return _any_of(short), _any_of(names)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first(words) or '(?!)'})(?![\w&])")


def own_names(folded: str) -> Iterator[tuple[int, int]]:
    """Where the names of a user's table stand."""
    if mine := _OWN.get():
        yield from (m.span() for m in mine[1].finditer(folded))


def own_name(folded: str, at: int) -> int:
    """Where the name of a user's table that begins at ``at`` ends; 0 if none does."""
    match = mine[1].match(folded, at) if (mine := _OWN.get()) else None
    return match.end() if match else 0


def proper(text: str, folded: str, at: int) -> int:
    """Where the head of a body with a name of its own ends; ``at`` if none begins here."""
    if (mine := _OWN.get()) and (match := mine[1].match(folded, at) or mine[0].match(text, at)):
        return match.end()
    if match := OFFICE_RE.match(folded, at) or PERSON_RE.match(text, at):
        return match.end()
    if match := _ALWAYS_RE.match(folded, at):
        return match.end()
    if match := CAPPED_RE.match(folded, at):
        end = known(folded, match.end(), match.group().strip())
        if end > match.end():
            return end
        if capital(text, match.end()):
            return match.end() - 1
    return at


def kinds(folded: str, at: int) -> int:
    """Where the first kind of bodies after "các", "mỗi", "từng" ends; ``at`` if none begins here."""
    if many := MANY_RE.match(folded, at):
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
