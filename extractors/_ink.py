"""Whether digits on a scan look printed: handwritten ones are read wrongly but plausibly, so they are doubted.

Measured on public scans: of handwritten numbers and days none was read right; the recogniser's confidence in them was
at most
0.75, and they stand higher than the printed digits of their page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from statistics import median

from extractors._rules import View
from schemas.text import Page, Span, Word

SURE = 0.8
"""The least confidence (0 to 1) of a printed number."""
SURE_WHOLE = 0.6
"""The same of a word that holds number and symbol ("12-KH/ĐU") and is no taller than the printed digits: the recogniser
hesitates over its letters, not its digits.
"""
TALLER = 1.3
"""Digits that much taller than the page's printed digits were written by hand."""
WHOLE_TALLER = 1.1
_DIGITS = re.compile(r"\d+")


def printed_digits(view: View, span: Span) -> bool:
    """Whether the digits of a view's span are surely printed: text that was no picture, or a sure word of usual
    height.
    """
    for evidence in view.cite(span, ""):
        page = next(p.page for p in view.source.pages if p.page.number == evidence.page)
        if page.source.text_from not in ("ocr", "both"):
            continue
        usual = _digit_height(page)
        for word in page.words:
            if word.span.start >= evidence.end or word.span.end <= evidence.start or word.confidence is None:
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
        page = next(p.page for p in view.source.pages if p.page.number == evidence.page)
        words = (word for word in page.words if word.span.start < evidence.end and evidence.start < word.span.end)
        found += [word.again[0][0] for word in words if _disagrees(page, word) and _digits(word.again[0][0])]
    return f"; read again: {', '.join(found)}" if found else ""


def _disagrees(page: Page, word: Word) -> bool:
    """Whether a further reader saw other digits than the recogniser.

    Measured on drawn and real scans: where two readers saw different digits, the recogniser had 2 of 58 words right;
    where they agreed, 837 of 880.
    """
    return bool(word.again) and _digits(word.again[0][0]) != _digits(page.text[word.span.start : word.span.end])


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _digit_height(page: Page) -> float | None:
    heights = []
    for digits in _DIGITS.finditer(page.text):
        at = bisect_left(page.words, digits.start(), key=_begin)
        word = page.words[at] if at < len(page.words) else None
        if word is not None and word.span == digits.span() and (word.confidence or 0.0) > 0.9:
            heights.append(word.box[3] - word.box[1])
    return median(heights) if len(heights) >= 3 else None


def _begin(word: Word) -> int:
    return word.span.start
