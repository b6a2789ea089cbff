"""Progress for a person: a bar on a terminal, a plain line for each document elsewhere, nothing when quiet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from pipeline.summary import count
from schemas.run import Done, Failure
from schemas.text import printable

Progress = Callable[[int, int, Done | Failure], None]
"""Called after every document with how many are done, how many there are, and what became of this one."""

EVERY = 10.0
"""Seconds between two lines that say how far the work is, where there is no terminal."""


class Pace:
    """How far a run is: documents, pages, failures, pages a second, time left."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives seconds; the first document that is told of counts from now."""
        self._clock = clock
        self._begun = clock()
        self._before: int | None = None
        self.done = self.total = self.pages = self.failures = 0

    def add(self, done: int, total: int, outcome: Done | Failure) -> None:
        """Count a document. Those that an earlier call has done weigh nothing in the pace."""
        if self._before is None:
            self._before = done - 1
        self.done, self.total = done, total
        if isinstance(outcome, Failure):
            self.failures += 1
        else:
            self.pages += outcome.pages

    @property
    def seconds(self) -> float:
        """Seconds since the beginning."""
        return self._clock() - self._begun

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that are left if the other documents take as long as those that are done; None where none is."""
        worked = self.done - (self._before or 0)
        return self.seconds / worked * (self.total - self.done) if worked > 0 else None

    def as_text(self) -> str:
        """All of it in one line."""
        left = "" if self.left is None else f", {duration(self.left)} left"
        failed = f", {self.failures:,} failed" if self.failures else ""
        return f"{count(self.pages, 'page')}, {self.rate:.1f} a second{failed}{left}"


def duration(seconds: float) -> str:
    """A time as a person says it: "40 s", "12 min", "3 h 5 min"."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def progress(stream: TextIO, *, quiet: bool) -> Iterator[Progress]:
    """Tell of every document on ``stream`` while the context is open."""
    if quiet:
        yield lambda *_: None
    elif stream.isatty():
        with _bar(stream) as tell:
            yield tell
    else:
        yield _lines(stream)


def _lines(stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Progress:
    pace = Pace(clock)
    told = clock()

    def tell(done: int, total: int, outcome: Done | Failure) -> None:
        nonlocal told
        pace.add(done, total, outcome)
        print(line(done, total, outcome), file=stream, flush=True)
        if clock() - told >= EVERY and done < total:
            told = clock()
            print(f"[{done}/{total}] {pace.as_text()}", file=stream, flush=True)

    return tell


@contextmanager
def _bar(stream: TextIO) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(bar_width=20), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(file=stream)) as bar:
        task = bar.add_task("starting", total=None)
        pace = Pace()

        def tell(done: int, total: int, outcome: Done | Failure) -> None:
            pace.add(done, total, outcome)
            bar.update(task, completed=done, total=total, description=f"{pace.as_text()}: {printable(outcome.file)}")
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


def together(*tells: Progress) -> Progress:
    """Tell each of them."""

    def tell(done: int, total: int, outcome: Done | Failure) -> None:
        for each in tells:
            each(done, total, outcome)

    return tell
