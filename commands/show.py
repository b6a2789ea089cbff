"""``vanthu show``: a run, or one document of it, as tables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from commands.arguments import RunArgument, console, stop

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.store import Store


def show(
    run: RunArgument,
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="A document; without it all are listed.")] = None,
    duties: Annotated[
        bool, typer.Option("--duties", help="The duties of all documents, by agency and deadline.")
    ] = False,
    worst: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="The N values that are most probably wrong, to be looked at.")
    ] = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="How each page of FILE was read, its seals and stamps, its tables.")
    ] = False,
    summary: Annotated[bool, typer.Option("--summary", help="The run in plain text, for a mail.")] = False,
) -> None:
    """Show a run, or one document of it, as readable tables.

    \b
    Examples:
      vanthu show run
      vanthu show run 2025/plan.pdf
      vanthu show run 2025/plan.pdf --pages
      vanthu show run --duties
      vanthu show run --worst 50
      vanthu show run --summary | mail -s "vanthu" someone
    """
    from pipeline.show import document_table, duties_table, run_table
    from pipeline.show_pages import pages_table
    from pipeline.store import Store, StoreError
    from pipeline.summary import mail

    store = Store(run)
    if pages and file is None:
        stop("--pages is about one document: name its FILE", 2)
    try:
        if pages and file:
            console(sys.stdout).print(pages_table(store, file))
            return
        if summary:
            typer.echo(mail(run, store.read_run(), store.read_failures()))
            return
        if worst:
            console(sys.stdout).print(_worst_table(store, worst))
            return
        console(sys.stdout).print(
            document_table(store, file) if file else duties_table(store) if duties else run_table(store)
        )
    except StoreError as error:
        stop(str(error), 2)


def _worst_table(store: Store, count: int) -> RenderableType:
    """The riskiest values of a run."""
    from audit.review import worst
    from audit.terminal import risks_table

    documents = (
        (done.file, store.read_record(path), store.read_pages(done.file))
        for done in store.read_run().documents
        for path in done.records
    )
    return risks_table(worst(documents, count))
