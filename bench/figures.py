"""All figures of the README, as Markdown: ``python -m bench.figures``.

Samples are read with stored OCR, standard quality (``--live``: anew; ``--store`` makes the stored readings). Where
VANTHU_REFERENCE names the folder of reference documents, their figures follow; pictures there are read once and kept
in build/ocr.
``--write FILE`` puts the tables between the marks "figures:begin" and "figures:end" of FILE.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from statistics import fmean

from audit import DocumentScores, Scores, syllable_accuracy
from audit.syllables import syllables
from bench.page import put
from bench.reading import CLEAN, GOLD, ROOT, SAMPLES, STORED, inputs, read, scored
from diacritics import Model, load
from ingest import Engine, Network, Recording, RecordingLines, StoredLines, StoredOcr, Tesseract
from pipeline import Processed, Tools
from pipeline.process import carefully

GARBLED = "garbled"
HEADER = ("doc_type", "code", "issuer", "place", "date", "title")


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ocr = parser.add_mutually_exclusive_group()
    ocr.add_argument("--live", action="store_true", help="read the samples with Tesseract, not from stored OCR")
    ocr.add_argument("--store", action="store_true", help="read the samples with Tesseract and store that anew")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into FILE")
    options = parser.parse_args()
    reference = os.environ.get("VANTHU_REFERENCE")
    model = load()
    blocks = list(sample_figures(sample_engine(model, live=options.live, store=options.store), model))
    if reference:
        blocks += reference_figures(Path(reference), Tools("auto", Recording(Tesseract(), ROOT / "build/ocr"), model))
    text = "\n\n".join(blocks) + "\n"
    if options.write:
        put(text, "figures", options.write)
    else:
        print(text, end="")


def sample_engine(model: Model, *, live: bool, store: bool) -> Engine:
    """What reads the page pictures of the samples, with standard quality.

    With ``store`` older readings are thrown away, and what the best quality needs is stored too.
    """
    if live:
        return carefully(Tesseract(), Network(), model, "standard")
    if store:
        shutil.rmtree(STORED, ignore_errors=True)
        engine, lines = Recording(Tesseract(), STORED), RecordingLines(Network(), STORED)
        read(inputs(SAMPLES), Tools("auto", carefully(engine, lines, model, "best"), model))
        return carefully(engine, lines, model, "standard")
    return carefully(StoredOcr(STORED), StoredLines(STORED), model, "standard")


def sample_figures(engine: Engine, model: Model) -> Iterator[str]:
    """The samples: by form, with what repair does to their texts, and by field."""
    done = read(inputs(SAMPLES), Tools("auto", engine, model))
    scores = scored(done, GOLD)
    layers = read((item for item in inputs(SAMPLES) if form_of(item.file) == GARBLED), Tools("never", engine, model))
    yield "### Samples"
    yield table(
        ("form", "documents", "all header fields right", "macro", "syllables right, as read", "repaired"),
        [
            *(form_row(form, done, scores) for form in sorted({form_of(name) for name in done})),
            (f"{GARBLED}, `--ocr never`", len(layers), "", "", *shares(layers)),
        ],
    )
    yield table(("field", "score"), fields_of(scores))


def form_row(form: str, done: dict[str, Processed], scores: Scores) -> tuple[object, ...]:
    """How many documents of a form there are, how good their records are, and their texts."""
    group = [document for document in scores.documents if form_of(document.record) == form]
    right = sum(all(document.fields.get(field, 1) == 1 for field in HEADER) for document in group)
    macro = fmean(document.macro for document in group)
    return (form, len(group), right, f"{macro:.3f}", *shares({n: d for n, d in done.items() if form_of(n) == form}))


def shares(done: dict[str, Processed]) -> tuple[str, str]:
    """The share of syllables that are right in samples as they were read, and after repair; the mean over documents."""
    before, after = [], []
    for name, document in done.items():
        pages = document.text.pages
        clean = (CLEAN / f"{PurePosixPath(name).stem}.txt").read_text("utf-8").split("\f")
        wanted = "\n".join(clean[: len(pages)])  # a single picture shows the first page alone
        before.append(syllable_accuracy("\n".join(page.page.text for page in pages), wanted))
        after.append(syllable_accuracy("\n".join(page.text for page in pages), wanted))
    return f"{fmean(before):.3f}", f"{fmean(after):.3f}"


def form_of(name: str) -> str:
    """The form of a sample, such as "scan": the folder that it lies in."""
    return PurePosixPath(name).parts[0]


def fields_of(scores: Scores) -> Iterable[tuple[object, ...]]:
    """The mean of each field, and of the documents."""
    return [*((f"`{name}`", f"{value:.3f}") for name, value in scores.fields.items()), ("macro", f"{scores.macro:.3f}")]


def reference_figures(folder: Path, tools: Tools) -> Iterator[str]:
    """The reference set: seeds (repair and records) and real documents (records)."""
    seeds = read(inputs(folder / "seeds"), tools)
    macros = {
        PurePosixPath(document.record).name.split(".")[0]: document.macro
        for document in scored(seeds, folder / "gold").documents
    }
    yield "### Reference set: seeds (not part of this repository)"
    yield table(
        ("text", "syllables right, raw", "repaired", "syllables changed", "record, macro"),
        (seed_row(name.removesuffix(".txt"), document, folder, macros) for name, document in seeds.items()),
    )
    real = read((item for item in inputs(folder / "real") if item.file.endswith(".pdf")), tools)
    scores = {document.record: document for document in scored(real, folder / "real").documents}
    yield f"### Reference set: {len(real)} real documents (not part of this repository)"
    yield table(
        ("file", "type", "issuer", "macro"),
        (real_row(name, document, scores.get(f"{name}.json")) for name, document in real.items()),
    )


def seed_row(name: str, document: Processed, folder: Path, macros: dict[str, float]) -> tuple[object, ...]:
    """Repair is measured in the order of the file; a seed without a clean text is clean itself."""
    raw = "\n".join(page.page.text for page in document.text.pages)
    repaired = "\n".join(page.text for page in document.text.pages)
    clean = folder / "gold" / f"{name}.clean.txt"
    wanted = clean.read_text("utf-8") if clean.exists() else raw
    changed = round((1 - syllable_accuracy(repaired, raw)) * len(syllables(raw)))
    figures = (syllable_accuracy(raw, wanted), syllable_accuracy(repaired, wanted))
    return (name, *(f"{figure:.3f}" for figure in figures), changed, f"{macros[name]:.3f}")


def real_row(name: str, document: Processed, score: DocumentScores | None) -> tuple[object, ...]:
    """What a real document was taken for, and its score where there is gold."""
    record = document.records[0]
    values = (cited.value if cited else "-" for cited in (record.doc_type, record.issuer))
    return (name, *values, f"{score.macro:.3f}" if score else "-")


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (head, ("---",) * len(head), *rows))


if __name__ == "__main__":
    main()
