"""The shipped model, loaded once, and pages made from plain strings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import diacritics
from diacritics import Model
from ingest.text import lines_of
from schemas.record import PageSource, Quality, TextFrom
from schemas.text import Document, Page, Text


def page_of(text: str, quality: Quality = "garbled", text_from: TextFrom = "text-file", number: int = 1) -> Page:
    """A page as a text file gives it; ``quality`` is what its text is said to be worth."""
    source = PageSource(number=number, text_from=text_from, quality=quality)
    return Page(number, text, source, lines=lines_of(text))


def document_of(*pages: Page) -> Document:
    """A document of these pages."""
    return Document("made.txt", "0" * 64, "text/plain", pages)


@pytest.fixture(scope="session")
def model() -> Model:
    return diacritics.load()


@pytest.fixture(scope="session")
def page() -> Callable[..., Page]:
    return page_of


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    return document_of


@pytest.fixture(scope="session")
def mend(model: Model) -> Callable[..., Text]:
    """Repairs a string as one page; garbled where nothing else is said."""

    def mended(text: str, quality: Quality = "garbled", text_from: TextFrom = "text-file") -> Text:
        return diacritics.repair(document_of(page_of(text, quality, text_from)), model)

    return mended
