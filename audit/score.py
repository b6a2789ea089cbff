"""A run folder against a folder of gold: which record belongs to which gold, how good each is, and all together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from statistics import fmean

from audit.columns import HEAD, THRESHOLDS, columns, faulty, markdown, plain, rows
from audit.fields import macro, measure
from audit.tally import LENIENT, Judged, judge, together
from schemas.gold import Gold
from schemas.record import Record


@dataclass(frozen=True)
class DocumentScores:
    """How good one record is; ``record`` and ``gold`` are paths inside their folders.

    ``fields`` is the score of each field, ``judged`` its values right, found and wanted.
    """

    record: str
    gold: str
    fields: dict[str, float]
    judged: dict[str, Judged] = field(default_factory=dict)

    @property
    def macro(self) -> float:
        """The mean over fields."""
        return macro(self.fields)


@dataclass(frozen=True)
class Scores:
    """How good a run is. The unmatched are records without gold and gold without a record."""

    documents: tuple[DocumentScores, ...]
    records_without_gold: tuple[str, ...] = ()
    gold_without_record: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> dict[str, float]:
        """The mean of each field over the documents that have a score for it."""
        names = dict.fromkeys(name for document in self.documents for name in document.fields)
        return {
            name: fmean(document.fields[name] for document in self.documents if name in document.fields)
            for name in names
        }

    @cached_property
    def judged(self) -> dict[str, Judged]:
        """The values right, found and wanted of each field over all documents."""
        return together(document.judged for document in self.documents)

    @property
    def macro(self) -> float:
        """The mean of the documents' macro scores; 0 where none could be scored."""
        return fmean(document.macro for document in self.documents) if self.documents else 0.0

    def as_text(self) -> str:
        """For a terminal: each document on a line, the mean of each field, then precision, recall and F1 of each field
        over all and of those of a document that are not all right, then the unmatched.
        """
        overview = [("document", "macro", "worst field")]
        overview += [(each.record, f"{each.macro:.3f}", _worst(each.fields)) for each in self.documents]
        blocks = [
            columns(overview),
            columns([("field", "mean"), *((name, f"{score:.3f}") for name, score in self.fields.items())]),
            f"{len(self.documents)} documents, MACRO {self.macro:.3f}",
            *([columns([HEAD, *rows(self.judged)]), THRESHOLDS] if self.judged else []),
            *(f"{each.record}\n{columns([HEAD, *rows(faulty(each.judged))[:-1]])}" for each in self._faulty()),
            *_unmatched("record without gold: ", self.records_without_gold),
            *_unmatched("gold without record: ", self.gold_without_record),
        ]
        return "\n\n".join(block for block in blocks if block) + "\n"

    def _faulty(self) -> list[DocumentScores]:
        return [document for document in self.documents if faulty(document.judged)]

    def as_json(self) -> str:
        """All figures, unrounded, and the unmatched."""
        figures = {
            "macro": self.macro,
            "fields": self.fields,
            "counts": plain(self.judged),
            "lenient": LENIENT,
            "documents": [
                {
                    "record": document.record,
                    "gold": document.gold,
                    "macro": document.macro,
                    "fields": document.fields,
                    "counts": plain(document.judged),
                }
                for document in self.documents
            ],
            "records_without_gold": self.records_without_gold,
            "gold_without_record": self.gold_without_record,
        }
        return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"

    def as_markdown(self) -> str:
        """Tables of documents, of fields and of what is not all right in each document; the unmatched as a list."""
        documents = [(each.record, f"{each.macro:.3f}") for each in self.documents]
        means = [
            *((f"`{name}`", f"{score:.3f}") for name, score in self.fields.items()),
            ("MACRO", f"{self.macro:.3f}"),
        ]
        faults = [(each.record, *row) for each in self._faulty() for row in rows(faulty(each.judged))[:-1]]
        blocks = [
            markdown(("document", "macro"), documents),
            markdown(("field", "mean"), means),
            *([markdown(HEAD, rows(self.judged)), THRESHOLDS] if self.judged else []),
            *([markdown(("document", *HEAD), faults)] if faults else []),
            *_unmatched("- record without gold: ", self.records_without_gold),
            *_unmatched("- gold without record: ", self.gold_without_record),
        ]
        return "\n\n".join(block for block in blocks if block) + "\n"


def score(run: Path, gold: Path) -> Scores:
    """Score every record of the run folder ``run`` that has gold under ``gold``.

    The gold of ``records/2025/a.pdf.json`` is ``2025/a.pdf.json``, else the one file named after the stem, ``a.json``,
    in any folder (of several the one in the same folder). A second record of a file, ``a.pdf.2.json``, is only ever
    matched by its own path. Raises ``FileNotFoundError`` where a folder is missing and ``ValueError`` where a file is
    no record or no gold.
    """
    records = run / "records"
    for folder in (records, gold):
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder}: no such folder")
    known = json_files(gold)
    pairs = {name: gold_of(name, known) for name in json_files(records)}
    documents = [_scored(records, name, gold, match) for name, match in pairs.items() if match]
    used = set(pairs.values())
    return Scores(
        tuple(documents),
        tuple(name for name, match in pairs.items() if not match),
        tuple(name for name in known if name not in used),
    )


def _scored(records: Path, name: str, gold: Path, match: str) -> DocumentScores:
    found, wanted = _plain(records / name), Gold.model_validate_json((gold / match).read_bytes())
    return DocumentScores(name, match, measure(found, wanted), judge(found, wanted))


def json_files(folder: Path) -> list[str]:
    """The JSON files below a folder, by their paths in it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))


def gold_of(record: str, known: Sequence[str]) -> str | None:
    """Which of the ``known`` gold files belongs to a record, as ``score`` says; None for none."""
    if record in known:
        return record
    path = PurePosixPath(record.removesuffix(".json"))
    if path.suffix[1:].isdigit():  # a.pdf.2: the second record of a file
        return None
    same_name = [name for name in known if PurePosixPath(name).name == f"{path.stem}.json"]
    near = [name for name in same_name if PurePosixPath(name).parent == path.parent]
    candidates = near or same_name
    return candidates[0] if len(candidates) == 1 else None


def _plain(record: Path) -> Gold:
    return Gold.model_validate(Record.model_validate_json(record.read_bytes()).plain())


def _worst(fields: dict[str, float]) -> str:
    name = min(fields, key=lambda name: fields[name], default="")
    return f"{name} {fields[name]:.3f}" if name and fields[name] < 1 else ""


def _unmatched(label: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield "\n".join(label + name for name in names)
