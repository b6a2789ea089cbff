from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from pipeline import Store

ROOT = Path(__file__).resolve().parent.parent.parent
PLAN = "KẾ HOẠCH\nTrồng cây năm 2025\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "bad.pdf").write_text("no PDF")
    return folder


def test_once_does_what_has_arrived_and_logs_it(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    options = ["--out", tmp_path / "run", "--once", "--interval", 0.1, "--jobs", 0, "--no-cache", "--log-json", log]
    result = CliRunner().invoke(app, ["watch", str(folder), *map(str, options)])
    assert result.exit_code == 1, result.output
    assert [done.file for done in Store(tmp_path / "run").read_run().documents] == ["plan.txt"]
    assert "plan.txt: 1 page" in result.stderr and "FAILED" in result.stderr
    assert [json.loads(line)["event"] for line in log.read_bytes().splitlines()] == ["start", "failed", "done", "end"]


def test_what_is_no_run_folder_is_told_once(folder: Path) -> None:
    arguments = ["watch", str(folder), "--out", str(folder), "--once", "--interval", "0.1"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "run folder" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_ends_a_watch_that_waits(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    code = "import cli; cli.main()"
    command = ["watch", folder, "--out", out, "--interval", 0.2, "--jobs", 1, "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    watch = subprocess.Popen([sys.executable, "-c", code, *map(str, command)], env=env)
    try:
        until = time.monotonic() + 60
        while not (out / "records/plan.txt.json").exists() or not (out / "links.jsonl").exists():
            assert watch.poll() is None and time.monotonic() < until
            time.sleep(0.1)
        (folder / "later.txt").write_text(PLAN, "utf-8")
        while not (out / "records/later.txt.json").exists() or Store(out).read_run().interrupted:
            assert watch.poll() is None and time.monotonic() < until
            time.sleep(0.1)
        time.sleep(0.5)
        watch.send_signal(signal.SIGINT)
        assert watch.wait(30) == 0
    finally:
        watch.kill()
    assert [done.file for done in Store(out).read_run().documents] == ["later.txt", "plan.txt"]
