"""Reading: files in, documents of raw pages out, each page with its words, lines, and what its text is worth."""

from ingest.cache import Cache, Cached, default_folder
from ingest.careful import Careful, Quality
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
from ingest.line_store import CachedLines, RecordingLines, StoredLines
from ingest.ocr import Engine, OcrMode, Recording, StoredOcr, Tesseract, engine_versions
from ingest.read import Extent, PageSurvey, Survey, extent, read, survey
from ingest.recogniser import LineReader, Network, recogniser_version
from ingest.sniff import sniff
from ingest.walk import Input, Walk, walk

__all__ = [
    "Cache",
    "Cached",
    "CachedLines",
    "Careful",
    "Damaged",
    "Empty",
    "Encrypted",
    "Engine",
    "Extent",
    "IngestError",
    "Input",
    "LineReader",
    "Network",
    "NoPages",
    "OcrMissing",
    "OcrMode",
    "PageSurvey",
    "Quality",
    "Recording",
    "RecordingLines",
    "StoredLines",
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
    "extent",
    "read",
    "recogniser_version",
    "sniff",
    "survey",
    "walk",
]
