"""Opening PDFs: damaged ones are rebuilt through pikepdf where nothing of them is lost."""

from __future__ import annotations

from io import SEEK_END, BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.errors import Damaged, Encrypted, NoPages, Unsupported

_TAIL = 2048
_AFTER_OBJECTS = (b"xref", b"startxref", b"trailer")


def open_pdf(source: bytes | Path, file: str) -> tuple[pdfium.PdfDocument, bytes | Path]:
    """The open document, and what it was opened from (the rebuilt bytes where the file is damaged).

    A path is read as its pages are asked for; a scan of a thousand pages is not held in memory.
    Raises ``Encrypted``, ``Damaged``, ``NoPages``, ``OSError``.
    """
    if is_cut_off(_tail(source)) and is_cut_off(_whole(source)):
        raise Damaged(f"{file} is cut off, its end is missing")
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        data = _whole(source)
        locked = b"/Encrypt" in data  # the code alone may be that of a file that was opened before
        if locked and error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted(f"{file} asks for a password") from error
        if locked and error.err_code == pdfium_c.FPDF_ERR_SECURITY:
            remedy = Encrypted.default_remedy
            raise Unsupported(f"{file} is protected in a way that is not known", remedy) from error
        document, source = _open_rebuilt(data, file)
    if len(document) == 0:
        raise NoPages(f"{file} has no pages")
    return document, source


def is_cut_off(data: bytes) -> bool:
    """Whether a PDF ends amid an object. Lost cross references alone do no harm: they can be made anew."""
    if b"%%EOF" in data[-_TAIL:]:
        return False
    rest = data[data.rfind(b"endobj") + len(b"endobj") :].strip()
    return b"endobj" not in data or bool(rest and not rest.startswith(_AFTER_OBJECTS))


def _whole(source: bytes | Path) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _tail(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source[-_TAIL:]
    with source.open("rb") as opened:
        opened.seek(-min(_TAIL, source.stat().st_size), SEEK_END)
        return opened.read()


def _open_rebuilt(data: bytes, file: str) -> tuple[pdfium.PdfDocument, bytes]:
    """The document with its cross references made anew, where all its pages and their content are there."""
    out = BytesIO()
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if not pdf.pages:
                raise NoPages(f"{file} has no pages")
            counted = int(pdf.Root.Pages.get("/Count", 0))
            if counted > len(pdf.pages):
                raise Damaged(f"{file} is damaged: {len(pdf.pages)} of {counted} pages are there")
            pdf.save(out)
        rebuilt = out.getvalue()
        return pdfium.PdfDocument(rebuilt), rebuilt
    except pikepdf.PasswordError as error:
        raise Encrypted(f"{file} asks for a password") from error
    except (pikepdf.PdfError, pdfium.PdfiumError, AttributeError, TypeError, ValueError, KeyError) as error:
        raise Damaged(f"{file} is a damaged PDF, parts of it are missing") from error
