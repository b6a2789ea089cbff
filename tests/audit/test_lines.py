from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.lines import aligned
from audit.words import differing

LINES = st.lists(st.sampled_from(["Kính gửi:", "Kinh gửi:", "Công an xã", "Nơi nhận", "", "a"]), max_size=8)


@given(LINES, LINES)
def test_each_line_stands_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = list(aligned(before, after))
    assert [i for i, _ in pairs if i is not None] == list(range(len(before)))
    assert [j for _, j in pairs if j is not None] == list(range(len(after)))


@given(LINES)
def test_equal_lines_are_pairs(lines: list[str]) -> None:
    assert list(aligned(lines, lines)) == [(number, number) for number in range(len(lines))]


def test_a_line_is_matched_with_the_one_it_is_like() -> None:
    before = ["Kính gửi: Sở Nội vụ", "Thực hiện Kế hoạch số 12"]
    after = ["Số: 5", "Kinh gửi: Sở Nội vu", "Trang 2", "Thực hiện Kê hoạch số 12"]
    assert list(aligned(before, after)) == [(None, 0), (0, 1), (None, 2), (1, 3)]


@given(st.text("ab \t", max_size=12), st.text("ab \t", max_size=12))
def test_stretches_are_the_text(before: str, after: str) -> None:
    left, right = differing(before, after)
    assert "".join(stretch.text for stretch in left) == before
    assert "".join(stretch.text for stretch in right) == after
    kept = [[stretch.text for stretch in side if not stretch.differs] for side in (left, right)]
    assert kept[0] == kept[1]
    assert any(stretch.differs for stretch in (*left, *right)) == (before != after)
