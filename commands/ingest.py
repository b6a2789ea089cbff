"""``vanthu ingest``: documents to a run folder."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.arguments import (
    CacheOption,
    JsonOption,
    LogOption,
    MemoryOption,
    NoAdaptOption,
    NoCacheOption,
    OcrOption,
    QualityOption,
    StyleOption,
    TablesOption,
    TimeoutOption,
    cache_in,
    stop,
    tell_quality,
    typed,
)


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", exists=True, help="Files, or folders to walk.")],
    out: Annotated[Path | None, typer.Option(help="The run folder to write.", file_okay=False)] = None,
    ocr: OcrOption = "auto",
    quality: QualityOption = "standard",
    no_adapt: NoAdaptOption = False,
    style: StyleOption = None,
    tables: TablesOption = None,
    jobs: Annotated[
        int | None, typer.Option(min=0, help="Worker processes (default: one a core; 0: none, all in this process).")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="tcp://HOST:PORT", help="Do it on a Dask cluster (see docs/scale.md).")
    ] = None,
    timeout: TimeoutOption = 120.0,
    memory: MemoryOption = 2000,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed in an earlier run on the same folder.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what was written for files that are no longer there.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
    log_json: LogOption = None,
) -> None:
    """Read documents and write a run folder: records, texts, pages.

    The same command goes on where an earlier one ended, and does only what is new or has changed: files, versions,
    options. Each document is read in a process of its own, with limits of time and memory.

    \b
    RUN/records/<file>.json     one record a document
    RUN/text/<file>.txt         the repaired text in reading order
    RUN/pages/<file>.json.gz    raw text, repairs, words with boxes
    RUN/run.json                what was done, with which versions and options
    RUN/failures.jsonl          what failed, why, and what to do
    RUN/links.jsonl             references that other documents of the run resolve

    \b
    Examples:
      vanthu ingest plans/ --out run
      vanthu ingest plan.pdf letter.tif --out run --ocr always --jobs 2
      vanthu ingest plans/ --out run --quality best
      vanthu ingest plans/ --out run --style style.json
      vanthu ingest plans/ --out run --retry-failed --timeout 600
      vanthu ingest plans/ --out run --cluster tcp://host:8786
      vanthu ingest plans/ --dry-run
    """
    from diacritics import StyleError
    from pipeline.log import log_to
    from pipeline.options import Options
    from pipeline.plan import plan
    from pipeline.process import TablesError
    from pipeline.progress import progress, together
    from pipeline.run import exit_code, run
    from pipeline.store import Store, StoreError
    from pipeline.summary import summary

    if dry_run:
        planned = plan(paths, out, ocr)
        typer.echo(planned.as_json() if as_json else planned.as_text())
        raise typer.Exit(planned.exit_code)
    if out is None:
        raise typer.BadParameter("name the run folder to write", param_hint="--out")
    options = Options(
        ocr,
        jobs,
        not no_adapt,
        style,
        tables,
        cache=cache_in(cache, off=no_cache),
        timeout=timeout,
        memory=memory,
        retry_failed=retry_failed,
        prune=prune,
        cluster=cluster,
        quality=quality,
    )
    tell_quality(quality)
    tried: set[str] = set()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with log_to(log_json) as log, progress(sys.stderr, quiet=quiet) as tell:
            log.start(paths, out)
            done = run(paths, out, options, together(tell, log, lambda _, __, outcome: tried.add(outcome.file)))
            log.end(done)
    except (StoreError, StyleError, TablesError) as error:
        stop(str(error), 2)
    failures = Store(out).read_failures()
    if as_json:
        rows = [failure.model_dump() for failure in failures]
        typer.echo(json.dumps({**done.model_dump(), "failures": rows}, ensure_ascii=False, indent=2))
    elif failures or not quiet:
        typer.echo(summary(out, done, failures, typed()), err=quiet)
        if old := len(failures) - len(tried.intersection(failure.file for failure in failures)):
            typer.echo(f"{old} of them failed in an earlier run and were not tried again: --retry-failed", err=quiet)
    raise typer.Exit(exit_code(done, failures))
