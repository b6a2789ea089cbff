"""What the user is told in words: how a run went, what a repair changed, which rules were tried."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.show import printable
from schemas.run import Failure, Run
from schemas.text import Text


def summary(out: Path, run: Run, failures: Sequence[Failure]) -> str:
    """What was done, what failed and why, and where to look."""
    pages = sum(done.pages for done in run.documents)
    ocr = sum(done.ocr_pages for done in run.documents)
    records = sum(len(done.records) for done in run.documents)
    lines = [
        f"{_count(len(run.documents), 'document')} done: {_count(records, 'record')}, {_count(pages, 'page')}, "
        f"{ocr} of them by OCR, in {run.seconds:.1f} s"
    ]
    if run.skipped:
        shown = ", ".join(map(printable, run.skipped[:5])) + (", ..." if len(run.skipped) > 5 else "")
        lines.append(f"{_count(len(run.skipped), 'file')} passed over: {shown}")
    if failures:
        lines += [f"{_count(len(failures), 'file')} failed:", *map(failure_text, failures)]
    if run.interrupted:
        lines.append("interrupted: what was written stays; the same command does all of it again")
    if not run.documents and not failures and not run.interrupted:
        lines = ["nothing to read: no PDF, picture or text file was found", *lines[1:]]
    elif run.documents:
        lines += [f"records: {out / 'records'}", f"look:    vanthu show {out}"]
    return "\n".join(lines)


def failure_text(failure: Failure) -> str:
    """A failure in two lines: what happened, and what to do."""
    head = f"  {printable(failure.file)}: {printable(failure.message)} ({failure.kind})"
    return f"{head}\n    what to do: {printable(failure.remedy)}"


def edits_text(text: Text) -> str:
    """Every change of a repair, page by page, with its reason and its gain in nats."""
    lines = [
        f"page {page.page.number}, {edit.raw.start}-{edit.raw.end}: {edit.before!r} -> {edit.after!r}"
        f"  {edit.why}, gain {edit.gain:.2f}"
        for page in text.pages
        for edit in page.edits
    ]
    return "\n".join([*lines, f"{_count(len(lines), 'change')}"])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
