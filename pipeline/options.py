"""How a run is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest import Cache, OcrMode, Quality
from pipeline.process import Tools, tools

TIMEOUT = 120.0
"""Seconds that a page may take."""
MEMORY = 2000
"""Megabytes that a worker process may ask for (where the system has such a limit)."""


@dataclass(frozen=True)
class Options:
    """How to run. ``jobs`` worker processes (0: none, all in this process); None takes one for each core.

    ``adapt``: learn a document's own style of mangling from the document. ``style``: a file of ``vanthu learn``.
    ``tables``: a folder of a user's own abbreviations and bodies. ``cache`` keeps what was recognised. ``timeout``:
    seconds a page; ``memory``: megabytes a worker. ``retry_failed``: try again what failed in an earlier run on the
    same folder; ``prune``: remove what was written for files that are no longer there. ``cluster``: the address of a
    Dask scheduler whose workers do the work. ``quality``: how carefully pages are recognised.
    ``jobs``, ``cache`` and ``cluster`` change nothing in what is written.
    """

    ocr: OcrMode = "auto"
    jobs: int | None = None
    adapt: bool = True
    style: Path | None = None
    tables: Path | None = None
    cache: Cache | None = None
    timeout: float = TIMEOUT
    memory: int = MEMORY
    retry_failed: bool = False
    prune: bool = False
    cluster: str | None = None
    quality: Quality = "standard"

    def tools(self) -> Tools:
        """The tools for it. Raises ``diacritics.StyleError``, ``TablesError``."""
        return tools(
            self.ocr,
            adapt=self.adapt,
            style=self.style,
            tables=self.tables,
            cache=self.cache,
            timeout=self.timeout,
            quality=self.quality,
        )

    def as_rows(self) -> dict[str, str]:
        """What changes the records, for ``run.json``; the content of a style file is in the version of the model."""
        rows = {"ocr": self.ocr, "adapt": "yes" if self.adapt else "no", "quality": self.quality}
        files = {"style": self.style, "tables": self.tables}
        return rows | {name: path.name for name, path in files.items() if path}


DEFAULT = Options()
