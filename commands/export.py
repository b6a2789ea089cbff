"""``vanthu export``: a run as tables or metadata for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.arguments import JsonOption, RunArgument, stop

Form = Literal["jsonl", "csv", "xlsx", "parquet", "records", "tt05", "edxml"]


def export(
    run: RunArgument,
    to: Annotated[Form, typer.Option(help="The form.")],
    out: Annotated[Path, typer.Option(help="The file to write; a folder for csv, parquet and edxml.")],
    labels: Annotated[Literal["en", "vi"], typer.Option(help="Head rows of csv and xlsx.")] = "en",
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV files with the mark that Excel wants.")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="tt05: code numbers for type, language and mode.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write a run for other programs, one fact a row with its file, page and raw text.

    \b
    xlsx     a workbook: documents, references, targets, assignments, recipients, notes
    csv      a folder with a file for each of these tables
    parquet  the same, typed (needs the extra `parquet`)
    jsonl    the same in one file, a JSON object a line, named by "table"
    records  whole records with all evidence, one a line
    tt05     archive metadata (Thông tư 05/2025/TT-BNV): FILE.csv, .jsonl or .xlsx, with the evidence beside it
    edxml    the edXML header (QCVN 102:2016/BTTTT) of each document

    \b
    Examples:
      vanthu export run --to xlsx --out run.xlsx --labels vi
      vanthu export run --to csv --out tables/ --bom
      vanthu export run --to tt05 --out metadata.csv
    """
    from export import ExportError, write
    from pipeline.store import Store, StoreError

    try:
        done = write(Store(run), to, out, labels=labels, bom=bom, codes=codes)
    except (ExportError, StoreError) as error:
        stop(str(error), 2)
    if as_json:
        plain = {"paths": [str(path) for path in done.paths], "rows": done.rows, "told": done.told}
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for name, count in done.rows.items():
        typer.echo(f"{name}: {count:,} rows")
    for line in done.told:
        typer.echo(f"note: {line}")
    typer.echo("written: " + ", ".join(map(str, done.paths)))
