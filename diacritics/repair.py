"""Document -> Text: pages that a foreign OCR mangled are decoded, the others stay as they are."""

from __future__ import annotations

from diacritics.decode import changes
from diacritics.model import Model
from diacritics.tokens import segments
from schemas.text import Document, Page, RepairedPage, Text, apply_edits


def repair(document: Document, model: Model) -> Text:
    """The document with its mangled pages repaired; every change is an ``Edit``. Pure: the same input gives the same text."""
    mangled = [page for page in document.pages if page.source.quality == "garbled"]
    repaired = dict(zip((page.number for page in mangled), _decode(mangled, model), strict=True))
    return Text(document, tuple(repaired.get(page.number) or RepairedPage(page, page.text) for page in document.pages))


def _decode(pages: list[Page], model: Model) -> list[RepairedPage]:
    cut = [list(segments(page)) for page in pages]
    choices = iter(model.decoder.decode([segment for page in cut for segment in page]))
    found = []
    for page, parts in zip(pages, cut, strict=True):
        chosen = [choice for _ in parts for choice in next(choices)]
        text, edits = apply_edits(page.text, changes(chosen))
        found.append(RepairedPage(page, text, edits))
    return found
