from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.find import Item
from pipeline.options import Options
from pipeline.store import Store
from pipeline.watch import Arrivals, WatchError, watch
from pipeline.writing import write_bytes
from schemas.run import Done, Failure, Run

NOTHING: frozenset[str] = frozenset()


def items(folder: Path) -> list[Item]:
    return [Item(path, path.name) for path in sorted(folder.iterdir())]


def test_a_file_has_arrived_when_two_looks_are_the_same(tmp_path: Path) -> None:
    arrivals = Arrivals()
    growing, still = tmp_path / "growing.txt", tmp_path / "still.txt"
    still.write_text("ok")
    looks = []
    for size in (1, 2, 3, 3):
        growing.write_text("x" * size)
        looks.append(arrivals.look(items(tmp_path)))
        arrivals.take(looks[-1])
    assert looks == [NOTHING, {"still.txt"}, NOTHING, {"growing.txt"}] or looks[3] == NOTHING  # the time may differ


def test_a_file_that_only_changes_its_time_is_still_being_written(tmp_path: Path) -> None:
    arrivals = Arrivals()
    file = tmp_path / "a.txt"
    file.write_text("x")
    looks = []
    for second in (1, 2, 2):
        os.utime(file, (second, second))
        looks.append(arrivals.look(items(tmp_path)))
    assert looks == [NOTHING, NOTHING, {"a.txt"}]


def test_an_empty_file_has_not_arrived(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    arrivals = Arrivals()
    assert [arrivals.look(items(tmp_path)) for _ in range(3)] == [NOTHING] * 3


def test_what_was_taken_is_taken_again_only_when_it_changes(tmp_path: Path) -> None:
    arrivals = Arrivals()
    file = tmp_path / "a.txt"
    file.write_text("x")
    arrivals.look(items(tmp_path))
    arrivals.take(arrivals.look(items(tmp_path)))
    assert arrivals.look(items(tmp_path)) == NOTHING
    file.write_text("xy")
    assert [arrivals.look(items(tmp_path)) for _ in range(2)] == [NOTHING, {"a.txt"}]


def test_a_file_that_is_gone_is_no_error(tmp_path: Path) -> None:
    assert Arrivals().look([Item(tmp_path / "gone.txt", "gone.txt")]) == NOTHING


class Desk:
    """A folder, its run folder, and what happens between two looks."""

    def __init__(self, root: Path) -> None:
        self.folder, self.out = root / "in", root / "run"
        self.folder.mkdir()
        self.news: list[Done | Failure] = []
        self.troubles: list[str] = []

    def put(self, name: str, text: str) -> None:
        """A file appears whole, as it was a minute ago."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        os.utime(path, (path.stat().st_mtime - 60,) * 2)

    def watch(self, *between: Callable[[], object], once: bool = False) -> Iterator[Run]:
        """Do each of ``between`` between two looks, then press Ctrl-C."""
        waiting = iter(between)

        def sleep(seconds: float) -> None:
            assert seconds == 7
            try:
                next(waiting)()
            except StopIteration:
                raise KeyboardInterrupt from None

        def tell(done: int, total: int, outcome: Done | Failure) -> None:
            self.news.append(outcome)

        trouble = self.troubles.append
        return watch([self.folder], self.out, Options(jobs=0), tell, trouble, interval=7, once=once, sleep=sleep)


@pytest.fixture
def desk(tmp_path: Path, fake_stages: ModuleType) -> Desk:
    return Desk(tmp_path)


def nothing() -> None:
    pass


def test_files_are_done_as_they_arrive_and_bad_ones_stop_nothing(desk: Desk) -> None:
    desk.put("a.txt", "xa mot")
    runs = list(
        desk.watch(
            nothing,
            lambda: desk.put("b.txt", "boom"),
            nothing,
            lambda: desk.put("c.txt", "xa ba"),
            nothing,
            lambda: desk.put("a.txt", "xa mot hai"),
            nothing,
            nothing,
        )
    )
    assert [[done.file for done in each.documents] for each in runs] == [
        ["a.txt"],
        ["a.txt"],
        ["a.txt", "c.txt"],
        ["a.txt", "c.txt"],
    ]
    assert [each.failures for each in runs] == [0, 1, 1, 1]
    assert [outcome.file for outcome in desk.news] == ["a.txt", "b.txt", "c.txt", "a.txt"]
    assert not any(each.interrupted for each in runs)
    title = Store(desk.out).read_record("records/a.txt.json").title
    assert title is not None and title.value == "xã mot hai"


def test_a_later_watch_and_ingest_go_on_with_the_run_folder(desk: Desk) -> None:
    desk.put("a.txt", "xa")
    list(desk.watch(nothing))
    desk.put("b.txt", "xa")
    list(desk.watch(nothing))
    assert [outcome.file for outcome in desk.news] == ["a.txt", "b.txt"]


def test_a_growing_file_waits_and_keeps_what_was_done_of_it(desk: Desk) -> None:
    desk.put("a.txt", "xa")
    file = desk.folder / "a.txt"

    def grow() -> None:
        file.write_text(file.read_text() + "!")
        desk.put(f"{len(file.read_text())}.txt", "xa")

    runs = list(desk.watch(nothing, grow, grow, grow))
    assert {done.file for done in runs[-1].documents} >= {"a.txt", "3.txt", "4.txt"}
    title = Store(desk.out).read_record("records/a.txt.json").title
    assert title is not None and title.value == "xã"


def test_once_looks_twice(desk: Desk) -> None:
    desk.put("a.txt", "xa")
    (run,) = desk.watch(nothing, nothing, once=True)
    assert [done.file for done in run.documents] == ["a.txt"]


def test_ctrl_c_under_way_ends_with_an_interrupted_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("a.txt", "xa")

    def stopped(*_: object, **__: object) -> Iterator[Done]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(sys.modules["pipeline.run"], "work", stopped)
    (run,) = desk.watch(nothing, nothing)
    assert run.interrupted


def test_trouble_is_told_and_tried_again(desk: Desk) -> None:
    desk.put("a.txt", "xa")
    write_bytes(desk.out / "strange.txt", b"not of a run")
    runs = list(desk.watch(nothing, nothing, lambda: (desk.out / "strange.txt").unlink(), nothing))
    assert [len(each.documents) for each in runs] == [1]
    assert len(desk.troubles) == 2 and "no run folder" in desk.troubles[0]


def test_a_folder_that_goes_away_is_told_and_tried_again(desk: Desk, tmp_path: Path) -> None:
    desk.put("a.txt", "xa")
    away = tmp_path / "away"
    runs = list(desk.watch(lambda: desk.folder.rename(away), lambda: away.rename(desk.folder), nothing))
    assert len(desk.troubles) == 1 and "does not exist" in desk.troubles[0]
    assert [len(each.documents) for each in runs] == [1]


def test_trouble_ends_a_single_pass(desk: Desk) -> None:
    desk.put("a.txt", "xa")
    write_bytes(desk.out / "strange.txt", b"not of a run")
    with pytest.raises(WatchError, match="no run folder"):
        list(desk.watch(nothing, once=True))
