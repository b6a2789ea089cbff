"""A file in, a document of raw pages out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image

from ingest.errors import Unreadable
from ingest.image import pictures
from ingest.ocr import Engine, OcrMode, Tesseract
from ingest.pdf import planned_pages, read_pages, source_of
from ingest.pdf_file import PdfFile
from ingest.scan import recognise
from ingest.sniff import PDF, TEXT, supported
from ingest.text import pages_of_text
from schemas.record import PageSource, TextFrom
from schemas.text import Document, Page

_TEXT_PAGE = 3000
"""Bytes of a text file that are about a page."""


class PageSurvey(NamedTuple):
    """What a page is before OCR: the figures of its layer, and whether it would be handed to the OCR."""

    source: PageSource
    would_ocr: bool

    @property
    def text_from(self) -> TextFrom:
        """Where the page's text would come from."""
        return self.source.text_from


class Survey(NamedTuple):
    """What a file is, page by page."""

    file: str
    media_type: str
    pages: tuple[PageSurvey, ...]


def read(
    path: Path, file: str, ocr: OcrMode = "auto", engine: Engine | None = None, only: range | None = None
) -> Document:
    """Read a file. ``file`` is its name in the run; ``engine`` recognises pictures (Tesseract where none is given).

    ``only`` are the numbers (from 1) of the pages to read, of a PDF or picture file; the others are left out.
    Raises a subclass of ``IngestError``, with kind, message and remedy.
    """
    media_type = supported(path)
    engine = engine or Tesseract()
    with _unchanged(path) as sha256:
        if media_type == TEXT:
            pages = pages_of_text(_bytes(path))
        elif media_type == PDF:
            with PdfFile(_openable(path), path.name) as pdf:
                pages = tuple(read_pages(pdf, sha256[:16], ocr, engine, only))
        else:
            pages = tuple(_picture_pages(_bytes(path), path.name, sha256[:16], ocr, engine, only))
    return Document(file, sha256, media_type, pages)


def survey(path: Path, file: str, ocr: OcrMode = "auto") -> Survey:
    """What each page of a file is and what ``read`` would do with it, without OCR. Raises what ``read`` raises."""
    media_type = supported(path)
    data = _bytes(path)
    if media_type == TEXT:
        pages = [PageSurvey(page.source, False) for page in pages_of_text(data)]
    elif media_type == PDF:
        pages = []
        with PdfFile(data, path.name) as pdf:
            for index, _, planned in planned_pages(pdf, ocr):
                pages.append(PageSurvey(source_of(index + 1, planned), planned.use_ocr))
    else:
        numbers = [number for number, *_ in pictures(data, path.name)]
        pages = [PageSurvey(_picture_source(number, ocr), ocr != "never") for number in numbers]
    return Survey(file, media_type, tuple(pages))


class Extent(NamedTuple):
    """How many pages a file has, and whether ``read`` can read some of them alone; else the number is about right."""

    pages: int
    in_parts: bool


def extent(path: Path) -> Extent:
    """How long a file is, found without reading its pages; one page where that cannot be told. Never raises."""
    try:
        media_type = supported(path)
        if media_type == TEXT:
            return Extent(1 + path.stat().st_size // _TEXT_PAGE, False)
        if media_type == PDF:
            with pdfium.PdfDocument(path) as document:
                return Extent(len(document), True)
        with Image.open(path) as image:
            return Extent(int(getattr(image, "n_frames", 1)), True)
    except Exception:
        return Extent(1, False)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _openable(path: Path) -> Path | bytes:
    """A path that can be handed to a library, which takes no name that is not UTF-8; else the file's bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return _bytes(path)
    return path


@contextmanager
def _unchanged(path: Path) -> Iterator[str]:
    """The SHA-256 of a file. Raises ``Unreadable`` where it cannot be opened or is another at the end."""
    try:
        before = path.stat()
        with path.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error
    yield sha256
    after = path.stat() if path.exists() else None
    if after is None or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable(f"{path.name} changed while it was read", "Wait until it is written, then read it again.")


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable(f"{path.name} cannot be opened: {error.strerror}")


def _picture_pages(
    data: bytes, file: str, name: str, ocr: OcrMode, engine: Engine, only: range | None
) -> Iterator[Page]:
    for number, picture, (width, height) in pictures(data, file, only):
        source = _picture_source(number, ocr)
        if ocr == "never":
            yield Page(number, "", source, width, height)
            continue
        scan = recognise(picture, engine, f"{name}-p{number}")
        update = {"confidence": scan.confidence, "rotation": scan.rotation, "note": scan.note}
        source = source.model_copy(update=update)
        yield Page(number, scan.composed.text, source, width, height, *scan.composed[1:], marks=scan.marks)


def _picture_source(number: int, ocr: OcrMode) -> PageSource:
    if ocr == "never":
        return PageSource(number=number, text_from="none", quality="none", note="the page is a picture and OCR is off")
    return PageSource(number=number, text_from="ocr", quality="none")
