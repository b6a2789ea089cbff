"""The duties of a cell: one a bullet, also where the dash of the first was lost beside a rule."""

from __future__ import annotations

import pytest

from extractors._appendix import _bullets
from extractors._rules import View
from tests.extractors.documents import document


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("- Đối thoại với các hộ\n- Công khai danh sách", ["Đối thoại với các hộ", "Công khai danh sách"]),
        ("Đối thoại với các hộ\n- Công khai danh sách", ["Đối thoại với các hộ", "Công khai danh sách"]),
        ("Tổ chức các việc sau:\n- Công khai danh sách", ["Tổ chức các việc sau: - Công khai danh sách"]),
        ("Kiểm tra các tổ chức chính\ntrị - xã hội", ["Kiểm tra các tổ chức chính trị - xã hội"]),
    ],
)
def test_each_bullet_is_a_duty(cell: str, expected: list[str]) -> None:
    text = document(cell)
    view = View(text, tuple(line.span for line in text.lines))
    assert [view.text[start:end].strip(" -") for start, end in _bullets(view)] == expected
