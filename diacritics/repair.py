"""Document -> Text: what a foreign OCR mangled is decoded, what a Vietnamese OCR misread is mended."""

from __future__ import annotations

from collections.abc import Sequence

from diacritics.adapt import STRANGE, adapted
from diacritics.decode import Decoder, changes, doubts, strangeness
from diacritics.model import Model
from diacritics.tokens import EDGES, segments
from schemas.syllable import is_syllable
from schemas.text import Change, Document, Doubt, Page, Text, apply_changes

LEAST_GAIN = 1.5
"""What a change to a legal syllable of a Vietnamese OCR must gain (nats): tuned for an edit precision of 0.97."""


def repair(document: Document, model: Model, *, adapt: bool = True) -> Text:
    """The document with its pages repaired; every change is an ``Edit``. Pure.

    With ``adapt`` the style of a document that is mangled unlike the shipped model is learnt from the document itself.
    """
    mangled = [page for page in document.pages if page.source.quality == "garbled" and page.source.text_from != "ocr"]
    read = [page for page in document.pages if page.source.quality != "foreign" and page.source.text_from == "ocr"]
    made = _decoded(mangled, model.decoder, adapt=adapt)
    for number, (found, open_) in _decoded(read, model.reader, adapt=False).items():
        made[number] = [change for change in found if _is_safe(change)], open_
    return Text(document, tuple(apply_changes(page, *made.get(page.number, ((), None))) for page in document.pages))


def _decoded(pages: Sequence[Page], decoder: Decoder, *, adapt: bool) -> dict[int, tuple[list[Change], list[Doubt]]]:
    """The changes and the doubts of each page."""
    cut = [list(segments(page)) for page in pages]
    every = [segment for page in cut for segment in page]
    chosen = decoder.decode(every)
    if adapt and strangeness(chosen) > STRANGE:
        chosen = adapted(decoder, chosen).decode(every)
    choices = iter(chosen)
    found = {}
    for page, parts in zip(pages, cut, strict=True):
        read = [(segment, next(choices)) for segment in parts]
        made = [change for segment, chosen_here in read for change in changes(segment, chosen_here)]
        found[page.number] = made, [doubt for _, chosen_here in read for doubt in doubts(chosen_here)]
    return found


def _is_safe(change: Change) -> bool:
    """Whether to trust a change to what a Vietnamese OCR read, which is mostly right: words are not joined."""
    if change.why != "channel":
        return change.why != "merge"
    return change.gain >= (LEAST_GAIN if is_syllable(change.before.strip(EDGES)) else 0.0)
