"""What a report costs as a run grows: ``python -m bench.report [RUN] [--many]``.

The documents of RUN (else of the samples, which are read first) are taken over and over. Measured are seconds on the
clock and of the processor, megabytes and peak memory, each report in a fresh process. The peer draws the same pages of
PDFs with Poppler's pdftoppm as grey pictures of the same width. ``--many`` adds 1,000 documents.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.figures import table
from bench.reading import ROOT, SAMPLES
from pipeline import Options, Store, run
from pipeline.pictures import LOOKS, Originals
from schemas.run import Done


class Cost(NamedTuple):
    """Seconds on the clock and of the processor, megabytes written, and the peak memory of the process in megabytes."""

    seconds: float
    cpu: float
    size: float
    peak: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, nargs="?")
    parser.add_argument("--many", action="store_true", help="1,000 documents too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        source = options.run or samples(Path(folder) / "samples")
        rows = []
        for count in (100, 1_000) if options.many else (100,):
            grown, pages = grow(source, Path(folder) / str(count), count)
            for quality in ("normal", "none") if count > 100 else ("normal", "low", "high", "none"):
                cost = measure(grown, Path(folder) / "report.html", quality)
                figures = (f"{cost.seconds:.1f} s", f"{cost.cpu:.1f} s", f"{cost.size:.1f} MB", f"{cost.peak:.0f} MB")
                rows.append((f"{count:,}", f"{pages:,}", quality, *figures))
        print(table(("documents", "pages", "pictures", "time", "processor", "size", "peak memory"), rows))
        print(beside_poppler(source, Path(folder)))


def samples(root: Path) -> Path:
    """A run of the samples, their scans read by the installed Tesseract."""
    run([SAMPLES], root, Options())
    return root


def grow(source: Path, root: Path, count: int) -> tuple[Path, int]:
    """A run folder of ``count`` documents, its products links to those of ``source``; and how many pages they have."""
    store = Store(source)
    held = store.read_run()
    documents: list[Done] = []
    for number in range(count):
        done = held.documents[number % len(held.documents)]
        copies = [f"records/{number:04}/{Path(path).relative_to('records')}" for path in done.records]
        for path, copy in zip(done.records, copies, strict=True):
            _link(source / path, root / copy)
        _link(source / f"pages/{done.file}.json.gz", root / f"pages/{number:04}/{done.file}.json.gz")
        documents.append(done.model_copy(update={"file": f"{number:04}/{done.file}", "records": tuple(copies)}))
    inputs = tuple(str(Path(name).resolve()) for name in held.inputs)
    grown = held.model_copy(update={"documents": tuple(documents), "inputs": inputs})
    (root / "run.json").write_text(grown.model_dump_json(), "utf-8")
    return root, sum(done.pages for done in documents)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(source.resolve())


def measure(root: Path, out: Path, quality: str) -> Cost:
    """The cost of one report."""
    command = [sys.executable, "-m", "cli", "report", str(root), "-o", str(out), "--pictures", quality]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the report of {root} failed")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(time.perf_counter() - begun, cpu, out.stat().st_size / 1e6, usage.ru_maxrss / 1024)


def beside_poppler(source: Path, folder: Path) -> str:
    """Drawing the PDFs of a run: the time of a report of them over that of pdftoppm."""
    if not shutil.which("pdftoppm"):
        return "pdftoppm is not installed: no ratio to a peer"
    held = Store(source).read_run()
    pdfs = [done for done in held.documents if done.file.endswith(".pdf")]
    originals = Originals(held.inputs)
    begun = time.perf_counter()
    for done in pdfs:
        _, path = originals.find(done)
        if path is not None:
            width = ["-scale-to-x", str(LOOKS["normal"].width), "-scale-to-y", "-1"]
            subprocess.run(["pdftoppm", "-gray", "-png", *width, str(path), str(folder / "peer")], check=True)
    poppler = time.perf_counter() - begun
    root = folder / "pdfs"
    alone = held.model_copy(update={"documents": tuple(pdfs), "inputs": tuple(map(str, map(_absolute, held.inputs)))})
    for kind in ("records", "pages"):
        _link(source / kind, root / kind)
    (root / "run.json").write_text(alone.model_dump_json(), "utf-8")
    cost = measure(root, folder / "report.html", "normal")
    pages = sum(done.pages for done in pdfs)
    return f"{pages} pages of PDFs: the whole report takes {cost.seconds / poppler:.1f} times as long as pdftoppm alone"


def _absolute(name: str) -> Path:
    return Path(name).resolve()


if __name__ == "__main__":
    main()
