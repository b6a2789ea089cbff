"""Line readings that are kept: in the cache by their pixels, and beside stored page readings by their names."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from PIL import Image

from ingest.cache import Cache, picture_key
from ingest.ctc import Heard
from ingest.recogniser import LineReader


class CachedLines:
    """A line reader whose readings are kept under a key of the pixels and its version."""

    def __init__(self, reader: LineReader, cache: Cache) -> None:
        """Keep the readings of ``reader`` in ``cache``."""
        self.reader, self.cache = reader, cache
        self.version = reader.version

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        """The kept reading of these pixels, or a new one."""
        key = picture_key(line, self.version)
        kept = self.cache.get(key)
        if kept is None:
            kept = json.dumps(self.reader.read(line, name), ensure_ascii=False, separators=(",", ":")).encode()
            self.cache.put(key, kept)
        return _heard(json.loads(kept))


class StoredLines:
    """Replays line readings that ``RecordingLines`` stored: one file a page, the lines under their boxes."""

    version = "stored"

    def __init__(self, folder: Path) -> None:
        """``folder`` holds ``PAGE.lines.json.gz``."""
        self.folder = folder
        self._page = ""
        self._lines: dict[str, list[Any]] = {}

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        """The stored reading; nothing where there is none."""
        page, _, box = name.partition("@")
        if page != self._page:
            path = self.folder / f"{page}.lines.json.gz"
            self._page, self._lines = page, json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {}
        return _heard(self._lines.get(box, []))


class RecordingLines:
    """Reads what is stored, and has another line reader read and stores what is not."""

    def __init__(self, reader: LineReader, folder: Path) -> None:
        """``folder`` is made where it does not exist."""
        self.reader, self.folder = reader, folder
        self.version = reader.version
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        """The stored reading, or a new one."""
        page, _, box = name.partition("@")
        path = self.folder / f"{page}.lines.json.gz"
        stored = json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {}
        if box in stored:
            return _heard(stored[box])
        stored[box] = self.reader.read(line, name)
        data = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()
        path.write_bytes(gzip.compress(data, mtime=0))
        return _heard(json.loads(data)[box])


def _heard(rows: list[Any]) -> tuple[Heard, ...]:
    """Words from JSON."""
    return tuple(
        Heard(left, right, tuple((text, log) for text, log in readings), tuple(places))
        for left, right, readings, places in rows
    )
