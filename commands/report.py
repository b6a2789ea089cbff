"""``vanthu report``: a run as one HTML file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.arguments import RunArgument, stop

if TYPE_CHECKING:
    from audit.diff import Changes
    from audit.report import Opened
    from pipeline.pictures import Originals
    from pipeline.store import Store


def report(
    run: RunArgument,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="The HTML file to write.", dir_okay=False)
    ] = Path("report.html"),
    against: Annotated[
        Path | None,
        typer.Option(metavar="RUN", exists=True, file_okay=False, help="An earlier run: show what has changed since."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="DIR", exists=True, file_okay=False, help="Gold: show what is right, wrong and missing."),
    ] = None,
    worst: Annotated[
        int, typer.Option(min=0, metavar="N", help="List the N values that are most likely to be wrong.")
    ] = 50,
    lang: Annotated[Literal["vi", "en"], typer.Option(help="The language it opens in; it can be switched.")] = "vi",
    pictures: Annotated[
        Literal["none", "low", "normal", "high"],
        typer.Option(help="Pictures of the pages: none, small, readable, or in colours and fine."),
    ] = "normal",
    originals: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", exists=True, help="Where the files are now, if they were moved; may be repeated."),
    ] = None,
) -> None:
    """Write a run as one HTML file that opens anywhere and fetches nothing.

    A summary with plots, a list to search and filter, and each document with its pages, its values and their places.
    The pages are drawn again from the originals, which are found by their content.

    \b
    Examples:
      vanthu report run -o report.html
      vanthu report run --against run-before --worst 100
      vanthu report run --gold gold/ --lang en
      vanthu report run --pictures none
      vanthu report run --originals archive/2025

    \b
    Exit codes:
      0    done
      2    wrong usage, or a run folder that cannot be used
    """
    from audit.report import Report, write
    from audit.runs import RunError, open_run
    from pipeline.pictures import Originals
    from pipeline.store import Store, StoreError
    from pipeline.writing import writing

    if against and gold:
        raise typer.BadParameter("choose one of --against and --gold")
    try:
        open_run(run)
        store = Store(run)
        held = store.read_run()
        changes = _changes(against, run) if against else []
        told = Report(
            held,
            run.resolve().name,
            store.read_failures(),
            against.resolve().name if against else None,
            gold.resolve().name if gold else None,
            tuple(each.file for each in changes if not each.after and each.before),
            lang,
            worst,
        )
        documents = _documents(store, Originals(held.inputs, originals or ()), pictures, changes, gold)
        with writing(out) as temporary, temporary.open("wb") as file:
            write(told, documents, file)
    except (RunError, StoreError) as error:
        stop(str(error), 2)
    typer.echo(f"{out}: {len(held.documents)} documents, {out.stat().st_size / 1e6:.1f} MB")


def _changes(before: Path, after: Path) -> list[Changes]:
    """What changed since an earlier run."""
    from audit.runs import compare, open_run

    return [changes for changes in compare(open_run(before), open_run(after)) if changes.differences]


def _documents(
    store: Store,
    originals: Originals,
    quality: Literal["none", "low", "normal", "high"],
    changes: list[Changes],
    gold: Path | None,
) -> Iterator[Opened]:
    """Each document with its pictures, one at a time."""
    from audit.report import Opened
    from audit.report.judged import judged
    from audit.verdicts import Judges
    from pipeline.pictures import pictures

    judges = Judges(gold) if gold else None
    for done in store.read_run().documents:
        pages = store.read_pages(done.file)
        origin, path = originals.find(done)
        numbers = [page.source.number for page in pages.pages if page.width]
        records = {name: store.read_record(name) for name in done.records}
        known = {name: wanted for name in records if judges and (wanted := judges.gold(name))}
        yield Opened(
            done,
            records,
            pages,
            dict(pictures(path, numbers, quality)) if path else {},
            origin,
            tuple(each for each in changes if each.after in records),
            {name: judged(records[name], wanted) for name, wanted in known.items()},
        )
