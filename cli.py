"""The command ``vanthu``: all commands of ``commands/`` under one name."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from commands.cache import cache
from commands.diff import diff
from commands.doctor import doctor
from commands.evaluate import evaluate
from commands.explain import explain
from commands.export import export
from commands.ingest import ingest
from commands.learn import learn
from commands.repair import repair
from commands.report import report
from commands.rules import rules
from commands.schema import schema
from commands.show import show
from commands.watch import watch

COMMANDS = (ingest, watch, repair, learn, explain, evaluate, show, report, diff, rules, export, schema, cache, doctor)
"""In the order of ``vanthu --help``."""

app = typer.Typer(
    name="vanthu",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline.recipe import vanthu_version

        typer.echo(f"vanthu {vanthu_version()}")
        raise typer.Exit


@app.callback()
def vanthu(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read Vietnamese administrative documents into records, every value with its evidence.

    \b
    Examples:
      vanthu ingest plans/ --out run      scans, PDFs, pictures and text files become JSON records
      vanthu show run                     what was found
      vanthu doctor                       what is installed, what is missing

    \b
    Exit codes:
      0    all done
      1    some documents failed (they are listed in RUN/failures.jsonl; the others are done)
      2    wrong usage, or a run folder that cannot be used
      3    Tesseract or its Vietnamese data is missing and was needed
      4    nothing to read
      130  interrupted; what was written stays
    Of several causes 130 goes first, then 3, 1, 4.
    """


for command in COMMANDS:
    app.command()(command)


def main() -> None:
    """Run the command; output is UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
