"""Several documents in one file: each letterhead begins a part, and a part is attached to the one before it or its own.

A plan that is "kèm theo" a decision belongs to the decision's record, with or without a letterhead of its own. Forms
in an appendix have the motto too, but neither a date nor a code: they begin no part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors._cues import APPENDIX_HEAD, CODE_LINE, NOI_NHAN, PLACE_DATE, SIGNING, is_name
from extractors._lines import Row, rows
from schemas.text import Text

_TOP = 12
"""Lines at the head of a page among which the motto of a letterhead stands."""
_HEAD = 25
"""Lines from the motto on in which code, date and heading stand."""
_ABOVE = 8
"""Lines of issuer, code and subject that can stand above the motto in reading order."""
_STATE = re.compile(r"\bcong h\w{1,2} xa h\w* chu nghia viet nam\W*$|\bdang cong san viet nam\W*$", re.MULTILINE)
_STATE_WORDS = ("chu nghia viet nam", "dang cong san viet nam")
"""One of these stands in each."""
_ATTACHED = re.compile(
    r"\W*(?:ban hanh )?kem theo (?:quyet dinh|nghi quyet|ke hoach|cong van|to trinh|thong tu|nghi dinh|huong dan"
    r"|chi thi|bao cao|thong bao|chuong trinh|quy dinh|ket luan)\b(?! nay)"
)
_CODE = re.compile(r"\W*s[o06]\W{0,4}(\d+ ?[/-] ?[a-z][^ ]*)")
_FORM = re.compile(r"\W*(?:mau|bieu|bieu mau)(?: so)?\b.{0,20}$")
_YEAR = re.compile(r"nam ?\d{4}")


@dataclass(frozen=True)
class Part:
    """One document of a file; ``attached`` are the pages (from 1) where one with its own letterhead joins it."""

    text: Text
    attached: tuple[int, ...] = ()


def parts(text: Text) -> tuple[Part, ...]:
    """The documents of a file, at least one; offsets and page numbers stay those of the file."""
    named = sum(map(text.folded.count, _STATE_WORDS))
    if named < 2 or len(_STATE.findall(text.folded)) < 2:  # most files: one letterhead
        return (Part(text),)
    lines = rows(text)
    cuts: list[int] = [0]
    attached: dict[int, tuple[int, ...]] = {}
    for index in _letterheads(lines):
        head = lines[index : index + _HEAD]
        same = _code(head) is not None and _code(head) == _code(lines[cuts[-1] : cuts[-1] + _HEAD])
        if same or any(_ATTACHED.match(row.folded) for row in head):
            page = text.pages[lines[index].page].page.number
            attached[cuts[-1]] = (*attached.get(cuts[-1], ()), page)
        else:
            cuts.append(index)
    if len(cuts) == 1:
        return (Part(text, attached.get(0, ())),)
    ends = [*cuts[1:], len(lines)]
    return tuple(Part(_cut(text, lines, a, b), attached.get(a, ())) for a, b in zip(cuts, ends, strict=True))


def _code(head: Sequence[Row]) -> str | None:
    match = next((match for row in head if (match := _CODE.match(row.folded))), None)
    return match[1].replace(" ", "") if match else None


def _letterheads(lines: Sequence[Row]) -> list[int]:
    """The first line of each letterhead after the first."""
    found: list[int] = []
    ended = False
    for index, row in enumerate(lines):
        ended = ended or bool(NOI_NHAN.match(row.folded)) or (row.capitals and bool(SIGNING.match(row.folded)))
        if index == 0 or not _STATE.search(row.folded):
            continue
        start = _first(lines, index)
        opens = start > 0 and lines[start - 1].page != row.page
        if start and (ended or opens) and _is_head(lines, start, index):
            found.append(start)
            ended = False
    return found


def _first(lines: Sequence[Row], motto: int) -> int:
    """The first line of the letterhead with this motto: of its page if near the head, else of the issuer above it."""
    page = lines[motto].page
    top = next(i for i in range(motto, -1, -1) if i == 0 or lines[i - 1].page != page)
    if motto - top < _TOP and not any(_ends(row) for row in lines[top:motto]):
        return top
    start = motto
    while start > max(top, motto - _ABOVE) and not _ends(lines[start - 1]) and not is_name(lines[start - 1].text):
        start -= 1
    return start


def _ends(row: Row) -> bool:
    return row.ends or bool(NOI_NHAN.match(row.folded)) or bool(SIGNING.match(row.folded)) or row.text[:1] in "-–"


def _is_head(lines: Sequence[Row], start: int, motto: int) -> bool:
    """Whether code and date follow, as they do in no form; a part that is attached has no code of its own."""
    head = lines[start : motto + _HEAD]
    if any(_FORM.match(row.folded) or APPENDIX_HEAD.match(row.folded) for row in lines[start:motto]):
        return False
    if any(_ATTACHED.match(row.folded) for row in head):
        return True
    dated = any(PLACE_DATE.search(row.folded) and _YEAR.search(row.folded) for row in head)
    return dated and any(CODE_LINE.match(row.folded) and re.search(r"[/-] ?[a-z]", row.folded) for row in head)


def _cut(text: Text, lines: Sequence[Row], start: int, end: int) -> Text:
    """The text of some lines: their pages, each with these lines alone, so that every offset holds."""
    first, last = lines[start].span.start, lines[end - 1].span.end
    kept: dict[int, list[int]] = {}
    seen: dict[int, int] = {}
    for line in text.lines:
        at = seen[line.page] = seen.get(line.page, -1) + 1
        if first <= line.span.end and line.span.start <= last:
            kept.setdefault(line.page, []).append(at)
    pages = tuple(
        replace(
            text.pages[page],
            page=replace(text.pages[page].page, lines=tuple(text.pages[page].page.lines[at] for at in numbers)),
        )
        for page, numbers in sorted(kept.items())
    )
    return Text(replace(text.document, pages=tuple(page.page for page in pages)), pages)
