"""Which files are read, and what they are called in a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.errors import Unreadable

NOT_DOCUMENTS = frozenset(
    (".json", ".jsonl", ".md", ".py", ".toml", ".yaml", ".yml", ".csv", ".tsv", ".log", ".ini", ".db", ".gz", ".sha256")
)
"""Suffixes of files that stand beside documents and are none: they are skipped, not failed."""
_NOT_DOCUMENT_NAMES = frozenset(("thumbs.db", "desktop.ini"))


class Input(NamedTuple):
    """A file to read, and its name in the run: a POSIX path relative to the input root."""

    path: Path
    file: str


class Walk(NamedTuple):
    """The files to read in a stable order, and the files that were passed over because they are no documents."""

    inputs: tuple[Input, ...]
    skipped: tuple[str, ...]


def walk(paths: Sequence[Path], leave_out: Callable[[Path], bool] = lambda _: False) -> Walk:
    """The files under ``paths``, each root in the order given, its files sorted by their relative POSIX path.

    Folders are walked recursively. Hidden files and folders are left out, symbolic links in folders are not followed,
    and files whose suffix says that they are no documents (``NOT_DOCUMENTS``, Thumbs.db) are listed in ``skipped``; a
    file that is named as a PATH of its own is always read. Every other regular file is an input, also of a kind that
    reading will refuse; so is a folder that cannot be listed, which reading then refuses. Folders for which
    ``leave_out`` is true are not entered. With several PATHs the root's name comes first; a second root of the same
    name is called ``name~2``.
    Raises ``Unreadable`` where a PATH does not exist.
    """
    inputs: list[Input] = []
    skipped: list[str] = []
    used: dict[str, int] = {}
    for root in paths:
        prefix = _prefix(root, used) if len(paths) > 1 else ""
        if root.is_dir():
            for path in sorted(_files(root, leave_out), key=lambda p, r=root: p.relative_to(r).as_posix()):  # type: ignore[misc]
                file = "/".join(filter(None, (prefix, path.relative_to(root).as_posix())))
                if path.suffix.lower() in NOT_DOCUMENTS or path.name.lower() in _NOT_DOCUMENT_NAMES:
                    skipped.append(file)
                else:
                    inputs.append(Input(path, file))
        elif root.exists():
            inputs.append(Input(root, prefix or root.name))
        else:
            raise Unreadable(f"{root} does not exist", "Check the path.")
    return Walk(tuple(inputs), tuple(skipped))


def _prefix(root: Path, used: dict[str, int]) -> str:
    name = root.resolve().name or "root"
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}~{used[name]}"


def _files(folder: Path, leave_out: Callable[[Path], bool]) -> Iterator[Path]:
    """Regular files under a folder; nothing hidden, no links. A folder that cannot be listed stands for its files."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield folder
        return
    for entry in entries:  # its kind is known without looking into the folder, which may be forbidden
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if not leave_out(path):
                yield from _files(path, leave_out)
        elif entry.is_file(follow_symlinks=False):
            yield path
