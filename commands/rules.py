"""``vanthu rules``: every rule, and what a run shows of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.arguments import JsonOption, console, stop


def rules(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A field, or one rule (code, code.state).")] = None,
    run: Annotated[
        Path | None,
        typer.Option(metavar="RUN", exists=True, file_okay=False, help="A run: how often each fired, and where."),
    ] = None,
    as_json: JsonOption = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/rules.md.")] = False,
) -> None:
    """List every rule with the line that it reads, what it gives and what it refuses; or how often it fired in a run.

    \b
    Examples:
      vanthu rules
      vanthu rules code
      vanthu rules --run run
      vanthu rules code.lost-slash --run run
      vanthu rules --run run --json > rules.json
      vanthu rules --markdown > docs/rules.md
    """
    from pipeline import rules as known
    from pipeline.store import Store, StoreError

    if as_markdown:
        typer.echo(known.rules_markdown(), nl=False)
        return
    rows = known.rules(name)
    if not rows:
        raise typer.BadParameter(f"{name} is neither a field nor a rule; `vanthu rules` lists them", param_hint="NAME")
    try:
        found = known.fired(Store(run)) if run else None
    except (StoreError, OSError, ValueError) as error:  # no run, or a record that cannot be read
        stop(str(error), 2)
    if as_json:
        typer.echo(known.rules_json(rows, found))
    elif found is None:
        console(sys.stdout).print(known.rules_table(rows))
    else:
        console(sys.stdout).print(known.fired_table(rows, found, name=name))
