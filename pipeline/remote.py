"""What a worker of a cluster does: it is the host of isolated processes, which work as they do on one machine."""

from __future__ import annotations

import atexit
import multiprocessing
import shutil
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.find import Item
from pipeline.journal import Outcome
from pipeline.options import Options
from pipeline.parts import LONG, together, write_part
from pipeline.recipe import Recipe, recipe
from pipeline.store import Store, StoreError
from pipeline.workers import Job, Long, Task, in_worker, limit, local_pool, lost
from schemas.run import Done
from schemas.text import Document


class Setup(NamedTuple):
    """What every worker has to know of a run; ``own`` are the user's style and tables."""

    token: str
    options: Options
    clashing: frozenset[str]
    own: dict[str, bytes]
    recipe: Recipe


class Share(NamedTuple):
    """A share of the work: a file (its own name, and that in the run), or some of its pages, or what was read of it."""

    name: str
    file: str
    only: range | None
    document: Document | None = None


class Answer(NamedTuple):
    """What came of a share, and the products of a document that is done, by their paths in the run folder."""

    came: Outcome | Long | Document
    products: dict[str, bytes]


class _Host:
    """The isolated processes of this worker for one run, and their folder."""

    def __init__(self, setup: Setup) -> None:
        from distributed import get_worker

        worker = get_worker()
        self._stack = ExitStack()
        folder = tempfile.TemporaryDirectory(prefix="vanthu-", dir=worker.local_directory, ignore_cleanup_errors=True)
        self.scratch = Path(self._stack.enter_context(folder))
        self.task = Task(Store(self.scratch / "run", setup.clashing), self._options(setup))
        here = recipe(self.task.options.tools(), self.task.options)
        if here.key(ocr=True) != setup.recipe.key(ocr=True):
            raise StoreError(
                f"{worker.address} has other versions, install the same: {_difference(here, setup.recipe)}"
            )
        _may_start_processes()
        self.pool = self._stack.enter_context(local_pool(self.task, worker.state.nthreads, self.scratch))

    def _options(self, setup: Setup) -> Options:
        """The options of the run, with the user's own files as they stand here."""
        for name, data in setup.own.items():
            path = self.scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        style, tables = setup.options.style, setup.options.tables
        return replace(
            setup.options,
            style=style and self.scratch / "style" / style.name,
            tables=tables and self.scratch / "tables" / tables.name,
        )

    def do(self, share: Share, data: bytes) -> Answer:
        """Do a share in a process of its own."""
        folder = Path(tempfile.mkdtemp(dir=self.scratch))
        item = Item(folder / share.name, share.file)
        try:
            item.path.write_bytes(data)
            return self._answer(self._job(item, share))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _job(self, item: Item, share: Share) -> Job:
        if share.document is None:
            return Job(item, share.only)
        pages = range(1, len(share.document.pages) + 1)
        write_part(self.scratch, item.file, pages, share.document)
        return Job(item, parts=(pages,))

    def _answer(self, job: Job) -> Answer:
        pages = len(job.only or ()) or sum(map(len, job.parts)) or LONG
        future = self.pool.schedule(in_worker, args=[job], timeout=limit(self.task, pages) + 60)
        error = future.exception()
        came = future.result() if error is None else lost(job, error, self.task, self.scratch)
        if came is None and job.only is not None:
            return Answer(together(self.scratch, job.item.file, (job.only,)), {})
        if not isinstance(came, Done):
            assert came is not None
            return Answer(came, {})
        products = self.task.store.read_products(came)
        self.task.store.remove_products(came)
        return Answer(came, products)

    def close(self) -> None:
        """End the processes at once, also where they still work for a run that was stopped, and remove the folder."""
        stopped = InterruptedError()
        self._stack.__exit__(InterruptedError, stopped, None)


def _difference(here: Recipe, there: Recipe) -> str:
    """The names whose versions differ, with that of the worker and that of the run."""
    rows = [(name, here.versions.get(name), version) for name, version in there.versions.items()]
    return ", ".join(f"{name} {mine} for {wanted}" for name, mine, wanted in rows if mine != wanted)


_hosts: dict[str, _Host] = {}
_starting = threading.Lock()


def on_worker(setup: Setup, share: Share, data: bytes) -> Answer:
    """Do a share of a run. Raises ``StoreError`` where this worker has other versions than the run, or no room."""
    with _starting:
        host = _hosts.get(setup.token) or _hosts.setdefault(setup.token, _Host(setup))
    return host.do(share, data)


def forget(token: str) -> None:
    """A run is over here."""
    with _starting:
        host = _hosts.pop(token, None)
    if host is not None:
        host.close()


def _may_start_processes() -> None:
    """Let a process that Dask's nanny started have processes of its own; they end with it (``pipeline.limits``)."""
    settings: dict[str, Any] = multiprocessing.current_process().__dict__["_config"]
    settings["daemon"] = False


@atexit.register
def _forget_all() -> None:
    for token in list(_hosts):
        forget(token)
