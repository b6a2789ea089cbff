"""A long document in parts: its pages are read by several workers, and put together by one of them."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path

from schemas.run import Failure
from schemas.text import Document

LONG = 12
"""A document of more pages is read in parts."""
_SHARES = 4
"""Parts for each worker, so that all are done at about the same time."""


def parts_of(pages: int, jobs: int) -> list[range]:
    """The page numbers of each part, of at least four pages."""
    size = max(4, ceil(pages / (_SHARES * jobs)))
    return [range(first, min(first + size, pages + 1)) for first in range(1, pages + 1, size)]


def write_part(folder: Path, file: str, only: range, read: Document | Failure) -> None:
    """Keep what was read. The folder is one that only this run uses, so what is read there is what it wrote."""
    with _path(folder, file, only).open("wb") as target:
        pickle.dump(read, target, pickle.HIGHEST_PROTOCOL)


def together(folder: Path, file: str, parts: Sequence[range]) -> Document | Failure:
    """The document of all parts, or the failure of its first pages that failed."""
    pages = []
    document: Document | None = None
    for only in parts:
        path = _path(folder, file, only)
        with path.open("rb") as source:
            read = pickle.load(source)
        path.unlink()
        if isinstance(read, Failure):
            return read
        if document is not None and read.sha256 != document.sha256:
            remedy = "Wait until it is written, then read it again."
            return Failure(file=file, kind="unreadable", message="it changed while it was read", remedy=remedy)
        document = read
        pages += read.pages
    if document is None:
        raise ValueError("a document has parts")
    return replace(document, pages=tuple(pages))


def _path(folder: Path, file: str, only: range) -> Path:
    return folder / f"{hashlib.sha256(file.encode()).hexdigest()}-{only.start}"
