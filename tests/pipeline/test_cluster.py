from __future__ import annotations

import builtins
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline import Options, Store, StoreError, run
from pipeline.cluster import ClusterError
from pipeline.parts import LONG
from schemas.run import Done, Failure

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

ROOT = Path(__file__).resolve().parent.parent.parent
DIGITAL = ROOT / "samples/files/digital/quyet-dinh-to-so-hoa.pdf"
SAMPLES = sorted((ROOT / "samples/clean").glob("*.txt"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes of one thread, started by nannies as `dask worker` does."""
    with distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=":0") as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts, one of them long, names that clash, and files that fail."""
    folder = tmp_path_factory.mktemp("in")
    for sample in SAMPLES[:5]:
        (folder / sample.name).write_bytes(sample.read_bytes())
    text = SAMPLES[0].read_text("utf-8")
    with pikepdf.open(DIGITAL) as source, pikepdf.new() as long:
        while len(long.pages) <= LONG:
            long.pages.extend(source.pages)
        long.save(folder / "long.pdf")
    (folder / "SAME.txt").write_text(text, "utf-8")
    (folder / "same.txt").write_text(text, "utf-8")
    (folder / "nothing.pdf").touch()
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n%cut\n")
    return folder


def files(root: Path) -> dict[str, bytes]:
    """Every file of a run folder; of run.json what may not differ."""
    found = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    plain = json.loads(found["run.json"])
    del plain["started"], plain["seconds"]
    return found | {"run.json": json.dumps(plain).encode()}


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one worker on this machine makes of the folder."""
    out = tmp_path_factory.mktemp("alone") / "run"
    run([folder], out, Options(jobs=1))
    return files(out)


def test_two_workers_here_and_a_cluster_write_the_same_bytes(
    cluster: Any, folder: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    news: list[Done | Failure] = []
    run([folder], tmp_path / "two", Options(jobs=2))
    run([folder], tmp_path / "dask", Options(cluster=cluster.scheduler_address), lambda *told: news.append(told[2]))
    assert len(alone) > 20
    assert files(tmp_path / "two") == alone
    assert files(tmp_path / "dask") == alone
    assert any(done.pages > LONG for done in Store(tmp_path / "dask").read_run().documents)
    assert {outcome.file for outcome in news} == {path.name for path in folder.iterdir()}
    assert [failure.file for failure in Store(tmp_path / "dask").read_failures()] == ["cut.pdf", "nothing.pdf"]


def test_a_cluster_goes_on_where_this_machine_ended(
    cluster: Any, folder: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    first = {path.name for path in SAMPLES[:3]}
    run([folder], tmp_path / "run", Options(jobs=1), only=first.__contains__)
    news: list[str] = []
    run([folder], tmp_path / "run", Options(cluster=cluster.scheduler_address), lambda *told: news.append(told[2].file))
    assert sorted(news) == sorted(path.name for path in folder.iterdir() if path.name not in first)
    assert files(tmp_path / "run") == alone


def test_a_worker_that_is_killed_costs_no_document(
    cluster: Any, folder: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    with distributed.Client(cluster, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))

    def kill(done: int, _: int, __: object) -> None:
        if done == 2:
            os.kill(victim, signal.SIGKILL)

    run([folder], tmp_path / "run", Options(cluster=cluster.scheduler_address), kill)
    assert files(tmp_path / "run") == alone


@pytest.mark.skipif(sys.platform == "win32", reason="time is limited by an alarm")
def test_a_document_that_takes_too_long_fails_there_as_here(cluster: Any, folder: Path, tmp_path: Path) -> None:
    slow = {SAMPLES[0].name}.__contains__
    for name, options in (
        ("here", Options(jobs=1, timeout=0.001)),
        ("dask", Options(cluster=cluster.scheduler_address, timeout=0.001)),
    ):
        run([folder], tmp_path / name, options, only=slow)
    assert [failure.kind for failure in Store(tmp_path / "dask").read_failures()] == ["timeout"]
    assert files(tmp_path / "dask") == files(tmp_path / "here")


def test_own_tables_reach_the_workers(cluster: Any, folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    rows = "name\tcanonical\tkind\tlevel\tunit_code\nSở Nội vụ\tSở Nội vụ Khác\tsở\tprovince\t777\n"
    (own / "agencies.tsv").write_text(rows, "utf-8")
    for name, options in (
        ("here", Options(jobs=1, tables=own)),
        ("dask", Options(cluster=cluster.scheduler_address, tables=own)),
    ):
        run([folder], tmp_path / name, options)
    assert files(tmp_path / "dask") == files(tmp_path / "here")
    assert b'"unit_code": "777"' in b"".join(files(tmp_path / "dask").values())


def test_a_worker_of_another_version_is_refused(
    cluster: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["pipeline.recipe"], "vanthu_version", lambda: "another")
    with pytest.raises(StoreError, match=r"other versions.*: vanthu .* for another"):
        run([folder], tmp_path / "run", Options(cluster=cluster.scheduler_address))


def test_a_cluster_that_is_not_there_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster.PATIENCE", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(ClusterError, match="no Dask scheduler"):
            run([folder], tmp_path / "run", Options(cluster=address))


def test_without_distributed_the_extra_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name in ("dask", "distributed"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ClusterError, match="extra `cluster`"):
        run([folder], tmp_path / "run", Options(cluster="tcp://127.0.0.1:9"))
