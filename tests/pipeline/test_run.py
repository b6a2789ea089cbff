from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import Options, Store, StoreError, exit_code, run
from pipeline.find import find
from pipeline.progress import line
from schemas.record import Record
from schemas.run import Failure, PagesFile, Run

ROOT = Path(__file__).parent.parent.parent
HERE = Options(jobs=0)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Five documents, one of them in a folder, and one file that is none."""
    folder = tmp_path / "in"
    (folder / "2025").mkdir(parents=True)
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"Kế hoạch xa {number}\nhai\fba xa\n", "utf-8")
    (folder / "2025" / "ke hoach é.txt").write_text("Báo cáo\n", "utf-8")
    (folder / "notes.json").write_text("{}")
    return folder


def products(folder: Path) -> dict[str, bytes]:
    """Every file of a run but run.json, whose times differ, and the lock."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in files.items() if name not in ("run.json", ".vanthu.lock")}


def batch(script: Path, source: Path, target: Path, jobs: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(script), str(source), str(target), str(jobs)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")


@pytest.mark.usefixtures("fake_stages")
def test_a_run_folder_holds_every_product(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    done = run([inputs], out, HERE)
    names = ["0.txt", "1.txt", "2.txt", "2025/ke hoach é.txt", "3.txt"]
    assert set(products(out)) == {"failures.jsonl", "links.jsonl"} | {
        f"{kind}/{name}{suffix}"
        for kind, suffix in (("records", ".json"), ("text", ".txt"), ("pages", ".json.gz"))
        for name in names
    }
    assert [document.file for document in done.documents] == sorted(names)
    assert done.documents[0].records == ("records/0.txt.json",)
    assert (done.documents[0].pages, done.documents[0].ocr_pages, done.documents[0].notes) == (2, 0, 1)
    assert done.skipped == ("notes.json",)
    assert not done.interrupted
    assert Store(out).read_run() == done
    assert (out / "text/0.txt.txt").read_bytes() == "Kế hoạch xã 0\nhai\n\fba xã\n".encode()
    assert (out / "failures.jsonl").read_bytes() == b""
    assert exit_code(done, ()) == 0


@pytest.mark.usefixtures("fake_stages")
def test_json_is_readable_and_ends_with_a_newline(inputs: Path, tmp_path: Path) -> None:
    run([inputs], tmp_path / "run", HERE)
    record = (tmp_path / "run/records/0.txt.json").read_text("utf-8")
    assert record.startswith('{\n  "schema_version": "1",') and record.endswith("}\n") and "Kế hoạch xã 0" in record
    assert (tmp_path / "run/run.json").read_text("utf-8").endswith("}\n")


@pytest.mark.usefixtures("fake_stages")
def test_evidence_and_edits_can_be_checked_from_the_pages(inputs: Path, tmp_path: Path) -> None:
    run([inputs], tmp_path / "run", HERE)
    checked = 0
    for path in sorted((tmp_path / "run/records").rglob("*.json")):
        record = Record.model_validate_json(path.read_bytes())
        pages = Store(tmp_path / "run").read_pages(record.source.file).pages
        assert record.title is not None
        for evidence in record.title.evidence:
            assert pages[evidence.page - 1].text[evidence.start : evidence.end] == evidence.raw
            checked += 1
        for page in pages:
            for edit in page.edits:
                assert page.text[slice(*edit.raw)] == edit.before
                assert page.repaired[slice(*edit.text)] == edit.after
    assert checked == 5


@pytest.mark.usefixtures("fake_stages")
def test_the_same_input_gives_the_same_bytes(inputs: Path, tmp_path: Path) -> None:
    run([inputs], tmp_path / "a", HERE)
    time.sleep(1.1)  # a time stamp in a gzip head would show
    run([inputs], tmp_path / "b", HERE)
    assert products(tmp_path / "a") == products(tmp_path / "b")


FAILURES = {
    "boom": ("internal", "ValueError: no such glyph"),
    "memory": ("too-large", "memory"),
    "encrypted": ("encrypted", "password"),
    "scan": ("ocr-missing", "Tesseract"),
}


@pytest.mark.usefixtures("fake_stages")
@pytest.mark.parametrize("order", FAILURES)
def test_one_bad_file_never_stops_the_others(order: str, inputs: Path, tmp_path: Path) -> None:
    (inputs / "1.txt").write_text(order)
    done = run([inputs], tmp_path / "run", HERE)
    (failure,) = Store(tmp_path / "run").read_failures()
    kind, message = FAILURES[order]
    assert (failure.file, failure.kind) == ("1.txt", kind)
    assert message in failure.message
    assert failure.remedy
    assert len(done.documents) == 4
    assert done.failures == 1
    assert exit_code(done, [failure]) == (3 if kind == "ocr-missing" else 1)


@pytest.mark.usefixtures("fake_stages")
def test_a_fault_of_ours_says_where(inputs: Path, tmp_path: Path) -> None:
    (inputs / "1.txt").write_text("boom")
    run([inputs], tmp_path / "run", HERE)
    (failure,) = Store(tmp_path / "run").read_failures()
    assert "pipeline/fake_stages.py:" in failure.message


@pytest.mark.usefixtures("fake_stages")
def test_failures_are_sorted(inputs: Path, tmp_path: Path) -> None:
    for name in ("3.txt", "0.txt", "2025/ke hoach é.txt"):
        (inputs / name).write_text("boom")
    run([inputs], tmp_path / "run", HERE)
    files = [failure.file for failure in Store(tmp_path / "run").read_failures()]
    assert files == ["0.txt", "2025/ke hoach é.txt", "3.txt"]


@pytest.mark.usefixtures("fake_stages")
def test_a_document_that_fails_now_leaves_no_record_of_an_earlier_run(inputs: Path, tmp_path: Path) -> None:
    run([inputs], tmp_path / "run", HERE)
    (inputs / "1.txt").write_text("boom")
    run([inputs], tmp_path / "run", HERE)
    assert not [name for name in products(tmp_path / "run") if "/1.txt" in name]
    assert (tmp_path / "run/records/0.txt.json").exists()


@pytest.mark.usefixtures("fake_stages")
def test_a_name_that_looks_like_a_second_record_is_left_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "a.txt.2"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(name)
    for _ in range(2):
        run([tmp_path / "in"], tmp_path / "run", HERE)
        assert len(list((tmp_path / "run/records").iterdir())) == 2


@pytest.mark.usefixtures("fake_stages")
def test_fewer_records_than_before_leave_none_behind(inputs: Path, tmp_path: Path) -> None:
    run([inputs], tmp_path / "run", HERE)
    first = tmp_path / "run/records/0.txt.json"
    first.with_suffix(".2.json").write_bytes(first.read_bytes())
    (inputs / "0.txt").write_text("Công văn\n", "utf-8")
    run([inputs], tmp_path / "run", HERE)
    assert first.exists() and not first.with_suffix(".2.json").exists()


@pytest.mark.usefixtures("fake_stages")
def test_a_run_inside_its_input_is_not_read(inputs: Path) -> None:
    run([inputs], inputs / "run", HERE)
    again = run([inputs], inputs / "run", HERE)
    assert len(again.documents) == 5
    other = run([inputs], inputs / "other", HERE)
    assert [document.file for document in other.documents] == [document.file for document in again.documents]


@pytest.mark.usefixtures("fake_stages")
def test_of_several_roots_the_name_comes_first(inputs: Path, tmp_path: Path) -> None:
    done = run([inputs / "2025", inputs / "0.txt"], tmp_path / "run", HERE)
    assert [document.file for document in done.documents] == ["0.txt", "2025/ke hoach é.txt"]


def test_a_folder_that_is_no_run_is_refused(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="not empty and is no run folder"):
        run([inputs], out, HERE)
    assert [path.name for path in out.iterdir()] == ["letter.txt"]


def test_a_run_folder_that_is_a_file_is_refused(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used as run folder"):
        run([inputs], tmp_path / "file", HERE)


@pytest.mark.usefixtures("fake_stages")
def test_an_empty_folder_is_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = run([tmp_path / "in"], tmp_path / "run", HERE)
    assert exit_code(done, ()) == 4


@pytest.mark.skipif(os.name != "posix", reason="file names there are not bytes")
def test_a_name_that_is_no_utf8_is_written_out(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"ke\xff.txt")).write_text("x")
    (item,) = find([tmp_path], None).items
    assert item.file == "ke\\xff.txt"
    assert item.path.read_text() == "x"


@pytest.mark.usefixtures("fake_stages")
def test_a_very_long_name_is_cut(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    name = "ế" * 83 + ".t"
    assert len(name.encode()) == 251
    (tmp_path / "in" / name).write_text("Kế hoạch\n", "utf-8")
    done = run([tmp_path / "in"], tmp_path / "run", HERE)
    assert done.documents[0].file == name
    assert Store(tmp_path / "run").read_record(done.documents[0].records[0]).source.file == name
    assert Store(tmp_path / "run").read_pages(name).file == name


def test_pages_are_gzipped_without_a_time(tmp_path: Path, inputs: Path, fake_stages: object) -> None:
    run([inputs], tmp_path / "run", HERE)
    packed = (tmp_path / "run/pages/0.txt.json.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    assert PagesFile.model_validate(json.loads(gzip.decompress(packed))).pages[1].text == "ba xa\n"


def test_one_process_or_many_write_the_same(inputs: Path, tmp_path: Path, fake_batch: Path) -> None:
    (inputs / "2.txt").write_text("boom")
    codes = [batch(fake_batch, inputs, tmp_path / str(jobs), jobs).wait(60) for jobs in (0, 1, 2)]
    assert codes == [1, 1, 1]
    assert products(tmp_path / "0") == products(tmp_path / "1") == products(tmp_path / "2")
    runs = [json.loads((tmp_path / str(jobs) / "run.json").read_text("utf-8")) for jobs in (0, 1, 2)]
    for each in runs:
        del each["started"], each["seconds"]
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crash_costs_one_document(jobs: int, inputs: Path, tmp_path: Path, fake_batch: Path) -> None:
    (inputs / "1.txt").write_text("crash")
    (inputs / "3.txt").write_text("crash")
    process = batch(fake_batch, inputs, tmp_path / "run", jobs)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    failures = Store(tmp_path / "run").read_failures()
    assert [(failure.file, failure.kind) for failure in failures] == [("1.txt", "crashed"), ("3.txt", "crashed")]
    assert "died" in failures[0].message
    assert [done.file for done in Store(tmp_path / "run").read_run().documents] == [
        "0.txt",
        "2.txt",
        "2025/ke hoach é.txt",
    ]
    assert sorted(row.split("]")[0] for row in told.splitlines()) == [f"[{number}/5" for number in range(1, 6)]


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("whole_group", [True, False], ids=["from a terminal", "to the parent alone"])
def test_ctrl_c_stops_and_keeps_what_was_written(
    whole_group: bool, inputs: Path, tmp_path: Path, fake_batch: Path
) -> None:
    (inputs / "3.txt").write_text("slow")
    out = tmp_path / "run"
    command = [sys.executable, str(fake_batch), str(inputs), str(out), "1"]
    (tmp_path / "tmp").mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        for _ in range(4):
            assert process.stdout.readline()
        (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
        assert process.wait(20) == 130
    done = Store(out).read_run()
    assert done.interrupted
    assert len(done.documents) == 4
    assert all((out / document.records[0]).exists() for document in done.documents)
    assert not list(out.rglob(".vanthu-*"))
    assert not list((tmp_path / "tmp").iterdir())


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_workers_do_not_outlive_a_parent_that_is_killed(inputs: Path, tmp_path: Path, fake_batch: Path) -> None:
    (inputs / "3.txt").write_text("slow")
    with batch(fake_batch, inputs, tmp_path / "run", 1) as process:
        assert process.stdout is not None
        for _ in range(4):
            assert process.stdout.readline()
        process.kill()
        process.stdout.read()  # ends when the last process that holds the other end is gone
    assert Store(tmp_path / "run").read_run().interrupted
    assert len(list((tmp_path / "run/records").rglob("*.json"))) == 4


CODES = [
    ((True, ("ocr-missing", "damaged"), 3), 130),
    ((False, ("ocr-missing", "damaged"), 3), 3),
    ((False, ("damaged",), 0), 1),
    ((False, (), 0), 4),
    ((False, (), 3), 0),
]


@pytest.mark.usefixtures("fake_stages")
@pytest.mark.parametrize(("case", "code"), CODES)
def test_of_several_causes_one_code(
    case: tuple[bool, tuple[str, ...], int], code: int, inputs: Path, tmp_path: Path
) -> None:
    interrupted, kinds, documents = case
    base: Run = run([inputs], tmp_path / "run", HERE)
    made = base.model_copy(update={"interrupted": interrupted, "documents": base.documents[:documents]})
    failures = [Failure.model_validate({"file": "x", "kind": k, "message": "m", "remedy": "r"}) for k in kinds]
    assert exit_code(made, failures) == code


def test_a_line_of_progress_is_one_line() -> None:
    failure = Failure(file="a\nb\x1b[2J.pdf", kind="empty", message="m", remedy="r")
    assert line(1, 2, failure) == "[1/2] a\ufffdb\ufffd[2J.pdf: FAILED (empty)"
