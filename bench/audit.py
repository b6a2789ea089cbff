"""Figures of the audit: ``python -m bench.audit``.

``--curve``: the share of all errors that are found by looking at the riskiest values first. ``--fit``: the same, and
the weights written anew. ``--speed``: a diff of two runs of 1,000 documents beside a naive comparison of their JSON.
Where VANTHU_REFERENCE names the folder of reference documents, its seeds and real documents are judged too.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np

from bench.figures import table
from bench.reading import GOLD, ROOT, SAMPLES, STORED, inputs, read
from bench.review import SHARES, Case, Floats, calibration, cases, curve, fit, held_out, probability, save
from diacritics import load
from ingest import Recording, StoredOcr, Tesseract
from pipeline import Tools


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--curve", action="store_true")
    what.add_argument("--fit", action="store_true")
    what.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    if options.speed:
        from bench.diffing import told

        print(told())
    else:
        print(review(write=options.fit))


def review(*, write: bool) -> str:
    """The curve and the calibration as Markdown."""
    model = load()
    sample = cases(read(inputs(SAMPLES), Tools("auto", StoredOcr(STORED), model)), GOLD)
    whole = fit(sample)
    if write:
        save(whole)
    sets: dict[str, tuple[list[Case], Floats]] = {"samples": (sample, held_out(sample))}
    reference = os.environ.get("VANTHU_REFERENCE")
    if reference:
        folder = Path(reference)
        tools = Tools("auto", Recording(Tesseract(), ROOT / "build/ocr"), model)
        seeds = cases(read(inputs(folder / "seeds"), tools), folder / "gold")
        stems = {path.stem for path in (folder / "real").glob("*.json")}
        files = [item for item in inputs(folder / "real") if item.file.endswith(".pdf") and item.path.stem in stems]
        for name, known in (("seeds", seeds), ("real documents", cases(read(files, tools), folder / "real"))):
            sets[name] = known, np.array([probability(case, whole) for case in known])
        both = [sets[name] for name in ("samples", "seeds")]
        sets["samples and seeds"] = [case for known, _ in both for case in known], np.concatenate([r for _, r in both])
    return "\n\n".join((_curves(sets), _calibrations(sets)))


def _curves(sets: dict[str, tuple[list[Case], Floats]]) -> str:
    head = ("documents", "values", "errors", *(f"in the first {share:.0%}" for share in SHARES))
    rows = [
        (name, len(known), sum(bool(case.wrong) for case in known), *(f"{found:.0%}" for found in curve(known, risk)))
        for name, (known, risk) in sets.items()
    ]
    return table(head, rows)


def _calibrations(sets: dict[str, tuple[list[Case], Floats]]) -> str:
    head = ("documents", "probability", "values", "errors foretold", "errors")
    rows = [
        (name, span, count, f"{foretold:.1f}", errors)
        for name, (known, risk) in sets.items()
        for span, count, foretold, errors in calibration(known, risk)
    ]
    return table(head, rows)


if __name__ == "__main__":
    main()
