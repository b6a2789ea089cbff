"""Whether digits on a scan look printed: handwritten ones are read wrongly but plausibly, so they are doubted.

Measured on public scans: of handwritten numbers and days none was read right; the recogniser's confidence in them was
at most 0.75, they stand higher than the printed digits of their page, and their strokes are a pen's
(``ingest.handwriting``, which marks their places).
"""

from __future__ import annotations

from functools import lru_cache
from statistics import median

from extractors._rules import View, Whole
from schemas.record import Box, Evidence
from schemas.text import Page, RepairedPage, Span, Word

SURE = 0.8
"""The least confidence (0 to 1) of a printed number."""
SURE_WHOLE = 0.6
"""The same of a word that holds number and symbol ("12-KH/ĐU") and is no taller than the printed digits: the recogniser
hesitates over its letters, not its digits.
"""
SURE_TWICE, AGREED = 0.4, -0.3
"""The same of a word that a further reader read alike, with this log-probability at least."""
TALLER = 1.3
"""Digits that much taller than the page's printed digits were written by hand."""
WHOLE_TALLER = 1.1


def printed_digits(view: View, span: Span) -> bool:
    """Whether the digits of a view's span are surely printed: text that was no picture, or words that were read surely
    or twice alike, and not written by a pen.
    """
    for evidence in view.cite(span, ""):
        repaired = _page(view, evidence)
        if repaired.page.source.text_from not in ("ocr", "both"):
            continue
        usual = _digit_height(Whole(view.source), evidence.page)
        words = repaired.words(Span(evidence.start, evidence.end))
        if not all(word.confidence is None or _is_printed(repaired.page, word, usual) for word in words):
            return False
    return True


def _is_printed(page: Page, word: Word, usual: float | None) -> bool:
    """Whether a word with digits was printed; ``usual`` is the height of the page's printed digits."""
    if any(mark.kind == "handwriting" and _touch(mark.box, word.box) for mark in page.marks):
        return False
    if _disagrees(page, word):
        return False
    confidence = word.confidence or 0.0
    if word.again and word.again[0][1] >= AGREED:
        return confidence >= SURE_TWICE
    height = word.box[3] - word.box[1]
    if not page.text[word.span.start : word.span.end].strip(".,:;").isdigit() and usual is not None:
        return confidence >= (SURE_WHOLE if height <= WHOLE_TALLER * usual else SURE)
    return confidence >= SURE and (usual is None or height <= TALLER * usual)


def other_readings(view: View, span: Span) -> str:
    """What further readers saw in place of the words with digits of a view's span, for a note; "" for nothing."""
    found = []
    for evidence in view.cite(span, ""):
        repaired = _page(view, evidence)
        words = repaired.words(Span(evidence.start, evidence.end))
        found += [word.again[0][0] for word in words if _disagrees(repaired.page, word) and _digits(word.again[0][0])]
    return f"; read again: {', '.join(found)}" if found else ""


def _touch(mark: Box, word: Box) -> bool:
    """Whether a word and a mark in its line have at least half of the narrower one's width in common."""
    across = min(mark[2], word[2]) - max(mark[0], word[0])
    return across >= min(mark[2] - mark[0], word[2] - word[0]) / 2 and mark[1] < (word[1] + word[3]) / 2 < mark[3]


def _disagrees(page: Page, word: Word) -> bool:
    """Whether a further reader saw other digits than the recogniser.

    Measured on drawn and real scans: where two readers saw different digits, the recogniser had 2 of 58 words right;
    where they agreed, 837 of 880.
    """
    return bool(word.again) and _digits(word.again[0][0]) != _digits(page.text[word.span.start : word.span.end])


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _page(view: View, evidence: Evidence) -> RepairedPage:
    return next(page for page in view.source.pages if page.page.number == evidence.page)


@lru_cache(maxsize=4)
def _digit_height(whole: Whole, number: int) -> float | None:
    page = next(page.page for page in whole.text.pages if page.page.number == number)
    heights = [
        word.box[3] - word.box[1]
        for word in page.words
        if (word.confidence or 0.0) > 0.9 and _is_number(page.text, word.span)
    ]
    return median(heights) if len(heights) >= 3 else None


def _is_number(text: str, span: Span) -> bool:
    """Whether all digits of a number, and nothing else, stand in a span."""
    start, end = span
    if not text[start:end].isdecimal():
        return False
    return not text[end : end + 1].isdecimal() and (start == 0 or not text[start - 1].isdecimal())
