"""Documents spread over processes. What hangs, crashes or takes too much costs that document alone."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as Overdue
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pebble import ProcessExpired, ProcessPool

from ingest import extent
from pipeline.find import Item
from pipeline.journal import Outcome
from pipeline.limits import allow, confine, end, end_all, limited, ran_out_of_time
from pipeline.options import Options
from pipeline.parts import LONG, parts_of, together, write_part
from pipeline.process import Tools, process, read_part
from pipeline.store import Store, StoreError
from schemas.run import Failure
from schemas.text import Document

CRASH = "the process that read it died: a crash of a library, or not enough memory"
CRASH_REMEDY = "look at the file with another program; if it is sound, split it, or report it together with the file"
SLOW_REMEDY = "allow more time (--timeout SECONDS) and try again with --retry-failed"
_STARTS = 3
"""How often a pool of which nothing came is started again."""


class Task(NamedTuple):
    """What every worker has to know."""

    store: Store
    options: Options


class Job(NamedTuple):
    """A share of work: a document, or (``only``) some pages of one. ``parts`` were read before."""

    item: Item
    only: range | None = None
    parts: tuple[range, ...] = ()


class Long(NamedTuple):
    """What a worker says of a document that is to be read in parts."""

    pages: int


def work(items: Sequence[Item], task: Task, jobs: int) -> Iterator[Outcome]:
    """Do every item and write its products; outcomes come as they are ready, in any order.

    ``jobs`` processes are used; with 0 everything is done in this process (for debuggers), where nothing shields the
    batch from a crash of a library and no limit holds. Raises ``StoreError`` where products cannot be written.
    """
    if jobs == 0:
        kit = task.options.tools()
        yield from (one(item, task, kit) for item in items)
        return
    with tempfile.TemporaryDirectory(prefix="vanthu-", ignore_cleanup_errors=True) as scratch:
        yield from Batch(items, task, jobs, Path(scratch), local_pool).outcomes()


def one(item: Item, task: Task, kit: Tools, document: Document | None = None) -> Outcome:
    """Do one file and write its products, or remove those of an earlier run where it fails."""
    processed = process(item.path, item.file, kit, document)
    if isinstance(processed, Failure):
        if processed.kind == "no-space":
            raise StoreError(f"{processed.message}: {processed.remedy}")
        task.store.remove_document(item.file)
        return processed
    return task.store.write_document(item.file, processed)


Pools = Callable[[Task, int, Path], AbstractContextManager[Any]]
"""Makes a pool of so many workers that use a scratch folder; jobs are scheduled in it as in ``pebble.ProcessPool``."""


class Batch:
    """The work of one run: what waits, what runs, and how far the long documents are."""

    def __init__(self, items: Sequence[Item], task: Task, jobs: int, scratch: Path, pool: Pools) -> None:
        """``pool`` makes a pool of so many ``jobs``; ``scratch`` is a folder that only this batch uses."""
        self.task = task
        self.pool = pool
        self.jobs = jobs
        self.scratch = scratch
        self.waiting = deque(Job(item) for item in items)
        self.running: dict[Future[Outcome | Long | None], Job] = {}
        self.left: dict[Item, list[range]] = {}
        self.parts: dict[Item, tuple[range, ...]] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """All outcomes. A pool that breaks as a whole is started again, as long as something comes of it."""
        starts = 0
        while self.waiting:
            starts += 1
            try:
                for outcome in self._pooled():
                    starts = 0
                    yield outcome
            except BrokenProcessPool as error:
                if starts == _STARTS:
                    raise StoreError("worker processes end as soon as they are started: try --jobs 0") from error
            self.waiting.extendleft(self.running.values())
            self.running.clear()

    def _pooled(self) -> Iterator[Outcome]:
        with self.pool(self.task, self.jobs, self.scratch) as pool:
            while self.waiting or self.running:
                while self.waiting and len(self.running) < 2 * self.jobs:
                    self._schedule(pool, self.waiting.popleft())
                for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                    error = future.exception()
                    if isinstance(error, BrokenProcessPool):
                        raise error
                    job = self.running.pop(future)
                    came = lost(job, error, self.task, self.scratch) if error is not None else future.result()
                    yield from self._settle(job, came)

    def _schedule(self, pool: Any, job: Job) -> None:
        pages = sum(map(len, job.parts)) or LONG
        try:
            future = pool.schedule(in_worker, args=[job], timeout=limit(self.task, pages) + 60)
        except RuntimeError as error:
            self.waiting.appendleft(job)
            raise BrokenProcessPool from error
        self.running[future] = job

    def _settle(self, job: Job, came: Outcome | Long | None) -> Iterator[Outcome]:
        """What is to be done next: parts after a long document, the document after its last part."""
        if isinstance(came, Long):
            parts = self.parts[job.item] = tuple(parts_of(came.pages, self.jobs))
            self.left[job.item] = list(parts)
            self.waiting.extendleft(Job(job.item, only) for only in reversed(parts))
        elif job.only is not None:
            if isinstance(came, Failure):
                write_part(self.scratch, job.item.file, job.only, came)
            self.left[job.item].remove(job.only)
            if not self.left[job.item]:
                del self.left[job.item]
                self.waiting.appendleft(Job(job.item, parts=self.parts.pop(job.item)))
        elif came is not None:
            yield came


def lost(job: Job, error: BaseException, task: Task, scratch: Path) -> Failure:
    """The failure of a document whose worker has died; any other error is raised."""
    file = job.item.file
    if not isinstance(error, ProcessExpired | Overdue):
        raise error
    if isinstance(error, ProcessExpired):
        end(error.pid, scratch)
    if job.only is None:
        task.store.remove_document(file)
    if isinstance(error, Overdue) or ran_out_of_time(error.exitcode):
        message = f"it took longer than {task.options.timeout:g} s a page"
        return Failure(file=file, kind="timeout", message=message, remedy=SLOW_REMEDY)
    return Failure(file=file, kind="crashed", message=CRASH, remedy=CRASH_REMEDY)


@contextmanager
def local_pool(task: Task, jobs: int, scratch: Path) -> Iterator[ProcessPool]:
    """A pool that is gone at once, with all that its workers have started, when anything is raised.

    On Linux the modules are imported once, by a server from which the workers are forked. It is reached by a socket
    among the temporary files, whose path the system limits to 107 bytes.
    """
    short = len(os.fsencode(tempfile.gettempdir())) <= 107 - len("/pymp-12345678/listener-12345678")
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" and short else "spawn")
    context.set_forkserver_preload([__name__])
    pool = ProcessPool(jobs, context=context, initializer=_start, initargs=(task, scratch))
    try:
        yield pool
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        if sys.exc_info()[0] is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            end_all(scratch)
        pool.join()


def limit(task: Task, pages: int) -> float:
    """The seconds that so many pages may take."""
    return task.options.timeout * (pages + 1)


_task: Task
_scratch: Path
"""Of a worker process: set once when it starts."""


def _start(task: Task, scratch: Path) -> None:
    global _task, _scratch
    _task, _scratch = task, scratch
    confine(scratch, task.options.memory)


@cache
def _kit() -> Tools:
    return _task.options.tools()


def in_worker(job: Job) -> Outcome | Long | None:
    """A document (or that it is a long one); or some pages of one, which are left in the scratch folder."""
    path, file = job.item
    with limited(limit(_task, 1)):
        pages = len(job.only) if job.only else sum(map(len, job.parts))
        if not pages:
            pages, in_parts = extent(path)
            if in_parts and pages > LONG:
                return Long(pages)
        allow(limit(_task, pages))
        if job.only is not None:
            write_part(_scratch, file, job.only, read_part(path, file, _kit(), job.only))
            return None
        document = together(_scratch, file, job.parts) if job.parts else None
        if isinstance(document, Failure):
            _task.store.remove_document(file)
            return document
        return one(job.item, _task, _kit(), document)
