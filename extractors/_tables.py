"""Reads ``tables/*.tsv``, once each. Every table is sorted, with a head row; the last column is a witness: where the
word stands so.

``units.tsv`` is made from the official list of administrative units by ``scripts/make_units.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from schemas.text import fold

_TABLES = Path(__file__).parent / "tables"


def read(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``tables/<name>.tsv`` without the head row."""
    lines = (_TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(tuple(line.split("\t")) for line in lines if line.strip())


@cache
def doc_types() -> dict[str, str]:
    """Folded name of each kind of document -> its name ("ke hoach" -> "kế hoạch")."""
    return {fold(row[0]): row[0] for row in read("doc_types")}


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviations of bodies as they are written out: "BCH" -> "Ban Chấp hành"."""
    return {row[0]: row[1] for row in read("abbreviations")}


@cache
def type_abbreviations() -> dict[str, str]:
    """Abbreviation in a code -> kind of document ("KH" -> "kế hoạch"). "TT" is a circular, in a party code a thông
    tri.
    """
    return {abbreviation: row[0] for row in read("doc_types") for abbreviation in row[1].split(",") if abbreviation}


@cache
def positions() -> frozenset[str]:
    """Folded names of the positions that sign."""
    return frozenset(fold(row[0]) for row in read("positions"))


class Unit(NamedTuple):
    """An administrative unit: statistical code, kind, name, code of the unit above ("" for a province), valid today."""

    code: str
    kind: str
    name: str
    parent: str
    current: bool

    @property
    def full(self) -> str:
        """Kind and name: "xã Tịnh Khê"."""
        return f"{self.kind} {self.name}"


UNIT_KINDS = {
    "t": "tỉnh",
    "tp": "thành phố",
    "q": "quận",
    "h": "huyện",
    "tx": "thị xã",
    "x": "xã",
    "p": "phường",
    "tt": "thị trấn",
    "dk": "đặc khu",
}
"""Kinds of units as they are shortened in units.tsv."""


@cache
def units() -> tuple[Unit, ...]:
    """Every unit, of today and of before July 2025."""
    return tuple(
        Unit(code, UNIT_KINDS[kind], name, parent, valid == "c") for code, kind, name, parent, valid in read("units")
    )


@cache
def units_by_name() -> dict[str, tuple[Unit, ...]]:
    """Folded name -> the units of that name."""
    found: dict[str, list[Unit]] = {}
    for unit in units():
        found.setdefault(fold(unit.name), []).append(unit)
    return {name: tuple(same) for name, same in found.items()}


@cache
def provinces() -> dict[str, Unit]:
    """Folded name -> province or city under the centre; today's before older ones."""
    found: dict[str, Unit] = {}
    for unit in sorted(units(), key=lambda u: not u.current):
        if not unit.parent:
            found.setdefault(fold(unit.name), unit)
    return found


@cache
def former_provinces() -> dict[str, Unit]:
    """Folded name -> province or city under the centre before July 2025; seven of them have kept their name, with
    another code.
    """
    return {fold(unit.name): unit for unit in units() if not unit.parent and not unit.current}


@cache
def unit(code: str, *, current: bool) -> Unit | None:
    """The unit with a code, of today or of before July 2025."""
    return _by_code().get((code, current))


@cache
def _by_code() -> dict[tuple[str, bool], Unit]:
    return {(unit.code, unit.current): unit for unit in units()}


@cache
def bodies() -> dict[str, str]:
    """Folded name of a kind of body -> its name as it is written within a sentence ("so khoa hoc va cong nghe" ->
    ...).
    """
    return {fold(row[0]): row[0] for row in read("bodies")}


@cache
def fields() -> dict[str, str]:
    """Folded field of a ministry or department -> as it is written ("khoa hoc va cong nghe" -> "Khoa học và Công
    nghệ").
    """
    return {
        fold(name.split(" ", 1)[1]): name.split(" ", 1)[1] for name in bodies().values() if name[:3] in ("Sở ", "Bộ ")
    }


def nearest_province(folded: str, at_least: float) -> Unit | None:
    """The province whose name is nearest to a misread one, if near enough (0 to 100) and no other is as near."""
    best = process.extract(folded, provinces().keys(), scorer=fuzz.ratio, limit=2)
    if not best or best[0][1] < at_least or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return provinces()[best[0][0]]


@cache
def position_names() -> dict[str, str]:
    """Folded name of a position -> its name ("pho chu tich" -> "phó chủ tịch")."""
    return {fold(row[0]): row[0] for row in read("positions")}


NEAR_POSITION = 88.0
"""Likeness (0 to 100) from which a misread line is a position. Its number of words must be that of the position."""


def nearest_position(folded: str, at_least: float = NEAR_POSITION) -> str | None:
    """The name of the position nearest to a misread one, if it is as alike as that (0 to 100)."""
    size = len(folded.split())
    best = process.extractOne(
        folded,
        [name for name in position_names() if len(name.split()) == size],
        scorer=fuzz.ratio,
        score_cutoff=at_least,
    )
    return position_names()[best[0]] if best else None


def is_near(folded: str, other: str, at_least: float) -> bool:
    """Whether two folded texts are as alike as that (0 to 100)."""
    return fuzz.ratio(folded, other) >= at_least


def deputy(folded: str) -> str | None:
    """Who signs for a position ("KT."): of "chu tich" the "phó chủ tịch", of "bo truong" the "thứ trưởng"."""
    return position_names().get({"bo truong": "thu truong"}.get(folded, f"pho {folded}"))


@cache
def surnames() -> frozenset[str]:
    """Usual family names, clan names of the highlands among them, as they are spelt."""
    return frozenset(row[0] for row in read("surnames"))


@cache
def agency_kinds() -> dict[str, tuple[str, str | None]]:
    """Head of a body's name in small letters -> its kind and level ("sở" -> "sở", "province"); the level may be
    open.
    """
    return {row[0].lower(): (row[1], row[2] or None) for row in read("agency_kinds")}


class OwnAgency(NamedTuple):
    """A body in a user's table: canonical name, kind, level, unit code."""

    canonical: str
    kind: str | None = None
    level: str | None = None
    unit_code: str | None = None


class TablesError(ValueError):
    """A user's tables cannot be used; the message says why."""


class Tables(NamedTuple):
    """Abbreviations (the longest first) with what they stand for, and a user's bodies by their folded names."""

    abbreviations: tuple[tuple[str, str], ...]
    agencies: dict[str, OwnAgency]


def tables(folder: Path | None = None) -> Tables:
    """The project's abbreviations, with those and the bodies of a user's folder: ``abbreviations.tsv`` (abbreviation,
    written) and ``agencies.tsv`` (name, canonical, kind, level, unit_code; all but the name may be empty), each with a
    head row. Raises ``TablesError`` where the folder has neither, or a row is not so.
    """
    known = dict(abbreviations())
    own: dict[str, OwnAgency] = {}
    if folder is not None:
        if not any((folder / f"{name}.tsv").is_file() for name in ("abbreviations", "agencies")):
            raise TablesError(f"{folder} holds neither abbreviations.tsv nor agencies.tsv")
        known |= {row[0]: row[1] for row in _own_rows(folder / "abbreviations.tsv", 2)}
        for name, canonical, *rest in _own_rows(folder / "agencies.tsv", 5):
            own[fold(name)] = OwnAgency(canonical or name, *(cell or None for cell in rest))
    return Tables(tuple(sorted(known.items(), key=lambda item: (-len(item[0]), item[0]))), own)


def _own_rows(path: Path, size: int) -> list[list[str]]:
    """The rows of a user's table, cut or filled to ``size`` cells."""
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise TablesError(f"{path} is not UTF-8") from error
    found = []
    for number, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line.split("\t")]
        if any(cells) and (not cells[0] or (size == 2 and len(cells) < 2)):
            raise TablesError(f"{path}, line {number}: not {size} cells with tabs between them, the first filled")
        if any(cells):
            found.append((cells + [""] * size)[:size])
    return found
