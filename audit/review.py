"""Which values of a record to look at first: the probability that a value is wrong.

A logistic model over six features of a value; its weights were fitted on the gold of the samples by
``python -m bench.audit --fit`` and stand in ``review.json``. What was tried and left is in docs/design.md.
"""

from __future__ import annotations

import heapq
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from audit.syllables import syllables
from audit.values import Value, values
from schemas.record import Evidence, Note, Record
from schemas.run import PageRow, PagesFile
from schemas.syllable import is_syllable

WEIGHTS = Path(__file__).with_name("review.json")
LEAST = 0.0005
"""No probability of a word is taken to be nearer to 0 or 1."""
WORDY = frozenset(
    "title issuer issuer_parent place recipients addressee task statement subject lead support advise population "
    "name position deadline".split()
)
"""Fields and parts of items that are words, so that a word that is no Vietnamese syllable is odd."""
_UNRANKED = ("notes", "agencies")
_WEIGHTY = 0.5
"""By how much (in log-odds) a feature has to raise a risk to be named as its reason."""


class Features(NamedTuple):
    """What is known of a value that may be wrong.

    ``doubt``: log-odds that one of its words is not what was decoded, by the repair's posteriors (a second witness has
    its say in them). ``ocr``: 1 less the lowest OCR confidence of a word. Both of evidence of its own only.
    ``pictured``: whether it was read from a picture. ``length``: log(1 + words). ``note``: whether a note of its field
    stands in the same place. ``odd``: log(1 + words that are no Vietnamese syllables).
    """

    doubt: float
    ocr: float
    pictured: float
    length: float
    note: float
    odd: float


@dataclass(frozen=True, slots=True)
class Risk:
    """A value, the probability that it is wrong, and the features that raise it most, the weightiest first."""

    value: Value
    probability: float
    reasons: tuple[str, ...]


class Model(NamedTuple):
    """The weights: log-odds of an error are ``bias`` plus those of the features; ``mean`` is that of the samples."""

    bias: float
    weights: Features
    mean: Features


@cache
def load_model(path: Path = WEIGHTS) -> Model:
    """The model that was fitted."""
    held = json.loads(path.read_text("utf-8"))
    return Model(held["bias"], Features(**held["weights"]), Features(**held["mean"]))


def risks(record: Record, pages: PagesFile, model: Model | None = None) -> list[Risk]:
    """The values of a record, the riskiest first; of equal ones the first in the record first."""
    model = model or load_model()
    found = [_risk(value, features, model) for value, features in featured(record, pages)]
    return sorted(found, key=lambda risk: -risk.probability)


def worst(documents: Iterable[tuple[str, Record, PagesFile]], count: int) -> list[tuple[str, Risk]]:
    """The ``count`` riskiest values of many documents, each given with its file, its record and its pages."""
    found = ((file, risk) for file, record, pages in documents for risk in risks(record, pages))
    return heapq.nlargest(count, found, key=lambda row: row[1].probability)


def featured(record: Record, pages: PagesFile) -> Iterator[tuple[Value, Features]]:
    """Each value that a reader can check, with its features; agencies and notes are made of others."""
    read = {page.source.number: _Page(page) for page in pages.pages}
    for value in values(record):
        if value.field.partition(".")[0] not in _UNRANKED:
            yield value, _features(value, read, record.notes)


def _risk(value: Value, features: Features, model: Model) -> Risk:
    raised = {
        name: weight * (known - usual)
        for name, weight, known, usual in zip(Features._fields, model.weights, features, model.mean, strict=True)
    }
    odds = model.bias + sum(weight * known for weight, known in zip(model.weights, features, strict=True))
    reasons = sorted((name for name, by in raised.items() if by >= _WEIGHTY), key=lambda name: -raised[name])
    return Risk(value, 1 / (1 + math.exp(-odds)), tuple(reasons))


def _features(value: Value, pages: dict[int, _Page], notes: Sequence[Note]) -> Features:
    root, _, part = value.field.partition(".")
    pieces = [(pages[piece.page], piece) for piece in value.evidence if value.own and piece.page in pages]
    confidences = [known for page, piece in pieces for known in page.confidences(piece)]
    return Features(
        doubt=_log_odds(1 - math.exp(-sum(page.surprise(piece) for page, piece in pieces))),
        ocr=1 - min(confidences, default=1.0),
        pictured=float(any(pages[piece.page].pictured for piece in value.evidence if piece.page in pages)),
        length=math.log1p(len(value.text.split())),
        note=float(any(_is_about(note, root, value.evidence) for note in notes)),
        odd=math.log1p(sum(map(_is_odd, syllables(value.text)))) if (part or root) in WORDY else 0.0,
    )


def _is_about(note: Note, field: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a note is about a field and stands where a value stands."""
    return note.field.partition(".")[0] == field and any(
        one.page == other.page and one.start < other.end and other.start < one.end
        for one in note.evidence
        for other in evidence
    )


def _is_odd(word: str) -> bool:
    """Whether a word of letters is neither a syllable nor an abbreviation in capitals."""
    return any(map(str.isalpha, word)) and not (is_syllable(word) or (word.isupper() and word.isalpha()))


def _log_odds(probability: float) -> float:
    held = min(max(probability, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))


class _Page:
    """A page with its doubts and words, found by offset. ``pictured``: an OCR has read it."""

    def __init__(self, page: PageRow) -> None:
        self.pictured = any(word.confidence is not None for word in page.words)
        self._doubts = page.doubts or ()
        self._ends = [doubt.raw[1] for doubt in self._doubts]
        self._words = page.words
        self._starts = [word.span[0] for word in page.words]

    def surprise(self, piece: Evidence) -> float:
        """How unlikely it is that all its words are what was decoded: the sum of -log(posterior)."""
        total = 0.0
        for doubt in self._doubts[bisect_left(self._ends, piece.start + 1) :]:
            if doubt.raw[0] >= piece.end:
                break
            total -= math.log(max(doubt.posterior, 1e-3))
        return total

    def confidences(self, piece: Evidence) -> Iterator[float]:
        """The OCR's confidences of its words."""
        for word in self._words[max(0, bisect_right(self._starts, piece.start) - 1) :]:
            if word.span[0] >= piece.end:
                break
            if word.span[1] > piece.start and word.confidence is not None:
                yield word.confidence
