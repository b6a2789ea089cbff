"""All figures of the repair of texts, as Markdown: ``python -m bench.repair``.

Samples always; where VANTHU_REFERENCE names the folder of reference documents, their texts, held-out text without marks
and drawn pages follow. Other restorers are installed into environments below build/ (``--no-peers``: not).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from audit import syllable_accuracy
from audit.syllables import syllables
from bench.figures import GARBLED, form_of, table
from bench.marks import BINS, Precision, in_any_order, kept_numbers, precision, reliability, without_marks
from bench.page import put
from bench.peers import restore
from bench.reading import CLEAN, SAMPLES, inputs
from bench.speed import Speed, measure
from bench.texts import document_of, drawn, held_out, paragraphs
from diacritics import Model, load, repair
from ingest import read
from schemas.text import Document, RepairedPage, Text

SEEDS = ("000", "001", "004-part")
RIGHT_SEED = "002"
AGAIN = 10
"""How often the clean samples are repeated to be measured."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-peers", action="store_true", help="install and measure no other restorers")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into FILE, between its marks")
    options = parser.parse_args()
    folder = os.environ.get("VANTHU_REFERENCE")
    blocks = []
    for block in figures(load(), Path(folder) if folder else None, peers=not options.no_peers):
        blocks.append(block)
        if not options.write:
            print(block, end="\n\n", flush=True)
    if options.write:
        put("\n\n".join(blocks) + "\n", "figures", options.write)


def figures(model: Model, reference: Path | None, *, peers: bool) -> Iterator[str]:
    """The tables, one after the other."""
    shares = ("right, as read", "repaired", "without adaptation", "repaired, in any order")
    head = ("text", "syllables", *shares, "numbers right as read", "kept")
    yield "### Mangled texts"
    yield table(head, accuracy_rows(model, reference))
    yield "### Right texts"
    yield table(("text", "syllables", "changed", "changed if taken for mangled"), right_rows(model, reference))
    mangled = [text for _, text, _ in mangled_samples()]
    if reference:
        lines = paragraphs(held_out(reference))
        yield "### Drawn pages of held-out text (reference set)"
        pages = drawn(reference)
        yield table(
            ("reading", "words right, as read", "repaired", "edits", "precision", "broken"), page_rows(model, pages)
        )
        yield table(("decoder's probability", "words", "mean probability", "right"), reliability_rows(model, pages))
        mangled = ["\n".join(page["eng"]) for page in pages]
        if peers:
            yield "### Beside other restorers (reference set, texts without marks)"
            yield table(("restorer", "text", "right", "syllables a second"), peer_rows(reference, lines))
    yield "### Speed and memory"
    names = ("text", "syllables", "syllables a second", "loading the model, s", "peak memory, MB")
    yield table(names, speed_rows(mangled))


def mangled_samples() -> Iterator[tuple[str, str, str]]:
    """The mangled samples: name, text as read, right text."""
    for item in inputs(SAMPLES):
        if form_of(item.file) in (GARBLED, "text"):
            raw = "\f".join(page.text for page in read(item.path, item.file, "never").pages)
            yield item.file, raw, (CLEAN / f"{PurePosixPath(item.file).stem}.txt").read_text("utf-8")


def accuracy_rows(model: Model, reference: Path | None) -> Iterator[tuple[object, ...]]:
    """Each mangled text before and after repair, as it comes out of ``ingest``."""
    for item in inputs(SAMPLES):
        if form_of(item.file) in (GARBLED, "text"):
            clean = (CLEAN / f"{PurePosixPath(item.file).stem}.txt").read_text("utf-8")
            yield accuracy_row(item.file, read(item.path, item.file, "never"), clean, model)
    if reference:
        for seed in SEEDS:
            document = read(reference / f"seeds/{seed}.txt", seed, "never")
            clean = (reference / f"gold/{seed}.clean.txt").read_text("utf-8")
            yield accuracy_row(f"reference {seed}", document, clean, model)
        lines = paragraphs(held_out(reference))
        bare = document_of("\n".join(map(without_marks, lines)))
        yield accuracy_row("reference, held out, no marks", bare, "\n".join(lines), model)


def accuracy_row(name: str, document: Document, clean: str, model: Model) -> tuple[object, ...]:
    """Shares of syllables, and numbers."""
    repaired, plain = (text_of(repair(document, model, adapt=adapt)) for adapt in (True, False))
    raw = "\f".join(page.text for page in document.pages)
    shares = (f"{syllable_accuracy(text, clean):.4f}" for text in (raw, repaired, plain))
    found = f"{in_any_order(repaired, clean):.4f}"
    return (name, len(syllables(clean)), *shares, found, *kept_numbers(raw, repaired, clean))


def text_of(text: Text) -> str:
    """The repaired text as it stands on the pages."""
    return "\f".join(page.text for page in text.pages)


def right_rows(model: Model, reference: Path | None) -> Iterator[tuple[object, ...]]:
    """How many syllables of right texts change: as they are judged, and if they were taken for mangled ones."""
    texts = {"clean samples": "\f".join(path.read_text("utf-8") for path in sorted(CLEAN.glob("*.txt")))}
    if reference:
        texts[f"reference {RIGHT_SEED}"] = (reference / f"seeds/{RIGHT_SEED}.txt").read_text("utf-8")
    for name, text in texts.items():
        documents = (document_of(text, judged=True), document_of(text.replace("\f", "\n")))
        wrong = [1 - syllable_accuracy(text_of(repair(document, model)), text) for document in documents]
        count = len(syllables(text))
        yield (name, count, *(f"{round(share * count)} ({share:.2%})" for share in wrong))


def page_rows(model: Model, pages: list[dict[str, list[str]]]) -> Iterator[tuple[object, ...]]:
    """Drawn pages as each OCR language read them."""
    for language in ("eng", "vie"):
        edits, before, after, words = Precision(0, 0, 0), 0.0, 0.0, 0
        for page, truth in repaired_pages(model, pages, language):
            edits += precision(page, truth)
            count = len(syllables(truth))
            words += count
            before += syllable_accuracy(page.page.text, truth) * count
            after += syllable_accuracy(page.text, truth) * count
        share = edits.right / max(1, edits.edits)
        figures = (f"{before / words:.4f}", f"{after / words:.4f}", edits.edits, f"{share:.4f}", edits.broken)
        yield (f"Tesseract, `{language}`", *figures)


def repaired_pages(
    model: Model, pages: list[dict[str, list[str]]], language: str
) -> Iterator[tuple[RepairedPage, str]]:
    """Each page as a document of its own, repaired, with its truth."""
    for page in pages:
        document = document_of("\n".join(page[language]), ocr=language == "vie")
        yield repair(document, model).pages[0], "\n".join(page["truth"])


def reliability_rows(model: Model, pages: list[dict[str, list[str]]]) -> Iterator[tuple[object, ...]]:
    """What the decoder thinks of its words, and how many of them are right; mangled pages."""
    tables = [reliability(page, truth) for page, truth in repaired_pages(model, pages, "eng")]
    for low, high in zip(BINS, (*BINS[1:], 1.0), strict=True):
        words, right, total = (sum(column) for column in zip(*(found[low] for found in tables), strict=True))
        if words:
            yield (f"{low:.2f} to {high:.2f}", words, f"{total / words:.3f}", f"{right / words:.3f}")


def peer_rows(reference: Path, lines: list[str]) -> Iterator[tuple[object, ...]]:
    """Other restorers and this one on the same lines; all of them are given texts without marks."""
    for name, clean in (
        ("held out", lines),
        ("000", (reference / "gold/000.clean.txt").read_text("utf-8").splitlines()),
    ):
        raw = (reference / "seeds/000.txt").read_text("utf-8").splitlines() if name == "000" else clean
        bare = [without_marks(line) for line in raw]
        wanted = "\n".join(clean)
        yield ("none", name, f"{syllable_accuracy(chr(10).join(bare), wanted):.4f}", "")
        for peer in ("pyvi", "underthesea"):
            done = restore(peer, bare)
            if done.error:
                yield (peer, name, f"not available: {done.error}", "")
                continue
            right = syllable_accuracy("\n".join(done.lines), wanted)
            rate = len(syllables("\n".join(bare))) / done.seconds
            crashed = f" (crashes on {done.crashes} words)" if done.crashes else ""
            yield (f"{peer} {done.version}{crashed}", name, f"{right:.4f}", f"{rate:,.0f}")
        text = text_of(repair(document_of("\n".join(bare)), load(), adapt=False))
        rate = measure("\n".join(bare), "--no-adapt").rate
        yield ("vanthu", name, f"{syllable_accuracy(text, wanted):.4f}", f"{rate:,.0f}")


def speed_rows(mangled: list[str]) -> Iterator[tuple[object, ...]]:
    """Mangled text in a fresh process, with and without adaptation; by length; text that is right."""
    text = "\n".join(mangled)
    lines = text.splitlines()
    yield speed_row("mangled, without adaptation", measure(text, "--no-adapt"))
    yield speed_row("mangled, with adaptation (where its style asks for it)", measure(text))
    for part in (4, 2):
        yield speed_row(f"1/{part} of it, without", measure("\n".join(lines[: len(lines) // part]), "--no-adapt"))
    clean = "\f".join(path.read_text("utf-8") for path in sorted(CLEAN.glob("*.txt")))
    yield speed_row("right, judged and repaired", measure("\f".join([clean] * AGAIN), "--good"))


def speed_row(name: str, speed: Speed) -> tuple[object, ...]:
    """One measurement."""
    return (name, speed.syllables, f"{speed.rate:,.0f}", f"{speed.load:.2f}", f"{speed.peak:.0f}")


if __name__ == "__main__":
    main()
