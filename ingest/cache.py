"""Readings that are kept: what was recognised once is not recognised again, in this run, the next, or after a crash.

A store of bytes, one file an entry, in the user's cache folder. Many processes may use it at once: an entry is written
under another name and renamed, and it carries a hash of itself, so that one that was torn or changed is no entry. A
cache that cannot be read or written is an empty one; nothing fails because of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from platformdirs import user_cache_path

from ingest.ocr import Engine, OcrPage, OcrWord

LIMIT = 2_000_000_000
"""Bytes that a cache may hold where nothing else is set: the readings of about 300,000 pages."""
_ENTRY = re.compile(r"[0-9a-f]{64}")
_TEMPORARY = ".writing-"
_DIGEST = 32
_CHECKED = 0.02
"""After writing this share of the limit, a process looks whether the limit is passed; eviction goes that much below."""
_SAME_USE = 3600
"""Seconds within which a second use of an entry is not noted."""


class Usage(NamedTuple):
    """How many entries there are (or were removed), and their bytes."""

    entries: int
    size: int


@dataclass
class Cache:
    """A cache in a folder; it can be handed to other processes. Of all entries the least recently used go first."""

    folder: Path
    _written: int = field(default=0, init=False, repr=False, compare=False)

    def get(self, key: str) -> bytes | None:
        """What was put under a key (of ``key_of``); None where there is nothing, or nothing whole."""
        path = self._path(key)
        try:
            stored = path.read_bytes()
            if stored[:_DIGEST] != hashlib.sha256(stored[_DIGEST:]).digest():
                path.unlink()
                return None
            if time.time() - path.stat().st_mtime > _SAME_USE:
                os.utime(path)
        except OSError:
            return None
        return zlib.decompress(stored[_DIGEST:])

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key; where the disk does not let us, they are not kept."""
        path = self._path(key)
        packed = zlib.compress(data)
        with suppress(OSError):
            _write(path, hashlib.sha256(packed).digest() + packed)
            self._written += len(packed)
        if self._written > self.limit() * _CHECKED:
            self.trim()
            self._written = 0

    def limit(self) -> int:
        """The bytes that the cache may hold (each process that writes may pass them by two percent)."""
        try:
            return int((self.folder / "limit").read_text("ascii"))
        except (OSError, ValueError):
            return LIMIT

    def set_limit(self, size: int) -> None:
        """Set the limit for all who use the folder, and evict what is too much. Raises ``OSError``."""
        _write(self.folder / "limit", str(size).encode())
        self.trim()

    def usage(self) -> Usage:
        """What the cache holds."""
        sizes = [size for _, size, _ in self._entries()]
        return Usage(len(sizes), sum(sizes))

    def trim(self) -> Usage:
        """Where the limit is passed, remove the least recently used entries; what was removed."""
        limit = self.limit()
        entries = sorted(self._entries())
        held = sum(size for _, size, _ in entries)
        return _remove(entries, held - limit * (1 - _CHECKED)) if held > limit else Usage(0, 0)

    def clear(self) -> Usage:
        """Remove every entry, and nothing else that lies in the folder; what was removed."""
        return _remove(list(self._entries()), float("inf"))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """The time of the last use, the size and the path of every entry; leavings of killed processes are removed."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(OSError):
                stat = path.stat()
                if _ENTRY.fullmatch(path.name):
                    yield stat.st_mtime, stat.st_size, path
                elif path.name.startswith(_TEMPORARY) and time.time() - stat.st_mtime > _SAME_USE:
                    path.unlink()


def default_folder() -> Path:
    """``VANTHU_CACHE`` where it is set, else the place that the system has for caches."""
    named = os.environ.get("VANTHU_CACHE")
    return Path(named) if named else user_cache_path("vanthu", appauthor=False)


def key_of(*parts: str | bytes) -> str:
    """The key of an entry: a SHA-256 of its parts (what was read, by which engine and model, with which options)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Cached:
    """An engine whose readings are kept.

    ``identity`` says all that decides a reading beside the pixels and their resolution: the engine's version, the hash
    of its model, its settings. It is asked for when the first picture is read, since asking can cost a process.
    """

    def __init__(self, engine: Engine, cache: Cache, identity: Callable[[], str]) -> None:
        """Keep the readings of ``engine`` in ``cache``."""
        self.engine = engine
        self.cache = cache
        self.identity = identity

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """The kept reading of these pixels, or a new one. Raises what the engine raises."""
        key = picture_key(image, self.identity(), str(dpi))
        kept = self.cache.get(key)
        if kept is None:
            kept = _packed(self.engine.read(image, name, dpi))
            self.cache.put(key, kept)
        return _unpacked(kept)


def picture_key(image: Image.Image, *parts: str) -> str:
    """The key of what is read on a picture: its pixels, its size and mode, and ``parts``."""
    return key_of("picture", image.mode, f"{image.width}x{image.height}", image.tobytes(), *parts)


def _packed(page: OcrPage) -> bytes:
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()


def _unpacked(data: bytes) -> OcrPage:
    words, width, height = json.loads(data)
    read = (OcrWord(text, tuple(box), confidence, tuple(line)) for text, box, confidence, line, *_ in words)
    return OcrPage(tuple(read), width, height)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _remove(entries: list[tuple[float, int, Path]], size: float) -> Usage:
    """Remove entries in their order until ``size`` bytes are gone."""
    count = removed = 0
    for _, each, path in entries:
        if removed >= size:
            break
        with suppress(OSError):
            path.unlink()
            count += 1
            removed += each
    return Usage(count, removed)
