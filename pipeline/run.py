"""A folder of documents into a run folder."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import OcrMode, engine_versions
from pipeline.find import find
from pipeline.links import links
from pipeline.process import Tools, tools
from pipeline.progress import Progress
from pipeline.store import Store
from pipeline.workers import Item, Outcome, Task, work
from schemas.run import Done, Failure, Run


@dataclass(frozen=True)
class Options:
    """How to run. ``jobs`` worker processes (0: none, all in this process); None takes one for each core.

    ``adapt``: learn a document's own style of mangling from the document. ``style``: a file of ``vanthu learn``.
    ``tables``: a folder of a user's own abbreviations and bodies.
    ``jobs`` changes nothing in what is written.
    """

    ocr: OcrMode = "auto"
    jobs: int | None = None
    adapt: bool = True
    style: Path | None = None
    tables: Path | None = None

    def as_rows(self) -> dict[str, str]:
        """What changes the records, for ``run.json``; the content of a style file is in the version of the model."""
        rows = {"ocr": self.ocr, "adapt": "yes" if self.adapt else "no"}
        files = {"style": self.style, "tables": self.tables}
        return rows | {name: path.name for name, path in files.items() if path}


def run(paths: Sequence[Path], out: Path, options: Options = Options(), progress: Progress = lambda *_: None) -> Run:
    """Do every document under ``paths`` and write the run folder ``out``; one bad file never stops the others.

    Ctrl-C (``KeyboardInterrupt``) ends the run early: what was written stays and ``Run.interrupted`` is set. Raises
    ``StoreError`` where ``out`` cannot be written or holds something that is not a run. Worker processes import the
    main module again: a script of your own needs ``if __name__ == "__main__":`` around its call.
    """
    store = Store(out)
    store.open()
    watch = time.monotonic()
    found = find(paths, out)
    kit = tools(options.ocr, adapt=options.adapt, style=options.style, tables=options.tables)
    begun = Run(
        started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        seconds=0.0,
        versions=versions(kit),
        options=options.as_rows(),
        inputs=tuple(map(str, paths)),
        documents=(),
        failures=0,
        skipped=found.skipped,
        interrupted=True,
    )
    store.write_run(begun)
    outcomes, interrupted = _collect(found.items, store, options, progress)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    store.sweep()
    store.write_failures(failures)
    done = sorted((outcome for outcome in outcomes if isinstance(outcome, Done)), key=lambda done: done.file)
    if not interrupted:
        paths_done = (path for document in done for path in document.records)
        store.write_links(links((path, store.read_record(path)) for path in paths_done))
    finished = begun.model_copy(
        update={
            "seconds": round(time.monotonic() - watch, 3),
            "documents": tuple(done),
            "failures": len(failures),
            "interrupted": interrupted,
        }
    )
    store.write_run(finished)
    return finished


def _collect(items: Sequence[Item], store: Store, options: Options, progress: Progress) -> tuple[list[Outcome], bool]:
    """Every outcome, and whether the user stopped the work."""
    jobs = cores() if options.jobs is None else options.jobs
    outcomes: list[Outcome] = []
    try:
        for outcome in work(items, Task(store, options.ocr, options.adapt, options.style, options.tables), jobs):
            outcomes.append(outcome)
            progress(len(outcomes), len(items), outcome)
    except KeyboardInterrupt:
        return outcomes, True
    return outcomes, False


def exit_code(run: Run, failures: Iterable[Failure]) -> int:
    """130 interrupted; 3 Tesseract or its language missing; 1 some documents failed; 4 nothing to read; 0 all done."""
    kinds = {failure.kind for failure in failures}
    if run.interrupted:
        return 130
    if "ocr-missing" in kinds:
        return 3
    if kinds:
        return 1
    return 0 if run.documents else 4


def versions(kit: Tools) -> dict[str, str]:
    """What made a run: vanthu, Python, the repair model, and the OCR engine with its languages."""
    return {
        "vanthu": vanthu_version(),
        "python": platform.python_version(),
        "model": kit.model.version,
        **engine_versions(),
    }


def vanthu_version() -> str:
    """The installed version; "unknown" where vanthu runs from a folder without being installed."""
    try:
        return importlib.metadata.version("vanthu")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
