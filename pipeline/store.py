"""The run folder on disk: where each product stands, and writing that is never seen half done.

Every file is written under a temporary name in its own folder and then renamed. The same products give the same bytes.
Products are not forced to the disk one by one, which would take as long as reading a text: ``Done.products`` is their
hash, and ``holds`` finds out whether a machine that lost its power has lost or torn them. ``run.json`` and its like are
forced to the disk before they are renamed, and all else before ``run.json`` says that a run is complete.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import ValidationError

from pipeline.journal import Journal, Outcome, outcomes
from pipeline.pages import pages_json
from pipeline.process import Processed
from pipeline.writing import TEMPORARY, StoreError, write_bytes, writing
from schemas.record import Record
from schemas.run import Done, Failure, Link, PagesFile, Run

__all__ = ["LOCK", "LONGEST_NAME", "SUFFIXES", "Store", "StoreError", "is_run"]

LONGEST_NAME = 220
"""Bytes of a file name that leave room for ``.json.gz`` below the 255 that file systems allow."""

LOCK = ".vanthu.lock"
SUFFIXES = {"records": ".json", "text": ".txt", "pages": ".json.gz"}
"""The folders of products, and what is put behind a file's name there."""


@dataclass(frozen=True)
class Store:
    """A run folder. ``clashing`` are the files whose products get a hash into their names (see ``find.clashing``)."""

    root: Path
    clashing: frozenset[str] = frozenset()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Make the folder, or take one that is empty or a run folder, and be its one writer while the context is open.

        The lock is the system's and dies with its process. Raises ``StoreError`` where the folder is something else,
        cannot be written, or is being written by another.
        """
        lock = FileLock(self.root / LOCK, timeout=0, fallback_to_soft=False)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if not is_run(self.root) and any(self.root.iterdir()) and not (self.root / LOCK).exists():
                raise StoreError(f"{self.root} is not empty and is no run folder: name a new folder with --out")
            lock.acquire()
        except Timeout as error:
            raise StoreError(f"another vanthu is writing {self.root}: wait until it is done, or stop it") from error
        except OSError as error:
            raise StoreError(f"{self.root} cannot be used as run folder: {error.strerror or error}") from error
        try:
            self.sweep()
            yield
        finally:
            with suppress(OSError):
                self.sweep()
            lock.release()

    def sweep(self) -> None:
        """Remove temporary files that a killed run has left."""
        for path in self.root.rglob(TEMPORARY + "*"):
            path.unlink(missing_ok=True)

    def journal(self) -> Journal:
        """A new journal. Raises ``StoreError``."""
        try:
            return Journal(self._journal)
        except OSError as error:
            raise StoreError(f"{self._journal} cannot be written: {error.strerror or error}") from error

    def write_document(self, file: str, processed: Processed) -> Done:
        """Write all products of one document; of an earlier run only what is replaced or no longer true is removed."""
        text = processed.text.text
        written = [self._write("text", file, (text if text.endswith("\n") else text + "\n").encode())]
        written.append(self._write_pages(file, processed))
        records = [
            self._write("records", file, record.dump_json().encode(), number)
            for number, record in enumerate(processed.records, start=1)
        ]
        self._remove_records(file, beyond=len(records))
        sources = [page.page.source for page in processed.text.pages]
        return Done(
            file=file,
            sha256=processed.text.document.sha256,
            records=tuple(path.relative_to(self.root).as_posix() for path in records),
            pages=len(sources),
            ocr_pages=sum(source.text_from in ("ocr", "both") for source in sources),
            notes=sum(len(record.notes) for record in processed.records),
            products=_hash_of([*written, *records]),
        )

    def remove_document(self, file: str) -> None:
        """Remove what an earlier run wrote for a document that has failed now."""
        for kind in ("text", "pages"):
            self._path(kind, file).unlink(missing_ok=True)
        self._remove_records(file, beyond=0)

    def remove_products(self, done: Done) -> None:
        """Remove the products of a document, wherever it was said that they are."""
        for path in self._products(done):
            path.unlink(missing_ok=True)
            for folder in path.relative_to(self.root).parents[:-2]:
                with suppress(OSError):
                    (self.root / folder).rmdir()

    def read_products(self, done: Done) -> dict[str, bytes]:
        """The products of a document, by their paths in the run folder."""
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in self._products(done)}

    def write_products(self, done: Done, products: Mapping[str, bytes]) -> None:
        """Write the products of a document that another store has made; of an earlier run no record is left."""
        for path, data in products.items():
            write_bytes(self.root / path, data)
        self._remove_records(done.file, beyond=len(done.records))

    def holds(self, done: Done) -> bool:
        """Whether all products of a document are there, as they were written."""
        try:
            return done.products == _hash_of(self._products(done))
        except OSError:
            return False

    def write_run(self, run: Run) -> None:
        """Write ``run.json``, which then tells all that the journal told."""
        write_bytes(self.root / "run.json", (run.model_dump_json(indent=2) + "\n").encode(), durable=True)
        self._journal.unlink(missing_ok=True)

    def write_failures(self, failures: Iterable[Failure]) -> None:
        """Write ``failures.jsonl``, sorted by file."""
        rows = sorted(failures, key=lambda failure: failure.file)
        lines = (row.model_dump_json() + "\n" for row in rows)
        write_bytes(self.root / "failures.jsonl", "".join(lines).encode(), durable=True)

    def write_links(self, links: Iterable[Link]) -> None:
        """Write ``links.jsonl``, as the links come."""
        with writing(self.root / "links.jsonl", durable=True) as path, path.open("w", encoding="utf-8") as file:
            file.writelines(link.model_dump_json() + "\n" for link in links)

    def remove_links(self) -> None:
        """Remove ``links.jsonl``, which is no longer true once a document is done anew."""
        (self.root / "links.jsonl").unlink(missing_ok=True)

    @property
    def has_links(self) -> bool:
        """Whether there is a ``links.jsonl``."""
        return (self.root / "links.jsonl").exists()

    def read_links(self) -> tuple[Link, ...]:
        """The rows of ``links.jsonl``; none where a run was stopped before its end."""
        path = self.root / "links.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []
        return tuple(Link.model_validate_json(line) for line in lines)

    def read_run(self) -> Run:
        """``run.json``, with what the journal of a run that was killed adds; ``StoreError`` where there is none."""
        if not is_run(self.root):
            raise StoreError(f"{self.root} is no run folder: it has no run.json (make one with `vanthu ingest`)")
        try:
            run = Run.model_validate_json((self.root / "run.json").read_bytes())
        except ValidationError as error:
            raise StoreError(f"{self.root / 'run.json'} is damaged or of another version: do the run again") from error
        later = {outcome.file: outcome for outcome in outcomes(self._journal)}
        if not later:
            return run
        known = {done.file: done for done in run.documents} | later
        documents = tuple(known[file] for file in sorted(known) if isinstance(known[file], Done))
        return run.model_copy(update={"documents": documents, "failures": len(self.read_failures())})

    def read_failures(self) -> tuple[Failure, ...]:
        """The rows of ``failures.jsonl``, with what the journal of a run that was killed adds."""
        path = self.root / "failures.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []  # of bytes: only at "\n", not at U+2028
        known: dict[str, Outcome] = {row.file: row for row in map(Failure.model_validate_json, lines)}
        known |= {outcome.file: outcome for outcome in outcomes(self._journal)}
        return tuple(row for _, row in sorted(known.items()) if isinstance(row, Failure))

    def read_record(self, path: str) -> Record:
        """A record by its path in the run folder, as ``Done.records`` names it."""
        return Record.model_validate_json((self.root / path).read_bytes())

    def read_plain(self, path: str) -> dict[str, Any]:
        """A record as plain JSON, which is ten times as quick as ``read_record``."""
        plain: dict[str, Any] = json.loads((self.root / path).read_bytes())
        return plain

    def read_pages(self, file: str) -> PagesFile:
        """The pages of a document."""
        plain, marked = (Store(self.root, names)._path("pages", file) for names in (frozenset(), frozenset((file,))))
        if plain.exists():
            pages = PagesFile.model_validate_json(gzip.decompress(plain.read_bytes()))
            if pages.file == file or not marked.exists():
                return pages
        return PagesFile.model_validate_json(gzip.decompress(marked.read_bytes()))

    @property
    def _journal(self) -> Path:
        return self.root / "journal.jsonl"

    def _path(self, kind: str, file: str, number: int = 1) -> Path:
        *folders, name = file.split("/")
        name = _marked(name, file) if file in self.clashing else _short(name)
        ordinal = "" if number == 1 else f".{number}"
        return self.root.joinpath(kind, *map(_short, folders), name + ordinal + SUFFIXES[kind])

    def _products(self, done: Done) -> list[Path]:
        """The products in the order of their hash. Those beside the first record have its name."""
        name = done.records[0].removeprefix("records/").removesuffix(SUFFIXES["records"])
        others = [self.root / kind / (name + SUFFIXES[kind]) for kind in ("text", "pages")]
        return [*others, *(self.root / path for path in done.records)]

    def _write(self, kind: str, file: str, data: bytes, number: int = 1) -> Path:
        path = self._path(kind, file, number)
        write_bytes(path, data)
        return path

    def _write_pages(self, file: str, processed: Processed) -> Path:
        path = self._path("pages", file)
        with (
            writing(path) as temporary,
            temporary.open("wb") as target,
            gzip.GzipFile("", "wb", 6, target, mtime=0) as packed,
        ):
            for piece in pages_json(processed.text):
                packed.write(piece.encode())
        return path

    def _remove_records(self, file: str, beyond: int) -> None:
        """Remove a file's records beyond a number. ``a.txt.2.json`` may be that of a file ``a.txt.2``, and stays."""
        number = beyond + 1
        while (path := self._path("records", file, number)).exists():
            if Record.model_validate_json(path.read_bytes()).source.file != file:
                return
            path.unlink()
            number += 1


def is_run(folder: Path) -> bool:
    """Whether a folder is a run folder."""
    return os.path.isfile(folder / "run.json")  # noqa: PTH113 (Path.is_file raises where one may not look)


def _hash_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def _marked(name: str, file: str) -> str:
    """``name``, or its beginning, and a hash of the whole ``file``."""
    head = name.encode()[: LONGEST_NAME - 9].decode(errors="ignore")
    return f"{head}~{hashlib.sha256(file.encode()).hexdigest()[:8]}"


def _short(name: str) -> str:
    """``name``, or its beginning and a hash of it where it is too long to take a suffix."""
    return name if len(name.encode()) <= LONGEST_NAME else _marked(name, name)
