"""What a worker process may use: time, memory, temporary files. The system keeps the limits, not the code that runs.

A limit of time is an alarm that ends the process, also in the middle of a library's call. A worker leads a process
group of its own, so that the programs it has started can be ended with it.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TEMPORARY_DISK = 2_000_000_000
"""Bytes that one file of a worker may have."""


def confine(scratch: Path, memory: int) -> None:
    """Set up a worker process, once: its own folder for temporary files below ``scratch``, its limits (megabytes).

    Memory is limited where the system has such a limit for the data of a process (Linux).
    """
    own = scratch / str(os.getpid())
    own.mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    if sys.platform != "win32":
        import resource

        os.setpgid(0, 0)
        for kind, most in ((resource.RLIMIT_DATA, memory * 1_000_000), (resource.RLIMIT_FSIZE, TEMPORARY_DISK)):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))
    threading.Thread(target=_die_with_parent, daemon=True).start()


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """A task of a worker: its process ends when its time is over; its temporary files are removed afterwards."""
    allow(seconds)
    try:
        yield
    finally:
        allow(0)
        for path in Path(tempfile.gettempdir()).iterdir():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def allow(seconds: float) -> None:
    """Let the task run that long from now on (0: no limit any more)."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def ran_out_of_time(exit_code: int) -> bool:
    """Whether a process was ended by the alarm."""
    return sys.platform != "win32" and exit_code == -signal.SIGALRM


def end(worker: int, scratch: Path) -> None:
    """End what a worker has started and remove its temporary files, where it could not do so itself."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(worker, signal.SIGKILL)
    shutil.rmtree(scratch / str(worker), ignore_errors=True)


def end_all(scratch: Path) -> None:
    """The same for every worker."""
    for folder in scratch.iterdir():
        if folder.name.isdigit():
            end(int(folder.name), scratch)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if sys.platform != "win32":
            os.killpg(0, signal.SIGKILL)
        os._exit(1)
