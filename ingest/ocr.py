"""Recognition of page pictures: Tesseract, as a library or as a program, and stored readings that stand in for it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import pytesseract
from PIL import Image

from ingest.errors import Damaged, OcrMissing, Timeout
from ingest.libtesseract import LibraryTesseract
from schemas.text import Ranked

OcrMode = Literal["auto", "always", "never"]
LANGUAGE = "vie"
DPI = 300
"""Pages are read at this resolution."""
BLOCK = 600
"""A picture less high than so many pixels is no page but lines of one block, and is read as such."""


_WORD = "5"
"""The level of words in a TSV of Tesseract."""
LOOK = "-look"
"""In the name of a sheet of pieces of a page that are looked at a second time."""


class OcrWord(NamedTuple):
    """A word: text, pixel box (x0, top, x1, bottom), confidence 0 to 1, and the engine's block, paragraph, line.

    ``again`` is how further readers read its place.
    """

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]
    again: Ranked = ()


class OcrPage(NamedTuple):
    """What an engine read on a picture of ``width`` by ``height`` pixels."""

    words: tuple[OcrWord, ...]
    width: int
    height: int


class Engine(Protocol):
    """Reads a grey picture (mode L). ``name`` names the picture: the same name is always the same pixels."""

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """The words of the picture. Raises ``OcrMissing``, ``Timeout``."""
        ...


class Tesseract:
    """Tesseract with its Vietnamese data; one thread.

    The system's library of the same version as the program is called, which saves starting a process for a picture and
    loading the data again; where there is none, the program.
    """

    def __init__(self, timeout: float = 120.0) -> None:
        """``timeout`` is the time limit for a page, in seconds."""
        self.timeout = timeout

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """The words of the picture. Raises ``Damaged`` where Tesseract cannot read it."""
        pixels = image if image.mode == "L" else image.convert("L")
        mode = 6 if image.height < BLOCK else 3
        try:
            with _one_thread():
                library = _library(pytesseract.pytesseract.tesseract_cmd, *_places())
                read = library.rows if library else _by_program
                rows = read(pixels, dpi, mode, self.timeout)
        except TimeoutError as error:
            raise Timeout(f"page picture {name} took longer than {self.timeout:.0f} s to read") from error
        except ValueError as error:
            raise Damaged(f"Tesseract cannot read page picture {name}: {error}") from error
        return OcrPage(tuple(_words(rows)), image.width, image.height)

    @staticmethod
    def identity() -> str:
        """What decides a reading beside the picture: the version, the language data by its hash, the settings."""
        found = engine_versions()
        return f"tesseract {found['tesseract']} {LANGUAGE} {found[LANGUAGE]}"


def _by_program(image: Image.Image, dpi: int, mode: int, seconds: float) -> str:
    """As ``LibraryTesseract.rows``; the pixels are handed over as a plain TIFF file, quick to write and to read."""
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        path = Path(folder) / "page.tif"
        plain = image.copy()
        plain.info = {}  # or it is written as its file was: in the compression of a fax, with a profile for colours
        plain.save(path)
        try:
            return str(
                pytesseract.image_to_data(str(path), lang=LANGUAGE, config=f"--dpi {dpi} --psm {mode}", timeout=seconds)
            )
        except pytesseract.TesseractNotFoundError as error:
            raise OcrMissing("Tesseract is not installed") from error
        except pytesseract.TesseractError as error:
            if "language" in error.message.lower() or "traineddata" in error.message.lower():
                raise OcrMissing(f"Tesseract has no data for the language {LANGUAGE!r}") from error
            raise ValueError(error.message.strip()[:200]) from error
        except RuntimeError as error:
            raise TimeoutError from error


class StoredOcr:
    """Replays readings that ``Recording`` stored; so tests and figures need no live OCR."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds one ``NAME.json.gz`` a picture."""
        self.folder = folder

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """The stored reading. Raises ``OcrMissing`` where there is none; an unstored second look saw nothing."""
        path = self.folder / f"{name}.json.gz"
        if LOOK in name and not path.exists():
            return OcrPage((), image.width, image.height)
        if not path.exists():
            raise OcrMissing(f"no stored reading of {name}", "Read the page with Tesseract and store the reading.")
        stored = json.loads(gzip.decompress(path.read_bytes()))
        words = (
            OcrWord(text, tuple(box), confidence, tuple(line)) for text, box, confidence, line, *_ in stored["words"]
        )
        return OcrPage(tuple(words), stored["width"], stored["height"])


class Recording:
    """Reads what is stored, and has another engine read and stores what is not."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        """``folder`` is made where it does not exist."""
        self.engine = engine
        self.stored = StoredOcr(folder)
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        """The stored reading, or a new one."""
        path = self.stored.folder / f"{name}.json.gz"
        if not path.exists():
            page = self.engine.read(image, name, dpi)
            data = json.dumps(page._asdict(), ensure_ascii=False).encode()
            path.write_bytes(gzip.compress(data, mtime=0))
        return self.stored.read(image, name, dpi)


@cache
def _library(command: str, *_: str) -> LibraryTesseract | None:
    """The library with the data of the program, where it is of the same version. Asked for once, as ``_versions``."""
    try:
        found = LibraryTesseract(_data_folder(command), LANGUAGE)
    except (OSError, AttributeError):
        return None
    return found if found.version == engine_versions()["tesseract"] else None


def engine_versions() -> dict[str, str]:
    """Tesseract's version, and of each needed language data the head of its SHA-256; "missing" what is not there."""
    return dict(_versions(pytesseract.pytesseract.tesseract_cmd, *_places()))


def _places() -> Iterator[str]:
    """The variables that tell where the program and its data are."""
    return (os.environ.get(name, "") for name in ("PATH", "TESSDATA_PREFIX"))


@cache
def _versions(command: str, *_: str) -> dict[str, str]:
    """Asked for once for a command and the variables that tell where it and its data are."""
    try:
        version = str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, SystemExit):
        return {"tesseract": "missing", "vie": "missing", "osd": "missing"}
    data = _data_folder(command)
    return {"tesseract": version, **{name: _hash(data / f"{name}.traineddata") for name in (LANGUAGE, "osd")}}


def _data_folder(command: str) -> Path:
    """Where Tesseract has its language data, as it says itself."""
    told = subprocess.run([command, "--list-langs"], capture_output=True, check=False)
    named = re.search(rb'"(.*)"', told.stdout + told.stderr)
    return Path(os.fsdecode(named[1])) if named else Path()


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:
        return "missing"


@contextmanager
def _one_thread() -> Iterator[None]:
    """Tesseract with one thread: five times faster than its default on a shared machine."""
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before


def _words(rows: str) -> Iterator[OcrWord]:
    """The words of a TSV of Tesseract."""
    for row in rows.split("\n"):
        cells = row.split("\t")
        if cells[0] != _WORD or len(cells) < 12:
            continue
        block, paragraph, line, _, x, y, width, height = map(int, cells[2:10])
        confidence, text = int(float(cells[10])), cells[11].strip()
        if text and confidence >= 0:
            box = (x, y, x + width, y + height)
            yield OcrWord(text, box, round(confidence / 100, 4), (block, paragraph, line))
