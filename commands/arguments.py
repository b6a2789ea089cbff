"""Arguments, options and endings that several commands share."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TextIO

import typer

if TYPE_CHECKING:  # each command imports what it needs when it is called, so that --help is quick
    from rich.console import Console

    from pipeline.process import Cache
    from schemas.text import Text

OcrMode = Literal["auto", "always", "never"]
Quality = Literal["fast", "standard", "best"]
QualityOption = Annotated[
    Quality,
    typer.Option(
        help="How scans are read: by Tesseract alone; doubtful words by a second recogniser too; or all but sure ones."
    ),
]
OcrOption = Annotated[OcrMode, typer.Option(help="OCR pages that need it, every page that has an image, or none.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
NoAdaptOption = Annotated[
    bool, typer.Option("--no-adapt", help="Do not learn a document's own style of mangling from the document.")
]
StyleOption = Annotated[
    Path | None, typer.Option(metavar="FILE", exists=True, dir_okay=False, help="A style that `vanthu learn` wrote.")
]
TablesOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", exists=True, file_okay=False, help="Your own abbreviations.tsv or agencies.tsv, with head rows."
    ),
]
LogOption = Annotated[
    Path | None, typer.Option(metavar="FILE", dir_okay=False, help="Append a log: one JSON object a line.")
]
CacheOption = Annotated[
    Path | None,
    typer.Option(
        "--cache", metavar="DIR", file_okay=False, help="Where readings are kept (default: see `vanthu cache`)."
    ),
]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep readings of earlier runs.")]
TimeoutOption = Annotated[
    float, typer.Option(min=1, metavar="SECONDS", help="Time for a page; a document may take it once more.")
]
MemoryOption = Annotated[
    int, typer.Option(min=200, metavar="MB", help="Memory that a worker process may take (Linux).")
]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help='A document; "-" for standard input.')]
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", exists=True, file_okay=False, help="A run folder.")]


def cache_in(folder: Path | None, *, off: bool = False) -> Cache | None:
    """The cache in a folder, or in the user's own place; None where it is off."""
    from pipeline.process import Cache, default_folder

    return None if off else Cache(folder or default_folder())


def read(file: Path, ocr: OcrMode, *, adapt: bool = True, style: Path | None = None) -> Text:
    """The repaired text of a file or of standard input; a failure is told and ends the command."""
    from diacritics import StyleError
    from pipeline.process import repair, repair_bytes, tools
    from pipeline.summary import failure_line
    from schemas.run import Failure

    piped = file == Path("-")
    if not piped and not file.exists():
        raise typer.BadParameter(f"{file} does not exist", param_hint="FILE")
    try:
        kit = tools(ocr, adapt=adapt, style=style, cache=cache_in(None))
    except StyleError as error:
        stop(str(error), 2)
    text = repair_bytes(sys.stdin.buffer.read(), kit) if piped else repair(file, file.name, kit)
    if isinstance(text, Failure):
        stop(f"{failure_line(text)}\nwhat to do: {text.remedy}", 3 if text.kind == "ocr-missing" else 1)
    return text


def tell_quality(asked: Quality) -> None:
    """Say so where the second recogniser is missing that a quality asks for."""
    from pipeline.process import recogniser_version

    if asked != "fast" and recogniser_version() is None:
        missing = "vanthu: the second recogniser is missing (see vanthu doctor)"
        typer.echo(f"{missing}: scans are read with --quality fast, not {asked}", err=True)


def typed() -> str:
    """The command as it was typed, to be typed again."""
    return shlex.join(["vanthu", *sys.argv[1:]])


def stop(message: str, code: int) -> NoReturn:
    """Tell an error and end the command with an exit code."""
    typer.echo(f"vanthu: {message}", err=True)
    raise typer.Exit(code)


def console(stream: TextIO) -> Console:
    """A console as wide as the terminal; of a fixed width where there is none."""
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else 160, highlight=False)
