"""Which files a run has to do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ingest import walk
from pipeline.store import is_run
from pipeline.workers import Item


class Found(NamedTuple):
    """The files to do, in a stable order, and those that were passed over because they are no documents."""

    items: tuple[Item, ...]
    skipped: tuple[str, ...]


def find(paths: Sequence[Path], out: Path | None) -> Found:
    """The files under ``paths``; run folders that lie in them are not read, nor is ``out``."""
    target = out.resolve() if out is not None else None
    walked = walk(paths, lambda folder: is_run(folder) or folder.resolve() == target)
    items = tuple(Item(path, _unicode(file)) for path, file in walked.inputs)
    return Found(items, tuple(map(_unicode, walked.skipped)))


def _unicode(file: str) -> str:
    """A file name as UTF-8 can hold it: bytes that are none are written as ``\\xhh``."""
    return os.fsencode(file).decode("utf-8", "backslashreplace")
