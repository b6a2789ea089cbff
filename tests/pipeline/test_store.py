from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.store import Store, StoreError
from pipeline.writing import TEMPORARY, write_bytes
from schemas.run import Failure


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a" / "b.json"
    write_bytes(path, b"old", durable=True)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"b\.json cannot be written: No space left on device"):
        write_bytes(path, b"new", durable=True)
    assert path.read_bytes() == b"old"
    assert [each.name for each in path.parent.iterdir()] == ["b.json"]


def test_written_files_can_be_read_by_others(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a", b"x")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    store = Store(tmp_path / "run")
    store.root.mkdir()
    left = store.root / "records" / f"{TEMPORARY}1"
    left.parent.mkdir()
    left.write_text("half")
    (store.root / "run.json").write_text("{}")
    with store.opened():
        assert not left.exists()


def test_a_folder_without_run_json_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no run\.json"):
        Store(tmp_path).read_run()


def test_failures_are_sorted_and_read_back(tmp_path: Path) -> None:
    failures = [Failure(file=name, kind="empty", message="m", remedy="r") for name in ("b", "ă\u2028", "a")]
    Store(tmp_path).write_failures(failures)
    assert [failure.file for failure in Store(tmp_path).read_failures()] == ["a", "b", "ă\u2028"]
