"""Codes, dates and numerals: what is read, what it gives, what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics import Model
from diacritics.codes import repair_code, repair_date, repair_numeral, repair_part

CODES = [
    ("2699/SKHCN-BCVT&CPS", "2699/SKHCN-BCVT&CĐS"),
    ("125-CV/PU", "125-CV/ĐU"),
    ("757/Qb-", "757/QĐ-"),
    ("31/BGDDT", "31/BGDĐT"),
    ("316BC-UBND", "316/BC-UBND"),
    ("1632/TIr-SKHCN", "1632/TTr-SKHCN"),
    ("9l0/KH-UBND", "910/KH-UBND"),
    ("18/NQ-HDND", "18/NQ-HĐND"),
    ("30/2020/ND-CP", "30/2020/NĐ-CP"),
    ("12/QD-TTg", "12/QĐ-TTg"),
    ("45/KH-BCD", "45/KH-BCĐ"),
]
KEPT = [
    "18/NQ-HĐND", "1264/QĐ-UBND", "05/2025/TT-BTC", "77/2015/QH13", "30/2020/NĐ-CP", "12/KH-BCĐ", "31-CV/ĐU",
    "27/KH-UBND", "UBND-VX", "100/BC-SYT", "2345/BTC-NSNN", "01/CT-TTg", "66/KH-PGDĐT", "9/XYZ-QWZ",
]  # fmt: skip
DATES = [
    ("121612025", "12/6/2025"),
    ("12/612025", "12/6/2025"),
    ("0110712025", "01/07/2025"),
    ("24/5/2025", "24/5/2025"),
    ("2025", "2025"),
    ("1234567", "1234567"),
    ("391612025", "391612025"),
    ("121912925", "121912925"),
    ("", ""),
]
NUMERALS = [
    ("I1I.", "III."), ("I1.", "II."), ("lV.", "IV."), ("Vl.", "VI."), ("IIl)", "III)"), ("Il.", "II."),
    ("Vv.", "V."), ("v.", "v."),
    ("II.", "II."), ("1.", "1."), ("11.", "11."), ("l.", "l."), ("a)", "a)"), ("IIII.", "IIII."), ("VX.", "VX."),
    ("", ""), ("-", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "meant"), CODES)
def test_code_is_repaired(read: str, meant: str, model: Model) -> None:
    assert repair_code(read, model.lexicon.code_parts) == meant


@pytest.mark.parametrize("code", [*KEPT, *(meant for _, meant in CODES)])
def test_code_is_kept(code: str, model: Model) -> None:
    assert repair_code(code, model.lexicon.code_parts) == code


@pytest.mark.parametrize(("read", "meant"), DATES)
def test_date(read: str, meant: str) -> None:
    assert repair_date(read) == meant


@pytest.mark.parametrize(("read", "meant"), NUMERALS)
def test_numeral(read: str, meant: str) -> None:
    assert repair_numeral(read) == meant


def test_a_part_changes_only_for_one_that_is_much_more_frequent() -> None:
    assert repair_part("QD", {"QĐ": 1000, "QD": 10}) == "QĐ"
    assert repair_part("QD", {"QĐ": 1000, "QD": 100}) == "QD"
    assert repair_part("QD", {}) == "QD"
    assert repair_part("2025", {"2O25": 9999}) == "2025"


@given(st.text(alphabet="0123456789/-&QDĐPBbCKHlIO", max_size=14))
def test_repair_of_a_code_is_stable_and_keeps_its_digits(code: str) -> None:
    parts = {"QĐ": 900, "ĐU": 800, "BC": 700, "KH": 900, "CĐ": 300}
    repaired = repair_code(code, parts)
    assert repair_code(repaired, parts) == repaired
    left = iter(repaired)
    assert all(digit in left for digit in re.findall(r"[1-9]", code))  # in their order


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1950, 2049))
def test_a_date_is_cut_as_it_was_written_or_not_at_all(day: int, month: int, year: int) -> None:
    written = f"{day}/{month}/{year}"
    assert repair_date(written) == written
    assert repair_date(written.replace("/", "1")) in (written, written.replace("/", "1"))
