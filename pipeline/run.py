"""A folder of documents into a run folder."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.find import Item, clashing, find, sha256_of
from pipeline.journal import Journal, Outcome
from pipeline.links import links
from pipeline.options import DEFAULT, Options
from pipeline.progress import Progress
from pipeline.recipe import Recipe, recipe
from pipeline.resume import resume
from pipeline.store import SUFFIXES, Store, StoreError, is_run
from pipeline.workers import Task, work
from schemas.run import Done, Failure, Run


def run(
    paths: Sequence[Path],
    out: Path,
    options: Options = DEFAULT,
    progress: Progress = lambda *_: None,
    only: Callable[[str], bool] = lambda _: True,
) -> Run:
    """Do every document under ``paths`` and write the run folder ``out``; one bad file never stops the others.

    What an earlier run on the same folder has done, with the same versions and options, is not done again. Files for
    whose names ``only`` is false are left for another run, and what is known of them is taken as it is. Ctrl-C
    (``KeyboardInterrupt``) ends the run early: what was written stays and ``Run.interrupted`` is set. Raises
    ``StoreError`` where ``out`` cannot be written, is being written, or holds something that is not a run. Worker
    processes import the main module again: a script of your own needs ``if __name__ == "__main__":`` around its call.
    """
    _refuse_products(paths, out)
    with Store(out).opened():
        return _run(paths, Store(out), options, progress, only)


def _run(paths: Sequence[Path], store: Store, options: Options, progress: Progress, only: Callable[[str], bool]) -> Run:
    watch = time.monotonic()
    found = find(paths, store.root)
    made = recipe(options.tools(), options)
    earlier = _earlier(store)
    store = replace(store, clashing=clashing({*earlier, *(item.file for item in found.items)}))
    kept, items, vanished = resume(store, earlier, found.items, made, only, retry_failed=options.retry_failed)
    known: dict[str, Outcome] = {outcome.file: outcome for outcome in (*kept, *vanished)}
    if options.prune:
        for done in vanished:
            store.remove_products(done)
            del known[done.file]
    begun = Run(
        started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        seconds=0.0,
        versions=made.versions,
        options=made.options,
        inputs=tuple(map(str, paths)),
        documents=(),
        failures=0,
        skipped=found.skipped,
        vanished=() if options.prune else tuple(done.file for done in vanished),
        interrupted=True,
    )
    changed = bool(items) or known.keys() != earlier.keys()
    if changed:
        store.remove_links()
    _write(store, begun, known, watch)
    interrupted = _do(items, Task(store, options), made, known, earlier, progress)
    if not interrupted and (changed or not store.has_links):
        records = [path for _, each in sorted(known.items()) if isinstance(each, Done) for path in each.records]
        store.write_links(links(records, store.read_plain))
    if items and hasattr(os, "sync"):
        os.sync()
    return _write(store, begun.model_copy(update={"interrupted": interrupted}), known, watch)


def _refuse_products(paths: Sequence[Path], out: Path) -> None:
    """A run folder is no input of itself, nor are its products."""
    if not is_run(out):
        return
    own = [out.resolve(), *(out.resolve() / kind for kind in SUFFIXES)]
    for path in map(Path.resolve, paths):
        if path == own[0] or any(path.is_relative_to(folder) for folder in own[1:]):
            raise StoreError(f"{path} is the run folder or a part of it: name another folder with --out")


def _earlier(store: Store) -> dict[str, Outcome]:
    """What earlier runs on the folder have done and failed, as far as it can be read."""
    try:
        outcomes: tuple[Outcome, ...] = (*store.read_run().documents, *store.read_failures())
    except (StoreError, ValueError):
        return {}
    return {outcome.file: outcome for outcome in outcomes}


def _write(store: Store, run: Run, known: Mapping[str, Outcome], watch: float) -> Run:
    """Write ``failures.jsonl`` and ``run.json``."""
    failures = [outcome for outcome in known.values() if isinstance(outcome, Failure)]
    documents = tuple(outcome for _, outcome in sorted(known.items()) if isinstance(outcome, Done))
    seconds = round(time.monotonic() - watch, 3)
    written = run.model_copy(update={"seconds": seconds, "documents": documents, "failures": len(failures)})
    store.write_failures(failures)
    store.write_run(written)
    return written


def _do(
    items: Sequence[Item],
    task: Task,
    made: Recipe,
    known: dict[str, Outcome],
    earlier: Mapping[str, Outcome],
    progress: Progress,
) -> bool:
    """Do every item and add its outcome to ``known`` and the journal; whether the user stopped the work."""
    if not items:
        return False
    paths = {item.file: item.path for item in items}
    before = sum(1 for each in known.values() if each.file not in paths)
    with task.store.journal() as journal:
        try:
            for number, outcome in enumerate(_work(items, task), 1):
                known[outcome.file] = stamped = _stamped(outcome, made, paths[outcome.file])
                _replace(task.store, earlier.get(outcome.file), stamped, journal)
                progress(before + number, before + len(items), stamped)
        except KeyboardInterrupt:
            return True
    return False


def _work(items: Sequence[Item], task: Task) -> Iterator[Outcome]:
    """Do every item, here or on a cluster."""
    if task.options.cluster is not None:
        from pipeline.cluster import work_on

        return work_on(task.options.cluster, items, task)
    return work(items, task, cores() if task.options.jobs is None else task.options.jobs)


def _stamped(outcome: Outcome, made: Recipe, path: Path) -> Outcome:
    """An outcome with the recipe, by which a later run knows it."""
    if isinstance(outcome, Done):
        return outcome.model_copy(update={"recipe": made.key(ocr=outcome.ocr_pages > 0)})
    return outcome.model_copy(update={"recipe": made.key(ocr=True), "sha256": sha256_of(path)})


def _replace(store: Store, old: Outcome | None, new: Outcome, journal: Journal) -> None:
    """Note an outcome. Products of an earlier run that stand elsewhere than the new ones are removed."""
    if isinstance(old, Done) and (isinstance(new, Failure) or old.records[0] != new.records[0]):
        store.remove_products(old)
    try:
        journal.add(new)
    except OSError as error:
        raise StoreError(f"{store.root / 'journal.jsonl'} cannot be written: {error.strerror}") from error


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


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
