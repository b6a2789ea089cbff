"""Document -> Text: what a foreign OCR mangled is decoded, what a Vietnamese OCR misread is mended."""

from __future__ import annotations

from collections.abc import Sequence

from diacritics.adapt import STRANGE, adapted
from diacritics.decode import Decoder, changes, strangeness
from diacritics.model import Model
from diacritics.tokens import EDGES, segments
from schemas.syllable import is_syllable
from schemas.text import Change, Document, Page, Text, apply_changes

LEAST_GAIN = 1.5
"""What a change to a legal syllable of a Vietnamese OCR must gain (nats): tuned for an edit precision of 0.97."""


def repair(document: Document, model: Model, *, adapt: bool = True) -> Text:
    """The document with its pages repaired; every change is an ``Edit``. Pure.

    With ``adapt`` the style of a document that is mangled unlike the shipped model is learnt from the document itself.
    """
    mangled = [page for page in document.pages if page.source.quality == "garbled" and page.source.text_from != "ocr"]
    read = [page for page in document.pages if page.source.quality != "foreign" and page.source.text_from == "ocr"]
    made = _mangled_changes(mangled, model.decoder, adapt=adapt) | _read_changes(read, model.reader)
    return Text(document, tuple(apply_changes(page, made.get(page.number, ())) for page in document.pages))


def _mangled_changes(pages: Sequence[Page], decoder: Decoder, *, adapt: bool) -> dict[int, list[Change]]:
    cut = [list(segments(page)) for page in pages]
    every = [segment for page in cut for segment in page]
    chosen = decoder.decode(every)
    if adapt and strangeness(chosen) > STRANGE:
        chosen = adapted(decoder, chosen).decode(every)
    choices = iter(chosen)
    return {
        page.number: [change for segment in parts for change in changes(segment, next(choices))]
        for page, parts in zip(pages, cut, strict=True)
    }


def _read_changes(pages: Sequence[Page], reader: Decoder) -> dict[int, list[Change]]:
    """A Vietnamese OCR is mostly right: words are not joined, and a legal syllable only changes for a clear gain."""
    found = _mangled_changes(pages, reader, adapt=False)
    return {number: [change for change in made if _is_safe(change)] for number, made in found.items()}


def _is_safe(change: Change) -> bool:
    if change.why != "channel":
        return change.why != "merge"
    return change.gain >= (LEAST_GAIN if is_syllable(change.before.strip(EDGES)) else 0.0)
