"""Bad documents in real worker processes: each costs itself and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import Store
from pipeline.parts import parts_of

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of the system")


def batch(
    script: Path, source: Path, target: Path, jobs: int = 2, **options: object
) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own, with the variables that some orders need."""
    command = [sys.executable, str(script), str(source), str(target), str(jobs), json.dumps(options)]
    scratch = target.parent / f"{target.name}-scratch"
    scratch.mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch), "PROGRAM": str(target.parent / "program")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert not list(scratch.iterdir()), "temporary files are left"
    return done


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Six documents that are right."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"Kế hoạch xa {number}\n", "utf-8")
    return folder


ORDERS = {
    "crash": "crashed",
    "killed": "crashed",
    "stuck": "timeout",
    "program": "timeout",
    "greedy": "too-large",
    "wide": "too-large",
    "boom": "internal",
}


def test_each_kind_of_end_costs_one_document(inputs: Path, tmp_path: Path, fake_batch: Path) -> None:
    for order in ORDERS:
        (inputs / f"{order}.txt").write_text(order)
    done = batch(fake_batch, inputs, tmp_path / "run", timeout=1, memory=1000)
    assert done.returncode == 1, done.stderr
    store = Store(tmp_path / "run")
    failures = {failure.file.removesuffix(".txt"): failure for failure in store.read_failures()}
    assert {file: failure.kind for file, failure in failures.items()} == ORDERS
    assert "1 s a page" in failures["stuck"].message and "--timeout" in failures["stuck"].remedy
    assert [each.file for each in store.read_run().documents] == [f"{number}.txt" for number in range(6)]
    program = int((tmp_path / "program").read_text())
    stat = Path(f"/proc/{program}/stat")
    deadline = time.monotonic() + 5
    while stat.exists() and stat.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not stat.exists() or stat.read_text().split()[2] == "Z", "a program outlives its worker"


def test_full_temporary_disk_stops_the_run_and_says_so(inputs: Path, tmp_path: Path, fake_batch: Path) -> None:
    (inputs / "3.txt").write_text("full")
    done = batch(fake_batch, inputs, tmp_path / "run", jobs=1)
    assert done.returncode == 1
    assert "temporary files cannot be written: No space left on device" in done.stderr and "TMPDIR" in done.stderr
    run = Store(tmp_path / "run").read_run()
    assert run.interrupted
    done_files = {each.file for each in run.documents}
    assert {"0.txt", "1.txt", "2.txt"} <= done_files and "3.txt" not in done_files  # 4.txt may have been under way


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_a_long_document_is_read_in_parts_and_is_the_same(
    jobs: int, inputs: Path, tmp_path: Path, fake_batch: Path
) -> None:
    (inputs / "long.txt").write_text("\f".join(f"trang xa {number}\n" for number in range(1, 41)), "utf-8")
    done = batch(fake_batch, inputs, tmp_path / "run", jobs)
    assert done.returncode == 0, done.stderr
    pages = Store(tmp_path / "run").read_pages("long.txt")
    assert [page.text for page in pages.pages] == [f"trang xa {number}\n" for number in range(1, 41)]
    assert [page.source.number for page in pages.pages] == list(range(1, 41))


@pytest.mark.parametrize(("pages", "jobs"), [(13, 1), (13, 8), (200, 2), (1000, 64), (1001, 3)])
def test_parts_are_all_pages_once(pages: int, jobs: int) -> None:
    parts = parts_of(pages, jobs)
    assert [number for part in parts for number in part] == list(range(1, pages + 1))
    assert len(parts) <= 4 * jobs + 1
