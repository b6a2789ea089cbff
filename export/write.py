"""``write``: a run in one of the forms, document by document, so that memory does not grow with the run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple, get_args

from export import tt05
from export.edxml import header
from export.errors import ExportError
from export.sinks import Sink, csv_files, line_files, parquet_files
from export.tables import TABLES, Place, Table
from export.workbook import workbook
from pipeline.store import Store
from pipeline.writing import writing
from schemas.record import Record

Form = Literal["jsonl", "csv", "xlsx", "parquet", "records", "tt05", "edxml"]
FORMS: tuple[Form, ...] = get_args(Form)
Labels = Literal["en", "vi"]
TT05_SUFFIXES = (".csv", ".jsonl", ".xlsx")


class Exported(NamedTuple):
    """What was written: the files (of edXML the folder), rows by table, and what the user has to know."""

    paths: tuple[Path, ...]
    rows: dict[str, int]
    told: tuple[str, ...] = ()


def write(
    store: Store, form: Form, out: Path, *, labels: Labels = "en", bom: bool = False, codes: bool = False
) -> Exported:
    """Write a run to ``out``: a file for ``jsonl``, ``xlsx``, ``records`` and ``tt05``, a folder for the others.

    ``labels``: the language of head rows in ``csv`` and ``xlsx``. ``bom``: the byte order mark by which Excel knows
    UTF-8 in ``csv``. ``codes``: code numbers in ``tt05``. Raises ``ExportError`` for what
    cannot be meant, ``StoreError`` for what is no run and where ``out`` cannot be written.
    """
    _check(form, out)
    if form == "edxml":
        return _headers(store, out)
    if form == "records":
        return _records(store, out)
    tables = tt05.tables(codes=codes) if form == "tt05" else TABLES
    kind = out.suffix[1:] if form == "tt05" else form
    paths = _paths(kind, form, out, tables)
    rows = dict.fromkeys((table.name for table in tables), 0)
    made = datetime.datetime.fromisoformat(store.read_run().started)
    told: list[str] = []
    with _sink(kind, paths, tables, made, vietnamese=labels == "vi", bom=bom, told=told) as sink:
        for place, record in _documents(store):
            for table in tables:
                for cells in table.rows(place, record):
                    sink.row(table, cells)
                    rows[table.name] += 1
    return Exported(tuple(dict.fromkeys(paths.values())), rows, tuple(told))


def _check(form: Form, out: Path) -> None:
    """What can be known before the first record is read."""
    if form in ("csv", "parquet", "edxml"):
        if out.exists() and not out.is_dir():
            raise ExportError(f"{out} is a file: {form} is written as a folder")
    elif out.is_dir():
        raise ExportError(f"{out} is a folder: name a file for {form}")
    if form == "tt05" and out.suffix not in TT05_SUFFIXES:
        raise ExportError(f"{out}: the name says what is written; let it end in {', '.join(TT05_SUFFIXES)}")


def _paths(kind: str, form: Form, out: Path, tables: Sequence[Table]) -> dict[str, Path]:
    """The file of each table. Metadata of the circular stands alone in its file, its evidence in one beside it."""
    if form == "tt05" and kind != "xlsx":
        return {"metadata": out, "evidence": out.with_name(f"{out.stem}.evidence{out.suffix}")}
    if kind in ("csv", "parquet"):
        return {table.name: out / f"{table.name}.{kind}" for table in tables}
    return {table.name: out for table in tables}


@contextmanager
def _sink(
    kind: str,
    paths: dict[str, Path],
    tables: Sequence[Table],
    made: datetime.datetime,
    *,
    vietnamese: bool,
    bom: bool,
    told: list[str],
) -> Iterator[Sink]:
    if kind == "csv":
        with csv_files(paths, tables, vietnamese=vietnamese, bom=bom) as sink:
            yield sink
    elif kind == "parquet":
        with parquet_files(paths, tables) as sink:
            yield sink
    elif kind == "xlsx":
        with workbook(next(iter(paths.values())), tables, made, vietnamese=vietnamese) as book:
            yield book
            told += book.finish(tables)
    else:
        with line_files(paths, tables) as sink:
            yield sink


def _documents(store: Store) -> Iterator[tuple[Place, Record]]:
    """Every record of a run, in the order of the run."""
    paths = ((done.file, path) for done in store.read_run().documents for path in done.records)
    for number, (file, path) in enumerate(paths, start=1):
        yield Place(number, file, path), store.read_record(path)


def _records(store: Store, out: Path) -> Exported:
    """Whole records with all their evidence, one JSON object a line, as they stand in the run folder."""
    count = 0
    with writing(out) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        for _, record in _documents(store):
            file.write(record.model_dump_json() + "\n")
            count += 1
    return Exported((out,), {"records": count})


def _headers(store: Store, out: Path) -> Exported:
    """The edXML header of each record: ``records/2025/plan.pdf.json`` becomes ``OUT/2025/plan.pdf.xml``."""
    count = 0
    for place, record in _documents(store):
        inner = PurePosixPath(place.record).relative_to("records").with_suffix(".xml")
        with writing(out / inner) as temporary:
            temporary.write_bytes(header(record))
        count += 1
    return Exported((out,), {"headers": count})
