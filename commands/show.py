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
) -> None:
    """Show a run, or one document of it, as readable tables.

    \b
    Examples:
      vanthu show run
      vanthu show run 2025/plan.pdf
      vanthu show run --duties
    """
    from pipeline.show import document_table, duties_table, run_table
    from pipeline.store import Store, StoreError

    store = Store(run)
    try:
        console(sys.stdout).print(
            document_table(store, file) if file else duties_table(store) if duties else run_table(store)
        )
    except StoreError as error:
        stop(str(error), 2)
