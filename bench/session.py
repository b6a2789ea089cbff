"""A command with all processes that it starts: their time and their memory, as Linux tells them while they run."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_SET_CHILD_SUBREAPER = 36
"""Of ``prctl``."""
_COUNT = re.compile(rb"^\[(\d+)/", re.MULTILINE)


@dataclass
class Watched:
    """What a command took: seconds by the clock and of processors, and samples of the memory of its largest process."""

    seconds: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    samples: list[tuple[int, float]] = field(default_factory=list)

    def memory(self, first: int, last: int) -> float:
        """The most megabytes while so many documents were done."""
        return max((size for done, size in self.samples if first <= done <= last), default=0.0)


def watched(command: Sequence[str], every: float) -> Watched:
    """Run a command to its good end in a session of its own, and look at its processes every so many seconds."""
    seen = Watched()
    _adopt()
    begun, before = time.monotonic(), _spent()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, start_new_session=True)
        while process.poll() is None:
            time.sleep(every)
            sizes = [0.0]
            for pid in _session(process.pid):
                size, most = _usage(pid)
                seen.peak = max(seen.peak, most)
                sizes.append(size)
            done = _COUNT.findall(os.pread(told.fileno(), 4096, max(0, os.fstat(told.fileno()).st_size - 4096)))
            seen.samples.append((int(done[-1]) if done else 0, max(sizes)))
        seen.seconds = time.monotonic() - begun
        if process.returncode:
            told.seek(0)
            raise RuntimeError(told.read().decode()[-2000:])
    seen.cpu = _spent(process.pid) - before
    return seen


def _adopt() -> None:
    """Have processes whose parent has ended become children of this one, so that their time is told too."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _spent(leader: int | None = None) -> float:
    """Seconds of processors of all children that have ended; those of a ``leader``'s session are waited for."""
    while True:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if leader is None or not _session(leader):
            break
        time.sleep(0.05)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _session(leader: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        fields = _read(path).rpartition(")")[2].split()
        if len(fields) > 3 and int(fields[3]) == leader:
            found.append(int(path.parent.name))
    return found


def _usage(pid: int) -> tuple[float, float]:
    """Megabytes now, most megabytes."""
    sizes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", _read(Path(f"/proc/{pid}/status")), re.MULTILINE))
    now, most = (int(sizes.get(name, 0)) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
