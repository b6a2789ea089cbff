"""``vanthu doctor``: what is installed and what is missing."""

from __future__ import annotations

import json

import typer

from commands.arguments import JsonOption


def doctor(as_json: JsonOption = False) -> None:
    """Say what is installed, what is missing, and how to get it.

    \b
    Example:
      vanthu doctor
    """
    from pipeline.doctor import as_text, checks, exit_code

    found = checks()
    rows = [check._asdict() for check in found]
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else as_text(found))
    raise typer.Exit(exit_code(found))
