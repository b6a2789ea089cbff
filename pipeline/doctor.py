"""What vanthu needs on a machine, what of it is there, and how to get the rest."""

from __future__ import annotations

from typing import NamedTuple

TESSERACT = """Debian, Ubuntu: sudo apt install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd
Fedora:         sudo dnf install tesseract tesseract-langpack-vie tesseract-osd
macOS:          brew install tesseract tesseract-lang
Windows:        winget install UB-Mannheim.TesseractOCR   (choose Vietnamese under additional language data)"""
PACKAGES = "install vanthu again in its environment: pip install -r the lock file of the project"


class Check(NamedTuple):
    """One thing that is needed: its name, what was found (None: missing), and how to get it."""

    name: str
    found: str | None
    remedy: str
