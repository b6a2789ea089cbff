"""A run folder: what was done, with what, and what failed.

``RUN/records/<file>.json``, ``RUN/text/<file>.txt``, ``RUN/pages/<file>.json.gz``, ``RUN/run.json``,
``RUN/failures.jsonl``, ``RUN/links.jsonl``.
"""

from __future__ import annotations

from typing import Literal

from schemas.record import SCHEMA_VERSION, Box, Model, PageSource

FailureKind = Literal[
    "encrypted",
    "damaged",
    "empty",
    "no-pages",
    "unsupported",
    "unreadable",
    "ocr-missing",
    "timeout",
    "too-large",
    "crashed",
    "no-space",
    "internal",
]


class Failure(Model):
    """A file that gave no record: why, and what its owner can do.

    ``sha256`` is that of the file (None where it could not be read), ``recipe`` the hash of versions and options.
    """

    file: str
    kind: FailureKind
    message: str
    remedy: str
    sha256: str | None = None
    recipe: str = ""


class EditRow(Model):
    """A repair: the fields of ``schemas.text.Edit``."""

    raw: tuple[int, int]
    text: tuple[int, int]
    before: str
    after: str
    why: str
    gain: float
    posterior: float
    runner_up: str


class DoubtRow(Model):
    """A decoded word that is not certain: the fields of ``schemas.text.Doubt``."""

    raw: tuple[int, int]
    posterior: float
    runner_up: str


class WordRow(Model):
    """A word with its box and the OCR's confidence."""

    span: tuple[int, int]
    box: Box
    confidence: float | None = None


class LineRow(Model):
    """A line in reading order."""

    span: tuple[int, int]
    block: int
    column: int


class MarkRow(Model):
    """A seal, signature or stamp: the fields of ``schemas.text.Mark``."""

    kind: str
    box: Box
    text: str = ""


class CellRow(Model):
    """A cell of a table: its text (repaired, lines joined by a blank) and its box."""

    text: str
    box: Box | None = None


class PageRow(Model):
    """One page, enough to check every evidence and to draw every box without reading the file again."""

    source: PageSource
    width: float
    height: float
    text: str
    repaired: str
    edits: tuple[EditRow, ...]
    doubts: tuple[DoubtRow, ...] | None = None
    words: tuple[WordRow, ...]
    lines: tuple[LineRow, ...]
    marks: tuple[MarkRow, ...] = ()
    tables: tuple[tuple[tuple[CellRow, ...], ...], ...] = ()


class PagesFile(Model):
    """``RUN/pages/<file>.json.gz``: all pages of a document."""

    schema_version: str = SCHEMA_VERSION
    file: str
    sha256: str
    pages: tuple[PageRow, ...]


class Done(Model):
    """A document that was done: its file, the run-relative paths of its records, pages and pages that were OCRed.

    ``recipe`` is the hash of the versions and options that decided it; ``products`` that of all that was written.
    """

    file: str
    sha256: str
    records: tuple[str, ...]
    pages: int
    ocr_pages: int
    notes: int
    recipe: str = ""
    products: str = ""


class Link(Model):
    """A row of ``links.jsonl``: a reference (by its place in the record's list, from 0) that a document of the run
    resolves.

    ``record`` and ``document`` are run-relative paths of records; ``by`` names what agrees: "code" or, where the
    document's own number is not certain, "symbol"; then "date", "issuer".
    """

    record: str
    reference: int
    code: str
    document: str
    by: tuple[str, ...]


class Run(Model):
    """``RUN/run.json``. ``vanished`` are documents of earlier runs whose file is no longer among the inputs."""

    schema_version: str = SCHEMA_VERSION
    started: str
    seconds: float
    versions: dict[str, str]
    options: dict[str, str]
    inputs: tuple[str, ...]
    documents: tuple[Done, ...]
    failures: int
    skipped: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    interrupted: bool = False
