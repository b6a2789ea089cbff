"""Opening PDFs: damaged ones are rebuilt through pikepdf where nothing of them is lost."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.errors import Damaged, Encrypted, NoPages, Unsupported


def open_pdf(data: bytes, file: str) -> tuple[pdfium.PdfDocument, bytes]:
    """The open document, and the bytes it was opened from (rebuilt ones where the file is damaged).

    Raises ``Encrypted``, ``Damaged``, ``NoPages``.
    """
    whole = b"%%EOF" in data[-2048:]
    try:
        document = pdfium.PdfDocument(data)
        if not whole:
            _check(data, file)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted(f"{file} asks for a password") from error
        if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise Unsupported(f"{file} is protected in a way that is not known", Encrypted.default_remedy) from error
        data = _rebuilt(data, file)
        document = _open_rebuilt(data, file)
    if len(document) == 0:
        raise NoPages(f"{file} has no pages")
    return document, data


def _open_rebuilt(data: bytes, file: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Damaged(f"{file} is a damaged PDF") from error


def _rebuilt(data: bytes, file: str) -> bytes:
    """The file with its cross references made anew. Raises ``Damaged`` where parts of it are missing."""
    pdf = _check(data, file)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _check(data: bytes, file: str) -> pikepdf.Pdf:
    """The file as qpdf understands it. Raises ``Damaged`` where pages or their content are missing."""
    try:
        pdf = pikepdf.open(BytesIO(data))
        for page in pdf.pages:
            contents = page.obj.get("/Contents")
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            pictures = list(page.get_images().values() if hasattr(page, "get_images") else page.images.values())
            for stream in (*streams, *pictures):
                if stream is not None:
                    stream.read_raw_bytes()
        counted = int(pdf.Root.Pages.get("/Count", 0))
    except pikepdf.PasswordError as error:
        raise Encrypted(f"{file} asks for a password") from error
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError, KeyError) as error:
        raise Damaged(f"{file} is a damaged PDF, parts of it are missing") from error
    if counted > len(pdf.pages):
        raise Damaged(f"{file} is cut off: {len(pdf.pages)} of {counted} pages are there")
    return pdf
