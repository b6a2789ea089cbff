"""``vanthu watch``: a folder whose files are done as they arrive."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from commands.arguments import (
    CacheOption,
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
)


def watch(
    paths: Annotated[list[Path], typer.Argument(metavar="IN", exists=True, help="The folders to watch.")],
    out: Annotated[Path, typer.Option(help="The run folder to write.", file_okay=False)],
    interval: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="Look twice, do what has arrived, and end.")] = False,
    ocr: OcrOption = "auto",
    quality: QualityOption = "standard",
    no_adapt: NoAdaptOption = False,
    style: StyleOption = None,
    tables: TablesOption = None,
    jobs: Annotated[int | None, typer.Option(min=0, help="Worker processes (default: one a core).")] = None,
    timeout: TimeoutOption = 120.0,
    memory: MemoryOption = 2000,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
    log_json: LogOption = None,
) -> None:
    """Do files as they arrive in a folder, until Ctrl-C.

    A file is taken when two looks found it with the same size and time, so not while a scanner still writes it; a file
    that changes later is done anew. The run folder is that of `vanthu ingest`, and both can go on with it. Bad files
    become failures; an input or run folder that cannot be reached is tried again.

    \b
    Examples:
      vanthu watch scans/ --out run
      vanthu watch scans/ --out run --interval 30 --log-json watch.jsonl
      vanthu watch scans/ --out run --once

    \b
    Exit codes: 0 stopped while nothing was under way, or --once has done all; 130 stopped while documents were under
    way (the same command does them); with --once the codes of `vanthu ingest`, but 0 where nothing has arrived.
    """
    from diacritics import StyleError
    from pipeline.log import log_to
    from pipeline.options import Options
    from pipeline.process import TablesError
    from pipeline.progress import line, together
    from pipeline.run import exit_code
    from pipeline.store import Store, StoreError
    from pipeline.summary import summary
    from pipeline.watch import WatchError
    from pipeline.watch import watch as arrivals
    from schemas.run import Done, Failure

    def trouble(message: str) -> None:
        typer.echo(f"vanthu: {message}; trying again in {interval:g} s", err=True)

    def tell(number: int, total: int, outcome: Done | Failure) -> None:
        if not quiet or isinstance(outcome, Failure):
            typer.echo(line(number, total, outcome), err=True)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    kept = cache_in(cache, off=no_cache)
    options = Options(
        ocr, jobs, not no_adapt, style, tables, cache=kept, timeout=timeout, memory=memory, quality=quality
    )
    tell_quality(quality)
    code = 0
    try:
        with log_to(log_json) as log:
            log.start(paths, out)
            for done in arrivals(paths, out, options, together(tell, log), trouble, interval=interval, once=once):
                log.end(done)
                failures = Store(out).read_failures()
                code = exit_code(done, failures) if once or done.interrupted else 0
                if not quiet:
                    typer.echo(summary(out, done, failures))
    except (StoreError, StyleError, TablesError, WatchError) as error:
        stop(str(error), 2)
    raise typer.Exit(code)
