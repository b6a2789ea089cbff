"""``vanthu evaluate``: a run against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.arguments import JsonOption, RunArgument, stop


def evaluate(
    run: RunArgument,
    gold: Annotated[Path, typer.Argument(metavar="GOLD", exists=True, file_okay=False, help="A folder of gold.")],
    as_json: JsonOption = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown tables.")] = False,
) -> None:
    """Score the records of a run against gold records.

    A gold file is matched by the document's relative path (GOLD/2025/plan.pdf.json), then by its stem (GOLD/plan.json).

    \b
    Examples:
      vanthu evaluate run samples/gold
      vanthu evaluate run samples/gold --markdown
    """
    from audit.score import score

    try:
        scores = score(run, gold)
    except (FileNotFoundError, ValueError) as error:
        stop(str(error), 2)
    text = scores.as_json() if as_json else scores.as_markdown() if as_markdown else scores.as_text()
    typer.echo(text, nl=False)
