"""Whether digits on a scan look printed: handwritten ones are read wrongly but plausibly, so they are doubted.

Measured on public scans: of handwritten numbers and days none was read right; the recogniser's confidence in them was
at most
0.75, and they stand higher than the printed digits of their page.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import median

from extractors._rules import View, Whole
from schemas.record import Evidence
from schemas.text import Page, RepairedPage, Span, Word

SURE = 0.8
"""The least confidence (0 to 1) of a printed number."""
SURE_WHOLE = 0.6
"""The same of a word that holds number and symbol ("12-KH/ĐU") and is no taller than the printed digits: the recogniser
hesitates over its letters, not its digits.
"""
TALLER = 1.3
"""Digits that much taller than the page's printed digits were written by hand."""
WHOLE_TALLER = 1.1


def printed_digits(view: View, span: Span) -> bool:
    """Whether the digits of a view's span are surely printed: text that was no picture, or a sure word of usual
    height.
    """
    for evidence in view.cite(span, ""):
        repaired = _page(view, evidence)
        page = repaired.page
        if page.source.text_from not in ("ocr", "both"):
            continue
        usual = _digit_height(Whole(view.source), evidence.page)
        for word in repaired.words(Span(evidence.start, evidence.end)):
            if word.confidence is None:
                continue
            height = word.box[3] - word.box[1]
            bare = page.text[word.span.start : word.span.end].strip(".,:;").isdigit()
            whole = not bare and usual is not None and height <= WHOLE_TALLER * usual
            tall = bare and usual is not None and height > TALLER * usual
            if word.confidence < (SURE_WHOLE if whole else SURE) or tall or _disagrees(page, word):
                return False
    return True


def other_readings(view: View, span: Span) -> str:
    """What further readers saw in place of the words with digits of a view's span, for a note; "" for nothing."""
    found = []
    for evidence in view.cite(span, ""):
        repaired = _page(view, evidence)
        words = repaired.words(Span(evidence.start, evidence.end))
        found += [word.again[0][0] for word in words if _disagrees(repaired.page, word) and _digits(word.again[0][0])]
    return f"; read again: {', '.join(found)}" if found else ""


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
