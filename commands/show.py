"""``vanthu show``: a run, or one document of it, as tables."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.arguments import RunArgument, console, stop


def show(
    run: RunArgument,
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="A document; without it all are listed.")] = None,
    duties: Annotated[
        bool, typer.Option("--duties", help="The duties of all documents, by agency and deadline.")
    ] = False,
    summary: Annotated[bool, typer.Option("--summary", help="The run in plain text, for a mail.")] = False,
) -> None:
    """Show a run, or one document of it, as readable tables.

    \b
    Examples:
      vanthu show run
      vanthu show run 2025/plan.pdf
      vanthu show run --duties
      vanthu show run --summary | mail -s "vanthu" someone
    """
    from pipeline.show import document_table, duties_table, run_table
    from pipeline.store import Store, StoreError
    from pipeline.summary import mail

    store = Store(run)
    try:
        if summary:
            typer.echo(mail(run, store.read_run(), store.read_failures()))
            return
        console(sys.stdout).print(
            document_table(store, file) if file else duties_table(store) if duties else run_table(store)
        )
    except StoreError as error:
        stop(str(error), 2)
