"""What decides a record beside the file: versions with hashes, and options. A document of another recipe is redone."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ingest import engine_versions, recogniser_version
from pipeline.options import Options
from pipeline.process import ROOT, Tools

_STAGES = ("schemas", "ingest", "diacritics", "extractors")
_OCR = ("tesseract", "vie", "osd", "witness", "quality")
"""Versions and options that matter only where a page was recognised."""
_AROUND = ("python",)
"""Versions that are told and decide nothing."""


class Recipe(NamedTuple):
    """Versions and options, as ``run.json`` holds them."""

    versions: dict[str, str]
    options: dict[str, str]

    def key(self, *, ocr: bool) -> str:
        """Sixteen hex digits that stand for the recipe; those of a document without OCR do not depend on the engine."""
        left_out = _AROUND if ocr else {*_AROUND, *_OCR}
        told = [{name: row[name] for name in row.keys() - left_out} for row in (self.versions, self.options)]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def recipe(kit: Tools, options: Options) -> Recipe:
    """The recipe of a run."""
    return Recipe(versions(kit, options.tables), options.as_rows())


def versions(kit: Tools, tables: Path | None = None) -> dict[str, str]:
    """What made a run: vanthu, its code, Python, the repair model, own tables, the OCR engine with its languages."""
    own = {"tables": _hash(tables.glob("*.tsv"))} if tables else {}
    return {
        "vanthu": vanthu_version(),
        "code": _code(),
        "python": platform.python_version(),
        "pypdfium2": importlib.metadata.version("pypdfium2"),
        "model": kit.model.version,
        **own,
        **engine_versions(),
        "witness": recogniser_version() or "missing",
    }


def vanthu_version() -> str:
    """The installed version; "unknown" where vanthu runs from a folder without being installed."""
    try:
        return importlib.metadata.version("vanthu")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


@cache
def _code() -> str:
    """The hash of the code and the tables of all stages."""
    return _hash(path for stage in _STAGES for path in (ROOT / stage).rglob("*") if path.suffix in (".py", ".tsv"))


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
