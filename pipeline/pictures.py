"""Pictures of the pages of a run, drawn again from the originals, which are found by their hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Literal

from ingest import IngestError
from ingest.shown import Look, page_pictures
from pipeline.find import find, sha256_of
from schemas.run import Done

Quality = Literal["none", "low", "normal", "high"]
LOOKS: dict[Quality, Look] = {"low": Look(540, 4), "normal": Look(720, 4), "high": Look(1240, 0)}
"""How pages are drawn; ``normal`` keeps a hundred documents of three pages below ten megabytes."""

Origin = Literal["found", "gone", "differs"]
"""An original: found; not there; not there, but another file under its name."""


class Originals:
    """The files under some folders: the inputs of a run, and where they may have been moved to."""

    def __init__(self, inputs: Sequence[str], folders: Sequence[Path] = ()) -> None:
        """``inputs`` are those of a ``Run``, ``folders`` where its files may be now; read when they are needed."""
        self._inputs = [Path(name) for name in inputs]
        self._folders = list(folders)

    def find(self, done: Done) -> tuple[Origin, Path | None]:
        """Where the original of a document is: first under its name, then by its content under any."""
        named = self._named.get(done.file)
        if named is not None and sha256_of(named) == done.sha256:
            return "found", named
        if done.sha256 in self._by_content:
            return "found", self._by_content[done.sha256]
        return ("gone", None) if named is None else ("differs", None)

    @cached_property
    def _named(self) -> dict[str, Path]:
        there = [path for path in self._inputs if path.exists()]
        found = find(there, None).items if len(there) == len(self._inputs) else ()
        moved = [item for folder in self._folders for item in find([folder], None).items]
        return {item.file: item.path for item in (*found, *moved)}

    @cached_property
    def _by_content(self) -> dict[str, Path]:
        there = [path for path in (*self._inputs, *self._folders) if path.exists()]
        found = ((sha256_of(item.path), item.path) for item in find(there, None).items)
        return {sha256: path for sha256, path in found if sha256}


def pictures(original: Path, numbers: Sequence[int], quality: Quality) -> Iterator[tuple[int, bytes]]:
    """The pages of a file as WebP, with their numbers: as many as can be drawn, none where ``quality`` is "none"."""
    if quality != "none":
        with suppress(IngestError, OSError):
            yield from page_pictures(original, frozenset(numbers), LOOKS[quality])
