"""The two columns of the end of a document, parted where a text has lost the blanks between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors import _tables
from extractors._fragments import UPPER
from extractors._lines import Row, folded_words
from schemas.text import Span

_AUTHORITY_AT_END = re.compile(
    rf"(?<=\S\s)(?:TI?M|T/M|K[T1]|K/T|TL|TUQ)\b[.,:]? ?(?P<whom>[{UPPER}]{{2,}}(?: [{UPPER}]+)*)\W*$"
)
_CAPITALS_AT_END = re.compile(rf"(?<=\S\s)[{UPPER}]{{2,}}(?: [{UPPER}]{{2,}})+\W*$")
_LONGEST = 200
"""Letters of a line that can hold two columns."""
_SIGN_FOR = ("uy ban", "hoi dong", "ban thuong vu", "ban chap hanh", *sorted(_tables.positions()))
_RIGHT_REACH = 6
"""Lines below an authority within which its position stands."""


def side_by_side(lines: Sequence[Row]) -> list[Row]:
    """The lines with the two columns of the end parted where a text has lost the blanks between them:
    "Nơi nhận: KT. CHỦ TỊCH" is two, "- Lưu: VT. PHÓ CHỦ TỊCH" too.
    """
    found: list[Row] = []
    reach = 0
    for row in lines:
        at = _right_column(row, below=reach > 0) if row.column == 0 and len(row.text) < _LONGEST else None
        reach = _RIGHT_REACH if at is not None else reach - 1
        if at is None:
            found.append(row)
        else:
            found += [_piece(row, a, b, column) for a, b, column in ((0, at, 1), (at, len(row.text), 2)) if a < b]
    return found


def _right_column(row: Row, *, below: bool) -> int | None:
    """Where the signature's part of a line begins: an authority, or below one a position in capitals."""
    match = _AUTHORITY_AT_END.search(row.text)
    if match and folded_words(match["whom"]).startswith(_SIGN_FOR):
        return match.start()
    match = _CAPITALS_AT_END.search(row.text) if below else None
    if match and folded_words(match[0]) in _tables.positions():
        return match.start() if row.text[:1] in "-–—" else 0
    return None


def _piece(row: Row, start: int, end: int, column: int) -> Row:
    start += len(row.text[start:end]) - len(row.text[start:end].lstrip())
    end = start + len(row.text[start:end].rstrip())
    span = Span(row.span.start + start, row.span.start + end)
    return replace(row, span=span, text=row.text[start:end], folded=row.folded[start:end], column=column, raw="")
