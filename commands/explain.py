"""``vanthu explain``: the rules of a field, tried on a document."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.arguments import FileArgument, OcrOption, TablesOption, read, stop


def explain(
    file: FileArgument,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A field of the record: code, title, targets, ...")],
    ocr: OcrOption = "auto",
    tables: TablesOption = None,
) -> None:
    """Show each rule that was tried for a field of a document: hit or miss, and where.

    \b
    Examples:
      vanthu explain plan.pdf code
      vanthu explain mangled.txt assignments
      vanthu explain plan.pdf agencies --tables our-tables/
    """
    from pipeline.process import TablesError, read_tables
    from pipeline.trial import FIELDS, trial_text

    if field not in FIELDS:
        raise typer.BadParameter(f"{field} is no field; the fields are {', '.join(FIELDS)}", param_hint="FIELD")
    try:
        own = read_tables(tables) if tables else None
    except TablesError as error:
        stop(str(error), 2)
    typer.echo(trial_text(read(file, ocr), field, own))
