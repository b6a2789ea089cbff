"""Runs that are killed: ``python -m bench.kill``.

A run of many documents, texts and scans, is ended with ``kill -9`` of its whole process group at random moments and
started again, until it is through, and then from the beginning, until it was killed so often. After each kill: no file
is torn, what was done is known, no more documents than processes lie there half done. At each end: what was done before
a kill was not done again, and the run folder is byte for byte that of a run that nobody has killed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.folders import pictures, texts
from bench.reading import ROOT
from pipeline import Store, StoreError
from pipeline.store import SUFFIXES

JOBS = 2
EARLY = 0.15
"""The share of kills that are counted from the start of a process, not from its first outcome."""
_TOLD = re.compile(r"^\[\d+/\d+\] ([^:]+): \d+ page", re.MULTILINE)


def main() -> None:
    """Kill and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--texts", type=int, default=290)
    parser.add_argument("--scans", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source = texts(place / "in", wanted.texts)
        pictures(source, wanted.scans)
        begun = time.monotonic()
        finish(start(source, place / "whole", place / "cache-0"))
        whole, seconds = fingerprint(place / "whole"), time.monotonic() - begun
        print(f"{len(whole[0])} files of an uninterrupted run, {seconds:.1f} s", flush=True)
        kills = rounds = redone = 0
        while kills < wanted.kills:
            rounds += 1
            out, cache = place / f"run-{rounds}", place / f"cache-{rounds}"
            while kills < wanted.kills:
                moment = chance.uniform(0, seconds / 5)
                if not killed(start(source, out, cache), moment, early=chance.random() < EARLY):
                    break
                kills += 1
                lost = check(out)
                redone += lost
                print(f"kill {kills} after {moment:.1f} s: {known(out)} documents done, {lost} half done", flush=True)
            names(finish(start(source, out, cache)))
            assert fingerprint(out) == whole, "the run folders differ"
            shutil.rmtree(out)
            shutil.rmtree(cache)
        print(f"{kills} kills in {rounds} runs: no torn file, {redone} documents half done, all run folders the same")


class Started(NamedTuple):
    """A run that was started, what was done before it, and where it tells what it does."""

    process: subprocess.Popen[bytes]
    before: set[str]
    log: Path


def start(source: Path, out: Path, cache: Path) -> Started:
    """A run as the leader of a process group."""
    before = done_files(out)
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(source), "--out", str(out), "--jobs", str(JOBS)]
    log = out.parent / f"{out.name}.log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [*command, "--cache", str(cache)], start_new_session=True, stdout=told, stderr=told, cwd=ROOT
        )
    return Started(process, before, log)


def killed(run: Started, moment: float, *, early: bool) -> bool:
    """Kill the process group so many seconds after its first outcome (``early``: its start); whether it was there."""
    while not early and run.process.poll() is None and not _TOLD.search(run.log.read_text("utf-8")):
        time.sleep(0.02)
    try:
        run.process.wait(moment)
    except subprocess.TimeoutExpired:
        os.killpg(run.process.pid, signal.SIGKILL)
        run.process.wait()
        time.sleep(0.3)  # its workers have groups of their own, and end when they see that it is gone
        names(run)
        return True
    names(finish(run))
    return False


def finish(run: Started) -> Started:
    """Wait for a good end."""
    assert run.process.wait() == 0, run.log.read_text("utf-8")
    return run


def names(run: Started) -> set[str]:
    """The documents that a run has told of. Raises ``AssertionError`` where one of them was done before."""
    told = {found[1] for line in run.log.read_text("utf-8").splitlines() if (found := _TOLD.match(line))}
    again = told & run.before
    assert not again, f"done twice: {again}"
    return told


def done_files(out: Path) -> set[str]:
    """The documents that the run folder knows."""
    try:
        return {done.file for done in Store(out).read_run().documents}
    except StoreError:
        return set()


def known(out: Path) -> int:
    """How many they are."""
    return len(done_files(out))


def check(out: Path) -> int:
    """Read every file of a run folder; how many documents have products and are not known as done."""
    for path in out.rglob("*"):
        if path.is_file() and not path.name.startswith(".vanthu"):
            data = path.read_bytes()
            if path.suffix == ".gz":
                json.loads(gzip.decompress(data))
            elif path.suffix == ".json":
                json.loads(data)
            else:
                data.decode("utf-8")
    store = Store(out)
    try:
        done = store.read_run().documents
    except StoreError:
        return 0
    assert all(store.holds(each) for each in done), "a document that is known as done is not whole"
    there = {path.name.removesuffix(end) for kind, end in SUFFIXES.items() for path in (out / kind).glob("[!.]*")}
    half = there - {each.file for each in done}
    assert len(half) <= 2 * JOBS, f"{len(half)} documents are half done"
    return len(half)


def fingerprint(out: Path) -> tuple[dict[str, str], dict[str, object]]:
    """The hash of every file, and ``run.json`` without its times."""
    files = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name not in ("run.json", ".vanthu.lock")
    }
    told = json.loads((out / "run.json").read_bytes())
    return files, {name: value for name, value in told.items() if name not in ("started", "seconds")}


if __name__ == "__main__":
    main()
