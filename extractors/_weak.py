"""Values that rest on a repair that is not certain, and dates whose strokes were restored."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from schemas.record import Evidence, Note, Record
from schemas.text import Edit, Text

LOW_GAIN = 1.0
"""A repair with less gain than this (natural log-odds over leaving the raw text) is doubtful."""
LOW_POSTERIOR = 0.6
"""A repair of which the decoder is less sure than this (0 to 1) is doubtful."""
SHOWN = 3
"""Doubtful repairs that the note of a value names."""
_BY_GRAMMAR = ("blank", "code", "numeral")
"""Reasons of repairs that follow from the grammar of codes and numbers, or from a blank that was seen: without gain."""
_FIELDS = (
    *("doc_type", "code", "issuer", "issuer_parent", "place", "date", "title", "addressee", "urgency", "secrecy"),
    *("references", "targets", "assignments", "recipients", "signer"),
)


def weak_repairs(record: Record, text: Text) -> Iterator[Note]:
    """A note for each value that holds a doubtful repair, and for each restored date."""
    edits = {page.page.number: page.edits for page in text.pages}
    if not any(edits.values()):
        return
    for field in _FIELDS:
        for evidence in _values(getattr(record, field)):
            found = [(piece, edit) for piece in evidence for edit in _inside(piece, edits[piece.page])]
            doubtful = [(piece, edit) for piece, edit in found if _doubtful(edit)]
            dates = [(piece, edit) for piece, edit in found if edit.why == "date"]
            if doubtful:
                yield _note(field, "repaired without certainty", doubtful)
            if dates:
                yield _note(field, "strokes of a date restored", dates)


def _values(found: Any) -> Iterator[tuple[Evidence, ...]]:
    """The evidence of each value of a field."""
    for item in found if isinstance(found, tuple) else (found,):
        if item is not None:
            yield item.evidence


def _inside(piece: Evidence, edits: tuple[Edit, ...]) -> Iterator[Edit]:
    for index in range(bisect_right(edits, piece.start, key=_end), len(edits)):
        edit = edits[index]
        if edit.raw.start >= piece.end:
            return
        yield edit


def _end(edit: Edit) -> int:
    return edit.raw.end


def _doubtful(edit: Edit) -> bool:
    return edit.why not in (*_BY_GRAMMAR, "date") and (edit.gain < LOW_GAIN or edit.posterior < LOW_POSTERIOR)


def _note(field: str, what: str, about: list[tuple[Evidence, Edit]]) -> Note:
    distinct = dict.fromkeys((edit.before, edit.after) for _, edit in about)
    named = "; ".join(f"{before!r} as {after!r}" for before, after in list(distinct)[:SHOWN])
    more = f" and {len(distinct) - SHOWN} more" if len(distinct) > SHOWN else ""
    proof = tuple(dict.fromkeys(piece for piece, _ in about))
    return Note(field=field, kind="repair", message=f"{what}: {named}{more}", evidence=proof)
