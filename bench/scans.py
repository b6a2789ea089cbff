"""How scans are read, condition by condition, beside plain Tesseract: ``python -m bench.scans``.

Pages of the samples are drawn anew and put through what happens to paper (``bench.paper``, ``samples.scanner``). Of
each condition: the syllables that are right in reading order (plain ``OMP_THREAD_LIMIT=1 tesseract -l vie`` on the
same picture, vanthu as read, vanthu repaired), and the CPU time of preparation, recognition, layout and repair over
that of the plain call, which for this is given the picture at 300 dpi.
``--ablation`` adds what each step of the preparation gives: the conditions that it is for, and a clean page, with the
step left out. ``--only NAME`` takes the conditions
with NAME in their name. ``--write FILE`` puts the tables between the marks "scans:begin" and "scans:end" of FILE.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple, TypeVar

from PIL import Image

from audit import syllable_accuracy
from bench import paper
from bench.figures import table
from bench.page import put
from diacritics import Model, load, repair
from ingest import Tesseract
from ingest.image import pictures
from ingest.ocr import DPI
from ingest.scan import Scan, Step, recognise
from samples import draw, markup, scanner
from samples.sheet import Sheet
from samples.typeset import typeset
from schemas.record import PageSource
from schemas.text import Document, Page

DOCUMENTS = Path(draw.__file__).parent / "documents"
PAGES = (("cong-van-tiem-chung", 1), ("quyet-dinh-to-so-hoa", 1), ("ke-hoach-an-toan-thuc-pham", 2))
"""The sample pages that are read: a letter with a seal, a page of running text, the end of a plan with a seal."""

T = TypeVar("T")
Finish = Callable[[Image.Image, int, random.Random], Image.Image]


class Condition(NamedTuple):
    """What is done to a page: resolution, the scanner's mode, its slant, and what comes before and after the scan."""

    name: str
    kind: str
    dpi: int = 300
    mode: str = "colour"
    skew: float = 0.0
    before: Finish | None = None
    after: Finish | None = None


def _turned(way: Image.Transpose) -> Finish:
    return lambda picture, dpi, rng: picture.transpose(way)


def _through(picture: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    back, number = _sheets("chi-thi-phong-chong-thien-tai")[0], rng
    return paper.show_through(picture, draw.page(back, dpi, number, "X"))


CONDITIONS = (
    Condition("300 dpi, colour", "office"),
    Condition("200 dpi, colour", "office", dpi=200, skew=0.3),
    Condition("300 dpi, grey", "office", mode="grey", skew=-0.4),
    Condition("300 dpi, black and white", "office", mode="bw", skew=0.3),
    Condition("150 dpi, grey", "degraded", dpi=150, mode="grey", skew=0.2),
    Condition("150 dpi, black and white", "degraded", dpi=150, mode="bw"),
    Condition("slant of 1.2 degrees", "degraded", mode="grey", skew=1.2),
    Condition("slant of 2 degrees", "degraded", mode="bw", skew=-2.0),
    Condition("slant of 3 degrees", "degraded", dpi=200, skew=3.0),
    Condition("red seals over text", "degraded", before=paper.seals),
    Condition("black seals over text", "degraded", mode="grey", before=paper.seals),
    Condition("blue signatures over text", "degraded", before=paper.signatures),
    Condition("two-sided", "degraded", mode="grey", before=_through),
    Condition("dark edges", "degraded", mode="grey", after=lambda p, dpi, rng: paper.dark_edges(p, dpi)),
    Condition("dust", "degraded", mode="grey", after=paper.dust),
    Condition("phone photograph", "degraded", skew=1.0, after=lambda p, dpi, rng: paper.phone(p, rng)),
    Condition("phone photograph, dark corner", "degraded", after=lambda p, dpi, rng: paper.phone(p, rng, 0.2)),
    Condition("upside down", "turned", mode="grey", skew=-0.4, after=_turned(Image.Transpose.ROTATE_180)),
    Condition("on its left side", "turned", mode="grey", skew=-0.4, after=_turned(Image.Transpose.ROTATE_90)),
    Condition("on its right side", "turned", mode="grey", skew=-0.4, after=_turned(Image.Transpose.ROTATE_270)),
)
CLEAN = "300 dpi, colour"
STEPS_FOR: dict[Step, tuple[str, ...]] = {
    "colour": ("red seals over text", "blue signatures over text"),
    "light": ("phone photograph, dark corner",),
    "back": ("two-sided", "phone photograph", "dark edges"),
    "dust": ("dust",),
    "seals": ("black seals over text", "300 dpi, grey"),
    "level": ("slant of 1.2 degrees", "slant of 3 degrees"),
    "upright": ("upside down",),
    "gaps": ("slant of 2 degrees", "300 dpi, black and white"),
    "marks": ("150 dpi, black and white",),
}
"""The conditions that each step is for."""


class Read(NamedTuple):
    """A page that was read by both: the right text, three readings, and the CPU seconds of either."""

    right: str
    plain: str
    raw: str
    repaired: str
    plain_cpu: float
    cpu: float

    def shares(self) -> tuple[float, float, float]:
        """The share of syllables right: plain Tesseract, as read, repaired."""
        first, *others = (syllable_accuracy(text, self.right) for text in (self.plain, self.raw, self.repaired))
        return first, others[0], others[1]


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="NAME", help="only conditions with NAME in their name")
    parser.add_argument("--ablation", action="store_true", help="also with each step left out")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into FILE")
    options = parser.parse_args()
    model = load()
    chosen = [c for c in CONDITIONS if options.only in c.name]
    blocks = [*figures(chosen, model), *(ablation(model) if options.ablation else ())]
    text = "\n\n".join(blocks) + "\n"
    if options.write:
        put(text, "scans", options.write)
    else:
        print(text, end="")


def figures(chosen: Sequence[Condition], model: Model) -> Iterator[str]:
    """The conditions, and the means over the kinds of conditions."""
    done = {condition: [read(condition, *page, model) for page in PAGES] for condition in chosen}
    rows = [(c.name, c.kind, *_row(pages)) for c, pages in done.items()]
    for kind in ("office", "degraded", "turned"):
        pages = [page for c, group in done.items() if c.kind == kind for page in group]
        rows += [(f"**all {kind}**", "", *_row(pages))] if pages else []
    yield table(("condition", "kind", "plain Tesseract", "as read", "repaired", "CPU"), rows)


def _row(pages: Sequence[Read]) -> tuple[str, ...]:
    shares = [fmean(column) for column in zip(*(page.shares() for page in pages), strict=True)]
    ratio = sum(page.cpu for page in pages) / sum(page.plain_cpu for page in pages)
    return (*(f"{share:.3f}" for share in shares), f"{ratio:.2f}")


def ablation(model: Model) -> Iterator[str]:
    """Each step left out: on the conditions that it is for, and on a clean page."""
    rows = []
    whole: dict[str, float] = {}
    for step, names in STEPS_FOR.items():
        for condition in (c for c in CONDITIONS if c.name in (*names, CLEAN)):
            if condition.name not in whole:
                whole[condition.name] = _share(condition, model, frozenset())
            score, less = whole[condition.name], _share(condition, model, frozenset({step}))
            rows.append((step, condition.name, f"{less:.4f}", f"{score:.4f}", f"{score - less:+.4f}"))
    yield table(("step", "condition", "without it", "with all", "gain"), rows)


def _share(condition: Condition, model: Model, without: frozenset[Step]) -> float:
    """The share of syllables right as read, with some steps left out."""
    pages = (read(condition, *page, model, without, plain=False) for page in PAGES)
    return fmean(page.shares()[1] for page in pages)


def read(
    condition: Condition,
    name: str,
    number: int,
    model: Model,
    without: frozenset[Step] = frozenset(),
    *,
    plain: bool = True,
) -> Read:
    """One page under a condition, read by plain Tesseract and by vanthu with some steps left out."""
    sheet = _sheets(name)[number - 1]
    picture = drawn(condition, sheet, f"{name} {number} {condition.name}")
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        path = Path(folder) / "page.png"
        picture.save(path, dpi=(condition.dpi, condition.dpi))
        peer, peer_cpu = timed(lambda: plain_reading(path)) if plain else ("", 0.0)
        if plain and condition.dpi != DPI:
            enlarged = Path(folder) / "enlarged.png"
            size = (round(side * DPI / condition.dpi) for side in picture.size)
            picture.convert("L").resize((next(size), next(size)), Image.Resampling.BICUBIC).save(
                enlarged, dpi=(DPI, DPI)
            )
            _, peer_cpu = timed(lambda: plain_reading(enlarged))
        (scan, repaired), cpu = timed(lambda: own_reading(path, model, without))
    right = "\n".join(sheet.lines)
    return Read(right, peer, scan.composed.text, repaired, peer_cpu, cpu)


def drawn(condition: Condition, sheet: Sheet, seed: str) -> Image.Image:
    """The page as it comes from the scanner; the same seed gives the same pixels."""
    rng = random.Random(seed)
    picture = draw.page(sheet, condition.dpi, rng, "ỦY BAN NHÂN DÂN XÃ MẪU *")
    if condition.before:
        picture = condition.before(picture, condition.dpi, rng)
    picture = scanner.scan(picture, condition.mode, condition.skew, rng)
    return condition.after(picture, condition.dpi, rng) if condition.after else picture


def own_reading(path: Path, model: Model, without: frozenset[Step]) -> tuple[Scan, str]:
    """A picture file read, and its repaired text."""
    ((_, picture, size),) = pictures(path.read_bytes(), path.name)
    scan = recognise(picture, Tesseract(), path.stem, without)
    text, words, lines, tables = scan.composed
    source = PageSource(number=1, text_from="ocr", quality="none", confidence=scan.confidence)
    page = Page(1, text, source, *size, words, lines, tables, marks=scan.marks)
    return scan, repair(Document(path.name, "", "image/png", (page,)), model).text


def plain_reading(path: Path) -> str:
    """What ``tesseract FILE - -l vie tsv`` gives on one thread: its words in its order, a line a line."""
    command = ["tesseract", str(path), "-", "-l", "vie", "tsv"]
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=alone).stdout
    rows = [line.split("\t") for line in out.splitlines()[1:]]
    return " ".join(row[11] for row in rows if len(row) > 11 and row[0] == "5")


def timed(call: Callable[[], T]) -> tuple[T, float]:
    """What a call gives, and its CPU seconds with those of the programs that it ran."""
    before = os.times()
    found = call()
    after = os.times()
    return found, sum(after[:4]) - sum(before[:4])


def _sheets(name: str) -> list[Sheet]:
    return typeset(markup.read(DOCUMENTS / f"{name}.txt"))


if __name__ == "__main__":
    main()
