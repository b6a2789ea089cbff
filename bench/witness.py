"""The qualities of reading side by side: ``python -m bench.witness``.

The samples' scans and, where VANTHU_REFERENCE names the folder of reference documents, page 1 of its real ones with a
transcription and pages drawn from its held-out paragraphs (``lm/heldout-test.txt.gz``: in no count, no channel, and
not looked at when the readers' weights were chosen, which was done on ``heldout-render.txt.gz`` and the samples). For
each quality: syllables right in reading order after repair, the mean of the records, the CPU time of recognition
(Tesseract, second recogniser, second looks) over Tesseract's alone and that of the whole over the fast whole, in the
same run, and the most memory that a worker took (``vanthu ingest --jobs 1``).
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from statistics import fmean
from typing import NamedTuple

from PIL import Image

from audit import syllable_accuracy
from audit.syllables import syllables
from bench import batch, paper, texts
from bench.figures import form_of, table
from bench.reading import CLEAN, GOLD, SAMPLES, inputs, read, scored
from bench.scale import cpu
from diacritics import Model, load
from diacritics.build import pages
from ingest import Engine, Input, Network, Quality, Tesseract
from ingest.ocr import OcrPage
from pipeline import Processed, Tools
from pipeline.process import carefully
from samples import scanner

QUALITIES: tuple[Quality, ...] = ("fast", "standard", "best")
HEAD = (
    "quality",
    "syllables right",
    "record, macro",
    "recognition: CPU over Tesseract alone",
    "all: CPU over `fast`",
    "a worker's memory",
)
DRAWN, SEED = 16, 4711

Finish = Callable[[Image.Image, int, random.Random], Image.Image]


class Timed:
    """An engine whose CPU seconds, child processes among them, are counted."""

    def __init__(self, engine: Engine) -> None:
        """Nothing is counted yet."""
        self.engine, self.seconds = engine, 0.0

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """What the engine reads."""
        before = cpu()
        page = self.engine.read(image, name, dpi)
        self.seconds += cpu() - before
        return page


class Set(NamedTuple):
    """Documents that are read, the share of their syllables that is right, and the gold of their records, if any."""

    items: list[Input]
    right: Callable[[dict[str, Processed]], float]
    gold: Path | None = None


def rows(of: Set, model: Model) -> Iterator[tuple[object, ...]]:
    """A row for each quality."""
    alone = whole = 0.0
    for quality in QUALITIES:
        network = None if quality == "fast" else Network()
        engine = Timed(carefully(Tesseract(), network, model, quality))
        tools = Tools("auto", engine, model, quality=quality)
        read(of.items[:1], tools)  # loads what is loaded once
        engine.seconds, begun = 0.0, cpu()
        done = read(of.items, tools)
        took = cpu() - begun
        alone, whole = alone or engine.seconds, whole or took
        macro = f"{scored(done, of.gold).macro:.3f}" if of.gold else ""
        more = (
            f"{engine.seconds / alone - 1:+.0%}",
            f"{took / whole - 1:+.0%}",
            f"{_memory(of.items, quality):.0f} MB",
        )
        yield quality, f"{of.right(done):.4f}", macro, *more


def _memory(items: list[Input], quality: Quality) -> float:
    """The most megabytes of a process that reads the documents, with its recognisers."""
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        source = Path(folder, "in")
        source.mkdir()
        for item in items:
            shutil.copy(item.path, source)
        more = ("--quality", quality, "--jobs", "1", "--no-cache")
        return batch.ingest(source, Path(folder, "out"), *more).peak


def samples() -> Set:
    """The samples' scans."""
    scans = [item for item in inputs(SAMPLES) if form_of(item.file) == "scan"]

    def right(done: dict[str, Processed]) -> float:
        shares = []
        for name, document in done.items():
            clean = (CLEAN / f"{PurePosixPath(name).stem}.txt").read_text("utf-8")
            shares.append(syllable_accuracy("\n".join(page.text for page in document.text.pages), clean))
        return fmean(shares)

    return Set(scans, right, GOLD)


def real(reference: Path) -> Set:
    """The real documents with a transcription of page 1."""
    folder = reference / "real"

    def wanted(name: str) -> Path:
        return folder / f"{PurePosixPath(name).stem}.p1.clean.txt"

    def right(done: dict[str, Processed]) -> float:
        pairs = ((document.text.pages[0].text, wanted(name).read_text("utf-8")) for name, document in done.items())
        return fmean(syllable_accuracy(*pair) for pair in pairs)

    return Set([i for i in inputs(folder) if i.file.endswith(".pdf") and wanted(i.file).exists()], right, folder)


def drawn(reference: Path, folder: Path) -> Set:
    """Pages of held-out paragraphs in several fonts and sizes, on paper that has been through an office."""
    dice = random.Random(SEED)
    queue = pages.paragraphs(texts.held_out(reference))
    dice.shuffle(queue)
    printed: dict[str, str] = {}
    for number in range(DRAWN):
        clean, dpi, lines = pages.draw(queue, dice)
        name = f"{number:02}.png"
        finished(number, clean, dpi, dice).save(folder / name, dpi=(dpi, dpi))
        printed[name] = "\n".join(lines)

    def right(done: dict[str, Processed]) -> float:
        counts = {name: len(syllables(text)) for name, text in printed.items()}
        found = {name: syllable_accuracy(document.text.pages[0].text, printed[name]) for name, document in done.items()}
        return sum(found[name] * counts[name] for name in found) / sum(counts.values())

    return Set(list(inputs(folder)), right)


_BEFORE: dict[int, Finish] = {3: paper.seals, 5: paper.signatures}
_AFTER: dict[int, Finish] = {4: paper.dust, 7: lambda picture, dpi, rng: paper.phone(picture, rng)}
_MODES = ("grey", "bw", "colour", "grey", "grey", "colour", "colour", "colour")


def finished(number: int, clean: Image.Image, dpi: int, dice: random.Random) -> Image.Image:
    """A drawn page as it comes from the scanner: clean, with seals, dust, signatures, slanted, photographed."""
    kind = number % len(_MODES)
    picture = _BEFORE.get(kind, _as_it_is)(clean.convert("RGB"), dpi, dice)
    picture = scanner.scan(picture, _MODES[kind], 1.5 if kind == 6 else 0.2, dice)
    return _AFTER.get(kind, _as_it_is)(picture, dpi, dice)


def _as_it_is(picture: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    return picture


def main() -> None:
    """Measure and print."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    model = load()
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        sets = {"Samples' scans": samples()}
        if reference := os.environ.get("VANTHU_REFERENCE"):
            sets["Reference set: page 1 of real scans"] = real(Path(reference))
            sets[f"Reference set: {DRAWN} drawn pages of held-out text"] = drawn(Path(reference), Path(folder))
        for name, each in sets.items():
            print(f"{name}\n\n{table(HEAD, rows(each, model))}\n", flush=True)


if __name__ == "__main__":
    main()
