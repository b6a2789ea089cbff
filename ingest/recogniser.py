"""A second recogniser: a picture of a line in, its words with places and ranked readings out.

The model is a network (convolutions, recurrence, CTC) that the package asterocr carries in its wheel (MIT, 43 MB). It
is found among the package's files and run by onnxruntime; no code of the package is imported, nothing is fetched.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from PIL import Image

from ingest.ctc import Frames, Heard, heard_words

if TYPE_CHECKING:
    import onnxruntime

PACKAGE, MODEL, LETTERS = "asterocr", "asterocr/assets/asternet.onnx", "asterocr/assets/vocab.json"
HEIGHT = 32
"""Pixels of a line's height as the network takes it."""
WIDEST = 1024
"""Pixels of the widest line that the network takes."""
_LEAST_WIDTH = 32


class LineReader(Protocol):
    """Reads a grey picture (mode L) of one line. ``name`` names it: the same name is always the same pixels.

    ``version`` names the reader and its model.
    """

    version: str

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        """The words of the line from left to right."""
        ...


class Network:
    """The network on one core; the same pixels give the same words, whatever the machine has."""

    def __init__(self) -> None:
        """The model is loaded when the first line is read. Raises ``LookupError`` where it is not installed."""
        files = _files()
        if files is None:
            raise LookupError("the second recogniser is not installed")
        self._model, letters = files
        self.letters = tuple(json.loads(letters.read_text("utf-8"))["chars"])
        self.version = recogniser_version() or ""

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # lines differ in width: a pattern for each would only take memory
        options.log_severity_level = 4
        return onnxruntime.InferenceSession(str(self._model), options, providers=["CPUExecutionProvider"])

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        """The words of the line."""
        return heard_words(self.frames(line))

    def frames(self, line: Image.Image) -> Frames:
        """The log-probabilities of every letter at every four columns of the line."""
        width = min(WIDEST, max(_LEAST_WIDTH, int(line.width * HEIGHT / max(1, line.height))))
        width = (width + 3) // 4 * 4
        pixels = np.asarray(line.resize((width, HEIGHT), Image.Resampling.BILINEAR), dtype=np.float32)
        picture = np.ascontiguousarray(np.broadcast_to(pixels / 127.5 - 1.0, (1, 3, HEIGHT, width)))
        (logs,) = self._session.run(None, {self._session.get_inputs()[0].name: picture})
        return Frames(self.letters, logs[:, 0])


class Files(NamedTuple):
    """Where the model and its letters lie."""

    model: Path
    letters: Path


@lru_cache
def _files() -> Files | None:
    """The model among the files of the installed package; None where it or onnxruntime is missing."""
    try:
        package = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return None
    found = Files(*(Path(str(package.locate_file(name))) for name in (MODEL, LETTERS)))
    runs = importlib.util.find_spec("onnxruntime") is not None
    return found if runs and all(path.is_file() for path in found) else None


@lru_cache
def recogniser_version() -> str | None:
    """The package's version and a hash of the model's size and letters; None where it is not installed."""
    files = _files()
    if files is None:
        return None
    mark = hashlib.sha256(files.letters.read_bytes() + str(files.model.stat().st_size).encode()).hexdigest()[:8]
    return f"{PACKAGE} {importlib.metadata.version(PACKAGE)} ({mark})"
