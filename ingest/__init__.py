"""Reading: files in, documents of raw pages out, each page with its words, lines, and what its text is worth."""

from ingest.cache import Cache, Cached, default_folder
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
from ingest.read import PageSurvey, Survey, page_count, read, survey
from ingest.sniff import sniff
from ingest.walk import Input, Walk, walk

__all__ = [
    "Cache",
    "Cached",
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
    "default_folder",
    "engine_versions",
    "page_count",
    "read",
    "sniff",
    "survey",
    "walk",
]
