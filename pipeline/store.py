"""The run folder on disk: where each product stands, and writing that is never seen half done.

Every file is written under a temporary name in its own folder, flushed to the disk and then renamed. The same products
give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.process import Processed
from schemas.record import Record
from schemas.run import Done, Failure, Link, PagesFile, Run

LONGEST_NAME = 220
"""Bytes of a file name that leave room for ``.json.gz`` below the 255 that file systems allow."""

TEMPORARY = ".vanthu-"


class StoreError(Exception):
    """The run folder cannot be used or written; the message says why and what to do."""


@dataclass(frozen=True)
class Store:
    """A run folder."""

    root: Path

    def open(self) -> None:
        """Make the folder, or take one that is empty or a run folder; anything else is refused with ``StoreError``."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if any(self.root.iterdir()) and not is_run(self.root):
                raise StoreError(f"{self.root} is not empty and is no run folder: name a new folder with --out")
        except OSError as error:
            raise StoreError(f"{self.root} cannot be used as run folder: {error.strerror or error}") from error
        self.sweep()

    def sweep(self) -> None:
        """Remove temporary files that a killed run has left."""
        for path in self.root.rglob(TEMPORARY + "*"):
            path.unlink(missing_ok=True)

    def write_document(self, file: str, processed: Processed) -> Done:
        """Write all products of one document; of an earlier run only what is replaced or no longer true is removed."""
        text = processed.text.text
        self._write("text", file, ".txt", (text if text.endswith("\n") else text + "\n").encode())
        pages = processed.pages.model_dump_json() + "\n"
        self._write("pages", file, ".json.gz", gzip.compress(pages.encode(), mtime=0))
        records = [
            self._write("records", file, _suffix(number), record.dump_json().encode())
            for number, record in enumerate(processed.records, start=1)
        ]
        self._remove_records(file, beyond=len(records))
        sources = [page.source for page in processed.pages.pages]
        return Done(
            file=file,
            sha256=processed.pages.sha256,
            records=tuple(path.relative_to(self.root).as_posix() for path in records),
            pages=len(sources),
            ocr_pages=sum(source.text_from in ("ocr", "both") for source in sources),
            notes=sum(len(record.notes) for record in processed.records),
        )

    def remove_document(self, file: str) -> None:
        """Remove what an earlier run wrote for a document that has failed now."""
        self._path("text", file, ".txt").unlink(missing_ok=True)
        self._path("pages", file, ".json.gz").unlink(missing_ok=True)
        self._remove_records(file, beyond=0)

    def write_run(self, run: Run) -> None:
        """Write ``run.json``."""
        write_bytes(self.root / "run.json", (run.model_dump_json(indent=2) + "\n").encode())

    def write_failures(self, failures: Iterable[Failure]) -> None:
        """Write ``failures.jsonl``, sorted by file."""
        rows = sorted(failures, key=lambda failure: failure.file)
        write_bytes(self.root / "failures.jsonl", "".join(row.model_dump_json() + "\n" for row in rows).encode())

    def write_links(self, links: Iterable[Link]) -> None:
        """Write ``links.jsonl``."""
        write_bytes(self.root / "links.jsonl", "".join(link.model_dump_json() + "\n" for link in links).encode())

    def read_links(self) -> tuple[Link, ...]:
        """The rows of ``links.jsonl``; none where a run was stopped before its end."""
        path = self.root / "links.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []
        return tuple(Link.model_validate_json(line) for line in lines)

    def read_run(self) -> Run:
        """``run.json``; ``StoreError`` where the folder is no run folder."""
        if not is_run(self.root):
            raise StoreError(f"{self.root} is no run folder: it has no run.json (make one with `vanthu ingest`)")
        return Run.model_validate_json((self.root / "run.json").read_bytes())

    def read_failures(self) -> tuple[Failure, ...]:
        """The rows of ``failures.jsonl``; none where a run was stopped before its end."""
        path = self.root / "failures.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []  # of bytes: only at "\n", not at U+2028
        return tuple(Failure.model_validate_json(line) for line in lines)

    def read_record(self, path: str) -> Record:
        """A record by its path in the run folder, as ``Done.records`` names it."""
        return Record.model_validate_json((self.root / path).read_bytes())

    def read_pages(self, file: str) -> PagesFile:
        """The pages of a document."""
        packed = self._path("pages", file, ".json.gz").read_bytes()
        return PagesFile.model_validate_json(gzip.decompress(packed))

    def _path(self, kind: str, file: str, suffix: str) -> Path:
        *folders, name = file.split("/")
        return self.root.joinpath(kind, *map(_short, folders), _short(name) + suffix)

    def _write(self, kind: str, file: str, suffix: str, data: bytes) -> Path:
        path = self._path(kind, file, suffix)
        write_bytes(path, data)
        return path

    def _remove_records(self, file: str, beyond: int) -> None:
        """Remove a file's records beyond a number. ``a.txt.2.json`` may be that of a file ``a.txt.2``, and stays."""
        number = beyond + 1
        while (path := self._path("records", file, _suffix(number))).exists():
            if Record.model_validate_json(path.read_bytes()).source.file != file:
                return
            path.unlink()
            number += 1


def is_run(folder: Path) -> bool:
    """Whether a folder is a run folder."""
    return (folder / "run.json").is_file()


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; ``StoreError`` where it cannot be written."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=TEMPORARY, delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _suffix(number: int) -> str:
    return ".json" if number == 1 else f".{number}.json"


def _short(name: str) -> str:
    """``name``, or its beginning and a hash of it where it is too long to take a suffix."""
    data = name.encode()
    if len(data) <= LONGEST_NAME:
        return name
    return f"{data[: LONGEST_NAME - 9].decode(errors='ignore')}~{hashlib.sha256(data).hexdigest()[:8]}"
