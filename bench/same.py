"""The same bytes, whoever does the work: ``python -m bench.same``.

The sample files and a scan of many pages are read from their pictures, without a cache: in this process, by one worker,
by two, by a Dask cluster of two, and by two that are killed in the middle and started again. Each run folder is
compared with the first, file by file (``bench.kill.fingerprint``); the number of files that differ ends the program.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

from bench.batch import ingest
from bench.folders import pictures, scans
from bench.kill import fingerprint, finish, killed, start
from bench.reading import SAMPLES
from pipeline.parts import LONG


def main() -> None:
    """Run, compare, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=LONG + 3, help="pages of the long scan")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make the run folders there, and leave them")
    wanted = parser.parse_args()
    with nullcontext(wanted.keep) if wanted.keep else tempfile.TemporaryDirectory(prefix="vanthu-bench-") as name:
        place = Path(name)
        source = scans(place / "in", pictures(place / "pictures", wanted.pages), wanted.pages)
        for path in sorted(SAMPLES.rglob("*.*")):
            (source / f"{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
        sys.exit(differing({way: run(source, place / way.replace(" ", "-")) for way, run in WAYS.items()}))


def differing(outs: Mapping[str, Path]) -> int:
    """Print how many files of each run folder are not those of the first; their sum."""
    first, wanted = next((way, fingerprint(out)) for way, out in outs.items())
    print(f"{len(wanted[0])} files of a run ({first})")
    total = 0
    for way, out in list(outs.items())[1:]:
        files, told = fingerprint(out)
        other = [file for file in sorted(files.keys() | wanted[0].keys()) if files.get(file) != wanted[0].get(file)]
        other += ["run.json"] * (told != wanted[1])
        total += len(other)
        print(f"  {way:24} {len(other)} differ {' '.join(other[:5])}", flush=True)
    return total


def _jobs(count: int) -> Callable[[Path, Path], Path]:
    def run(source: Path, out: Path) -> Path:
        ingest(source, out, "--no-cache", "--jobs", str(count))
        return out

    return run


def _clustered(source: Path, out: Path) -> Path:
    with cluster(2) as address:
        ingest(source, out, "--no-cache", "--cluster", address)
    return out


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """The address of a Dask cluster of so many workers of one thread on this machine."""
    from distributed import LocalCluster

    with LocalCluster(workers, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0) as made:  # type: ignore[no-untyped-call]
        yield made.scheduler_address


def _killed(source: Path, out: Path) -> Path:
    cache = out.with_name("cache")
    for moment in (1.0, 6.0, 12.0):
        killed(start(source, out, cache), moment, early=False)
    finish(start(source, out, cache))
    return out


WAYS: dict[str, Callable[[Path, Path], Path]] = {
    "in one process": _jobs(0),
    "one worker": _jobs(1),
    "two workers": _jobs(2),
    "a cluster of two": _clustered,
    "two, killed three times": _killed,
}


if __name__ == "__main__":
    main()
