"""Texts for the measurements of repair: documents made of strings, held-out paragraphs, pages drawn from them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from bench.reading import ROOT
from diacritics.build.pages import write_readings
from ingest.text import lines_of, pages_of_text
from schemas.record import PageSource
from schemas.text import Document, Page

PAGES = 10
SEED = 2718
"""Of the drawn pages: another than those that the channels were learnt from, as are the paragraphs."""


def document_of(text: str, *, judged: bool = False, ocr: bool = False) -> Document:
    """A text as a document: mangled, or read by a Vietnamese OCR, or as its own figures say (``judged``)."""
    if judged:
        return Document("text", "", "text/plain", pages_of_text(text.encode()))
    source = PageSource(number=1, text_from="ocr" if ocr else "text-file", quality="good" if ocr else "garbled")
    return Document("text", "", "text/plain", (Page(1, text, source, lines=lines_of(text)),))


def held_out(reference: Path) -> Path:
    """The paragraphs that were kept out of the counts and out of the channels."""
    return reference / "lm/heldout-test.txt.gz"


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a file, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.strip() for line in lines if line.strip()]


def drawn(reference: Path) -> list[dict[str, list[str]]]:
    """Drawn pages with their ``truth`` and what Tesseract read with ``eng`` and ``vie``; kept below build/."""
    path = ROOT / f"build/bench-pages-{PAGES}-{SEED}.jsonl"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        partial = path.with_suffix(".partial")
        write_readings(held_out(reference), partial, PAGES, SEED, ("eng", "vie"))
        partial.replace(path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
