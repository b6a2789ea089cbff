"""Which files a run has to do."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ingest import walk
from pipeline.store import SUFFIXES, is_run


class Item(NamedTuple):
    """A file to do, and the name that it has in the run."""

    path: Path
    file: str


class Found(NamedTuple):
    """The files to do, in a stable order, and those that were passed over because they are no documents."""

    items: tuple[Item, ...]
    skipped: tuple[str, ...]


def find(paths: Sequence[Path], out: Path | None) -> Found:
    """The files under ``paths``; run folders that lie in them are not read, nor is ``out``."""
    target = out.resolve() if out is not None else None
    walked = walk(paths, lambda folder: is_run(folder) or folder.resolve() == target)
    names: set[str] = set()
    items = tuple(Item(path, _unicode(file, names)) for path, file in walked.inputs)
    return Found(items, tuple(_unicode(file, names) for file in walked.skipped))


def clashing(files: Iterable[str]) -> frozenset[str]:
    """The names whose products could not stand beside those of another file on every disk.

    Names that differ only in case or in how their letters are composed; "a.txt.2" beside "a.txt", whose second document
    has that name; a file beside a folder that has the name of its product.
    """
    known = list(files)
    alike = {file: unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold()) for file in known}
    often = Counter(alike.values())
    folders = {str(folder) for each in alike.values() for folder in PurePosixPath(each).parents}
    return frozenset(
        file
        for file, each in alike.items()
        if often[each] > 1
        or ((second := re.fullmatch(r"(.+)\.\d+", each)) and second[1] in often)
        or any(each + suffix in folders for suffix in SUFFIXES.values())
    )


def _unicode(file: str, taken: set[str]) -> str:
    """A file name as UTF-8 can hold it: bytes that are none are written as ``\\xhh``; no name is given twice."""
    name = os.fsencode(file).decode("utf-8", "backslashreplace")
    while name in taken:
        name += "~"
    taken.add(name)
    return name


def sha256_of(path: Path) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
