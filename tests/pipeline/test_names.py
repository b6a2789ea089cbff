"""Names of files that a disk may confuse, and disks that are full or closed."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import Options, Store, StoreError, run
from pipeline.find import clashing
from pipeline.store import SUFFIXES
from schemas.run import Done, Failure, Run

HERE = Options(jobs=0)
ROOT = Path(__file__).parent.parent.parent
COMPOSED, TAKEN_APART = (unicodedata.normalize(form, "kế hoạch.txt") for form in ("NFC", "NFD"))
NAMES = [
    "two words.txt",
    "new\nline.txt",
    "\u202egnp.txt",
    "-rf.txt",
    "quote'\".txt",
    "%2F$HOME*?.txt",
    "emoji \U0001f600.txt",
    "â" * 123 + ".txt",
    COMPOSED,
    TAKEN_APART,
    "Công văn.txt",
    "công văn.TXT",
    "CÔNG VĂN.txt",
    "a/b.txt",
    "A/b.txt",
    "a.txt",
    "a.txt.2",
    "sub/x.txt",
    "x",
    "x.json/y.txt",
]


def put(folder: Path, names: list[str]) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Tên: {name!r}\n", "utf-8")


@pytest.mark.usefixtures("fake_stages")
@pytest.mark.skipif(sys.platform != "linux", reason="names that other disks do not take")
def test_every_name_has_products_of_its_own(tmp_path: Path) -> None:
    put(tmp_path / "in", NAMES)
    done = run([tmp_path / "in"], tmp_path / "run", HERE)
    store = Store(tmp_path / "run")
    assert sorted(each.file for each in done.documents) == sorted(NAMES) and not done.failures
    for each in done.documents:
        assert store.read_record(each.records[0]).source.file == each.file
        assert store.read_pages(each.file).pages[0].text == f"Tên: {each.file!r}\n"
    written = [
        path.relative_to(store.root).as_posix() for kind in SUFFIXES for path in (store.root / kind).rglob("*.*")
    ]
    written = [name for name in written if (store.root / name).is_file()]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in written}) == len(written) == 3 * len(NAMES)
    assert run([tmp_path / "in"], tmp_path / "run", HERE).documents == done.documents


@pytest.mark.usefixtures("fake_stages")
def test_a_name_that_comes_to_clash_later_overwrites_nothing(tmp_path: Path) -> None:
    put(tmp_path / "in", ["b.txt"])
    run([tmp_path / "in"], tmp_path / "run", HERE)
    put(tmp_path / "in", ["B.txt"])
    done = run([tmp_path / "in"], tmp_path / "run", HERE)
    assert [each.records[0].startswith("records/b.txt.json") for each in done.documents] == [False, True]
    (tmp_path / "in/b.txt").write_text("Khác\n", "utf-8")
    run([tmp_path / "in"], tmp_path / "run", HERE)
    assert len(list((tmp_path / "run/records").iterdir())) == 2
    assert Store(tmp_path / "run").read_pages("b.txt").pages[0].text == "Khác\n"


def test_plain_names_do_not_clash() -> None:
    assert clashing(["a.txt", "b.txt", "b/a.txt", "a.txt.x", "c.2", "2025/a.txt"]) == frozenset()


@pytest.mark.usefixtures("fake_stages")
def test_ten_thousand_files_are_found_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(10_000):
        (tmp_path / "in" / f"{number}.json").touch()
    put(tmp_path / "in", ["a.txt"])
    done = run([tmp_path / "in"], tmp_path / "run", HERE)
    assert len(done.skipped) == 10_000 and len(done.documents) == 1


def test_a_file_that_changes_while_it_is_read_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "in", ["a.txt", "b.txt"])
    read_bytes = Path.read_bytes

    def growing(path: Path) -> bytes:
        data = read_bytes(path)
        if path.name == "a.txt" and path.parent.name == "in":
            path.write_bytes(data + b"more")
        return data

    monkeypatch.setattr(Path, "read_bytes", growing)
    run([tmp_path / "in"], tmp_path / "run", HERE)
    (failure,) = Store(tmp_path / "run").read_failures()
    assert (failure.file, failure.kind) == ("a.txt", "unreadable") and "changed while it was read" in failure.message


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can only be mounted by root on Linux")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def whole(out: Path) -> Run:
    """A run folder of which every file is whole."""
    store = Store(out)
    found = store.read_run()
    assert all(store.holds(done) for done in found.documents)
    assert not list(out.rglob(".vanthu-*"))
    return found


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_full_disk_is_said_and_nothing_is_torn(jobs: int, tmp_path: Path, small_disk: Path, fake_batch: Path) -> None:
    source, out = tmp_path / "in", small_disk / "run"
    source.mkdir()
    for number in range(40):
        (source / f"{number:02}.txt").write_text(f"{number}" + "xa\n" * 3000, "utf-8")
    command = [sys.executable, str(fake_batch), str(source), str(out), str(jobs)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    stopped = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert stopped.returncode == 1
    assert "cannot be written: No space left on device" in stopped.stderr and "Traceback" not in stopped.stderr
    before = len(whole(out).documents)
    assert 0 < before < 40 and whole(out).interrupted
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    goes_on = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert goes_on.returncode == 0 and len(goes_on.stdout.splitlines()) == 40 - before
    assert len(whole(out).documents) == 40 and not whole(out).interrupted


@pytest.mark.usefixtures("fake_stages")
def test_a_read_only_disk_is_said(tmp_path: Path, small_disk: Path) -> None:
    put(tmp_path / "in", ["a.txt"])
    run([tmp_path / "in"], small_disk / "run", HERE)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreError, match="Read-only file system"):
        run([tmp_path / "in"], small_disk / "run", HERE)
    with pytest.raises(StoreError, match="Read-only file system"):
        run([tmp_path / "in"], small_disk / "other", HERE)


@pytest.mark.usefixtures("fake_stages")
@pytest.mark.parametrize("name", ["run.json", "failures.jsonl", "links.jsonl", "journal.jsonl", "a.txt.json"])
def test_a_disk_that_is_full_at_any_file_leaves_a_run_that_goes_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in", ["a.txt", "b.txt"])
    with monkeypatch.context() as patch:
        _full_at(name, patch)
        with pytest.raises(StoreError, match="No space left on device"):
            run([tmp_path / "in"], tmp_path / "run", HERE)
    if (tmp_path / "run/run.json").exists():
        whole(tmp_path / "run")
    done = run([tmp_path / "in"], tmp_path / "run", HERE)
    assert len(done.documents) == 2 and not done.interrupted
    whole(tmp_path / "run")


def _full_at(name: str, patch: pytest.MonkeyPatch) -> None:
    replace, write = Path.replace, os.write

    def no_room(path: Path, target: Path) -> Path:
        if target.name == name:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    def half(handle: int, data: bytes) -> int:
        return write(handle, data[: len(data) // 2])

    patch.setattr(Path, "replace", no_room)
    if name == "journal.jsonl":
        patch.setattr("pipeline.journal.os.write", half)


def test_a_run_that_was_never_begun_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run/.vanthu.lock").touch()
    with Store(tmp_path / "run").opened():
        pass


def test_rows_of_earlier_versions_are_read() -> None:
    done = {"file": "a", "sha256": "0", "records": ["records/a.json"], "pages": 1, "ocr_pages": 0, "notes": 0}
    assert Done.model_validate(done).recipe == ""
    assert Failure.model_validate({"file": "a", "kind": "empty", "message": "m", "remedy": "r"}).sha256 is None
