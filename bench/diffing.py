"""How fast a diff of two runs is, and what it costs, beside a naive comparison of their JSON trees.

The runs are made of the samples' records, each many times over under other names; in the second run every tenth value
has lost a letter and the lists stand in another order. Each measurement is a fresh process (``python -m bench.diffing
HOW BEFORE AFTER`` prints seconds, differences and peak memory as JSON).
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.speed import ROOT, peak

SIZES = (100, 1000)
"""Documents of a run."""
PLAIN_LISTS = ("references", "targets", "assignments", "recipients")


class Cost(NamedTuple):
    """Seconds, those of them on the processor, differences found, and the process's peak memory in MB."""

    seconds: float
    processor: float
    differences: int
    peak: float

    def told(self) -> tuple[str, ...]:
        """For a table."""
        return (f"{self.seconds:.1f}", f"{self.processor:.1f}", str(self.differences), f"{self.peak:.0f}")


def told() -> str:
    """A Markdown table of both ways at both sizes, and their ratio at the larger."""
    from bench.figures import table

    records = list(_records())
    rows = []
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        for size in SIZES:
            runs = [_run(Path(folder) / f"{name}{size}", records, size, spoilt=name == "b") for name in "ab"]
            costs = {how: _measure(how, *runs) for how in HOW}
            rows += [
                (how, size, f"{c.seconds:.1f}", f"{c.processor:.1f}", c.differences, f"{c.peak:.0f}")
                for how, c in costs.items()
            ]
    ratio = costs["diff"].processor / costs["naive"].processor
    head = ("", "documents a run", "seconds", "on the processor", "differences", "peak memory, MB")
    return f"{table(head, rows)}\n\nOn the processor a diff takes {ratio:.1f} times as long as the naive comparison."


def _records() -> Iterator[dict[str, Any]]:
    """The samples' records as JSON."""
    from bench.reading import SAMPLES, STORED, inputs, read
    from diacritics import load
    from ingest import StoredOcr
    from pipeline import Tools

    for processed in read(inputs(SAMPLES), Tools("auto", StoredOcr(STORED), load())).values():
        yield json.loads(processed.records[0].dump_json())


def _run(root: Path, records: Sequence[dict[str, Any]], size: int, *, spoilt: bool) -> Path:
    """A run folder of so many documents."""
    chance = random.Random(7)
    documents = []
    for number in range(size):
        plain = json.loads(json.dumps(records[number % len(records)]))
        file = f"{number:04}.pdf"
        sha = hashlib.sha256(file.encode()).hexdigest()
        plain["source"] |= {"file": file, "sha256": sha}
        if spoilt:
            plain = _spoilt(plain, chance)
        path = root / "records" / f"{file}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", "utf-8")
        row = {"file": file, "sha256": sha, "records": [f"records/{file}.json"], "pages": 1, "ocr_pages": 0, "notes": 0}
        documents.append(row)
    run = {"started": "", "seconds": 0, "versions": {}, "options": {}, "inputs": [], "documents": documents}
    (root / "run.json").write_text(json.dumps({"schema_version": plain["schema_version"], **run, "failures": 0}))
    return root


def _spoilt(plain: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A record of which every tenth text has lost a letter and the lists another order."""
    for name in PLAIN_LISTS:
        chance.shuffle(plain[name])
        for item in plain[name]:
            for part in ("value", "task", "statement", "code", "subject"):
                text = item.get(part)
                if isinstance(text, str) and len(text) > 3 and chance.random() < 0.1:
                    at = chance.randrange(len(text))
                    item[part] = text[:at] + text[at + 1 :]
    plain["trace"]["rules"] = "other"
    return plain


def _measure(how: str, before: Path, after: Path) -> Cost:
    command = [sys.executable, "-m", "bench.diffing", how, str(before), str(after)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return Cost(**json.loads(answer))


def diff(before: Path, after: Path) -> int:
    """What ``vanthu diff`` does, with all differences counted."""
    from audit.runs import compare, open_run
    from audit.totals import Totals, chosen

    totals = Totals()
    for _ in chosen(compare(open_run(before), open_run(after)), totals):
        pass
    return sum(totals.kinds.values())


def naive(before: Path, after: Path) -> int:
    """The leaves of each pair of JSON files that differ, list items compared by their places."""

    def count(one: Any, other: Any) -> int:
        if isinstance(one, dict) and isinstance(other, dict):
            return sum(count(one.get(name), other.get(name)) for name in {**one, **other})
        if isinstance(one, list) and isinstance(other, list):
            return sum(map(count, one, other)) + abs(len(one) - len(other))
        return int(one != other)

    return sum(
        count(json.loads(path.read_bytes()), json.loads((after / "records" / path.name).read_bytes()))
        for path in sorted((before / "records").iterdir())
    )


HOW: dict[str, Callable[[Path, Path], int]] = {"diff": diff, "naive": naive}


def main() -> None:
    """Measure one way on two runs."""
    how, before, after = sys.argv[1:]
    begun = time.perf_counter()
    differences = HOW[how](Path(before), Path(after))
    seconds, processor = time.perf_counter() - begun, time.process_time()
    print(json.dumps({"seconds": seconds, "processor": processor, "differences": differences, "peak": peak()}))


if __name__ == "__main__":
    main()
