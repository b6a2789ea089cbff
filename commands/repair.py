"""``vanthu repair``: the repaired text of one document."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.arguments import FileArgument, NoAdaptOption, OcrOption, StyleOption, read


def repair(
    file: FileArgument,
    ocr: OcrOption = "auto",
    no_adapt: NoAdaptOption = False,
    style: StyleOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="List each change: raw, repaired, reason, gain, runner-up.")
    ] = False,
) -> None:
    """Print the repaired text of one document, line for line as in the file.

    \b
    Examples:
      vanthu repair mangled.txt > repaired.txt
      cat mangled.txt | vanthu repair -
      vanthu repair mangled.txt --style style.json
      vanthu repair scan.pdf --explain
    """
    from pipeline.summary import edits_text

    text = read(file, ocr, adapt=not no_adapt, style=style)
    told = edits_text(text) if explain else "\f".join(page.text for page in text.pages)
    typer.echo(told, nl=not told.endswith("\n"))
