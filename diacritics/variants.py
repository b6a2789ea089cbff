"""The ways to take a seen text: which of its characters are the word, and which capitals may be meant."""

from __future__ import annotations

from typing import NamedTuple

from diacritics.candidates import LONGEST_FORM, Case
from diacritics.forms import Query
from diacritics.tokens import EDGES
from schemas.syllable import old_placement

AMBIGUOUS = "'’‘`!|[]{}()*°^~?,.:"
"""Edge characters that may be a misread part of a letter."""
ODD = "'’‘`?^~|°{}*"
"""Edge characters that hardly ever stand at a word's edge in an office's text."""
COMMON_MARKS = "®°*²³'’123"
"""What the mark of a footnote is mostly read as."""
ODD_COST = 1.5
"""Nats for each odd edge character that a reading leaves."""
HORNS = tuple("'’‘`")
HORN_COST = 5.0
"""What a horn is read as that stands apart from its letter ("co’" for "cơ"), and the nats for leaving it."""


class Variant(NamedTuple):
    """A way to part an atom into edge punctuation and the form of a word; ``cost`` in nats."""

    before: str
    form: str
    after: str
    cost: float


def variants(text: str) -> list[Variant]:
    """The ways to part a text into edges and a form, the plainest first."""
    low, high = 0, len(text)
    while low < high and text[low] in EDGES:
        low += 1
    while high > low and text[high - 1] in EDGES:
        high -= 1
    if low == high:
        return []
    odd = sum(c in ODD for c in text[:low] + text[high:])
    stroke = text[high - 1].isalpha() and text[high : high + 1] == "!"
    horn = text[high - 1] in "oOuU" and text[high : high + 1] in HORNS
    found = [Variant(text[:low], text[low:high], text[high:], ODD_COST * odd + HORN_COST * (horn + stroke))]
    for more in (1, 2):
        if high + more <= len(text) and all(c in AMBIGUOUS for c in text[high : high + more]):
            odd = sum(c in ODD for c in text[:low] + text[high + more :])
            found.append(Variant(text[:low], text[low : high + more], text[high + more :], ODD_COST * odd))
    if low and text[low - 1] in AMBIGUOUS:
        found.append(Variant(text[: low - 1], text[low - 1 : high], text[high:], 0.0))
    if high - low > 2 and text[high - 1] in "®°*²³'’123456789" and text[high - 2].isalpha():
        found.append(Variant(text[:low], text[low : high - 1], text[high - 1 :], _mark_cost(*text[high - 2 : high])))
    return [v for v in found if len(v.form) <= LONGEST_FORM]


def _mark_cost(last: str, mark: str) -> float:
    """Nats for taking the last character as the mark of a footnote; "o6" is rather a circumflex that stands apart."""
    if mark == "6" and last in "oO":
        return 14.0
    return 7.0 if mark in COMMON_MARKS else 8.0


def cased(form: str) -> list[Query]:
    """The queries for a form, in the old placement of tones: which capitals may be meant by what is seen."""
    form = old_placement(form)
    letters = [c for c in form if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    queries = [] if len(letters) >= 3 and upper == len(letters) else [(form, Case.LOWER)]
    if form[0].isupper() or not form[0].isalpha():
        queries.append((form, Case.TITLE))
    if upper >= 2 or (upper == 1 and len(form) <= 2) or not letters:
        queries.append((form, Case.UPPER))
    return queries


def cuts(text: str) -> list[tuple[str, str]]:
    """The ways to cut a text in two, each part with two letters at least."""
    return [(text[:at], text[at:]) for at in range(2, len(text) - 1)]
