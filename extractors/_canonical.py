"""Bodies in canonical form: abbreviations written out, kind, level, and the official code of their unit where it is
certain.

"UBND xã" in a document of the commune Tịnh Khê is "Ủy ban nhân dân xã Tịnh Khê". What is not certain stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extractors import _agencies, _tables
from extractors._tables import Tables, Unit
from extractors._values import clean
from schemas.record import Agency, Record
from schemas.text import fold

_KINDS = "tỉnh|thành phố|xã|phường|đặc khu|thị trấn|thị xã|huyện|quận"
_NAMED = re.compile(rf"\b(?P<kind>{_KINDS}) (?P<name>[^\W\d_a-zđ][\w'’ -]*|\d{{1,2}})$")
_BARE = re.compile(rf"(?<!các )(?<!cấp )\b(?P<kind>{_KINDS})$", re.IGNORECASE)
_AT_LEVEL = re.compile(rf"\bcấp (?P<kind>{_KINDS})$")
_LEVELS = {
    **dict.fromkeys(("tỉnh", "thành phố", "sở"), "province"),
    **dict.fromkeys(("huyện", "quận", "thị xã"), "district"),
    **dict.fromkeys(("xã", "phường", "đặc khu", "thị trấn"), "commune"),
}
_GROUP = re.compile(r"\b(?:các|những|một số) ", re.IGNORECASE)
_PARTY = {"Tỉnh ủy": "tỉnh", "Thành ủy": "thành phố", "Tỉnh đoàn": "tỉnh", "Thành đoàn": "thành phố"}
_OF_COMMUNE = ("phòng", "văn phòng", "y tế", "quân sự", "công an", "đảng ủy", "mặt trận", "hội đồng nhân dân")
"""Kinds that are the commune's own where a commune names them without a unit."""
_HEADS_OF = re.compile(r"(?:Chủ tịch|Bí thư|Giám đốc|Chánh Văn phòng|Trưởng(?! Trạm)|Thống đốc|Bộ trưởng) (?=\S)")
_STANDING = re.compile(r"\bTT (?=Hội đồng|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy)")
_COMMITTEE = re.compile(r"\b[Uu][ỷy] ban [Nn]hân dân\b|\b[ỦU][ỷy] [Bb]an [Nn]hân [Dd]ân\b")
_REFORM = "2025-07"


@dataclass(frozen=True)
class Home:
    """Where a document comes from: its own unit as printed ("xã Tịnh Khê") and by the official list, and its province,
    as far as they are certain; and whether it is of before July 2025.
    """

    printed: str | None
    unit: Unit | None
    province: Unit | None
    old: bool | None


def agencies(record: Record, tables: Tables) -> tuple[Agency, ...]:
    """Every body that the record names, once each as printed, in order of first mention."""
    home = _home(record)
    found = {printed: _agency(printed, home, tables) for printed in dict.fromkeys(_printed(record))}
    return tuple(agency for agency in found.values() if agency is not None)


def _printed(record: Record) -> Iterator[str]:
    for cited in (record.issuer, record.issuer_parent):
        if cited is not None:
            yield cited.value
    for line in (*record.addressee, *record.recipients):
        if not fold(line.value).startswith(("luu", "nhu ")):
            yield from _split(line.value)
    for reference in record.references:
        if reference.issuer:
            yield reference.issuer
    for duty in record.assignments:
        yield from (*duty.lead, *duty.advise, *duty.support)


def _split(line: str) -> Iterable[str]:
    return (body.name for part in line.split(";") for body in _agencies.split(part.strip()))


def _agency(printed: str, home: Home, tables: Tables) -> Agency | None:
    name = _written_out(printed, tables)
    if tables.agencies and (own := tables.agencies.get(fold(printed)) or tables.agencies.get(fold(name))):
        return Agency(printed=printed, **own._asdict())
    group = _GROUP.search(name)
    known = _kind(name[group.end() :] if group and not group.start() else name)
    if known is None:
        return None
    kind, level = known
    if group:
        level = level or _LEVELS.get(name[group.end() :].split(",")[0].split(" ")[0])
        return Agency(printed=printed, canonical=name, kind=kind, level=level)
    full, unit = _placed(name, kind, level, home)
    level = level or (_level(unit) if unit is not None else _level_of_words(full))
    return Agency(printed=printed, canonical=full, kind=kind, level=level, unit_code=unit.code if unit else None)


def _written_out(printed: str, tables: Tables) -> str:
    name = clean(printed.split(":")[0])
    pattern, written = _abbreviation(tables.abbreviations)
    name = pattern.sub(lambda match: written[match[0]], name)
    name = _STANDING.sub("Thường trực ", name) if "TT " in name else name
    name = _COMMITTEE.sub("Ủy ban nhân dân", name) if "hân " in name else name
    return name[:1].upper() + name[1:]


@cache
def _abbreviation(known: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Any of the abbreviations as a word, the longest first, and what each stands for."""
    words = "|".join(re.escape(abbreviation) for abbreviation, _ in known)
    return re.compile(rf"(?<![\w&-])(?:{words})(?![\w&])"), dict(known)


def _kind(name: str) -> tuple[str, str | None] | None:
    """Kind and level by the longest head in the table; of the head of a body ("Giám đốc Sở ...") none."""
    if _HEADS_OF.match(name):
        return None
    kinds = _tables.agency_kinds()
    head = " ".join(name.lower().split()[: _longest_kind()])
    while head and head not in kinds:
        head = head.rpartition(" ")[0]
    return kinds.get(head)


@cache
def _longest_kind() -> int:
    """The most words of a head in the table."""
    return max(len(head.split()) for head in _tables.agency_kinds())


def _placed(name: str, kind: str, level: str | None, home: Home) -> tuple[str, Unit | None]:
    """The name with the unit that it belongs to, and that unit, where both are certain."""
    named = _NAMED.search(name)
    if named:
        return name, _unit(named["kind"], named["name"].strip(), home)
    bare = _BARE.search(name)
    if bare:
        return _joined(name, bare["kind"].lower(), home)
    for head, unit_kind in _PARTY.items():
        if name.endswith(head):
            return _joined(name, unit_kind, home)
        if name.startswith(head):
            return name, _unit(unit_kind, name[len(head) :].strip(), home)
    if kind == "sở" and home.province is not None and home.province.name not in name:
        return f"{name} {home.province.full}", home.province
    if (
        kind in _OF_COMMUNE
        and level in (None, "commune")
        and home.printed
        and _level_of_words(home.printed) == "commune"
    ):
        return f"{name} {home.printed}", home.unit
    return name, None


def _joined(name: str, kind: str, home: Home) -> tuple[str, Unit | None]:
    """The name with that of the document's own unit, or of its province, where that is of this kind."""
    if home.printed is not None and home.printed.startswith(f"{kind} "):
        return f"{name} {home.printed.removeprefix(kind).strip()}", home.unit
    if home.province is not None and home.province.kind == kind:
        return f"{name} {home.province.name}", home.province
    return name, None


def _unit(kind: str, name: str, home: Home) -> Unit | None:
    """The one unit of that kind and name that it can be: in the document's province, of the document's time."""
    same = [u for u in _tables.units_by_name().get(fold(name), ()) if u.kind == kind and u.name.lower() == name.lower()]
    if home.province is not None:
        same = [u for u in same if not u.parent or _province(u) in (home.province.code, None)]
    if home.old is not None:
        same = [u for u in same if u.current is not home.old] or same
    codes = {u.code for u in same}
    return max(same, key=lambda u: u.current) if len(codes) == 1 else None


def _province(unit: Unit) -> str | None:
    """The code of the province above a unit."""
    for _ in range(3):
        if not unit.parent:
            return unit.code
        above = _tables.unit(unit.parent, current=unit.current)
        if above is None:
            return None
        unit = above
    return None


def _home(record: Record) -> Home:
    date = record.date.value if record.date is not None else None
    old = None if date is None or (len(date) == 4 and date == _REFORM[:4]) else date[:7] < _REFORM
    names = [cited.value for cited in (record.issuer_parent, record.issuer) if cited is not None]
    province = next((unit for name in names for unit in [_named_province(name, old)] if unit is not None), None)
    blank = Home(None, None, province, old)
    issuer = _NAMED.search(names[-1]) if record.issuer is not None else None
    own = _unit(issuer["kind"], issuer["name"].strip(), blank) if issuer else None
    if own is not None and province is None:
        code = _province(own)
        province = _tables.unit(code, current=own.current) if code else None
    return Home(issuer[0] if issuer else None, own, province, old)


def _named_province(name: str, old: bool | None) -> Unit | None:
    """The province that a name ends with; of before July 2025 where the document is."""
    match = re.search(r"(?:tỉnh|thành phố) (\S.*)$|(?:Tỉnh|Thành) ủy (\S.*)$", name)
    if match is None:
        return None
    named = fold(match[1] or match[2])
    former = _tables.former_provinces().get(named) if old else None
    return former or _tables.provinces().get(named)


def _level(unit: Unit) -> str:
    if not unit.parent:
        return "province"
    return "district" if unit.kind in ("huyện", "quận", "thị xã", "thành phố") else "commune"


def _level_of_words(name: str) -> str | None:
    if name.endswith("Trung ương"):
        return "central"
    match = _AT_LEVEL.search(name) or _BARE.search(name) or _NAMED.search(name)
    return _LEVELS[match["kind"].lower()] if match else None
