from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from audit.pairing import assign, pair_items, pair_texts
from schemas.record import Assignment, Reference
from tests.audit.records import Plain, assignment, piece, reference


def references(*rows: tuple[str | None, str | None, str | None, int]) -> list[Reference]:
    """References by code, date, subject and the line where they stand."""
    made: list[Plain] = []
    for code, date, subject, line in rows:
        made.append({**reference("", "2025", "", "", line), "code": code, "date": date, "subject": subject})
        made[-1] |= {"issuer": None, "evidence": [piece("quyết định", line)]}
    return [Reference.model_validate(plain) for plain in made]


@pytest.mark.parametrize(
    ("likeness", "pairs"),
    [
        ([[90, 85], [86, 0]], [(0, 1), (1, 0)]),  # the best first would leave two alone
        ([[100, 71], [71, 0]], [(0, 1), (1, 0)]),
        ([[100, 70], [70, 0]], [(0, 0)]),  # one that is the same outweighs two that are barely alike
        ([[0, 0], [0, 0]], []),
    ],
)
def test_the_pairs_are_the_best_all_together(likeness: Any, pairs: list[tuple[int, int]]) -> None:
    assert assign(np.array(likeness, float)) == pairs


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        pytest.param([("12/QĐ-UBND", None, None, 1)], [("13/QĐ-UBND", None, None, 9)], [], id="two codes"),
        pytest.param([("12/QĐ-UBND", None, None, 1)], [("13/QĐ-UBND", None, None, 1)], [(0, 0)], id="in one place"),
        pytest.param([("12/QĐ-UBND", "2025", None, 1)], [("13/QĐ-UBND", "2025", None, 9)], [(0, 0)], id="of one date"),
        pytest.param(
            [("12/QĐ-UBND", None, "trồng cây phân tán", 1)],
            [("72/QĐ-UBND", None, "trồng cây phân tán", 9)],
            [(0, 0)],
            id="about one thing",
        ),
        pytest.param(
            [("12/QĐ-UBND", None, "trồng cây phân tán", 1)],
            [(None, None, "trồng cây phân tán", 9)],
            [(0, 0)],
            id="code lost",
        ),
    ],
)
def test_references(before: Any, after: Any, pairs: list[tuple[int, int]]) -> None:
    assert pair_items(references(*before), references(*after)) == pairs


def test_a_task_that_was_cut_is_matched_where_it_stands() -> None:
    whole = "kiểm tra, nghiệm thu kết quả trồng rừng, báo cáo Ủy ban nhân dân xã trước ngày 15 hằng tháng"

    def duty(task: str, line: int) -> Assignment:
        return Assignment.model_validate(assignment(task, [], [], "", line))

    assert pair_items([duty(whole, 10)], [duty(whole[:28], 10)]) == [(0, 0)]
    assert pair_items([duty(whole, 10)], [duty(whole[:28], 90)]) == []


def test_names_are_matched_without_marks() -> None:
    assert pair_texts(["Phòng Kinh tế", "Công an xã"], ["Cong an xa", "Phòng Kinh tê", "Tổ"]) == [(0, 1), (1, 0)]
