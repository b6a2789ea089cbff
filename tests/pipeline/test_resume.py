"""A run folder that is gone on with: what is done again, what is kept, and that the end is the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline import Options, Store, StoreError, run
from pipeline.journal import Journal, outcomes
from schemas.run import Done, Failure, Run

ROOT = Path(__file__).parent.parent.parent
HERE = Options(jobs=0)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Four documents, and one that fails."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"Kế hoạch xa {number}\n", "utf-8")
    (folder / "bad.txt").write_text("encrypted")
    return folder


def done_by(source: Path, out: Path, options: Options = HERE) -> tuple[Run, list[str]]:
    """A run, and the files that it has really done."""
    told: list[str] = []
    made = run([source], out, options, lambda _, __, outcome: told.append(outcome.file))
    return made, sorted(told)


def content(folder: Path) -> dict[str, object]:
    """All files of a run folder; of run.json without its times."""
    files: dict[str, object] = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".vanthu.lock"
    }
    told = json.loads((folder / "run.json").read_bytes())
    return files | {"run.json": {name: value for name, value in told.items() if name not in ("started", "seconds")}}


@pytest.mark.usefixtures("fake_stages")
def test_what_is_done_is_not_done_again(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    first, told = done_by(inputs, out)
    assert told == ["0.txt", "1.txt", "2.txt", "3.txt", "bad.txt"]
    before = content(out)
    times = {path: path.stat().st_mtime_ns for path in (out / "records").iterdir()}
    again, told = done_by(inputs, out)
    assert told == []
    assert content(out) == before
    assert {path: path.stat().st_mtime_ns for path in (out / "records").iterdir()} == times
    assert again.documents == first.documents and again.failures == 1


Change = Callable[[Path, Path], object]
CHANGES: dict[str, tuple[Change, list[str]]] = {
    "a changed file": (lambda inputs, _: (inputs / "1.txt").write_text("Báo cáo\n", "utf-8"), ["1.txt"]),
    "a new file": (lambda inputs, _: (inputs / "4.txt").write_text("Báo cáo\n", "utf-8"), ["4.txt"]),
    "a touched file": (lambda inputs, _: os.utime(inputs / "1.txt", (1, 1)), []),
    "a failure that changed": (lambda inputs, _: (inputs / "bad.txt").write_text("Tốt\n", "utf-8"), ["bad.txt"]),
    "a lost record": (lambda _, out: (out / "records/2.txt.json").unlink(), ["2.txt"]),
    "a torn text": (lambda _, out: (out / "text/2.txt.txt").write_bytes(b""), ["2.txt"]),
    "torn pages": (lambda _, out: (out / "pages/2.txt.json.gz").write_bytes(b"\x1f"), ["2.txt"]),
    "a lost run.json": (lambda _, out: (out / "run.json").write_text("{"), ["0.txt", "1.txt", "2.txt", "3.txt"]),
    "lost links": (lambda _, out: (out / "links.jsonl").unlink(), []),
}


@pytest.mark.usefixtures("fake_stages")
@pytest.mark.parametrize("case", CHANGES)
def test_only_what_changed_is_done_again(case: str, inputs: Path, tmp_path: Path) -> None:
    change, expected = CHANGES[case]
    done_by(inputs, tmp_path / "run")
    change(inputs, tmp_path / "run")
    _, told = done_by(inputs, tmp_path / "run")
    assert [file for file in told if file != "bad.txt" or case != "a lost run.json"] == expected
    done_by(inputs, tmp_path / "fresh")
    assert content(tmp_path / "run") == content(tmp_path / "fresh")


@pytest.mark.usefixtures("fake_stages")
def test_failures_are_tried_again_when_asked(inputs: Path, tmp_path: Path) -> None:
    done_by(inputs, tmp_path / "run")
    again, told = done_by(inputs, tmp_path / "run", replace(HERE, retry_failed=True))
    assert told == ["bad.txt"] and again.failures == 1


@pytest.mark.usefixtures("fake_stages")
def test_other_options_or_versions_do_all_again(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done_by(inputs, tmp_path / "run")
    assert len(done_by(inputs, tmp_path / "run", replace(HERE, ocr="never"))[1]) == 5
    assert len(done_by(inputs, tmp_path / "run", replace(HERE, ocr="never", timeout=5, jobs=0))[1]) == 0
    monkeypatch.setattr("pipeline.recipe._code", lambda: "other code")
    assert len(done_by(inputs, tmp_path / "run", replace(HERE, ocr="never"))[1]) == 5


@pytest.mark.usefixtures("fake_stages")
def test_another_tesseract_does_again_what_needs_it(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inputs / "bad.txt").write_text("scan")
    done_by(inputs, tmp_path / "run")
    monkeypatch.setattr("pipeline.recipe.engine_versions", lambda: {"tesseract": "5.3.0"})
    (inputs / "bad.txt").touch()
    assert done_by(inputs, tmp_path / "run")[1] == ["bad.txt"]


@pytest.mark.usefixtures("fake_stages")
def test_a_file_that_is_gone_is_kept_until_it_is_pruned(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    done_by(inputs, out)
    (inputs / "1.txt").unlink()
    (inputs / "bad.txt").unlink()
    kept, told = done_by(inputs, out)
    assert told == [] and kept.vanished == ("1.txt",) and kept.failures == 0
    assert (out / "records/1.txt.json").exists() and len(kept.documents) == 4
    pruned, _ = done_by(inputs, out, replace(HERE, prune=True))
    assert pruned.vanished == () and len(pruned.documents) == 3
    done_by(inputs, tmp_path / "fresh")
    assert content(out) == content(tmp_path / "fresh")


@pytest.mark.usefixtures("fake_stages")
def test_a_run_has_one_writer(inputs: Path, tmp_path: Path) -> None:
    done_by(inputs, tmp_path / "run")
    before = content(tmp_path / "run")
    with FileLock(tmp_path / "run/.vanthu.lock"), pytest.raises(StoreError, match="another vanthu is writing"):
        done_by(inputs, tmp_path / "run")
    assert content(tmp_path / "run") == before
    done_by(inputs, tmp_path / "run")


@pytest.mark.usefixtures("fake_stages")
@pytest.mark.parametrize("part", ["run", "run/records", "run/text"])
def test_a_run_is_no_input_of_itself(part: str, inputs: Path, tmp_path: Path) -> None:
    done_by(inputs, tmp_path / "run")
    with pytest.raises(StoreError, match="is the run folder or a part of it"):
        done_by(tmp_path / part, tmp_path / "run")


@pytest.mark.usefixtures("fake_stages")
def test_an_input_folder_in_the_run_folder_is_read_and_left_alone(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    done_by(inputs, out)
    inputs.rename(out / "mine")
    _, told = done_by(out / "mine", out, replace(HERE, prune=True))
    assert told == []
    assert len(list((out / "mine").iterdir())) == 5


@pytest.mark.usefixtures("fake_stages")
def test_only_some_files_are_done(inputs: Path, tmp_path: Path) -> None:
    some = run([inputs], tmp_path / "run", HERE, only=lambda file: file in ("1.txt", "2.txt"))
    assert [done.file for done in some.documents] == ["1.txt", "2.txt"]
    more = run([inputs], tmp_path / "run", HERE, only=lambda file: file == "3.txt")
    assert [done.file for done in more.documents] == ["1.txt", "2.txt", "3.txt"] and more.vanished == ()


def test_a_journal_ends_at_the_first_line_that_is_not_whole(tmp_path: Path) -> None:
    rows: list[Done | Failure] = [
        Done(file="a", sha256="0", records=("records/a.json",), pages=1, ocr_pages=0, notes=0),
        Failure(file="b\u2028", kind="empty", message="m", remedy="r"),
    ]
    with Journal(tmp_path / "journal") as journal:
        for row in rows:
            journal.add(row)
    whole = (tmp_path / "journal").read_bytes()
    assert list(outcomes(tmp_path / "journal")) == rows
    for size in range(len(whole)):
        (tmp_path / "journal").write_bytes(whole[:size])
        assert (
            list(outcomes(tmp_path / "journal"))
            == rows[: whole[: size + 1].count(b"\n")][: 1 if size < len(whole) - 1 else 2]
        )


def start(script: Path, source: Path, target: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(script), str(source), str(target), "2"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_kills_lose_what_was_under_way_and_nothing_else(tmp_path: Path, fake_batch: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "run"
    source.mkdir()
    for number in range(60):
        (source / f"{number:02}.txt").write_text(f"Kế hoạch xa {number}\n" * 30, "utf-8")
    assert start(fake_batch, source, tmp_path / "whole").wait(60) == 0
    done = 0
    for lines in (1, 9, 17):
        with start(fake_batch, source, out) as process:
            assert process.stdout is not None
            for _ in range(lines):
                assert process.stdout.readline()
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.3)
        now = Store(out).read_run()
        assert now.interrupted and len(now.documents) >= done + lines
        done = len(now.documents)
        assert all(Store(out).holds(each) for each in now.documents)
        for each in now.documents:
            Store(out).read_pages(each.file)
            Store(out).read_record(each.records[0])
    with start(fake_batch, source, out) as process:
        assert process.stdout is not None
        assert len(process.stdout.read().splitlines()) == 60 - done
    assert content(out) == content(tmp_path / "whole")
