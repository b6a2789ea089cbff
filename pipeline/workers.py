"""Documents spread over processes. A process that dies takes one document with it, never the batch."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ingest import OcrMode
from pipeline.process import Tools, process, tools
from pipeline.store import Store
from schemas.run import Done, Failure

Outcome = Done | Failure

CRASH = "the process that read it died: a crash of a library, or not enough memory"
CRASH_REMEDY = "look at the file with another program; if it is sound, split it, or report it together with the file"


class Item(NamedTuple):
    """A file to do, and the name that it has in the run."""

    path: Path
    file: str


class Task(NamedTuple):
    """What every worker has to know."""

    store: Store
    ocr: OcrMode
    adapt: bool = True
    style: Path | None = None
    tables: Path | None = None

    def tools(self) -> Tools:
        """The tools for the task."""
        return tools(self.ocr, adapt=self.adapt, style=self.style, tables=self.tables)


def work(items: Sequence[Item], task: Task, jobs: int) -> Iterator[Outcome]:
    """Do every item and write its products; outcomes come as they are ready, in any order.

    ``jobs`` processes are used; with 0 everything is done in this process (for debuggers), where nothing shields the
    batch from a crash of a library.
    """
    if jobs == 0:
        kit = task.tools()
        yield from (one(item, task, kit) for item in items)
        return
    waiting = deque(items)
    while waiting:
        suspects = yield from _together(waiting, task, min(jobs, len(waiting)))
        yield from (_alone(item, task) for item in suspects)


def one(item: Item, task: Task, kit: Tools) -> Outcome:
    """Do one file and write its products, or remove those of an earlier run where it fails."""
    processed = process(item.path, item.file, kit)
    if isinstance(processed, Failure):
        task.store.remove_document(item.file)
        return processed
    return task.store.write_document(item.file, processed)


def _together(waiting: deque[Item], task: Task, jobs: int) -> Generator[Outcome, None, list[Item]]:
    """Empty ``waiting`` through a pool; where a process dies, stop and return the items that were under way."""
    running: dict[Future[Outcome], Item] = {}
    with _pool(task, jobs) as pool:
        while waiting or running:
            try:
                while waiting and len(running) < 2 * jobs:
                    running[pool.submit(_in_worker, waiting[0])] = waiting[0]
                    waiting.popleft()
                outcomes = [(done, done.result()) for done in wait(running, return_when=FIRST_COMPLETED).done]
            except BrokenProcessPool:
                return list(running.values())
            for future, outcome in outcomes:
                del running[future]
                yield outcome
    return []


def _alone(item: Item, task: Task) -> Outcome:
    """Do an item in a process of its own."""
    with _pool(task, 1) as pool:
        try:
            return pool.submit(_in_worker, item).result()
        except BrokenProcessPool:
            task.store.remove_document(item.file)
            return Failure(file=item.file, kind="internal", message=CRASH, remedy=CRASH_REMEDY)


@contextmanager
def _pool(task: Task, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """A pool that waits for its work when all is well, and is gone at once when anything else is raised.

    Temporary files of its processes lie in one folder, so that nothing is left of a process that died.
    """
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as scratch:
        pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(task, scratch))
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()
                child.join(5)
            raise
        pool.shutdown()


_task: Task
"""Of a worker process: set once when it starts."""


def _start(task: Task, scratch: str) -> None:
    global _task
    _task = task
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    os.environ["OMP_THREAD_LIMIT"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@cache
def _kit() -> Tools:
    return _task.tools()


def _in_worker(item: Item) -> Outcome:
    return one(item, _task, _kit())
