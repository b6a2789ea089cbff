from __future__ import annotations

from collections.abc import Sequence
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


def cells(*lines: tuple[tuple[float, str], ...], bands: Sequence[Sequence[float]] = ()) -> list[list[str]]:
    composed = compose(tokens(*lines), bands=bands)
    rows = [row for table in composed.tables for row in table.rows]
    return [[" ".join(composed.text[a:b] for a, b in cell.spans) for cell in row] for row in rows]


def test_columns_that_blanks_keep_apart_are_read_cell_by_cell() -> None:
    assert cells(HEAD, *ROWS, AFTER) == [
        ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"],
        ["1", "Trồng cây ven đường và chăm sóc cây đã trồng", "Phòng Kinh tế xã Sông Mây", "Quý I/2026"],
        ["2", "Làm sạch kênh mương", "Các thôn", "Hằng quý"],
    ]


def test_the_title_of_a_group_of_rows_parts_no_table() -> None:
    titled = (HEAD, ((90, "I. Trồng cây, chăm sóc"),), *ROWS[:2], ((90, "II. Kênh mương và đê"),), ROWS[2], AFTER)
    assert [row[0] for row in cells(*titled)] == ["TT", "I. Trồng cây, chăm sóc", "1", "II. Kênh mương và đê", "2"]


def test_columns_with_words_left_of_their_heads_are_found() -> None:
    centred = ((90, "TT"), (160, "Nội dung"), (320, "Chủ trì"), (445, "Thời gian"))
    assert [row[1:3] for row in cells(centred, *ROWS)] == [
        ["Nội dung", "Chủ trì"],
        ["Trồng cây ven đường và chăm sóc cây đã trồng", "Phòng Kinh tế xã Sông Mây"],
        ["Làm sạch kênh mương", "Các thôn"],
    ]


def test_a_table_goes_on_at_the_head_of_a_page() -> None:
    number = ((300, "4"),)
    more = (((90, "3"), (125, "Thu gom rác tại chợ"), (300, "Tổ dân phố"), (430, "Hằng tuần")),
            ((90, "4"), (125, "Lắp đèn đường"), (300, "Phòng Kinh tế"), (430, "Quý III/2026")))  # fmt: skip
    assert cells(number, *more, ROWS[2], AFTER)[0] == ["3", "Thu gom rác tại chợ", "Tổ dân phố", "Hằng tuần"]
    assert len(cells(number, *more, ROWS[2], AFTER)) == 3


def test_rules_across_tell_the_rows() -> None:
    unnumbered = tuple(tuple(piece for piece in row if piece[0] != 90) for row in (HEAD, *ROWS))
    found = cells(*unnumbered, bands=[(96.0, 112.0, 142.0, 158.0)])
    assert [row[0] for row in found] == [
        "Nội dung",
        "Trồng cây ven đường và chăm sóc cây đã trồng",
        "Làm sạch kênh mương",
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
