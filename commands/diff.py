"""``vanthu diff``: what changed between two runs, or between a raw text and its repair."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.arguments import JsonOption, RunArgument, console, stop

if TYPE_CHECKING:
    from audit.diff import Changes
    from audit.lines import Row
    from audit.totals import Totals


def diff(
    run: RunArgument,
    other: Annotated[
        Path | None, typer.Argument(metavar="RUN", exists=True, file_okay=False, help="The run to compare it with.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Compare texts line by line: of one run raw against repaired.")
    ] = False,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="DIR", exists=True, file_okay=False, help="Gold: say what each difference won or lost."),
    ] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--field", metavar="FIELD", help="Only this field; may be given several times.")
    ] = None,
    classes: Annotated[
        list[str] | None, typer.Option("--class", metavar="CLASS", help="Only this class of change; likewise.")
    ] = None,
    documents: Annotated[
        list[str] | None, typer.Option("--document", metavar="FILE", help="Only this document; * stands for anything.")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(metavar="CLASS,...", help='Exit code 1 where there is such a difference ("any": any).'),
    ] = "",
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row for each difference.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="Write a report of the second run against the first."),
    ] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print short Markdown for a merge request.")] = False,
) -> None:
    """Say what changed between two runs, or with --text between a raw text and its repair.

    \b
    A document is matched by its content, then by its path; a list item by what it says, never by its place.
    Classes of change:
      added, removed    a value, an item of a list, or a document
      changed           another value
      diacritics        the same letters with other marks
      case              only capitals, typography or the place of a tone mark
      moved             the same value, read in another place
      failed, succeeded the document gave a record before and none now, or the other way round
    With --gold also: gain, loss, neither (for --fail-on).

    \b
    Examples:
      vanthu diff run-before run-after
      vanthu diff run-before run-after --field code --class changed
      vanthu diff run-before run-after --gold gold/ --markdown
      vanthu diff run-before run-after --fail-on removed,failed --json > diff.json
      vanthu diff run-before run-after --html diff.html
      vanthu diff run --text --document 2025/plan.pdf
      vanthu diff run-before run-after --text

    \b
    Exit codes:
      0    done
      1    there are differences of a class that --fail-on names
      2    wrong usage, or a run folder that cannot be used
    """
    from audit.runs import compare, open_run
    from audit.totals import Totals, chosen
    from commands.report import report

    formats = {"json": as_json, "csv": as_csv, "markdown": as_markdown, "html": html is not None}
    if sum(formats.values()) > 1:
        raise typer.BadParameter("choose one of --json, --csv, --markdown and --html")
    if html and (gold or fields or classes or documents):
        raise typer.BadParameter("--html goes with --fail-on only; `vanthu report` has more")
    form = next((name for name, asked in formats.items() if asked), "terminal")
    names = _checked(fields, classes, fail_on)
    totals = Totals()
    try:
        if text:
            if form not in ("json", "terminal") or gold or fields or classes or fail_on:
                raise typer.BadParameter("--text goes with --document and --json only")
            _print_texts(run, other, documents or [], as_json=as_json)
        elif other is None:
            raise typer.BadParameter("name a second run, or --text", param_hint="RUN")
        else:
            found = compare(open_run(run), open_run(other), gold, _wanted(documents or []))
            _print(chosen(found, totals, fields or [], classes or []), totals, form)
            if html:
                report(other, html, against=run)
    except (OSError, ValueError) as error:  # RunError; pages or gold that cannot be read
        stop(str(error), 2)
    raise typer.Exit(int(totals.has(names)))


def _checked(fields: list[str] | None, classes: list[str] | None, fail_on: str) -> list[str]:
    """The names of ``--fail-on``; a name that is no field, no class or no verdict is told."""
    from audit.totals import KINDS, VERDICTS
    from audit.values import FIELDS

    alarms = [name.strip() for name in fail_on.split(",") if name.strip()]
    known = {
        "--field": (fields or [], (*FIELDS, "document", "failure")),
        "--class": (classes or [], KINDS),
        "--fail-on": (alarms, (*KINDS, *VERDICTS, "any")),
    }
    for option, (names, allowed) in known.items():
        for name in names:
            if name not in allowed and not (option == "--field" and name.partition(".")[0] in allowed):
                raise typer.BadParameter(f"{name} is none of {', '.join(allowed)}", param_hint=option)
    return alarms


def _wanted(documents: list[str]) -> Callable[[str], bool]:
    """Whether a file is one of those that were named, by its path, the end of its path or a pattern."""
    from fnmatch import fnmatchcase

    def wanted(file: str) -> bool:
        return not documents or any(fnmatchcase(file, name) or fnmatchcase(file, f"*/{name}") for name in documents)

    return wanted


def _print(found: Iterator[Changes], totals: Totals, form: str) -> None:
    from audit.rows import as_csv, as_json, as_markdown
    from audit.terminal import document, summary

    if form == "markdown":
        typer.echo(as_markdown(found, totals), nl=False)
    elif form == "terminal":
        out = console(sys.stdout)
        for changes in found:
            if changes.differences:
                out.print(document(changes), "")
        out.print(summary(totals))
    elif form == "html":
        for _ in found:  # counted for --fail-on; the report reads them again
            pass
    else:
        for piece in as_json(found, totals) if form == "json" else as_csv(found):
            typer.echo(piece, nl=False)


def _print_texts(run: Path, other: Path | None, documents: list[str], *, as_json: bool) -> None:
    from audit.lines import side_by_side

    heads = (run.name, other.name) if other else ("raw", "repaired")
    out = console(sys.stdout)
    for file, rows in _texts(run, other, _wanted(documents)):
        if as_json:
            for row in rows:
                typer.echo(json.dumps({"file": file, **row._asdict()}, ensure_ascii=False))
        elif rows:
            out.print(side_by_side(file, rows, *heads), "")


def _texts(run: Path, other: Path | None, wanted: Callable[[str], bool]) -> Iterator[tuple[str, list[Row]]]:
    """The lines that differ in each document that both runs have, or that were repaired in the one."""
    from audit.lines import changed, repairs
    from audit.runs import match_documents, open_run
    from pipeline.store import Store

    before, after = Store(run), Store(other or run)
    for old, new in match_documents(open_run(run).documents, open_run(other or run).documents):
        if old and new and wanted(new.file):
            pages = after.read_pages(new.file)
            yield new.file, list(changed(before.read_pages(old.file), pages) if other else repairs(pages))
