from __future__ import annotations

import pytest

from audit import syllable_accuracy
from audit.alike import body, canonical, contains, is_alike, key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà  bình\n– “thuỷ”", 'hòa bình - "thủy"'),
        ("UỶ BAN", "ỦY BAN"),
        ("Uỷ ban", "Ủy ban"),
        ("e\u0302\u0323", "ệ"),
        (None, ""),
    ],
)
def test_canonical(text: str | None, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Số: 12/KH-UBND", "số 12/kh-ubnd", True),
        ("7/TB-VP&TH", "7/TB-VP-TH", False),
        ("21/QĐ-UBND", "21/QD-UBND", False),
    ],
)
def test_key(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same


def test_two_missing_values_are_not_alike() -> None:
    assert not is_alike("", "", 0)
    assert not is_alike(None, "xã An Lộc", 0)


def test_body_is_written_out_only_as_a_word() -> None:
    assert body("UBND và HĐND xã") == "Ủy ban nhân dân và Hội đồng nhân dân xã"
    assert body("VPUBND") == "VPUBND"


def test_contains_finds_a_phrase_inside() -> None:
    assert contains("Phấn đấu đến cuối năm trồng mới 40 ha rừng ven biển", "trồng mới 40 ha rừng", 90)
    assert not contains("Phấn đấu đến cuối năm", "trồng mới 40 ha rừng", 90)


@pytest.mark.parametrize(
    ("text", "accuracy"),
    [
        ("Kế hoạch trồng cây năm 2026.", 1.0),
        ("kế hoạch\ntrồng cây: năm 2026", 5 / 6),
        ("Kê hoạch trồng cây 2026", 4 / 6),
        ("", 0.0),
    ],
)
def test_syllable_accuracy(text: str, accuracy: float) -> None:
    assert syllable_accuracy(text, "Kế hoạch trồng cây năm 2026") == pytest.approx(accuracy)
