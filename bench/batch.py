"""Batches: ``python -m bench.batch [scans] [texts] [many] [long]``, all four where none is named.

scans: the time of one batch of page pictures through vanthu beside bare Tesseract over the same pictures (``xargs -P``,
one thread each) and beside ``ocrmypdf --jobs``: by the clock, and of processors with all that was started, on which
what else the machine does weighs less. ``--turns`` parts the batch, so that each way takes its turn, and starts each
way as often. texts: documents a second and core for right texts of two pages. many: the memory of a run of many texts,
its first thousand beside its last; then the same run again. long: the memory of a scan of a thousand pages.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.folders import DPI, pictures, scans, texts
from bench.kill import fingerprint
from bench.reading import ROOT
from bench.session import Watched, watched
from pipeline.run import cores

PAGES = 5
"""Pages of a scanned file."""
QUALITIES = ("fast", "standard")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", metavar="scans|texts|many|long")
    parser.add_argument("--pages", type=int, default=200, help="page pictures of the scans")
    parser.add_argument("--turns", type=int, default=1, help="batches of the scans, in which each way takes its turn")
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--long", type=int, default=1000, help="pages of the long scan")
    parser.add_argument("--jobs", type=int, default=cores())
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        parts: dict[str, Callable[[], None]] = {
            "scans": lambda: measure_scans(place, wanted.pages, wanted.turns, wanted.jobs),
            "texts": lambda: measure_texts(place, wanted.texts),
            "many": lambda: measure_many(place, wanted.many, wanted.jobs),
            "long": lambda: measure_long(place, wanted.long, wanted.jobs),
        }
        for each in wanted.what or parts:
            parts[each]()


def measure_scans(place: Path, pages: int, turns: int, jobs: int) -> None:
    """Seconds of each way, and their ratios to bare Tesseract."""
    made = pictures(place / "pictures", pages)
    size = max(PAGES, pages // turns // PAGES * PAGES)
    pieces = [made[first : first + size] for first in range(0, pages, size)]
    ways: dict[str, Callable[[Path, Sequence[Path]], Watched]] = {
        f"tesseract, xargs -P {jobs}": lambda _, piece: bare(piece, jobs),
        **{f"vanthu --quality {quality}": _vanthu(quality, jobs) for quality in qualities()},
    }
    if shutil.which("ocrmypdf"):
        ways[f"ocrmypdf --jobs {jobs}"] = lambda folder, _: ocrmypdf(folder, jobs)
    else:
        print("ocrmypdf is not installed: left out")
    took: dict[str, list[Watched]] = {name: [] for name in ways}
    for number, piece in enumerate(pieces):
        folder = scans(place / f"scans-{number}", list(piece), PAGES)
        for name, way in ways.items():
            took[name].append(way(folder, piece))
    print(f"{pages} pages in files of {PAGES}, {jobs} processes, {len(pieces)} turns")
    sums = {name: (sum(each.seconds for each in all_), sum(each.cpu for each in all_)) for name, all_ in took.items()}
    first = next(iter(sums.values()))
    for name, (seconds, cpu) in sums.items():
        clock, spent = f"{seconds:8.1f} s {seconds / first[0]:6.2f}", f"{cpu:8.1f} s {cpu / first[1]:6.2f}"
        print(f"  {name:28} clock {clock}   processors {spent}", flush=True)


def qualities() -> tuple[str, ...]:
    """Those that this vanthu has."""
    told = subprocess.run([*VANTHU, "ingest", "--help"], capture_output=True, text=True, check=True).stdout
    return QUALITIES if "--quality" in told else ("fast",)


VANTHU = (sys.executable, str(ROOT / "cli.py"))
ONE_THREAD = ("env", "OMP_THREAD_LIMIT=1")


def bare(piece: Sequence[Path], jobs: int) -> Watched:
    """Tesseract, as many processes at a time."""
    listed = piece[0].with_suffix(".list")
    listed.write_text("\0".join(map(str, piece)))
    each = ["tesseract", "{}", "-", "-l", "vie", "--dpi", str(DPI), "tsv"]
    return watched([*ONE_THREAD, "xargs", "-0", "-a", str(listed), "-P", str(jobs), "-I{}", *each], 0.5)


def ocrmypdf(folder: Path, jobs: int) -> Watched:
    """A text layer for every file of a folder, one file after the other, its pages at a time."""
    each = ["ocrmypdf", "--jobs", str(jobs), "-l", "vie", "--output-type", "pdf", "-q"]
    files = [
        f"{shlex.join([*each, str(path), str(path.with_suffix('.out'))])}\n" for path in sorted(folder.glob("*.pdf"))
    ]
    return watched([*ONE_THREAD, "sh", "-ec", "".join(files)], 0.5)


def _vanthu(quality: str, jobs: int) -> Callable[[Path, Sequence[Path]], Watched]:
    more = ["--quality", quality] if len(qualities()) > 1 else []

    def way(folder: Path, _: Sequence[Path]) -> Watched:
        return ingest(folder, folder.with_name(f"{folder.name}-{quality}"), "--no-cache", "--jobs", str(jobs), *more)

    return way


def ingest(source: Path, out: Path, *more: str, sample: float = 0.5) -> Watched:
    """``vanthu ingest`` to its good end, with the time and memory that its processes took."""
    return watched([*VANTHU, "ingest", str(source), "--out", str(out), *more], sample)


def measure_texts(place: Path, count: int) -> None:
    """Documents a second: by the clock and by the time of processors, start-up left out."""
    few = ingest(texts(place / "few", 20), place / "few-run", "--jobs", "1")
    took = ingest(texts(place / "texts", count), place / "texts-run", "--jobs", "1")
    clock, cpu = (count - 20) / (took.seconds - few.seconds), (count - 20) / (took.cpu - few.cpu)
    print(f"{count} texts of two pages, 1 process: {clock:.1f} documents a second")
    print(f"  {cpu:.1f} a second of processor time, all processes together; start-up {few.cpu:.1f} s", flush=True)


def measure_many(place: Path, count: int, jobs: int) -> None:
    """The memory of processes while a long run goes on; and how long the same takes when nothing has changed."""
    source, out = texts(place / "many", count), place / "many-run"
    took = ingest(source, out, "--jobs", str(jobs))
    tenth = max(1, count // 10)
    first, last = took.memory(0, tenth), took.memory(count - tenth, count)
    print(f"{count} texts, {jobs} processes: {took.seconds:.1f} s, {count / took.seconds:.1f} documents a second")
    print(f"  a process took {first:.0f} MB in the first {tenth}, {last:.0f} MB in the last", flush=True)
    before = fingerprint(out)
    again = ingest(source, out, "--jobs", str(jobs))
    same = "the same bytes" if fingerprint(out) == before else "OTHER BYTES"
    print(f"  again: {again.seconds:.1f} s, {took.seconds / again.seconds:.0f} times as fast, {same}", flush=True)


def measure_long(place: Path, pages: int, jobs: int) -> None:
    """The most memory of any process. The pages repeat twenty pictures, so that few are recognised."""
    some = pictures(place / "some", min(pages, 20))
    source = scans(place / "long", [some[number % len(some)] for number in range(pages)], pages)
    cache = str(place / "long-cache")
    took = ingest(source, place / "long-run", "--jobs", str(jobs), "--cache", cache)
    print(f"a scan of {pages} pages, {jobs} processes: {took.seconds:.0f} s, {took.peak:.0f} MB a process", flush=True)


if __name__ == "__main__":
    main()
