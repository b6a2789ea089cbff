"""Printed forms and their canonical values."""

from __future__ import annotations

import pytest

from extractors._codes import symbol
from extractors._values import iso_date, parse_code, parse_date, parse_number, symbol_of, write_out_body


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("ngày 12 tháng 9 năm 2025", "2025-09-12"),
        ("02/6/2025", "2025-06-02"),
        ("24.5.2025", "2025-05-24"),
        ("tháng 8/2025", "2025-08"),
        ("năm 2025", "2025"),
    ],
)
def test_dates(printed: str, value: str) -> None:
    assert parse_date(printed) == value


@pytest.mark.parametrize("printed", ["31/11/2025", "ngày 73 tháng 7 năm 2025", "13/2025", "", "năm 0025", "cây xanh"])
def test_no_dates(printed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_date(printed)


def test_iso_date_in_the_precision_given() -> None:
    assert (iso_date(None, None, 2025), iso_date(None, 2, 2025), iso_date(1, 2, 2025)) == (
        "2025",
        "2025-02",
        "2025-02-01",
    )


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.716", 1716),
        ("46,046", 46.046),
        ("12,5 triệu", 12500000),
        ("1,5%", 1.5),
        ("1.234.567", 1234567),
        ("2 tỷ", 2e9),
    ],
)
def test_numbers(printed: str, value: float) -> None:
    assert parse_number(printed) == value


def test_codes() -> None:
    assert parse_code("757/QĐ- BKHCN;") == "757/QĐ-BKHCN"
    assert [symbol_of(c) for c in ("316/BC-UBND", "368-KH/TU", "15/2020/NĐ-CP")] == ["BC-UBND", "KH/TU", "2020/NĐ-CP"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("QD-UBND", "QĐ-UBND"),
        ("QĐÐ-UBND", "QĐ-UBND"),
        ("TTR-SYT", "TTr-SYT"),
        ("SKHCN-BCVT&CĐS", "SKHCN-BCVT&CĐS"),
        ("KH/TU", "KH/TU"),
    ],
)
def test_symbols(printed: str, value: str) -> None:
    assert symbol(printed) == value


@pytest.mark.parametrize("printed", ["Xã hội - Kinh tế", "thôn-xã", "UBND"])
def test_no_symbols(printed: str) -> None:
    with pytest.raises(ValueError, match="no symbol"):
        symbol(printed)


def test_bodies_are_written_out() -> None:
    assert write_out_body("Chủ tịch  UBND tỉnh") == "Chủ tịch Ủy ban nhân dân tỉnh"
    assert write_out_body("Uỷ ban nhân dân xã") == "Ủy ban nhân dân xã"
