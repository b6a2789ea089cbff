"""What tables are measured by: the drawn cells, the records that they should give, and how a cell counts."""

from __future__ import annotations

import pytest

from bench.cells import Compared, compared, gold_of, roles
from bench.tables import drawn_grids
from samples.markup import Source
from samples.sheet import Sheet
from schemas.record import PageSource
from schemas.text import Cell, Page, RepairedPage, Span, Table

ROWS = [
    "|TT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời hạn|",
    "|**I. KÊNH MƯƠNG**|<|<|<|<|",
    "|1|- Nạo vét kênh // - Sửa cống|Phòng Kinh tế|Công an xã, các thôn|Quý I/2026|",
    "|2|Trồng cây|^|Các thôn|Quý II/2026|",
]


def test_rows_state_duties_and_merged_cells_hand_down() -> None:
    duties = gold_of(Source("x", {}, ROWS, {})).assignments
    assert [(d.task, d.lead, d.support) for d in duties] == [
        ("Nạo vét kênh", ("Phòng Kinh tế",), ("Công an xã", "các thôn")),
        ("Sửa cống", ("Phòng Kinh tế",), ("Công an xã", "các thôn")),
        ("Trồng cây", ("Phòng Kinh tế",), ("Các thôn",)),
    ]


def test_columns_of_years_state_goals() -> None:
    rows = ["|TT|Chỉ tiêu|Đơn vị tính|Năm 2026|Năm 2027|", "|1|Thu ngân sách|triệu đồng|1.200|1.350,5|"]
    gold = gold_of(Source("x", {}, rows, {}))
    assert [(g.period, g.value, g.unit) for g in gold.targets] == [
        ("2026", 1_200_000_000, "đồng"),
        ("2027", 1_350_500_000, "đồng"),
    ]
    assert "assignments" not in gold.model_fields_set


def test_cells_count_in_their_row_and_column() -> None:
    sheet = Sheet(cells=[["TT", "Nhiệm vụ"], ["1", "Nạo vét kênh"], ["2", "Trồng cây"]])
    text = "TT\nNhiệm vụ\n1\nNạo vét kẽnh\nTrồng cây\n2"
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in text.split("\n")]
    cells = [Cell((span,), (0, 0, 1, 1)) for span in spans]
    page = Page(
        1,
        text,
        PageSource(number=1, text_from="ocr", quality="none"),
        tables=(Table(((cells[0], cells[1]), (cells[2], cells[3]), (cells[4], cells[5]))),),
    )
    found = list(compared([(sheet, RepairedPage(page, text))]))
    assert [(cell.kind, cell.right) for cell in found] == [
        ("head", True), ("head", True), ("number", True), ("task", True), ("number", False), ("task", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("seen", "right"), [("3", True), ("8", False), ("", False)])
def test_a_lone_digit_counts_only_where_it_is_the_same(seen: str, right: bool) -> None:
    assert Compared("number", "3", seen).right is right


def test_the_drawn_tables_have_heads_rows_and_records() -> None:
    grids = drawn_grids()
    assert len(grids) >= 6
    for grid in grids:
        rows = [row for sheet in grid.sheets for row in sheet.cells]
        assert len({len(row) for row in rows}) == 1 and {"task", "number"} <= set(roles(rows[0])), grid.name
        assert grid.gold is None or grid.gold.assignments or grid.gold.targets, grid.name
