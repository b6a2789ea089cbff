"""The sentences of a paragraph that a body opens, or in which one is given an order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import _duties
from extractors._duties import Subject
from extractors._rules import View

_LEADING_RE = re.compile(r"(?:trach nhiem cua|doi voi|nhiem vu cua|ve phia|trach nhiem) ")
_SENTENCES = 40
"""Places in one paragraph where a body is looked for."""
_SENTENCE_RE = re.compile(r"(?<=[.!?…:] )(?=[A-ZĐÁÀẢÂĂÊÔƠƯỦ])")
_CLAUSE_RE = re.compile(r"; |(?<=[^\W\d])\. ")
_ORDERED_RE = re.compile(r"(?<=[,;:.] )(?=(?:thong nhat |dong thoi |dong y )?(?:giao|phan cong) )")
"""Where an order stands within a paragraph ("Về vướng mắc ...: Thống nhất giao Sở X ...")."""
_ADVERB_RE = re.compile(
    r"(?:hang (?:nam|quy|thang)|dinh ky|can cu|tren co so|truoc|sau khi|khi|trong)\b[^.;:]{0,120}?, "
)


def subject(view: View) -> Subject | None:
    """The bodies that open a paragraph, after "Trách nhiệm của", "Đối với"."""
    match = _LEADING_RE.match(view.folded)
    return _duties.subject(view, match.end() if match else 0)


def clauses(view: View, at: int) -> Iterator[tuple[int, Subject]]:
    """Clauses after ";", and orders after a full stop, that a body opens."""
    for stop in _CLAUSE_RE.finditer(view.text, at):
        found = _duties.subject(view, stop.end())
        if found is None or not _duties.acts(view, found):
            continue
        if found.ordered or (stop[0][0] == ";" and view.text[stop.end()].isupper()):
            yield stop.end(), found


def ordered_later(view: View) -> Subject | None:
    """The body of the first order within a paragraph."""
    for start in (0, *(m.end() for m in _ORDERED_RE.finditer(view.folded))):
        found = _duties.subject(view, start)
        if found and found.ordered and _duties.acts(view, found) and not _duties.is_closing(view, found):
            return found
    return None


def acting_later(view: View) -> Subject | None:
    """The body that opens the first sentence within a paragraph that a body opens."""
    starts = [m.end() for m in _SENTENCE_RE.finditer(view.text)]
    for start in sorted({0, *starts} | set(_after_adverbs(view, [0, *starts])))[:_SENTENCES]:
        found = _duties.subject(view, start)
        if found and not found.ordered and _acts(view, found) and not _duties.is_closing(view, found):
            return found
    return None


def _after_adverbs(view: View, starts: list[int]) -> Iterator[int]:
    """Where a sentence goes on after "Hằng năm, ", "căn cứ vào nhiệm vụ được giao, "."""
    for start in starts:
        at = start
        for _ in range(3):
            match = _ADVERB_RE.match(view.folded, at)
            if match is None:
                break
            at = match.end()
            yield at


def _acts(view: View, found: Subject) -> bool:
    return _duties.acts(view, found) or view.folded[found.rest :].startswith(
        (", dac biet la", ", nhat la", ", truoc het la")
    )
