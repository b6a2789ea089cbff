from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.log import log_to
from pipeline.progress import EVERY, Pace, _lines, duration, line, progress, together
from pipeline.store import StoreError
from schemas.run import Done, Failure, Run

DONE = Done(file="a\u202eb.pdf", sha256="0", records=("records/a.pdf.json",), pages=4, ocr_pages=3, notes=1)
FAILED = Failure(file="c.pdf", kind="damaged", message="broken", remedy="scan again")
RUN = Run(
    started="2025-01-01T00:00:00+00:00",
    seconds=1.5,
    versions={},
    options={},
    inputs=("in",),
    documents=(DONE,),
    failures=1,
)


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_pace_counts_documents_pages_failures_and_time() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.as_text() == "0 pages, 0.0 a second"
    clock.now = 2.0
    pace.add(1, 5, DONE)
    assert (pace.pages, pace.rate, pace.left) == (4, 2.0, 8.0)
    clock.now = 4.0
    pace.add(2, 5, FAILED)
    assert pace.as_text() == "4 pages, 1.0 a second, 1 failed, 6 s left"


def test_what_an_earlier_call_has_done_weighs_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now = 10.0
    pace.add(91, 100, DONE)  # ninety were done before
    assert pace.left == 90.0


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (89, "89 s"), (90, "2 min"), (3600, "60 min"), (11_100, "3 h 5 min")]
)
def test_durations(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_plain_lines_name_each_document_and_now_and_then_the_pace() -> None:
    clock = Clock()
    stream = io.StringIO()
    tell = _lines(stream, clock)
    for number in range(1, 4):
        clock.now += EVERY * 0.6
        tell(number, 4, DONE)
    clock.now += EVERY
    tell(4, 4, FAILED)
    assert stream.getvalue().splitlines() == [
        "[1/4] a�b.pdf: 4 pages, 3 by OCR, 1 note",
        "[2/4] a�b.pdf: 4 pages, 3 by OCR, 1 note",
        "[2/4] 8 pages, 0.7 a second, 12 s left",
        "[3/4] a�b.pdf: 4 pages, 3 by OCR, 1 note",
        "[4/4] c.pdf: FAILED (damaged)",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_a_bar_and_the_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "150")
    stream = Terminal()
    with progress(stream, quiet=False) as tell:
        tell(1, 2, DONE)
        tell(2, 2, FAILED)
    shown = stream.getvalue()
    assert "[2/2] c.pdf: FAILED (damaged)" in shown
    assert "2/2" in shown and "4 pages" in shown and "1 failed" in shown
    assert "\u202e" not in shown


def test_quiet_is_quiet() -> None:
    stream = Terminal()
    with progress(stream, quiet=True) as tell:
        tell(1, 1, FAILED)
    assert stream.getvalue() == ""


def test_together_tells_all() -> None:
    told: list[str] = []
    together(lambda *news: told.append(line(*news)), lambda *news: told.append(line(*news)))(1, 1, FAILED)
    assert told == ["[1/1] c.pdf: FAILED (damaged)"] * 2


def rows(path: Path) -> Iterator[dict[str, object]]:
    return map(json.loads, path.read_bytes().splitlines())


def test_a_log_is_an_object_a_line_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for _ in range(2):
        with log_to(path) as log:
            log.start([Path("in")], Path("RUN"))
            log(1, 2, DONE)
            log(2, 2, FAILED)
            log.end(RUN)
    written = list(rows(path))
    assert [row["event"] for row in written] == ["start", "done", "failed", "end"] * 2
    start, done, failed, end = written[:4]
    assert (start["inputs"], start["out"]) == (["in"], "RUN")
    assert {key: done[key] for key in ("file", "pages", "ocr_pages", "notes", "done", "total")} == {
        "file": "a\u202eb.pdf",
        "pages": 4,
        "ocr_pages": 3,
        "notes": 1,
        "done": 1,
        "total": 2,
    }
    assert (failed["file"], failed["kind"], failed["message"]) == ("c.pdf", "damaged", "broken")
    assert (end["documents"], end["failures"], end["pages"], end["interrupted"]) == (1, 1, 4, False)
    for row in written:
        assert str(row["time"]).endswith("+00:00") and isinstance(row["seconds"], float)


def test_a_log_is_there_while_the_run_goes_on(tmp_path: Path) -> None:
    with log_to(tmp_path / "log.jsonl") as log:
        log(1, 1, DONE)
        assert len(list(rows(tmp_path / "log.jsonl"))) == 1


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    with log_to(None) as log:
        log.end(RUN)
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"), log_to(tmp_path / "no/log.jsonl"):
        pass
