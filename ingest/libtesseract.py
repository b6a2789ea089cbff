"""Tesseract's library, called in this process: its data is loaded once, not again for every picture."""

from __future__ import annotations

import ctypes
import threading
import time
import weakref
from pathlib import Path

from PIL import Image

NAME = "libtesseract.so.5"
"""The library as Linux has it beside the program; elsewhere the program is called."""
_SILENT = 6
"""Leptonica, which loads with it, writes no messages to the terminal."""


class LibraryTesseract:
    """Tesseract with the data of one language. What it reads on a picture does not depend on what it read before."""

    def __init__(self, data: Path, language: str) -> None:
        """``data`` is the folder of the language's data. Raises ``OSError`` where it or the library is missing."""
        self._calls = _declared(ctypes.CDLL(NAME))
        self._calls.setMsgSeverity(_SILENT)
        self.version = str(self._calls.TessVersion(), "ascii", "replace")
        self._base = self._calls.TessBaseAPICreate()
        weakref.finalize(self, self._calls.TessBaseAPIDelete, self._base)
        self._set("debug_file", "/dev/null")
        if self._calls.TessBaseAPIInit3(self._base, bytes(data), language.encode()):
            raise OSError(f"Tesseract cannot load {language!r} from {data}")
        self._free = threading.Lock()

    def rows(self, image: Image.Image, dpi: int, mode: int, seconds: float) -> str:
        """The words of a grey picture as lines of TSV, read in a page segmentation ``mode``.

        Raises ``TimeoutError`` where it takes longer than so many ``seconds``, ``ValueError`` where it cannot be read.
        """
        with self._free:
            self._set("user_defined_dpi", str(dpi))
            self._calls.TessBaseAPISetPageSegMode(self._base, mode)
            self._calls.TessBaseAPISetImage(self._base, image.tobytes(), *image.size, 1, image.width)
            try:
                self._recognise(seconds)
                text = self._calls.TessBaseAPIGetTsvText(self._base, 0)
                found = ctypes.string_at(text).decode("utf-8", "replace")
                self._calls.TessDeleteText(text)
            finally:
                self._calls.TessBaseAPIClear(self._base)
        return found

    def _recognise(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        monitor = self._calls.TessMonitorCreate()
        try:
            self._calls.TessMonitorSetDeadlineMSecs(monitor, round(1000 * seconds))
            failed = self._calls.TessBaseAPIRecognize(self._base, monitor)
        finally:
            self._calls.TessMonitorDelete(monitor)
        if time.monotonic() >= end:
            raise TimeoutError
        if failed:
            raise ValueError("recognition failed")

    def _set(self, name: str, value: str) -> None:
        self._calls.TessBaseAPISetVariable(self._base, name.encode(), value.encode())


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    """The calls that are used, with the types of what they take and give."""
    place, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, gives, *takes in (
        ("setMsgSeverity", number, number),
        ("TessVersion", text),
        ("TessBaseAPICreate", place),
        ("TessBaseAPIDelete", None, place),
        ("TessBaseAPIInit3", number, place, text, text),
        ("TessBaseAPISetVariable", number, place, text, text),
        ("TessBaseAPISetPageSegMode", None, place, number),
        ("TessBaseAPISetImage", None, place, text, number, number, number, number),
        ("TessMonitorCreate", place),
        ("TessMonitorSetDeadlineMSecs", None, place, number),
        ("TessMonitorDelete", None, place),
        ("TessBaseAPIRecognize", number, place, place),
        ("TessBaseAPIGetTsvText", place, place, number),
        ("TessDeleteText", None, place),
        ("TessBaseAPIClear", None, place),
    ):
        call = getattr(library, name)
        call.restype, call.argtypes = gives, takes
    return library
