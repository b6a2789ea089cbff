"""What a run has done so far, one outcome a line: ``RUN/journal.jsonl``, there until ``run.json`` tells it.

A line is written when the products of its document are in place, so that a run that is killed loses only what was
under way. It is not forced to the disk: where a machine loses its power, the last documents are done again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from schemas.run import Done, Failure

Outcome = Done | Failure


class Journal:
    """The journal of a run, open for its one writer; use it in a ``with`` statement."""

    def __init__(self, path: Path) -> None:
        """Begin a new one."""
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)

    def add(self, outcome: Outcome) -> None:
        """Write an outcome. Raises ``OSError`` where the disk is full."""
        kind = "done" if isinstance(outcome, Done) else "failed"
        row = json.dumps({kind: outcome.model_dump()}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        if os.write(self._file, row) < len(row):
            raise OSError(28, os.strerror(28))

    def __enter__(self) -> Journal:
        """The open journal."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; it stays until the run folder tells what it tells."""
        os.close(self._file)


def outcomes(path: Path) -> Iterator[Outcome]:
    """The outcomes of a journal, in their order, up to the first line that is not whole; none where there is none."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                row = json.loads(line)
                yield Done.model_validate(row["done"]) if "done" in row else Failure.model_validate(row["failed"])
            except (ValueError, KeyError, TypeError):
                return
