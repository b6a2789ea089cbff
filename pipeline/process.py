"""One document through all stages. The one place where anything that goes wrong becomes a ``Failure``."""

from __future__ import annotations

import errno
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import diacritics
import extractors
import ingest
from extractors import TablesError
from extractors import tables as read_tables
from ingest import (
    Cache,
    Cached,
    CachedLines,
    Careful,
    Engine,
    IngestError,
    LineReader,
    Network,
    OcrMode,
    Quality,
    Survey,
    Tesseract,
    default_folder,
    recogniser_version,
)
from pipeline.pages import pages_file
from schemas.record import Record
from schemas.run import Failure, PagesFile
from schemas.text import Document, Text

__all__ = [
    "Cache",
    "Processed",
    "TablesError",
    "Tools",
    "default_folder",
    "process",
    "process_file",
    "read_layer",
    "read_part",
    "read_tables",
    "recogniser_version",
    "repair",
    "repair_bytes",
    "survey",
    "tools",
]

ROOT = Path(__file__).parent.parent
FAULT = "this is a fault of vanthu: report it together with the file"
T = TypeVar("T")


@dataclass(frozen=True)
class Tools:
    """What the stages need, made once: when to OCR, with which engine, and the language model of the repair.

    ``adapt``: whether a document's own style of mangling is learnt from the document. ``tables``: abbreviations and
    bodies; None for the project's own. ``quality`` is how carefully ``engine`` reads.
    """

    ocr: OcrMode
    engine: Engine
    model: diacritics.Model
    adapt: bool = True
    tables: extractors.Tables | None = None
    quality: Quality = "fast"


@dataclass(frozen=True)
class Processed:
    """A document that was read: its repaired text, and its records (a file can hold two documents)."""

    text: Text
    records: tuple[Record, ...]

    @property
    def pages(self) -> PagesFile:
        """Its pages as a run folder has them."""
        return pages_file(self.text)


def tools(
    ocr: OcrMode = "auto",
    *,
    adapt: bool = True,
    style: Path | None = None,
    tables: Path | None = None,
    cache: Cache | None = None,
    timeout: float = 120.0,
    quality: Quality = "standard",
) -> Tools:
    """Load the model and name the OCR engine. Tesseract is not needed before a page has to be OCRed.

    ``style`` is a file that ``vanthu learn`` wrote; raises ``diacritics.StyleError`` where it is none.
    ``tables`` is a folder of a user's own abbreviations and bodies; raises ``TablesError`` where it has none.
    ``cache`` keeps what is recognised; ``timeout`` is the seconds that the recognition of a page may take.
    ``quality`` falls back to "fast" where the second recogniser is not installed.
    """
    model = diacritics.load()
    own = read_tables(tables) if tables else None
    tesseract = Tesseract(timeout)
    engine = Cached(tesseract, cache, tesseract.identity) if cache else tesseract
    quality = quality if recogniser_version() else "fast"
    lines = None if quality == "fast" else _lines(cache)
    return Tools(
        ocr,
        carefully(engine, lines, model, quality),
        diacritics.styled(model, style) if style else model,
        adapt,
        own,
        quality,
    )


def carefully(engine: Engine, lines: LineReader | None, model: diacritics.Model, quality: Quality) -> Engine:
    """An engine that has what it is not sure of (or all) read again by ``lines``."""
    if quality == "fast" or lines is None:
        return engine
    return Careful(engine, lines, quality, partial(diacritics.doubtful, model=model))


def _lines(cache: Cache | None) -> LineReader:
    network = Network()
    return CachedLines(network, cache) if cache else network


def process(path: Path, file: str, tools: Tools, document: Document | None = None) -> Processed | Failure:
    """Read, repair and extract one file; ``file`` is the name it has in its record. Never raises an ``Exception``.

    ``document`` is what has been read of it already.
    """
    return _bounded(file, lambda: _processed(_repaired(path, file, tools, document), tools.tables))


def repair(path: Path, file: str, tools: Tools) -> Text | Failure:
    """Read and repair one file. Never raises an ``Exception``."""
    return _bounded(file, lambda: _repaired(path, file, tools))


def read_part(path: Path, file: str, tools: Tools, only: range) -> Document | Failure:
    """Read some pages of a file, by their numbers from 1. Never raises an ``Exception``."""
    return _bounded(file, lambda: ingest.read(path, file, tools.ocr, tools.engine, only))


def read_layer(path: Path, file: str) -> Document | Failure:
    """Read one file as it is, without OCR or repair. Never raises an ``Exception``."""
    return _bounded(file, lambda: ingest.read(path, file, "never"))


def survey(path: Path, file: str, ocr: OcrMode) -> Survey | Failure:
    """What a file and each of its pages is, and what would be done. Never raises an ``Exception``."""
    return _bounded(file, lambda: ingest.survey(path, file, ocr))


def repair_bytes(data: bytes, tools: Tools) -> Text | Failure:
    """Read and repair a document that is no file, such as standard input. Never raises an ``Exception``."""
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        path = Path(folder) / "standard-input"
        path.write_bytes(data)
        return repair(path, path.name, tools)


def process_file(path: str | Path, ocr: OcrMode = "auto") -> Processed | Failure:
    """Do for one file what ``vanthu ingest`` does, without writing anything.

    >>> from pipeline import Failure, process_file
    >>> done = process_file("samples/ke-hoach.pdf")             # doctest: +SKIP
    >>> if isinstance(done, Failure):                           # doctest: +SKIP
    ...     print(done.kind, done.message, done.remedy)
    ... else:
    ...     record = done.records[0]
    ...     print(record.code.value, record.code.evidence[0].raw)
    ...     print(done.text.text)                               # the repaired text in reading order

    For many files make the tools once: ``kit = tools()``, then ``process(path, path.name, kit)``.
    """
    return process(Path(path), Path(path).name, tools(ocr))


def _repaired(path: Path, file: str, tools: Tools, document: Document | None = None) -> Text:
    read = document or ingest.read(path, file, tools.ocr, tools.engine)
    return diacritics.repair(read, tools.model, adapt=tools.adapt)


def _processed(text: Text, tables: extractors.Tables | None) -> Processed:
    return Processed(text, extractors.extract_all(text, tables))


def _bounded(file: str, stages: Callable[[], T]) -> T | Failure:
    """The error boundary: what stages raise becomes a ``Failure``."""
    try:
        return stages()
    except IngestError as error:
        return Failure(file=file, kind=error.kind, message=error.message, remedy=error.remedy)
    except MemoryError:
        remedy = "split the file into parts, or use a machine with more memory"
        return Failure(file=file, kind="too-large", message="the memory of the machine did not suffice", remedy=remedy)
    except OSError as error:
        return _of_the_disk(file, error)
    except Exception as error:
        return Failure(file=file, kind="internal", message=_with_place(error), remedy=FAULT)


def _of_the_disk(file: str, error: OSError) -> Failure:
    """Temporary files that are too large, or find no room; else a fault of ours."""
    if error.errno == errno.EFBIG:
        remedy = "split the file into parts, or scan it again at 300 dpi"
        return Failure(file=file, kind="too-large", message="its temporary files are too large", remedy=remedy)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        message = f"temporary files cannot be written: {error.strerror}"
        remedy = "make room where they lie (the environment variable TMPDIR names another place), then run it again"
        return Failure(file=file, kind="no-space", message=message, remedy=remedy)
    return Failure(file=file, kind="internal", message=_with_place(error), remedy=FAULT)


def _with_place(error: Exception) -> str:
    """What was not foreseen, with the last line of our own code that it came through."""
    message = f"{type(error).__name__}: {error}".rstrip(": ")
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        place = Path(frame.filename)
        if place.is_relative_to(ROOT) and "site-packages" not in place.relative_to(ROOT).parts:
            return f"{message} ({place.relative_to(ROOT).as_posix()}:{frame.lineno}, {frame.name})"
    return message
