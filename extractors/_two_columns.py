"""The two columns of head and end of a document, parted where a text has lost the blanks between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors import _tables
from extractors._cues import ABOUT, BODY_HEAD, CODE_LINE, HEAD, NOI_NHAN
from extractors._fragments import NAME, UPPER
from extractors._lines import Row, folded_words
from schemas.text import Span, fold

_AUTHORITY_AT_END = re.compile(
    rf"(?<=\S\s)(?:TI?M|T/M|K[T1]|K/T|TL|TUQ)\b[.,:]? ?(?P<whom>[{UPPER}]{{2,}}(?: [{UPPER}]+)*)\W*$"
)
_CAPITALS_AT_END = re.compile(rf"(?<=\S\s)[{UPPER}]{{2,}}(?: (?:[-–] )?[{UPPER}]{{2,}})+\W*$")
_NAME_AT_END = re.compile(rf"(?<=[;.)] )(?:{NAME} ){{1,3}}(?:{NAME}|[{UPPER}]['’]{NAME})$")
_SIGNED_AT_END = re.compile(r"(?<=\S )(?:Ký bởi|Người ký|Ký ngày|Ngày ký|Thời gian ký) ?:.*$")
_PLACE_AT_END = re.compile(
    rf"(?<=\S )(?:TP\.? ?|[Tt]hành phố |[Tt]ỉnh )?{NAME}(?: {NAME}){{0,4}}, ?"
    r"[Nn]g[àa]y\b.{1,14}\bth[áa]ng\b.{1,14}$"
)
_LONGEST = 200
"""Letters of a line that can hold two columns."""
_RIGHT_REACH = 8
"""Lines below an authority or a position within which position and name stand."""


def side_by_side(lines: Sequence[Row]) -> list[Row]:
    """The lines with two columns parted where a text has lost the blanks between them: "Nơi nhận: KT. CHỦ TỊCH" is
    two, "- Lưu: VT. PHÓ CHỦ TỊCH" too, and "V/v trồng cây Tịnh Khê, ngày 5 tháng 9 năm 2025".
    """
    found: list[Row] = []
    reach = 0
    for index, row in enumerate(lines):
        if index < HEAD and row.column == 0 and (at := _place_column(row)) is not None:
            left = replace(_piece(row, 0, at, 0), raw=row.raw)
            found += [_piece(row, at, len(row.text), 2), left]  # the left one last: it may go on in the next line
            continue
        at = _right_column(row, below=reach > 0) if row.column == 0 and len(row.text) < _LONGEST else None
        reach = _RIGHT_REACH if at is not None else reach - 1
        if at is None:
            found.append(row)
        else:
            found += [_piece(row, a, b, column) for a, b, column in ((0, at, 1), (at, len(row.text), 2)) if a < b]
    return found


def _right_column(row: Row, *, below: bool) -> int | None:
    """Where the signature's part of a line begins: an authority, or below one or beside "Nơi nhận:" a position in
    capitals, or below them a name.
    """
    match = _AUTHORITY_AT_END.search(row.text) if _ends_in_capital(row.text) else None
    if match and (BODY_HEAD.match(fold(match["whom"])) or f"{folded_words(match['whom'])} ".startswith(_positions())):
        return match.start()
    heads = "nhan" in row.folded and NOI_NHAN.match(row.folded) is not None
    listed = row.text[:1] in "-–—" or heads
    match = _CAPITALS_AT_END.search(row.text) if below or heads else None
    if match and f"{folded_words(match[0])} ".startswith(_positions()):
        return match.start() if listed else 0
    match = _SIGNED_AT_END.search(row.text) if listed else None
    if match is None and below and listed and (named := _NAME_AT_END.search(row.text)):
        match = named if named[0].split()[0] in _tables.surnames() or "'" in named[0] or "’" in named[0] else None
    return match.start() if match else None


def _ends_in_capital(text: str) -> bool:
    """Whether the last letter, digit or underscore of a line is a capital."""
    at = len(text) - 1
    while at >= 0 and not (text[at].isalnum() or text[at] == "_"):
        at -= 1
    return at >= 0 and text[at].isupper()


def _place_column(row: Row) -> int | None:
    """Where place and date begin in a line that begins with a body in capitals, the code or "V/v"."""
    match = _PLACE_AT_END.search(row.text) if "ngay" in row.folded and "thang" in row.folded else None
    if match is None:
        return None
    left = row.text[: match.start()]
    body = sum(map(str.isupper, left)) > sum(map(str.islower, left)) and BODY_HEAD.match(row.folded)
    about = ABOUT.match(row.folded) or ABOUT.match(fold(row.raw))
    return match.start() if body or about or CODE_LINE.match(row.folded) else None


@cache
def _positions() -> tuple[str, ...]:
    return tuple(f"{name} " for name in _tables.positions())


def _piece(row: Row, start: int, end: int, column: int) -> Row:
    start += len(row.text[start:end]) - len(row.text[start:end].lstrip())
    end = start + len(row.text[start:end].rstrip())
    span = Span(row.span.start + start, row.span.start + end)
    return replace(row, span=span, text=row.text[start:end], folded=row.folded[start:end], column=column, raw="")
