"""Two run folders: which document of one is which of the other, and what changed in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audit.compare import compare_records, first_stage
from audit.diff import Changes, Difference, Kind, Side
from audit.pairing import assign
from audit.values import count_values
from audit.verdicts import Judges
from schemas.record import SCHEMA_VERSION, Record
from schemas.run import Done, Failure, Run

Pair = tuple[Done | None, Done | None]


class RunError(ValueError):
    """A run folder cannot be compared; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record that was read: its run-relative path, and its bytes."""

    path: str
    data: bytes
    record: Record


@dataclass(frozen=True)
class RunFolder:
    """A run folder as it is compared: what was done and what failed. Records are read when they are needed."""

    root: Path
    documents: tuple[Done, ...]
    failures: dict[str, Failure]

    def held(self, done: Done | None) -> list[Held]:
        """The records of a document; ``RunError`` where a file is none."""
        return [self._held(path) for path in done.records] if done else []

    def _held(self, path: str) -> Held:
        try:
            data = (self.root / path).read_bytes()
            record = Record.model_validate_json(data)
        except OSError as error:
            raise RunError(f"{self.root / path} cannot be read: {error.strerror}") from error
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise RunError(f"{self.root / path} is no record of schema {SCHEMA_VERSION}: {reason}") from error
        if record.schema_version != SCHEMA_VERSION:
            raise RunError(_other_schema(self.root / path, record.schema_version))
        return Held(path, data, record)


def open_run(root: Path) -> RunFolder:
    """A run folder, without its records; ``RunError`` where it is none or of another schema."""
    if not (root / "run.json").is_file():
        raise RunError(f"{root} is no run folder: it has no run.json (make one with `vanthu ingest`)")
    data = (root / "run.json").read_bytes()
    try:
        version = json.loads(data)["schema_version"]
        if version != SCHEMA_VERSION:
            raise RunError(_other_schema(root, version))
        failures = root / "failures.jsonl"
        lines = failures.read_bytes().splitlines() if failures.exists() else []
        rows = [Failure.model_validate_json(line) for line in lines]
        return RunFolder(root, Run.model_validate_json(data).documents, {row.file: row for row in rows})
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise RunError(f"{root / 'run.json'} is damaged: make the run anew with `vanthu ingest`") from error


def _other_schema(path: Path, version: object) -> str:
    return (
        f"{path} was written in schema {version}, and this vanthu reads schema {SCHEMA_VERSION}: make the run anew "
        "with `vanthu ingest`, or compare both runs with the vanthu that wrote it"
    )


def match_documents(before: Sequence[Done], after: Sequence[Done]) -> list[Pair]:
    """Which document is which: the same content, best under the same path; then the same path. Sorted by file."""
    pairs: list[Pair] = []
    left, right = (sorted(side, key=lambda done: done.file) for side in (before, after))
    keys: tuple[Callable[[Done], object], ...] = (lambda d: (d.sha256, d.file), lambda d: d.sha256, lambda d: d.file)
    for key in keys:
        places: dict[object, list[Done]] = {}
        for done in reversed(right):
            places.setdefault(key(done), []).append(done)
        found = [(done, places[key(done)].pop()) for done in left if places.get(key(done))]
        used = {id(done) for pair in found for done in pair}
        left, right = ([done for done in side if id(done) not in used] for side in (left, right))
        pairs += found
    pairs += [(done, None) for done in left] + [(None, done) for done in right]
    return sorted(pairs, key=_file)


def compare(
    before: RunFolder, after: RunFolder, gold: Path | None = None, wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[Changes]:
    """The changes of each document, by its file; one at a time, so that memory does not grow with the runs.

    A file with several records gives one for each. ``wanted`` says which files. With ``gold``, a folder as
    ``audit.score`` takes it, each difference has a verdict. Raises ``RunError`` where a record is damaged.
    """
    comparison = _Comparison(before, after, Judges(gold) if gold else None)
    for pair in match_documents(before.documents, after.documents):
        if any(done is not None and wanted(done.file) for done in pair):
            yield from comparison.documents(*pair)
    for file in sorted(before.failures.keys() & after.failures.keys()):
        one, other = before.failures[file], after.failures[file]
        if one.kind != other.kind and wanted(file):
            difference = Difference("failure", "changed", _told(one), _told(other), "", "neither" if gold else None)
            yield Changes(file, None, None, None, (difference,))


@dataclass(frozen=True)
class _Comparison:
    """Compares the documents of two runs."""

    before: RunFolder
    after: RunFolder
    judges: Judges | None

    def documents(self, old: Done | None, new: Done | None) -> Iterator[Changes]:
        """The changes of one document: record by record, those that share most pages together."""
        file = _file((old, new))
        olds, news = self.before.held(old), self.after.held(new)
        pages = [[{page.number for page in held.record.source.pages} for held in side] for side in (olds, news)]
        shares = [[len(one & other) / (len(one | other) or 1) for other in pages[1]] for one in pages[0]]
        pairs = assign(np.array(shares)) if olds and news else []
        if len(olds) == len(news) == 1:
            pairs = [(0, 0)]
        for i, j in pairs:
            yield self._both(file, olds[i], news[j])
        paired = [{i for i, _ in pairs}, {j for _, j in pairs}]
        for held in (held for i, held in enumerate(olds) if i not in paired[0]):
            yield self._alone(file, held, self.after.failures.get(file) if new is None else None, there=False)
        for held in (held for j, held in enumerate(news) if j not in paired[1]):
            yield self._alone(file, held, self.before.failures.get(file) if old is None else None, there=True)

    def _both(self, file: str, old: Held, new: Held) -> Changes:
        if old.data == new.data:
            return Changes(file, old.path, new.path, None, (), count_values(new.record))
        differences, same = compare_records(old.record, new.record)
        if self.judges:
            differences = self.judges.judge(differences, (old.path, old.record), (new.path, new.record))
        return Changes(file, old.path, new.path, first_stage(old.record, new.record), differences, same)

    def _alone(self, file: str, held: Held, failure: Failure | None, *, there: bool) -> Changes:
        """A record that only one of the runs has; ``failure`` is what the other run has in its place."""
        kinds: tuple[Kind, Kind] = ("succeeded", "added") if there else ("failed", "removed")
        sides = (_told(failure) if failure else None, _summary(held.record))
        verdict = self.judges.of_document(held.path, there=there) if self.judges else None
        old, new = sides if there else sides[::-1]
        difference = Difference("document", kinds[failure is None], old, new, "", verdict)
        return Changes(file, None if there else held.path, held.path if there else None, None, (difference,))


def _told(failure: Failure) -> Side:
    return Side("", None, f"{failure.kind}: {failure.message}", (), 0)


def _summary(record: Record) -> Side:
    """A record as a whole: its type, code and title."""
    head = (cited.value for cited in (record.doc_type, record.code, record.title) if cited)
    return Side("", None, " | ".join(head), (), count_values(record))


def _file(pair: Pair) -> str:
    old, new = pair
    done = new or old
    return done.file if done else ""
