"""``vanthu learn``: a style of mangling from a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.arguments import stop


def learn(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", exists=True, help="Files, or folders to walk.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The style to write.", dir_okay=False)],
) -> None:
    """Learn how an engine mangles Vietnamese, from all garbled texts of a folder, for --style.

    Text layers and text files are read as they are; nothing is OCRed, and no right text is needed.

    \b
    Examples:
      vanthu learn archive/2012 -o style.json
      vanthu repair archive/2012/plan.txt --style style.json
    """
    from pipeline.learn import exit_code, lesson_text
    from pipeline.learn import learn as learn_from

    try:
        lesson = learn_from(paths, out)
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror}", 2)
    typer.echo(lesson_text(lesson, out))
    raise typer.Exit(exit_code(lesson))
