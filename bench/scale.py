"""What a page costs, and what a million and a hundred million pages take: ``python -m bench.scale``.

Scanned pages and text files of the samples are read in this process (CPU seconds of it and of the programs that it
starts, the second reading of two, so that nothing is loaded); bare Tesseract reads the same pictures. The last table
reckons from these figures. ``--cluster`` compares two local workers with a Dask cluster of two. ``--write FILE`` puts
the tables between the marks "scale:begin" and "scale:end" of FILE.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Literal, NamedTuple

from bench import folders
from bench.figures import table
from bench.page import put
from bench.same import cluster
from pipeline import Options, run

QUALITIES: tuple[Literal["fast", "standard", "best"], ...] = ("fast", "standard", "best")
SCANS = 12
TEXTS = 40
DOCUMENTS = 400
"""Scanned pages and text files whose CPU time is measured; text files with which the cluster is compared."""

CORES = 32
WEEK = 7 * 24
"""Cores of a machine in the reckoning, and the hours that may pass."""
SIZES = (1_000_000, 100_000_000)


class Cost(NamedTuple):
    """CPU seconds a page, and bytes a page of records, texts and pages files."""

    cpu: float
    records: float
    text: float
    pages: float

    @property
    def disk(self) -> float:
        """Bytes a page of all three."""
        return self.records + self.text + self.pages


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cluster", action="store_true", help="compare two local workers with a cluster of two")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into FILE")
    options = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        blocks = list(clustered(Path(folder)) if options.cluster else costs(Path(folder)))
    text = "\n\n".join(blocks) + "\n"
    if options.write:
        put(text, "scale", options.write)
    else:
        print(text, end="")


def costs(folder: Path) -> Iterator[str]:
    """The costs of a page, and the reckoning."""
    pictures = folders.pictures(folder / "scans", SCANS)
    bare = tesseract(pictures)
    found = {f"scan, `{quality}`": cost(folder / "scans", SCANS, quality) for quality in QUALITIES}
    found["text of two pages"] = cost(folders.texts(folder / "texts", TEXTS), 2 * TEXTS, "standard")
    yield table(
        ("a page of", "CPU, s", "over bare Tesseract", "records, kB", "text, kB", "pages, kB"),
        [
            ("scan, bare Tesseract", f"{bare:.2f}", "1.00", "", "", ""),
            *(
                (name, f"{c.cpu:.3f}", f"{c.cpu / bare:.2f}", *(f"{b / 1000:.1f}" for b in c[1:]))
                for name, c in found.items()
            ),
        ],
    )
    yield table(
        ("pages", "of", "CPU hours", f"machines of {CORES} cores", "hours", "disk"),
        [(f"{size:,}", name, *reckoned(size, c)) for size in SIZES for name, c in found.items()],
    )


def reckoned(size: int, cost: Cost) -> tuple[str, ...]:
    """CPU hours, the machines that do it within a week, the hours that they need, and gigabytes written."""
    cpu_hours = size * cost.cpu / 3600
    machines = max(1, ceil(cpu_hours / CORES / WEEK))
    return (
        f"{cpu_hours:,.0f}",
        f"{machines}",
        f"{cpu_hours / CORES / machines:,.1f}",
        f"{size * cost.disk / 1e9:,.0f} GB",
    )


def cost(inputs: Path, pages: int, quality: Literal["fast", "standard", "best"]) -> Cost:
    """The cost of a page of a folder."""
    out = inputs.parent / f"{inputs.name}-{quality}"
    options = Options(jobs=0, quality=quality)
    run([next(inputs.iterdir())], out.with_suffix(".first"), options)  # loads what is loaded once
    begun = cpu()
    done = run([inputs], out, options)
    used = cpu() - begun
    assert sum(each.pages for each in done.documents) == pages, f"{done.failures} failures in {out}"
    return Cost(used / pages, *(weight(out / kind) / pages for kind in ("records", "text", "pages")))


def weight(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def cpu() -> float:
    """CPU seconds of this process and of those that it has started and waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def tesseract(pictures: list[Path]) -> float:
    """CPU seconds a page of bare Tesseract."""
    begun = cpu()
    for picture in pictures:
        command = ["tesseract", str(picture), "-", "-l", "vie"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (cpu() - begun) / len(pictures)


def clustered(folder: Path) -> Iterator[str]:
    """Wall time of a cluster over that of workers of this machine, for text files: what sending them costs."""
    inputs = folders.texts(folder / "texts", DOCUMENTS)
    wall = {}
    with cluster(2) as address:
        for name, options in (("local", Options(jobs=2)), ("cluster", Options(cluster=address))):
            begun = time.monotonic()
            run([inputs], folder / name, options)
            wall[name] = time.monotonic() - begun
    yield table(
        ("text files of two pages", "over two local workers"),
        [("Dask, two workers of one thread", f"{wall['cluster'] / wall['local']:.2f}")],
    )


if __name__ == "__main__":
    main()
