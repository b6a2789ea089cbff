"""The qualities of reading side by side: ``python -m bench.witness``.

The samples' scans and, where VANTHU_REFERENCE names the folder of reference documents, page 1 of its real ones with a
transcription. For each quality: syllables right in reading order after repair, the mean of the records, and the CPU
time of recognition (Tesseract, second recogniser, second looks) over Tesseract's alone in the same run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from statistics import fmean

from PIL import Image

from audit import syllable_accuracy
from bench.figures import form_of, shares, table
from bench.reading import GOLD, SAMPLES, inputs, read, scored
from bench.scale import cpu
from diacritics import Model, load
from ingest import Engine, Input, Network, Quality, Tesseract
from ingest.ocr import OcrPage
from pipeline import Processed, Tools
from pipeline.process import carefully

QUALITIES: tuple[Quality, ...] = ("fast", "standard", "best")


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


def rows(items: list[Input], model: Model, gold: Path, reference: Path | None) -> Iterator[tuple[object, ...]]:
    """A row for each quality."""
    alone = 0.0
    for quality in QUALITIES:
        network = None if quality == "fast" else Network()
        engine = Timed(carefully(Tesseract(), network, model, quality))
        done = read(items, Tools("auto", engine, model, quality=quality))
        alone = alone or engine.seconds
        right = _pages_right(done, reference) if reference else shares(done)[1]
        yield quality, right, f"{scored(done, gold).macro:.3f}", f"{engine.seconds / alone - 1:+.0%}"


def _pages_right(done: dict[str, Processed], reference: Path) -> str:
    """The syllables right on page 1; the mean over the documents that have a transcription."""
    found = []
    for name, document in done.items():
        wanted = reference / f"{PurePosixPath(name).stem}.p1.clean.txt"
        found.append(syllable_accuracy(document.text.pages[0].text, wanted.read_text("utf-8")))
    return f"{fmean(found):.4f}"


def main() -> None:
    """Measure and print."""
    model = load()
    head = ("quality", "syllables right", "record, macro", "CPU time over Tesseract alone")
    scans = [item for item in inputs(SAMPLES) if form_of(item.file) == "scan"]
    print(table(head, rows(scans, model, GOLD, None)), end="\n\n", flush=True)
    if folder := os.environ.get("VANTHU_REFERENCE"):
        real = Path(folder, "real")
        items = [item for item in inputs(real) if (real / f"{PurePosixPath(item.file).stem}.p1.clean.txt").exists()]
        items = [item for item in items if item.file.endswith(".pdf")]
        print(table(head, rows(items, model, real, real)))


if __name__ == "__main__":
    main()
