from __future__ import annotations

from itertools import count

import pytest

from ingest.reading_order import compose
from ingest.rows import Token

HEAD = ((90, "TT"), (130, "Nội dung"), (300, "Cơ quan chủ trì"), (430, "Thời gian"))
ROWS = (
    ((90, "1"), (125, "Trồng cây ven đường và"), (300, "Phòng Kinh tế"), (430, "Quý I/2026")),
    ((125, "chăm sóc cây đã trồng"), (300, "xã Sông Mây")),
    ((90, "2"), (125, "Làm sạch kênh mương"), (300, "Các thôn"), (430, "Hằng quý")),
)
AFTER = ((90, "Ủy ban nhân dân xã yêu cầu các thôn, các trường và các đoàn thể xã thực hiện tốt kế hoạch này."),)


def tokens(*lines: tuple[tuple[float, str], ...]) -> list[Token]:
    """Words of lines 15 points apart, five points a letter."""
    found = []
    for number, line in enumerate(lines):
        for x, text in line:
            step = count(x, 5.0)
            for word in text.split():
                left = next(step)
                right = left + 5 * len(word) - 1
                found.append(Token(word, (left, 100 + 15 * number, right, 110 + 15 * number), 0.9, number))
                for _ in word:
                    next(step)
    return found


def cells(*lines: tuple[tuple[float, str], ...]) -> list[list[str]]:
    composed = compose(tokens(*lines))
    rows = [row for table in composed.tables for row in table.rows]
    return [[" ".join(composed.text[a:b] for a, b in cell.spans) for cell in row] for row in rows]


def test_columns_that_blanks_keep_apart_are_read_cell_by_cell() -> None:
    assert cells(HEAD, *ROWS, AFTER) == [
        ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"],
        ["1", "Trồng cây ven đường và chăm sóc cây đã trồng", "Phòng Kinh tế xã Sông Mây", "Quý I/2026"],
        ["2", "Làm sạch kênh mương", "Các thôn", "Hằng quý"],
    ]


def test_what_follows_is_read_after_the_table() -> None:
    text = compose(tokens(HEAD, *ROWS, AFTER)).text
    assert text.endswith(AFTER[0][1])


@pytest.mark.parametrize(
    "lines",
    [
        ROWS,
        (HEAD, AFTER, *ROWS),
        (((90, "Nơi nhận:"), (300, "TM. ỦY BAN"), (430, "CHỦ TỊCH")), *ROWS),
        (HEAD, ROWS[0]),
    ],
    ids=["no head", "text under the head", "the end of a document", "one row"],
)
def test_what_is_no_table(lines: tuple[tuple[tuple[float, str], ...], ...]) -> None:
    assert cells(*lines) == []
