"""How much of a reading is surely right, which way its lines run, and which of its words are none."""

from __future__ import annotations

import unicodedata

from ingest.ocr import OcrPage, OcrWord
from schemas.syllable import is_syllable

POOR = 0.45
"""A reading is poor where less than this share of its letters is surely right."""
ILLEGIBLE = 0.08
"""Below this share nothing on a page is text that we read."""
_LONG = 4
"""Letters of a word whose box tells which way it runs."""
_SPECK = 16
"""Pixels that a letter is high or wide at least, were it a dot."""
_AROUND = ".,;:()-/\"'“”*"
_NEVER = frozenset("|_—¦ˆ‹›¬")
"""Signs that no office writes alone."""
_RULES = frozenset("ˆ‹›|_—–-=~.,:;'`‘’\"“”^°*•·«»<>\\/[]{}()¬¦")


def sureness(page: OcrPage) -> float:
    """The share of a reading's letters that stand in legal syllables or numbers, weighed by confidence.

    0 for lines that run upwards: Tesseract reads them too, but not in order.
    """
    if is_sideways(page):
        return 0.0
    total = sure = 0.0
    for word in page.words:
        text = unicodedata.normalize("NFC", word.text).strip(_AROUND)
        total += len(text)
        if text.isdigit() or (len(text) > 1 and is_syllable(text)):
            sure += len(text) * word.confidence
    return sure / total if total else 0.0


def is_sideways(page: OcrPage) -> bool:
    """Whether most longer words are higher than they are wide."""
    boxes = [word.box for word in page.words if len(word.text) >= _LONG]
    return 2 * sum(b - top > right - left for left, top, right, b in boxes) > len(boxes) > 0


def is_noise(word: OcrWord, text: str) -> bool:
    """Whether ``text``, the word's own without rules around it, is specks and rules that were read as signs."""
    if not text:
        return True
    left, top, right, bottom = word.box
    if all(char in _RULES for char in text):
        return word.confidence < 0.5 or text in _NEVER or bottom - top > 90
    if max(right - left, bottom - top) < _SPECK:
        return word.confidence < 0.5
    return len(text) <= 2 and word.confidence < 0.2 and not text.isalnum()
