"""What vanthu needs on a machine, what of it is there, and how to get the rest."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import diacritics
from ingest import engine_versions, recogniser_version

TESSERACT = """Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd
Fedora:         dnf install tesseract tesseract-langpack-vie tesseract-osd
macOS:          brew install tesseract tesseract-lang
Windows:        winget install UB-Mannheim.TesseractOCR (choose Vietnamese under additional language data)"""
AGAIN = "Install vanthu again in its environment, as its README says."
USES = {
    "tesseract": "reads scans; documents that hold text do not need it",
    "vie": "Tesseract's Vietnamese data",
    "osd": "Tesseract's orientation data: pages that stand on their head",
}


class Check(NamedTuple):
    """A thing that is needed: its name, what was found (None: missing), what it is for, and how to get it."""

    name: str
    found: str | None
    use: str
    remedy: str


def checks() -> tuple[Check, ...]:
    """Everything that is needed, found or not."""
    engine = engine_versions()
    parts = [
        Check(name, None if engine.get(name, "missing") == "missing" else engine[name], use, TESSERACT)
        for name, use in USES.items()
    ]
    python = Check("python", platform.python_version(), "3.11 or later", AGAIN)
    return (python, *parts, _model(), _witness(), *_packages())


def exit_code(found: Sequence[Check]) -> int:
    """0 where nothing is missing, 3 where Tesseract or its data is, else 1."""
    missing = {check.name for check in found if check.found is None}
    if missing & USES.keys():
        return 3
    return 1 if missing else 0


def as_text(found: Sequence[Check]) -> str:
    """A line for each thing, then how to get what is missing."""
    width = max(len(check.name) for check in found)
    lines = [f"{check.name:<{width}}  {check.found or 'MISSING':<12}  {check.use}".rstrip() for check in found]
    remedies = dict.fromkeys(check.remedy for check in found if check.found is None)
    return "\n".join([*lines, "", *(remedies or ("Nothing is missing.",))])


def _model() -> Check:
    try:
        version = diacritics.load().version
    except OSError:
        version = None
    return Check("repair model", version, "repairs mangled Vietnamese", AGAIN)


def _witness() -> Check:
    """The second recogniser, which is no must."""
    use = "reads doubtful words of scans again; where it is not installed, scans are read with --quality fast"
    return Check("second recogniser", recogniser_version() or "not installed", use, AGAIN)


def _packages() -> Iterator[Check]:
    """The packages that vanthu declares; none where it runs without being installed."""
    try:
        declared = importlib.metadata.requires("vanthu") or []
    except importlib.metadata.PackageNotFoundError:
        yield Check("vanthu", None, "this program, as a package", AGAIN)
        return
    for requirement in declared:
        name = re.match(r"[\w.-]+", requirement)
        if name is not None and "extra ==" not in requirement:
            yield Check(name[0], _installed(name[0]), requirement.removeprefix(name[0]), AGAIN)


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
