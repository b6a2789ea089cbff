"""What a file is, by its content."""

from __future__ import annotations

import zipfile
from pathlib import Path

from PIL import features

from ingest.errors import Empty, Unreadable, Unsupported

PDF = "application/pdf"
TEXT = "text/plain"
JPEG2000 = "image/jp2"
PICTURES = ("image/png", "image/jpeg", "image/tiff", JPEG2000)

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"{\\rtf", "application/rtf"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"RIFF", "image/webp"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x00\x00\x00\x0cjP  ", JPEG2000),
    (b"\xff\x4f\xff\x51", JPEG2000),
    (b"\x7fELF", "application/x-executable"),
)
_NO_TEXT = (".pdf", ".png", ".jpg", ".jpeg", ".jp2", ".j2k", ".tif", ".tiff", ".doc", ".docx")
"""Endings that no plain text has."""
_OFFICE = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD = 8192
_UNKNOWN = "application/octet-stream"


def sniff(path: Path) -> str:
    """The media type of a file by its content; "application/octet-stream" where nothing fits.

    Raises ``Empty`` for a file of zero bytes and ``Unreadable`` where it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}") from error
    if not head:
        raise Empty(f"{path.name} has zero bytes")
    if b"%PDF-" in head[:1024]:
        return PDF
    for magic, media_type in _MAGIC:
        if head.startswith(magic) and not (magic == b"BM" and _is_text(head)):
            return _office(path) if media_type == "application/zip" else media_type
    if head.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<?xml"):
        return "text/html"
    return TEXT if _is_text(head) else _UNKNOWN


def supported(path: Path) -> str:
    """The media type of a file that we read. Raises ``Unsupported`` (and what ``sniff`` raises) for any other."""
    media_type = sniff(path)
    suffix = path.suffix.lower()
    if media_type == JPEG2000 and not features.check("jpg_2000"):
        message = f"{path.name} is a JPEG 2000 picture, which the installed Pillow cannot read"
        raise Unsupported(message, "Save the picture as PNG, or install a Pillow that has OpenJPEG.")
    if media_type == PDF or media_type in PICTURES:
        return media_type
    if media_type == TEXT and suffix not in _NO_TEXT:
        return media_type
    claim = f", though it is named {suffix}" if suffix else ""
    raise Unsupported(
        f"{path.name} is {media_type}{claim}; only PDF, PNG, JPEG, JPEG 2000, TIFF and plain text are read"
    )


def utf16_without_mark(head: bytes) -> str | None:
    """The codec of UTF-16 text without a byte order mark: every second byte is zero much more often than the others."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 < len(head) or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _office(path: Path) -> str:
    """The kind of a zip file: an office document, or any zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return "application/zip"
    return next((kind for folder, kind in _OFFICE if any(n.startswith(folder) for n in names)), "application/zip")


def _is_text(head: bytes) -> bool:
    """Whether bytes look like text: a byte order mark, or (nearly) no control characters, or UTF-16."""
    if head.startswith(_BOMS):
        return True
    if utf16_without_mark(head):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1b" for byte in head)
    return control <= len(head) // 500
