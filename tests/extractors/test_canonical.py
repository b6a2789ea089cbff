"""Bodies in canonical form: written out, with kind, level and the official code of their unit where it is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractors
from extractors import _tables
from extractors._canonical import agencies
from schemas.record import Assignment, Cited, Evidence, Record, Source, Trace
from tests.extractors.documents import document

PROOF = (Evidence(page=1, start=0, end=1, raw="x", bbox=None, rule="test.row"),)


def cited(value: str) -> Cited[str]:
    return Cited(value=value, evidence=PROOF)


def record(issuer: str, parent: str | None, date: str | None, *named: str) -> Record:
    return Record(
        issuer=cited(issuer),
        issuer_parent=cited(parent) if parent else None,
        date=cited(date) if date else None,
        assignments=(Assignment(task="Trồng cây", lead=named, evidence=PROOF),),
        source=Source(file="", sha256="", media_type="text/plain", pages=()),
        trace=Trace(input="", pages="", text="", rules=""),
    )


def found(given: Record, tables: extractors.Tables | None = None) -> dict[str, tuple[str | None, ...]]:
    rows = agencies(given, tables or extractors.tables())
    return {row.printed: (row.canonical, row.kind, row.level, row.unit_code) for row in rows}


COMMUNE = ("Ủy ban nhân dân xã Tịnh Khê", "tỉnh Quảng Ngãi", "2025-09-12")
PROVINCE = ("Ủy ban nhân dân tỉnh Quảng Ngãi", None, "2024-03-01")
MADE_UP = ("Ủy ban nhân dân xã Suối Khê", "tỉnh Quảng Ngãi", "2025-09-12")


@pytest.mark.parametrize(
    ("home", "printed", "expected"),
    [
        (COMMUNE, "UBND xã", ("Ủy ban nhân dân xã Tịnh Khê", "ủy ban nhân dân", "commune", "21211")),
        (COMMUNE, "Công an xã", ("Công an xã Tịnh Khê", "công an", "commune", "21211")),
        (COMMUNE, "Phòng Kinh tế", ("Phòng Kinh tế xã Tịnh Khê", "phòng", "commune", "21211")),
        (COMMUNE, "Sở KH&CN", ("Sở Khoa học và Công nghệ tỉnh Quảng Ngãi", "sở", "province", "51")),
        (COMMUNE, "TT HĐND xã", ("Thường trực Hội đồng nhân dân xã Tịnh Khê", "hội đồng nhân dân", "commune", "21211")),
        (COMMUNE, "Tỉnh ủy", ("Tỉnh ủy Quảng Ngãi", "đảng ủy", "province", "51")),
        (COMMUNE, "Bộ Y tế", ("Bộ Y tế", "bộ", "central", None)),
        (COMMUNE, "Bộ Chính trị", ("Bộ Chính trị", "trung ương đảng", "central", None)),
        (COMMUNE, "các thôn", ("Các thôn", "thôn", "village", None)),
        (COMMUNE, "UBND các xã, phường", ("Ủy ban nhân dân các xã, phường", "ủy ban nhân dân", "commune", None)),
        (COMMUNE, "UBND cấp xã", ("Ủy ban nhân dân cấp xã", "ủy ban nhân dân", "commune", None)),
        (COMMUNE, "Hội Nông dân xã", ("Hội Nông dân xã Tịnh Khê", "đoàn thể", "commune", "21211")),
        (MADE_UP, "Công an xã", ("Công an xã Suối Khê", "công an", "commune", None)),
        (PROVINCE, "UBND huyện Nghĩa Hành", ("Ủy ban nhân dân huyện Nghĩa Hành", "ủy ban nhân dân", "district", "532")),
        (PROVINCE, "Công an tỉnh", ("Công an tỉnh Quảng Ngãi", "công an", "province", "51")),
        (PROVINCE, "Phòng KGVX", ("Phòng KGVX", "phòng", None, None)),
    ],
)
def test_canonical(home: tuple[str, str | None, str], printed: str, expected: tuple[str | None, ...]) -> None:
    assert found(record(*home, printed))[printed] == expected


@pytest.mark.parametrize("printed", ["nhà trường", "cấp", "Giám đốc Sở Y tế", "Chủ tịch UBND xã", "ban ngành", "Lê An"])
def test_what_is_no_body_is_left_out(printed: str) -> None:
    assert printed not in found(record(*COMMUNE, printed))


def test_a_name_of_many_communes_has_a_code_only_where_the_province_decides() -> None:
    name = "Ủy ban nhân dân phường Hải Châu"
    alike = [unit for unit in _tables.units() if unit.full == "xã Tân Thành" and unit.current]
    assert len(alike) > 1
    lone = found(record("Ủy ban nhân dân xã Tân Thành", None, "2025-09-12"))
    assert lone["Ủy ban nhân dân xã Tân Thành"][3] is None
    for unit in alike:
        above = _tables.unit(unit.parent, current=True)
        assert above is not None
        here = found(record("Ủy ban nhân dân xã Tân Thành", above.full, "2025-09-12", name))
        same = [other for other in alike if other.parent == unit.parent]
        assert here["Ủy ban nhân dân xã Tân Thành"][3] == (unit.code if len(same) == 1 else None)


def test_a_users_own_tables(tmp_path: Path) -> None:
    (tmp_path / "abbreviations.tsv").write_text("abbreviation\twritten\nTTVH\tTrung tâm Văn hóa\n", "utf-8")
    (tmp_path / "agencies.tsv").write_text(
        "name\tcanonical\tkind\tlevel\tunit_code\nphòng kinh tế\tPhòng Kinh tế số 1\tphòng\tcommune\t7\nTổ 5\n", "utf-8"
    )
    own = extractors.tables(tmp_path)
    rows = found(record(*COMMUNE, "TTVH xã", "Phòng Kinh tế", "Tổ 5", "Công an xã"), own)
    assert rows["TTVH xã"] == ("Trung tâm Văn hóa xã Tịnh Khê", "đơn vị sự nghiệp", "commune", "21211")
    assert rows["Phòng Kinh tế"] == ("Phòng Kinh tế số 1", "phòng", "commune", "7")
    assert rows["Tổ 5"] == ("Tổ 5", None, None, None)
    assert rows["Công an xã"][0] == "Công an xã Tịnh Khê"


@pytest.mark.parametrize("written", [None, b"abbreviation\twritten\nTTVH\n", b"abbreviation\twritten\n\xff\xfe\n"])
def test_tables_that_cannot_be_used(tmp_path: Path, written: bytes | None) -> None:
    if written is not None:
        (tmp_path / "abbreviations.tsv").write_bytes(written)
    with pytest.raises(extractors.TablesError, match=str(tmp_path)):
        extractors.tables(tmp_path)


def test_of_a_document() -> None:
    given = document(
        "ỦY BAN NHÂN DÂN\nXÃ TỊNH KHÊ\nSố: 12/KH-UBND\nKẾ HOẠCH\nTrồng cây\n\n1. Công an xã: trực ban.\n"
        "Nơi nhận:\n- Như trên;\n- Đảng ủy, HĐND xã;\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn An"
    )
    printed = [agency.printed for agency in extractors.extract(given).agencies]
    assert printed[0] == "Ủy ban nhân dân xã Tịnh Khê"
    assert {"Đảng ủy", "HĐND xã"} <= set(printed)
    assert not any(name.startswith(("Lưu", "Như")) for name in printed)


PROVINCES = [unit for unit in _tables.units() if not unit.parent]
TOGETHER = 29
"""Of so many units of communes and districts one is tried."""


@pytest.mark.parametrize(
    "province", PROVINCES, ids=[f"{u.full}, {'now' if u.current else 'former'}" for u in PROVINCES]
)
def test_bodies_of_every_province_of_today_and_of_before(province: _tables.Unit) -> None:
    date = "2026-01-05" if province.current else "2024-03-01"
    given = record(f"Ủy ban nhân dân {province.full}", None, date, f"Công an {province.kind}", "Sở Y tế")
    assert {row[3] for row in found(given).values()} == {province.code}


def test_a_unit_has_its_own_code_or_none() -> None:
    right = 0
    for unit in [unit for unit in _tables.units() if unit.parent][::TOGETHER]:
        above = unit
        while above.parent and (higher := _tables.unit(above.parent, current=unit.current)):
            above = higher
        date = "2026-01-05" if unit.current else "2024-03-01"
        given = record(f"Ủy ban nhân dân {above.full}", None, date, f"UBND {unit.full}")
        code = found(given)[f"UBND {unit.full}"][3]
        assert code in (unit.code, None), unit
        right += code is not None
    assert right > 400
