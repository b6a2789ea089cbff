"""A folder that is watched: files are taken when they have stopped growing, in a loop that bad files do not stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest import IngestError
from pipeline.find import Item, find
from pipeline.options import Options
from pipeline.progress import Progress
from pipeline.run import run
from pipeline.store import StoreError
from schemas.run import Run


class WatchError(Exception):
    """The folder is not there, or the run folder cannot be written; the message says why."""


class Mark(NamedTuple):
    """What a file looked like: size in bytes, and when it was last written, in nanoseconds."""

    size: int
    written: int


class Arrivals:
    """Which files have arrived: they looked the same in two looks, hold something, and were not yet taken so."""

    def __init__(self) -> None:
        """Nothing is known."""
        self._seen: dict[str, Mark] = {}
        self._taken: dict[str, Mark] = {}

    def look(self, items: Sequence[Item]) -> frozenset[str]:
        """Look once; the names of the files that are to be taken now."""
        marks = {item.file: mark for item in items if (mark := _mark(item.path))}
        same = {file for file, mark in marks.items() if mark.size and self._seen.get(file) == mark}
        self._seen = marks
        return frozenset(file for file in same if self._taken.get(file) != marks[file])

    def take(self, files: frozenset[str]) -> None:
        """They were done, or have failed, as the last look saw them."""
        self._taken |= {file: self._seen[file] for file in files}


def _mark(path: Path) -> Mark | None:
    try:
        about = path.stat()
    except OSError:  # gone since the folder was listed, or not to be seen: the next look tells
        return None
    return Mark(about.st_size, about.st_mtime_ns)


def watch(
    paths: Sequence[Path],
    out: Path,
    options: Options,
    progress: Progress,
    trouble: Callable[[str], None],
    *,
    interval: float,
    once: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Run]:
    """Do files as they arrive; gives the run folder's state each time that some were done.

    A folder that is not there and a run folder that cannot be written are told to ``trouble`` and tried again after
    ``interval`` seconds. With ``once`` it looks twice, does what has arrived, and ends; ``WatchError`` is then raised.
    Ctrl-C ends the loop; where it came while documents were under way, the last run that is given is interrupted.
    """
    arrivals = Arrivals()
    for number in _looks(once):
        try:
            if number:
                sleep(interval)
            ready = arrivals.look(find(paths, out).items)
            if not ready:
                continue
            done = run(paths, out, options, progress, only=ready.__contains__)
            if not done.interrupted:
                arrivals.take(ready)
            yield done
            if done.interrupted:
                return
        except KeyboardInterrupt:
            return
        except (IngestError, StoreError) as error:
            if once:
                raise WatchError(str(error)) from error
            trouble(str(error))


def _looks(once: bool) -> Iterator[int]:
    number = 0
    while not once or number < 2:
        yield number
        number += 1
