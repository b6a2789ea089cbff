from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.cells import LONGEST, disarmed, fitting, visible, xml_text

CASES = [
    ("=1+1", "'=1+1"),
    ("+84", "'+84"),
    ("- Phòng", "'- Phòng"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("  =1", "'  =1"),
    ("\t=1", "\\u0009=1"),
    ("\r=1", "\\u000d=1"),
    ("＝1", "'＝1"),
    ("a=1", "a=1"),
    ("27/KH-UBND", "27/KH-UBND"),
    ("a\u202eb", "a\\u202eb"),
    ("hoa\u0300", "hoà"),
]


@pytest.mark.parametrize(("text", "written"), CASES)
def test_what_a_spreadsheet_would_run_is_disarmed(text: str, written: str) -> None:
    assert disarmed(text) == written


@given(st.text())
def test_nothing_hidden_is_left_and_no_cell_begins_a_formula(text: str) -> None:
    shown = disarmed(text)
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in shown} & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}
    assert visible(visible(text)) == visible(text)
    assert len(fitting(text)) <= LONGEST


@given(st.text())
def test_xml_text_is_text_of_xml_1_0(text: str) -> None:
    written = xml_text(text)
    written.encode()
    assert not any(char < " " or char in "\ufffe\uffff" for char in written)


def test_a_long_text_ends_with_a_mark() -> None:
    assert fitting("x" * 40_000) == "x" * (LONGEST - 1) + "…"
    assert fitting("x" * LONGEST) == "x" * LONGEST
