from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.summary import SHOWN, count, mail, summary
from schemas.run import Done, Failure, Run

OUT = Path("RUN")


def a_run(**changes: object) -> Run:
    done = Done(file="a.pdf", sha256="0", records=("records/a.pdf.json",), pages=1200, ocr_pages=3, notes=0)
    base = {"started": "2025-01-01", "seconds": 1.5, "versions": {}, "options": {}, "inputs": (), "failures": 0}
    return Run.model_validate({**base, "documents": (done,), **changes})


def failed(number: int, remedy: str) -> Failure:
    return Failure(file=f"{number}.pdf", kind="damaged", message="broken", remedy=remedy)


def test_the_whole_text() -> None:
    run = a_run(skipped=tuple(f"{number}.json" for number in range(7)))
    assert summary(OUT, run, [failed(1, "scan again"), failed(2, "unlock"), failed(3, "scan again")]) == (
        "1 document done: 1 record, 1,200 pages, 3 of them by OCR, in 1.5 s\n"
        "7 files passed over: 0.json, 1.json, 2.json, 3.json, 4.json, ...\n"
        "3 files failed:\n"
        "  1.pdf: broken (damaged)\n"
        "  3.pdf: broken (damaged)\n"
        "    what to do: scan again\n"
        "  2.pdf: broken (damaged)\n"
        "    what to do: unlock\n"
        f"records: {OUT / 'records'}\n"
        "look:    vanthu show RUN"
    )


def test_of_many_failures_some_are_listed() -> None:
    text = summary(OUT, a_run(), [failed(number, "scan again") for number in range(SHOWN + 1200)])
    assert text.count("broken") == SHOWN
    assert f"... and 1,200 more: {OUT / 'failures.jsonl'}" in text


@pytest.mark.parametrize("interrupted", [True, False])
def test_a_run_without_documents(interrupted: bool) -> None:
    text = summary(OUT, a_run(documents=(), interrupted=interrupted), [])
    assert ("interrupted" in text, "nothing to read" in text) == (interrupted, not interrupted)


def test_an_interrupted_run_says_how_to_go_on() -> None:
    text = summary(OUT, a_run(interrupted=True), [], "vanthu ingest in --out RUN")
    assert "interrupted: what was written stays\ngo on:   vanthu ingest in --out RUN\n" in text
    assert "go on" not in summary(OUT, a_run(), [], "vanthu ingest in --out RUN")


def test_a_mail_says_when_of_what_with_what_and_how_it_went() -> None:
    run = a_run(versions={"vanthu": "1", "model": "2"}, inputs=("in", "x\u202ey"))
    failures = [failed(1, "scan again"), failed(2, "unlock")]
    text = mail(OUT, run, failures)
    head, _, rest = text.partition("\n\n")
    assert head == (
        "vanthu run RUN, begun 2025-01-01\ninputs:  in, x\ufffdy\nwith:    vanthu 1, model 2\nfailed:  damaged 2"
    )
    assert rest == summary(OUT, run, failures)


def test_counting() -> None:
    assert [count(0, "page"), count(1, "page"), count(1200, "page")] == ["0 pages", "1 page", "1,200 pages"]
