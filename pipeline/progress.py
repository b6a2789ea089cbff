"""Progress for a person: a bar on a terminal, a plain line for each document elsewhere, nothing when quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from pipeline.show import printable
from pipeline.summary import count
from schemas.run import Done, Failure

Progress = Callable[[int, int, Done | Failure], None]
"""Called after every document with how many are done, how many there are, and what became of this one."""


@contextmanager
def progress(stream: TextIO, *, quiet: bool) -> Iterator[Progress]:
    """Tell of every document on ``stream`` while the context is open."""
    if quiet:
        yield lambda *_: None
    elif stream.isatty():
        with _bar(stream) as tell:
            yield tell
    else:
        yield lambda done, total, outcome: print(line(done, total, outcome), file=stream, flush=True)


@contextmanager
def _bar(stream: TextIO) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(file=stream)) as bar:
        task = bar.add_task("starting", total=None)

        def tell(done: int, total: int, outcome: Done | Failure) -> None:
            bar.update(task, completed=done, total=total, description=printable(outcome.file))
            if isinstance(outcome, Failure):
                bar.console.print(line(done, total, outcome), markup=False, highlight=False)

        yield tell


def line(done: int, total: int, outcome: Done | Failure) -> str:
    """One line about one document."""
    if isinstance(outcome, Failure):
        what = f"FAILED ({outcome.kind})"
    else:
        notes = f", {count(outcome.notes, 'note')}" if outcome.notes else ""
        what = f"{count(outcome.pages, 'page')}, {outcome.ocr_pages} by OCR{notes}"
    return f"[{done}/{total}] {printable(outcome.file)}: {what}"
