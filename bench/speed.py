"""How fast repair is, and what it costs: each measurement in a fresh process, with the model loaded before the watch.

As a program (``python -m bench.speed FILE [--good] [--no-adapt]``) it measures one text and prints JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Speed(NamedTuple):
    """Seconds to load the model, syllables repaired, seconds for that, and the process's peak memory in MB."""

    load: float
    syllables: int
    seconds: float
    peak: float

    @property
    def rate(self) -> float:
        """Syllables a second."""
        return self.syllables / self.seconds


def measure(text: str, *options: str) -> Speed:
    """Repair a text in a fresh process."""
    path = ROOT / "build/bench.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    command = [sys.executable, "-m", "bench.speed", str(path), *options]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return Speed(**json.loads(answer))


def main() -> None:
    """Measure one text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--good", action="store_true", help="let the text be judged, as a file is")
    parser.add_argument("--no-adapt", action="store_true")
    options = parser.parse_args()
    begun = time.perf_counter()
    import diacritics

    model = diacritics.load()
    load = time.perf_counter() - begun
    from audit.syllables import syllables
    from bench.texts import document_of

    text = options.file.read_text("utf-8")
    begun = time.perf_counter()
    document = document_of(text, judged=options.good)
    diacritics.repair(document, model, adapt=not options.no_adapt)
    seconds = time.perf_counter() - begun
    print(json.dumps({"load": load, "syllables": len(syllables(text)), "seconds": seconds, "peak": peak()}))


def peak() -> float:
    """The peak memory of this process in MB, as Linux counts it since the process began; NaN elsewhere."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8")) if status.exists() else None
    return int(found[1]) / 1024 if found else math.nan


if __name__ == "__main__":
    main()
