"""An open PDF: one handle for reading, and two more that are opened when a page needs them."""

from __future__ import annotations

import re
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import TracebackType

import pdfplumber
import pypdfium2 as pdfium
from pdfplumber.pdf import PDF

from ingest.repair import open_pdf

_MASK = re.compile(rb"/S?Mask\b")
_LONGEST, _BLOCK = 8, 1_000_000
"""Bytes of the longest such name with what follows it, and of the pieces in which a file is looked through."""


class PdfFile:
    """An open PDF. ``document`` shows the pages as they are; use it in a ``with`` statement."""

    def __init__(self, source: bytes | Path, file: str) -> None:
        """Open it, repaired if need be. Raises ``Encrypted``, ``Damaged``, ``NoPages``; for a path ``OSError``."""
        self.document, self._source = open_pdf(source, file)

    @cached_property
    def with_fields(self) -> pdfium.PdfDocument:
        """A second handle, whose pages may be changed: form fields are drawn into them."""
        document = pdfium.PdfDocument(self._source)
        document.init_forms()
        return document

    @cached_property
    def plumber(self) -> PDF:
        """A handle for the table finder."""
        return pdfplumber.open(BytesIO(self._source) if isinstance(self._source, bytes) else self._source)

    @cached_property
    def has_masks(self) -> bool:
        """Whether a picture in it may have a mask: the dictionary of a picture stands unpacked in the file."""
        opened = BytesIO(self._source) if isinstance(self._source, bytes) else self._source.open("rb")
        before = b""
        with opened as file:
            while block := file.read(_BLOCK):
                if _MASK.search(before + block):
                    return True
                before = block[-_LONGEST:]
        return False

    def let_go(self) -> None:
        """Open it anew: pdfium keeps every picture that it has seen, so a long scan would fill the memory."""
        self.document.close()
        self.document = pdfium.PdfDocument(self._source)

    def __enter__(self) -> PdfFile:
        """The open file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every handle that was opened."""
        for name in ("plumber", "with_fields"):
            if name in self.__dict__:
                self.__dict__[name].close()
        self.document.close()
