"""The same work on a Dask cluster: each of its workers does documents as a worker process of this machine would.

Files travel as bytes, in both directions: the workers need neither the input folder nor the run folder, which this
process alone writes. A worker of the cluster keeps an isolated process for each of its threads (``pipeline.remote``),
so that limits hold there too. A worker that is lost costs its documents some time: they are done on another.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.find import Item
from pipeline.journal import Outcome
from pipeline.parts import together, write_part
from pipeline.process import read_layer
from pipeline.recipe import recipe
from pipeline.remote import Setup, Share, forget, on_worker
from pipeline.store import StoreError
from pipeline.workers import CRASH, CRASH_REMEDY, Batch, Job, Long, Task
from schemas.run import Done, Failure
from schemas.text import Document

PATIENCE = 30
"""Seconds that a scheduler may take to answer, and a cluster to have a worker."""


class ClusterError(StoreError):
    """The cluster cannot be used, or was lost; the message says why and what to do."""


def work_on(address: str, items: Sequence[Item], task: Task) -> Iterator[Outcome]:
    """Do every item on the cluster of a scheduler, such as "tcp://host:8786"; outcomes come in any order.

    Raises ``ClusterError`` where ``distributed`` is not installed, no scheduler answers or there is no worker;
    ``StoreError`` where a worker has other versions than this machine, or products cannot be written.
    """
    with _connected(address) as client, tempfile.TemporaryDirectory(prefix="vanthu-") as scratch:
        threads = sum(client.nthreads().values())
        yield from Batch(items, task, threads, Path(scratch), partial(_pool, client)).outcomes()


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise ClusterError("a cluster needs distributed: install vanthu with its extra `cluster`") from error
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "10 GB"}))
        try:
            client = stack.enter_context(Client(address, timeout=PATIENCE, set_as_default=False))  # type: ignore[no-untyped-call]
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise ClusterError(f"{address}: no Dask scheduler with workers answers ({error})") from error
        yield client


@contextmanager
def _pool(client: Any, task: Task, jobs: int, scratch: Path) -> Iterator[_ClusterPool]:
    """The cluster as a pool; what it still does for the run when the context ends is forgotten."""
    pool = _ClusterPool(client, task, scratch)
    try:
        yield pool
    finally:
        pool.close()


class _ClusterPool:
    """Takes jobs as ``pebble.ProcessPool`` does."""

    def __init__(self, client: Any, task: Task, scratch: Path) -> None:
        self._client = client
        self._task = task
        self._scratch = scratch
        self._setup = _setup(task)
        self._long: dict[Item, Any] = {}
        self._waiting: dict[Future[Any], Any] = {}

    def schedule(self, _: object, args: Sequence[Job], timeout: float) -> Future[Outcome | Long | None]:
        """Send a job to the cluster, which keeps the limit of time itself."""
        (job,) = args
        answer: Future[Outcome | Long | None] = Future()
        try:
            share, data = self._share(job)
        except OSError:  # as a worker process of this machine would tell it
            failure = read_layer(job.item.path, job.item.file)
            if not isinstance(failure, Failure):
                return self.schedule(_, args, timeout)
            share, data = failure, b""
        if isinstance(share, Failure):
            answer.set_result(share)
            return answer
        asked = self._client.submit(on_worker, self._setup, share, data, pure=False)
        self._waiting[answer] = asked
        asked.add_done_callback(lambda done: self._came(job, answer, done))
        return answer

    def _share(self, job: Job) -> tuple[Share | Failure, Any]:
        """What is sent. The bytes of a long document are sent once and stay in the cluster until it is done."""
        path, file = job.item
        if job.parts:
            self._long.pop(job.item, None)
            read = together(self._scratch, file, job.parts)
            return (read if isinstance(read, Failure) else Share(path.name, file, None, read)), b""
        if job.only is None:
            return Share(path.name, file, None), path.read_bytes()
        if job.item not in self._long:
            self._long[job.item] = self._client.submit(bytes, path.read_bytes(), pure=False)
        return Share(path.name, file, job.only), self._long[job.item]

    def _came(self, job: Job, answer: Future[Any], done: Any) -> None:
        """An answer is there (in a thread of the client's): put the products in place."""
        try:
            came, products = done.result()
            if isinstance(came, Document) and job.only is not None:
                write_part(self._scratch, job.item.file, job.only, came)
            elif isinstance(came, Done):
                self._task.store.write_products(came, products)
            answer.set_result(None if isinstance(came, Document) else came)
        except BaseException as error:
            if type(error).__name__ == "KilledWorker":  # several workers died of it
                answer.set_result(Failure(file=job.item.file, kind="crashed", message=CRASH, remedy=CRASH_REMEDY))
            else:
                answer.set_exception(_told(error))
        finally:
            self._waiting.pop(answer, None)

    def close(self) -> None:
        """Give up what is under way, and let the workers forget the run."""
        left = list(self._waiting.values())
        with suppress(Exception):
            if left:
                self._client.cancel(left, force=True)
                wait_for(list(self._waiting), timeout=5)
            self._client.run(forget, self._setup.token, on_error="ignore")


def _setup(task: Task) -> Setup:
    options = replace(task.options, cluster=None)
    own = {}
    if options.style:
        own[f"style/{options.style.name}"] = options.style.read_bytes()
    if options.tables:
        folder = f"tables/{options.tables.name}"
        own |= {f"{folder}/{path.name}": path.read_bytes() for path in options.tables.glob("*.tsv")}
    return Setup(uuid.uuid4().hex, options, task.store.clashing, own, recipe(options.tools(), options))


def _told(error: BaseException) -> BaseException:
    """What Dask raises in the words of a batch; errors of the work on a worker are those of the work here."""
    if isinstance(error, StoreError | BrokenProcessPool):
        return error
    return ClusterError(f"the cluster was lost ({type(error).__name__}: {error}): the same command goes on later")
