"""What repair is measured by is measured rightly."""

from __future__ import annotations

from bench.marks import in_any_order, kept_numbers, numbers, precision, reliability, without_marks
from schemas.record import PageSource
from schemas.text import Change, Doubt, Page, RepairedPage, Span, apply_changes


def repaired(text: str, *pairs: tuple[str, str], doubts: tuple[Doubt, ...] = ()) -> RepairedPage:
    """A page of ``text`` where each first string was changed to the second."""
    changes = [
        Change(Span(start, start + len(before)), before, after, "channel", 1.0)
        for before, after in pairs
        for start in (text.index(before),)
    ]
    return apply_changes(Page(1, text, PageSource(number=1, text_from="text-file", quality="garbled")), changes, doubts)


def test_marks_are_removed_and_capitals_stay() -> None:
    assert without_marks("Đường Ủy ban, 5% – ớ") == "Duong Uy ban, 5% – o"


def test_numbers_dates_and_codes_count() -> None:
    assert numbers("ngày 24/5/2025, 1.716 (3,2%) s6 18/NQ-HĐND 30/2020/NĐ-CP 16p") == [
        "24/5/2025", "1.716", "3,2%", "18", "30", "2020",
    ]  # fmt: skip


def test_only_numbers_that_were_right_can_be_lost() -> None:
    assert kept_numbers(
        "dat 50 trong 13 ngay 1/2/2025", "đạt số trong 13 ngày 1/2/2025", "đạt 50 trong 15 ngày 1/2/2025"
    ) == (2, 1)


def test_edits_are_judged_by_their_words() -> None:
    page = repaired("Ké hoach xã cay va ma", ("Ké", "Kế"), ("xã", "xa"), ("cay", "cấy"), ("ma", "mà"))
    assert precision(page, "Kế hoạch xã cây và mà") == (4, 2, 1)


def test_words_count_in_any_order() -> None:
    assert in_any_order("hai một ba ba", "một hai ba bốn") == 0.75


def test_words_without_a_doubt_are_certain() -> None:
    page = repaired("Ké hoach x", ("Ké", "Kế"), doubts=(Doubt(Span(3, 8), 0.8, "hoặc"),))
    found = reliability(page, "Kế hoạch x")
    assert found[0.7] == (1, 0, 0.8)
    assert found[0.99] == (2, 2, 2.0)
