"""Writers of tables, row by row, so that memory does not grow with the number of rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from export.cells import Cell, disarmed
from export.errors import ExportError
from export.tables import Table
from pipeline.writing import writing

BATCH = 2_000
"""Rows that a Parquet file takes at once."""


class Sink(Protocol):
    """Takes the rows of tables; what was written is told at the end."""

    def row(self, table: Table, cells: Sequence[Cell]) -> None:
        """Write one row."""
        ...


class CsvSink:
    """A CSV file for each table; ``Sink``. Formulas are disarmed, numbers stay numbers."""

    def __init__(self, writers: dict[str, Any]) -> None:
        """``writers`` by the name of the table."""
        self._writers = writers

    def row(self, table: Table, cells: Sequence[Cell]) -> None:
        """Write one row."""
        self._writers[table.name].writerow([_csv_cell(cell) for cell in cells])


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return disarmed(cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


@contextmanager
def csv_files(paths: dict[str, Path], tables: Sequence[Table], *, vietnamese: bool, bom: bool) -> Iterator[CsvSink]:
    """Comma-separated UTF-8 with a head row; ``bom`` puts the mark that Excel needs in front."""
    with ExitStack() as stack:
        writers = {}
        for table in tables:
            temporary = stack.enter_context(writing(paths[table.name]))
            encoding = "utf-8-sig" if bom else "utf-8"
            file = stack.enter_context(temporary.open("w", encoding=encoding, newline=""))
            writers[table.name] = csv.writer(file)
            writers[table.name].writerow([c.label if vietnamese else c.name for c in table.columns])
        yield CsvSink(writers)


class LineSink:
    """JSON objects, one a line; ``Sink``. Values are as in the record: JSON has no formulas."""

    def __init__(self, files: dict[str, Any], named: bool) -> None:
        """``files`` by the name of the table; ``named``: each row begins with the name of its table."""
        self._files = files
        self._named = named

    def row(self, table: Table, cells: Sequence[Cell]) -> None:
        """Write one row."""
        names = [column.name for column in table.columns]
        plain = ({"table": table.name} if self._named else {}) | dict(zip(names, cells, strict=True))
        self._files[table.name].write(json.dumps(plain, ensure_ascii=False) + "\n")


@contextmanager
def line_files(paths: dict[str, Path], tables: Sequence[Table]) -> Iterator[LineSink]:
    """JSON lines; tables that share a path share the file, and their rows are named."""
    with ExitStack() as stack:
        opened: dict[Path, Any] = {}
        for table in tables:
            path = paths[table.name]
            if path not in opened:
                temporary = stack.enter_context(writing(path))
                opened[path] = stack.enter_context(temporary.open("w", encoding="utf-8", newline="\n"))
        yield LineSink({table.name: opened[paths[table.name]] for table in tables}, len(opened) < len(tables))


class ParquetSink:
    """A Parquet file for each table; ``Sink``."""

    def __init__(self, writers: dict[str, Any]) -> None:
        """``writers`` by the name of the table: ``pyarrow.parquet.ParquetWriter``."""
        self._writers = writers
        self._waiting: dict[str, list[Sequence[Cell]]] = {name: [] for name in writers}

    def row(self, table: Table, cells: Sequence[Cell]) -> None:
        """Write one row, together with others."""
        self._waiting[table.name].append(cells)
        if len(self._waiting[table.name]) >= BATCH:
            self.flush(table.name)

    def flush(self, name: str) -> None:
        """Write the rows that wait."""
        import pyarrow

        writer, rows = self._writers[name], self._waiting[name]
        if rows:
            columns = zip(zip(*rows, strict=True), writer.schema, strict=True)
            arrays = [pyarrow.array(column, field.type) for column, field in columns]
            writer.write_batch(pyarrow.record_batch(arrays, schema=writer.schema))
            rows.clear()


@contextmanager
def parquet_files(paths: dict[str, Path], tables: Sequence[Table]) -> Iterator[ParquetSink]:
    """Parquet with typed columns. ``ExportError`` where pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow: install vanthu with its extra `parquet`") from error
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    with ExitStack() as stack:
        writers = {}
        for table in tables:
            schema = pyarrow.schema([(column.name, types[column.type]) for column in table.columns])
            temporary = stack.enter_context(writing(paths[table.name]))
            writers[table.name] = stack.enter_context(ParquetWriter(temporary, schema))
        sink = ParquetSink(writers)
        yield sink
        for name in writers:
            sink.flush(name)
