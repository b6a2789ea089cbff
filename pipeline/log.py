"""A log for programs: one JSON object a line, appended, so that the log of a run that was stopped goes on.

Every line has ``time`` (UTC), ``event`` and ``seconds`` since the log was opened:

* ``start``: ``out``, ``inputs``
* ``done``: ``file``, ``pages``, ``ocr_pages``, ``notes``, ``done`` and ``total`` documents
* ``failed``: ``file``, ``kind``, ``message``, ``done``, ``total``
* ``end``: ``documents``, ``failures``, ``pages``, ``interrupted``
"""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.store import StoreError
from schemas.run import Done, Failure, Run


class Log:
    """Writes events; call it as ``pipeline.progress.Progress``. Without a file it writes nothing."""

    def __init__(self, file: TextIO | None) -> None:
        """``file`` takes text."""
        self._file = file
        self._begun = time.monotonic()

    def start(self, inputs: Sequence[Path], out: Path) -> None:
        """A run begins."""
        self._write("start", out=str(out), inputs=[str(path) for path in inputs])

    def __call__(self, done: int, total: int, outcome: Done | Failure) -> None:
        """A document is done, or has failed."""
        if isinstance(outcome, Failure):
            self._write("failed", **outcome.model_dump(exclude={"remedy"}), done=done, total=total)
        else:
            figures = outcome.model_dump(include={"file", "pages", "ocr_pages", "notes"})
            self._write("done", **figures, done=done, total=total)

    def end(self, run: Run) -> None:
        """A run has ended."""
        pages = sum(done.pages for done in run.documents)
        documents = len(run.documents)
        self._write("end", documents=documents, failures=run.failures, pages=pages, interrupted=run.interrupted)

    def _write(self, event: str, **fields: object) -> None:
        if self._file is None:
            return
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        row = {"time": now, "event": event, "seconds": round(time.monotonic() - self._begun, 3), **fields}
        try:
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            raise StoreError(f"the log cannot be written: {error.strerror or error}") from error


@contextmanager
def log_to(path: Path | None) -> Iterator[Log]:
    """A log that appends to ``path`` while the context is open; ``StoreError`` where it cannot be written."""
    if path is None:
        yield Log(None)
        return
    try:
        file = path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
    with file:
        yield Log(file)
