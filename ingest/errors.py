# ruff: noqa: N818  (the names say what is wrong; that they are errors, the module says)
"""What can be wrong with a file, each kind with what its owner can do about it."""

from __future__ import annotations

from typing import ClassVar

from schemas.run import FailureKind


class IngestError(Exception):
    """A file that cannot be read. ``kind`` is the failure's kind, ``message`` what is wrong, ``remedy`` what to do."""

    kind: ClassVar[FailureKind] = "internal"
    default_remedy: ClassVar[str] = "Report this file."

    def __init__(self, message: str, remedy: str | None = None) -> None:
        """Keep the message and the remedy (that of the kind where none is given)."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy or self.default_remedy


class Encrypted(IngestError):
    """A PDF that asks for a password."""

    kind = "encrypted"
    default_remedy = "Save a copy without a password (for example: qpdf --decrypt --password=... in.pdf out.pdf)."


class Damaged(IngestError):
    """A file whose content is broken or cut off beyond repair."""

    kind = "damaged"
    default_remedy = "Fetch or scan the file again; it is incomplete or broken."


class Empty(IngestError):
    """A file of zero bytes."""

    kind = "empty"
    default_remedy = "Fetch the file again; it holds nothing."


class NoPages(IngestError):
    """A PDF or picture file without pages."""

    kind = "no-pages"
    default_remedy = "Export the document again; the file has no pages."


class Unsupported(IngestError):
    """A kind of file that is not read."""

    kind = "unsupported"
    default_remedy = "Save the document as PDF and read that."


class Unreadable(IngestError):
    """A file that the system does not let us open."""

    kind = "unreadable"
    default_remedy = "Check that the file exists and that you may read it (chmod u+r FILE)."


class OcrMissing(IngestError):
    """Tesseract, or its Vietnamese data, is not installed."""

    kind = "ocr-missing"
    default_remedy = (
        "Install Tesseract with Vietnamese. Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie. "
        "Fedora: dnf install tesseract tesseract-langpack-vie. macOS: brew install tesseract tesseract-lang. "
        "Or read without it: --ocr never."
    )


class Timeout(IngestError):
    """A page that took longer than allowed."""

    kind = "timeout"
    default_remedy = (
        "Allow more time for a page (--timeout SECONDS, with --retry-failed), or scan the page again at 300 dpi."
    )


class TooLarge(IngestError):
    """A picture or page of more pixels than we are ready to hold in memory."""

    kind = "too-large"
    default_remedy = "Scan the document again at 300 dpi, one page a picture."
