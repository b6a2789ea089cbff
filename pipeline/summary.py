"""What the user is told in words: how a run went, what a repair changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from schemas.run import Failure, Run
from schemas.text import Text, printable

SHOWN = 20
"""Failures with the same remedy that are listed; the others are in ``failures.jsonl``."""


def summary(out: Path, run: Run, failures: Sequence[Failure], again: str = "") -> str:
    """What was done, what failed and why, and where to look; ``again`` is the command that goes on where it stopped."""
    pages = sum(done.pages for done in run.documents)
    ocr = sum(done.ocr_pages for done in run.documents)
    records = sum(len(done.records) for done in run.documents)
    lines = [
        f"{count(len(run.documents), 'document')} done: {count(records, 'record')}, {count(pages, 'page')}, "
        f"{ocr} of them by OCR, in {run.seconds:.1f} s"
    ]
    if run.skipped:
        shown = ", ".join(map(printable, run.skipped[:5])) + (", ..." if len(run.skipped) > 5 else "")
        lines.append(f"{count(len(run.skipped), 'file')} passed over: {shown}")
    if run.vanished:
        shown = ", ".join(map(printable, run.vanished[:5])) + (", ..." if len(run.vanished) > 5 else "")
        lines.append(f"{count(len(run.vanished), 'document')} kept whose file is no longer there (--prune): {shown}")
    if failures:
        lines += [f"{count(len(failures), 'file')} failed:", failures_text(out, failures)]
    if run.interrupted:
        lines.append("interrupted: what was written stays")
        lines += [f"go on:   {again}"] if again else []
    if not run.documents and not failures and not run.interrupted:
        lines = ["nothing to read: no PDF, picture or text file was found", *lines[1:]]
    elif run.documents:
        lines += [f"records: {out / 'records'}", f"look:    vanthu show {out}"]
    return "\n".join(lines)


def mail(out: Path, run: Run, failures: Sequence[Failure]) -> str:
    """A run in plain text that a mail can carry: when, of what, with what, then the summary."""
    kinds = Counter(failure.kind for failure in failures)
    told = ", ".join(f"{kind} {number:,}" for kind, number in sorted(kinds.items()))
    lines = [
        f"vanthu run {printable(str(out))}, begun {run.started}",
        f"inputs:  {', '.join(map(printable, run.inputs))}",
        f"with:    {', '.join(f'{name} {version}' for name, version in run.versions.items())}",
        *([f"failed:  {told}"] if told else []),
        "",
        summary(out, run, failures),
    ]
    return "\n".join(lines)


def failures_text(out: Path, failures: Sequence[Failure]) -> str:
    """The failures by what can be done about them, each remedy once."""
    lines = []
    for remedy in dict.fromkeys(failure.remedy for failure in failures):
        same = [failure for failure in failures if failure.remedy == remedy]
        lines += [f"  {failure_line(failure)}" for failure in same[:SHOWN]]
        if len(same) > SHOWN:
            lines.append(f"  ... and {len(same) - SHOWN:,} more: {out / 'failures.jsonl'}")
        lines.append(f"    what to do: {printable(remedy)}")
    return "\n".join(lines)


def failure_line(failure: Failure) -> str:
    """What happened to a file."""
    return f"{printable(failure.file)}: {printable(failure.message)} ({failure.kind})"


def edits_text(text: Text) -> str:
    """Every change of a repair, page by page: its reason, its gain in nats, how sure it is, and what else it may be."""
    lines = [
        f"page {page.page.number}, {edit.raw.start}-{edit.raw.end}: {edit.before!r} -> {edit.after!r}"
        f"  {edit.why}, gain {edit.gain:.2f}, sure {edit.posterior:.3f}"
        + (f", else {edit.runner_up!r}" if edit.runner_up else "")
        for page in text.pages
        for edit in page.edits
    ]
    noise = [f"page {page.page.number}: left as it is, not legible" for page in text.pages if not page.legible]
    return "\n".join([*lines, *noise, f"{count(len(lines), 'change')}"])


def count(number: int, noun: str) -> str:
    """A number with its noun, such as "1 page" or "1,200 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
