"""A cell that is merged over rows of a table of duties speaks for each of them; an empty cell does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

import extractors
from schemas.text import Cell, RepairedPage, Span, Table, Text
from tests.extractors.documents import document

ROWS = (
    ("TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp"),
    ("1", "Nạo vét kênh tiêu chính", "Phòng Kinh tế", "Các thôn"),
    ("2", "Sửa chữa cống lấy nước", "", "Công an xã"),
    ("3", "Lắp biển báo tại hồ chứa", "Đoàn Thanh niên xã", "Các thôn"),
)
HEAD = (
    "ỦY BAN NHÂN DÂN\nXÃ SÔNG MÂY\nSố: 12/KH-UBND\nSông Mây, ngày 04 tháng 3 năm 2026\nKẾ HOẠCH\nTu bổ kênh mương\n"
    "Phân công nhiệm vụ cụ thể theo bảng sau:\n"
)


def text(*, merged: bool) -> Text:
    """A plan with the table; the empty cell is covered by the one above it, or only empty."""
    printed = HEAD + "\n".join(cell for row in ROWS for cell in row if cell)
    made = document(printed)
    at = len(HEAD)
    rows = []
    for row in ROWS:
        cells = []
        for words in row:
            box = None if merged and not words else (0.0, 0.0, 1.0, 1.0)
            cells.append(Cell((Span(at, at + len(words)),) if words else (), box))
            at += len(words) + 1 if words else 0
        rows.append(tuple(cells))
    page = replace(made.document.pages[0], tables=(Table(tuple(rows)),))
    return Text(replace(made.document, pages=(page,)), (RepairedPage(page, page.text),))


@pytest.mark.parametrize(("merged", "second"), [(True, "Phòng Kinh tế"), (False, None)], ids=["merged", "empty"])
def test_a_merged_lead_is_that_of_each_row(merged: bool, second: str | None) -> None:
    record = extractors.extract(text(merged=merged))
    leads = {duty.task: list(duty.lead) for duty in record.assignments}
    assert leads["Nạo vét kênh tiêu chính"] == ["Phòng Kinh tế"]
    assert leads.get("Sửa chữa cống lấy nước", [None])[0] == second
    assert leads["Lắp biển báo tại hồ chứa"] == ["Đoàn Thanh niên xã"]
