"""Document -> Text: pages that a foreign OCR mangled are decoded, the others stay as they are."""

from __future__ import annotations

from diacritics.adapt import STRANGE, adapted
from diacritics.decode import changes, strangeness
from diacritics.model import Model
from diacritics.tokens import segments
from schemas.text import Document, Page, RepairedPage, Text, apply_edits


def repair(document: Document, model: Model, *, adapt: bool = True) -> Text:
    """The document with its mangled pages repaired; every change is an ``Edit``. Pure.

    With ``adapt`` the style of a document that is mangled unlike the shipped model is learnt from the document itself.
    """
    mangled = [page for page in document.pages if is_mangled(page)]
    repaired = dict(zip((page.number for page in mangled), _decode(mangled, model, adapt=adapt), strict=True))
    return Text(document, tuple(repaired.get(page.number) or RepairedPage(page, page.text) for page in document.pages))


def is_mangled(page: Page) -> bool:
    """Whether a page's text is a garbled layer or file; of a page that was read by OCR the layer does not matter."""
    return page.source.quality == "garbled" and page.source.text_from != "ocr"


def _decode(pages: list[Page], model: Model, *, adapt: bool) -> list[RepairedPage]:
    cut = [list(segments(page)) for page in pages]
    every = [segment for page in cut for segment in page]
    decoder = model.decoder
    chosen = decoder.decode(every)
    if adapt and strangeness(chosen) > STRANGE:
        chosen = adapted(decoder, chosen).decode(every)
    choices = iter(chosen)
    found = []
    for page, parts in zip(pages, cut, strict=True):
        made = [change for segment in parts for change in changes(segment, next(choices))]
        text, edits = apply_edits(page.text, sorted(made))
        found.append(RepairedPage(page, text, edits))
    return found
