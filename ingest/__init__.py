"""Reading: files in, documents of raw pages out, each page with its words, lines, and what its text is worth."""

from ingest.errors import (
    Damaged,
    Empty,
    Encrypted,
    IngestError,
    NoPages,
    OcrMissing,
    Timeout,
    TooLarge,
    Unreadable,
    Unsupported,
)
from ingest.ocr import Engine, OcrMode, Recording, StoredOcr, Tesseract, engine_versions
from ingest.read import PageSurvey, Survey, read, survey
from ingest.sniff import sniff
from ingest.walk import Input, Walk, walk

__all__ = [
    "Damaged",
    "Empty",
    "Encrypted",
    "Engine",
    "IngestError",
    "Input",
    "NoPages",
    "OcrMissing",
    "OcrMode",
    "PageSurvey",
    "Recording",
    "StoredOcr",
    "Survey",
    "Tesseract",
    "Timeout",
    "TooLarge",
    "Unreadable",
    "Unsupported",
    "Walk",
    "engine_versions",
    "read",
    "sniff",
    "survey",
    "walk",
]
