"""How tables are read, by their make and by what happened to the paper: ``python -m bench.tables``.

The documents of ``bench/grids``, and two pages of a sample, are drawn with rules of several makes, scanned, and read
by ``vanthu``'s pipeline with Tesseract alone. Of each condition: the cells that came out in their row and column (after
repair), those of agencies, of tasks and of numbers apart, and the duties and goals of the records (F1). Above them the
same from the born-digital PDF, and the records from the plain text in reading order, where tables are only lines. Last,
the CPU time of what was read of cells again over that of all other recognition.
``--only NAME`` takes the conditions with NAME in their name, ``--grid NAME`` such documents; ``--misses`` lists the
cells that were missed. ``--write FILE`` puts the table between the marks "tables:begin" and "tables:end" of FILE.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from PIL import Image

from audit.fields import measure
from bench import paper
from bench.cells import AGENCIES, Compared, compared, gold_of
from bench.figures import table
from bench.page import put
from bench.scale import cpu
from diacritics import Model, load
from ingest import Tesseract
from ingest.cells import CELLS
from ingest.ocr import OcrPage
from pipeline import Failure, Processed, Tools, process
from samples import draw, forms, markup, scanner
from samples.sheet import Sheet
from samples.typeset import typeset
from schemas.gold import Gold

GRIDS = Path(__file__).parent / "grids"
SAMPLE, SAMPLE_PAGES = Path(draw.__file__).parent / "documents" / "ke-hoach-trong-cay.txt", slice(2, 4)
"""Pages of a ruled table that runs over the page's end."""
HEAD = ("condition", "cells right", "agencies", "tasks", "numbers", "cells", "duties", "their agencies", "goals", "CPU")


class Condition(NamedTuple):
    """How the rules of tables are drawn, and how the page is scanned; lastly turned by ``quarter`` degrees."""

    name: str
    rules: str = "plain"
    dpi: int = 300
    mode: str = "grey"
    skew: float = 0.3
    worn: bool = False
    quarter: Image.Transpose | None = None


CONDITIONS = (
    Condition("300 dpi, grey"),
    Condition("200 dpi, black and white", dpi=200, mode="bw", skew=-0.5),
    Condition("slant of 1.5 degrees", mode="bw", skew=1.5),
    Condition("slant of 3 degrees, 200 dpi", dpi=200, skew=-3.0),
    Condition("worn rules", worn=True, skew=0.4),
    Condition("thin grey rules", "thin", dpi=200, skew=0.5),
    Condition("dotted rules", "dotted", skew=-0.3),
    Condition("double rules", "double", dpi=200, mode="bw", skew=0.4),
    Condition("rules across only", "across", skew=0.2),
    Condition("without rules", "none", skew=-0.3),
    Condition("on its side", quarter=Image.Transpose.ROTATE_90, skew=0.2),
)


class Grid(NamedTuple):
    """A document with tables: its pages, and the records that their rows should give (nothing: cells are counted)."""

    name: str
    sheets: list[Sheet]
    gold: Gold | None = None


class Outcome(NamedTuple):
    """The cells, the scores of the record, and the CPU seconds of reading cells again and of all other recognition."""

    cells: tuple[Compared, ...]
    scores: dict[str, float]
    cells_cpu: float = 0.0
    cpu: float = 0.0


class Timed:
    """Tesseract, with the CPU seconds of reading cells counted apart."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.cells = self.rest = 0.0
        self._engine = Tesseract()

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """What Tesseract reads."""
        before = cpu()
        page = self._engine.read(image, name, dpi)
        if CELLS in name:
            self.cells += cpu() - before
        else:
            self.rest += cpu() - before
        return page


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="NAME", help="only conditions with NAME in their name")
    parser.add_argument("--grid", default="", metavar="NAME", help="only documents with NAME in their name")
    parser.add_argument("--misses", action="store_true", help="list the cells that were missed")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into FILE")
    options = parser.parse_args()
    model = load()
    grids = [grid for grid in drawn_grids() if options.grid in grid.name]
    text = table(HEAD, rows(grids, [c for c in CONDITIONS if options.only in c.name], model, options.misses)) + "\n"
    if options.write:
        put(text, "tables", options.write)
    else:
        print(text, end="")


def drawn_grids() -> list[Grid]:
    """The documents with tables."""
    sources = [markup.read(path) for path in sorted(GRIDS.glob("*.txt"))]
    grids = [Grid(source.name, typeset(source), gold_of(source)) for source in sources]
    return [*grids, Grid(SAMPLE.stem, typeset(markup.read(SAMPLE))[SAMPLE_PAGES])]


def rows(grids: list[Grid], conditions: list[Condition], model: Model, misses: bool) -> Iterator[tuple[str, ...]]:
    """A row for the plain text, one for born-digital PDFs, and one for each condition."""
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        for name, write in (("plain text", as_text), ("born-digital PDF", as_pdf)):
            done = [outcome(grid, write(grid, Path(folder)), Timed(), model) for grid in grids]
            yield row(name, done, cells=write is as_pdf)
        for condition in conditions:
            done = [outcome(grid, as_scan(grid, condition, Path(folder)), Timed(), model) for grid in grids]
            yield row(condition.name, done)
            if misses:
                for grid, one in zip(grids, done, strict=True):
                    for cell in one.cells:
                        if not cell.right:
                            print(condition.name, grid.name, *cell, sep=" | ", file=sys.stderr)


def row(name: str, done: list[Outcome], cells: bool = True) -> tuple[str, ...]:
    """A row of the table."""
    found = [cell for one in done for cell in one.cells]
    kinds = (frozenset(cell.kind for cell in found), AGENCIES, frozenset({"task"}), frozenset({"number"}))
    shares = [f"{fmean(cell.right for cell in found if cell.kind in kind):.3f}" if cells else "" for kind in kinds]
    means = [_mean(done, field) for field in ("assignments", "assignments.agencies", "targets")]
    seconds = sum(one.cells_cpu for one in done), sum(one.cpu for one in done)
    again = f"{seconds[0] / seconds[1]:+.1%}" if seconds[1] else ""
    return (name, *shares, str(len(found)) if cells else "", *means, again)


def _mean(done: list[Outcome], field: str) -> str:
    scores = [one.scores[field] for one in done if field in one.scores]
    return f"{fmean(scores):.3f}" if scores else ""


def outcome(grid: Grid, path: Path, engine: Timed, model: Model) -> Outcome:
    """A file of a document read, its cells and its record compared. Raises ``RuntimeError`` where it gives none."""
    done = process(path, path.name, Tools("auto", engine, model, quality="fast"))
    if isinstance(done, Failure):
        raise RuntimeError(f"{path.name}: {done.message}")
    assert isinstance(done, Processed)
    cells = tuple(compared(zip(grid.sheets, done.text.pages, strict=False)))
    scores = measure(Gold.model_validate(done.records[0].plain()), grid.gold) if grid.gold else {}
    return Outcome(cells, scores, engine.cells, engine.rest)


def as_text(grid: Grid, folder: Path) -> Path:
    """The lines of a document in reading order."""
    path = folder / f"{grid.name}.txt"
    path.write_text("\f".join("\n".join(sheet.lines) + "\n" for sheet in grid.sheets), "utf-8")
    return path


def as_pdf(grid: Grid, folder: Path) -> Path:
    """A born-digital PDF."""
    forms.digital_pdf(grid.sheets, folder / f"{grid.name}.pdf", grid.name)
    return folder / f"{grid.name}.pdf"


def as_scan(grid: Grid, condition: Condition, folder: Path) -> Path:
    """A PDF of pictures; the same document and condition give the same pixels."""
    path = folder / f"{grid.name}.pdf"
    rng = random.Random(f"{grid.name} {condition.name}")
    forms.scan_pdf([scanned(sheet, condition, rng) for sheet in grid.sheets], path, condition.dpi)
    return path


def scanned(sheet: Sheet, condition: Condition, rng: random.Random) -> Image.Image:
    """A page as it comes from the scanner."""
    picture = draw.page(replace(sheet, rules=[]), condition.dpi, rng, "")
    paper.rules(picture, sheet.rules, condition.dpi, condition.rules)
    picture = scanner.scan(picture, condition.mode, condition.skew, rng)
    if condition.worn:
        picture = paper.broken_rules(picture, condition.dpi, rng)
    return picture.transpose(condition.quarter) if condition.quarter is not None else picture


if __name__ == "__main__":
    main()
