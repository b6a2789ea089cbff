"""What lies over a page: form fields (a typed number or day), and the marks of electronic signatures."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.layer import RawWord, plain_text, raw_words
from ingest.pdf_file import PdfFile
from schemas.record import Box
from schemas.text import fold

_SIGNED = re.compile(
    r"ky boi|nguoi ky|thoi gian ky|ngay ky|digitally signed|\S@\S+\.\S|\d{2}[./-]\d{2}[./-]\d{4},? \d{2}:\d{2}:\d{2}"
)
_OPENS = re.compile(r"ky boi|nguoi ky|digitally signed|signature|email\s?:|\S@\S+\.\S|co quan\s?:")
_CLOSES = re.compile(r"thoi gian ky|ngay ky|\d{2}:\d{2}:\d{2}|date\s?:")
_LONGEST = 8


def with_overlays(file: PdfFile, page: pdfium.PdfPage, index: int) -> tuple[pdfium.PdfTextPage, list[RawWord]]:
    """The text page and words of a page, with what its form fields show, without electronic signatures' words."""
    fields = _fields(page)
    plain = page.get_textpage()
    if not fields or not plain.count_chars():
        return plain, raw_words(plain)
    file.with_fields[index].flatten()
    textpage = file.with_fields[index].get_textpage()
    words = raw_words(textpage)
    for box in fields:
        inside = [word for word in words if _within(word, box)]
        if _SIGNED.search(fold(plain_text(inside))):
            marks = set(map(id, inside))
            words = [word for word in words if id(word) not in marks]
    return textpage, words


def signature_free(words: Sequence[RawWord]) -> list[RawWord]:
    """The words without the lines of an electronic signature ("Ký bởi: ... Thời gian ký: ...")."""
    lines: dict[int, list[RawWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    kept: list[RawWord] = []
    since = _LONGEST + 1
    for line in lines.values():
        text = fold(" ".join(word.text for word in line))
        if _OPENS.search(text):
            since = 0
        closes = bool(_CLOSES.search(text))
        if since > _LONGEST and not closes:
            kept += line
        since = _LONGEST + 1 if closes else since + 1
    return kept


def _fields(page: pdfium.PdfPage) -> list[Box]:
    """The boxes (left, bottom, right, top) of the page's form fields."""
    found = []
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_WIDGET:
            rect = pdfium_c.FS_RECTF()
            pdfium_c.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
            found.append((rect.left, rect.bottom, rect.right, rect.top))
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return found


def _within(word: RawWord, box: Box) -> bool:
    x = (word.chars[0].box[0] + word.chars[-1].box[2]) / 2
    y = (word.chars[0].box[1] + word.chars[0].box[3]) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1
