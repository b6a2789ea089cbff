"""Documents through the whole pipeline, with stored or live OCR, and their records against gold."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import diacritics
import ingest
from audit import Scores, score
from ingest import Input, OcrMode, Quality, StoredLines, StoredOcr
from pipeline import Failure, Processed, Tools, process
from pipeline.process import carefully

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples" / "files"
GOLD = ROOT / "samples" / "gold"
CLEAN = ROOT / "samples" / "clean"
STORED = ROOT / "samples" / "ocr"
"""Stored readings of the samples' page pictures, one a picture."""


def stored_tools(model: diacritics.Model, quality: Quality = "standard", ocr: OcrMode = "auto") -> Tools:
    """Tools that replay the samples' stored readings, as a quality uses them."""
    engine = carefully(StoredOcr(STORED), StoredLines(STORED), model, quality)
    return Tools(ocr, engine, model, quality=quality)


def read(inputs: Iterable[Input], tools: Tools) -> dict[str, Processed]:
    """Each document by its name. Raises ``RuntimeError`` where one of them gives no record."""
    done: dict[str, Processed] = {}
    for item in inputs:
        outcome = process(item.path, item.file, tools)
        if isinstance(outcome, Failure):
            raise RuntimeError(f"{outcome.file}: {outcome.message} ({outcome.kind}); {outcome.remedy}")
        done[item.file] = outcome
    return done


def inputs(folder: Path) -> tuple[Input, ...]:
    """The documents below a folder, as ``vanthu ingest`` would name them."""
    return ingest.walk([folder]).inputs


def scored(done: dict[str, Processed], gold: Path) -> Scores:
    """The first record of each document against its gold."""
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        for name, document in done.items():
            path = Path(folder, "records", f"{name}.json")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document.records[0].dump_json(), "utf-8")
        return score(Path(folder), gold)
