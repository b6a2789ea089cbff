"""What an export costs as a run grows: ``python -m bench.export``.

Runs of 1,000 and 10,000 records (those of the text samples, over and over) are exported in each form, each in a fresh
process: the time over that of only reading the records, and the peak memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import table
from bench.reading import ROOT, SAMPLES, inputs
from bench.speed import peak
from export import FORMS, write
from export.write import Form
from pipeline import Options, Processed, Store, process, run, tools
from schemas.run import Done

SIZES = (1_000, 10_000)
OUT = {"csv": "out", "parquet": "out", "edxml": "out", "tt05": "out.csv"}


def main() -> None:
    """Measure and print."""
    if len(sys.argv) == 3:
        print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
        return
    rows = []
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        grown = {size: grow(Path(folder), size) for size in SIZES}
        reading = {size: fresh(root, "read") for size, root in grown.items()}
        rows.append(("records read only", "1.0", *(f"{reading[size][1]:.0f} MB" for size in SIZES)))
        for form in FORMS:
            cost = {size: fresh(root, form) for size, root in grown.items()}
            ratio = cost[SIZES[-1]][0] / reading[SIZES[-1]][0]
            rows.append((f"`{form}`", f"{ratio:.1f}", *(f"{cost[size][1]:.0f} MB" for size in SIZES)))
    print(table(("export", "time over reading", *(f"peak, {size:,} records" for size in SIZES)), rows))


def grow(folder: Path, size: int) -> Path:
    """A run folder of ``size`` records."""
    root = folder / f"run{size}"
    kit = tools("never")
    done = [process(item.path, item.file, kit) for item in inputs(SAMPLES) if item.file.endswith(".txt")]
    texts = [each.records[0].dump_json() for each in done if isinstance(each, Processed)]
    run([ROOT / "samples/clean"], root, Options(jobs=0))  # a true run.json, whose documents are then replaced
    store = Store(root)
    (root / "records/many").mkdir(parents=True, exist_ok=True)
    documents = []
    for number in range(size):
        path = f"records/many/{number}.json"
        (root / path).write_text(texts[number % len(texts)], "utf-8")
        documents.append(Done(file=f"{number}", sha256="0", records=(path,), pages=1, ocr_pages=0, notes=0))
    plain = store.read_run().model_copy(update={"documents": tuple(documents)})
    (root / "run.json").write_text(plain.model_dump_json(), "utf-8")
    return root


def fresh(root: Path, form: str) -> tuple[float, float]:
    """Seconds and peak MB of an export in a fresh process."""
    command = [sys.executable, "-m", "bench.export", str(root), form]
    seconds, memory = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    return seconds, memory


def measure(root: Path, form: str) -> tuple[float, float]:
    """CPU seconds and peak MB of this process for one export; ``read`` only reads the records."""
    store = Store(root)
    begun = time.process_time()
    if form == "read":
        for done in store.read_run().documents:
            store.read_record(done.records[0])
    else:
        known: Form = next(each for each in FORMS if each == form)
        write(store, known, root.parent / f"{root.name}-{form}" / OUT.get(form, "out"))
    return time.process_time() - begun, peak()


if __name__ == "__main__":
    main()
