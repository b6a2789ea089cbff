"""The command ``vanthu``: each command parses its arguments, calls one function, prints, and gives an exit code."""

from __future__ import annotations

import json
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TextIO

import typer

if TYPE_CHECKING:  # each command imports what it needs when it is called, so that --help is quick
    from rich.console import Console

    from schemas.text import Text

app = typer.Typer(
    name="vanthu",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


OcrMode = Literal["auto", "always", "never"]
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
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help='A document; "-" for standard input.')]
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", exists=True, file_okay=False, help="A run folder.")]


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline.run import vanthu_version

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


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", exists=True, help="Files, or folders to walk.")],
    out: Annotated[Path | None, typer.Option(help="The run folder to write.", file_okay=False)] = None,
    ocr: OcrOption = "auto",
    no_adapt: NoAdaptOption = False,
    style: StyleOption = None,
    tables: TablesOption = None,
    jobs: Annotated[
        int | None, typer.Option(min=0, help="Worker processes (default: one a core; 0: none, all in this process).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
) -> None:
    """Read documents and write a run folder: records, texts, pages.

    \b
    RUN/records/<file>.json     one record a document
    RUN/text/<file>.txt         the repaired text in reading order
    RUN/pages/<file>.json.gz    raw text, repairs, words with boxes
    RUN/run.json                what was done, with which versions and options
    RUN/failures.jsonl          what failed, why, and what to do
    RUN/links.jsonl             references that other documents of the run resolve

    \b
    Examples:
      vanthu ingest plans/ --out run
      vanthu ingest plan.pdf letter.tif --out run --ocr always --jobs 2
      vanthu ingest plans/ --out run --style style.json
      vanthu ingest plans/ --dry-run
    """
    from diacritics import StyleError
    from pipeline.plan import plan
    from pipeline.process import TablesError
    from pipeline.progress import progress
    from pipeline.run import Options, exit_code, run
    from pipeline.store import Store, StoreError
    from pipeline.summary import summary

    if dry_run:
        planned = plan(paths, out, ocr)
        typer.echo(planned.as_json() if as_json else planned.as_text())
        raise typer.Exit(planned.exit_code)
    if out is None:
        raise typer.BadParameter("name the run folder to write", param_hint="--out")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with progress(sys.stderr, quiet=quiet) as tell:
            done = run(paths, out, Options(ocr, jobs, not no_adapt, style, tables), tell)
    except (StoreError, StyleError, TablesError) as error:
        _stop(str(error), 2)
    failures = Store(out).read_failures()
    if as_json:
        rows = [failure.model_dump() for failure in failures]
        typer.echo(json.dumps({**done.model_dump(), "failures": rows}, ensure_ascii=False, indent=2))
    elif failures or not quiet:
        typer.echo(summary(out, done, failures), err=quiet)
    raise typer.Exit(exit_code(done, failures))


@app.command()
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

    text = _read(file, ocr, adapt=not no_adapt, style=style)
    told = edits_text(text) if explain else "\f".join(page.text for page in text.pages)
    typer.echo(told, nl=not told.endswith("\n"))


@app.command()
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
        _stop(f"{out} cannot be written: {error.strerror}", 2)
    typer.echo(lesson_text(lesson, out))
    raise typer.Exit(exit_code(lesson))


@app.command()
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
        _stop(str(error), 2)
    typer.echo(trial_text(_read(file, ocr), field, own))


@app.command()
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
        _stop(str(error), 2)
    text = scores.as_json() if as_json else scores.as_markdown() if as_markdown else scores.as_text()
    typer.echo(text, nl=False)


@app.command()
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
        _console(sys.stdout).print(
            document_table(store, file) if file else duties_table(store) if duties else run_table(store)
        )
    except StoreError as error:
        _stop(str(error), 2)


@app.command()
def schema() -> None:
    """Print the JSON Schema (2020-12) of a record.

    \b
    Example:
      vanthu schema > record.schema.json
    """
    from schemas.record import SCHEMA_VERSION, Record

    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:vanthu:record:{SCHEMA_VERSION}"}
    body = Record.model_json_schema(mode="serialization")
    typer.echo(json.dumps(head | body, ensure_ascii=False, indent=2))


@app.command()
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


def _read(file: Path, ocr: OcrMode, *, adapt: bool = True, style: Path | None = None) -> Text:
    """The repaired text of a file or of standard input; a failure is told and ends the command."""
    from diacritics import StyleError
    from pipeline.process import repair, repair_bytes, tools
    from pipeline.summary import failure_line
    from schemas.run import Failure

    piped = file == Path("-")
    if not piped and not file.exists():
        raise typer.BadParameter(f"{file} does not exist", param_hint="FILE")
    try:
        kit = tools(ocr, adapt=adapt, style=style)
    except StyleError as error:
        _stop(str(error), 2)
    text = repair_bytes(sys.stdin.buffer.read(), kit) if piped else repair(file, file.name, kit)
    if isinstance(text, Failure):
        _stop(f"{failure_line(text)}\nwhat to do: {text.remedy}", 3 if text.kind == "ocr-missing" else 1)
    return text


def _stop(message: str, code: int) -> NoReturn:
    typer.echo(f"vanthu: {message}", err=True)
    raise typer.Exit(code)


def _console(stream: TextIO) -> Console:
    """A console as wide as the terminal; of a fixed width where there is none."""
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else 160, highlight=False)


def main() -> None:
    """Run the command; output is UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
