"""PDF files: opened, repaired where they can be, each page planned (layer or OCR) and read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from ingest import layer
from ingest.errors import Damaged, TooLarge
from ingest.ocr import DPI, Engine, OcrMode
from ingest.overlay import signature_free, with_overlays
from ingest.page_image import image_of
from ingest.pdf_file import PdfFile
from ingest.reading_order import compose
from ingest.rows import Row
from ingest.scan import Picture, recognise
from ingest.tables import FEWEST_RULES, find_tables
from ingest.trust import ENOUGH, Judgement, judge
from ingest.witness import other_readings
from schemas.record import PageSource, Quality, TextFrom
from schemas.text import Mark, Page, Span

MOST_PIXELS = 60_000_000
"""A page is rendered at a lower resolution than 300 dpi where it would have more pixels."""
LARGEST = 180_000_000
"""A page with a picture of more pixels is refused: it would not fit into memory (A4 at 1200 dpi has 139 million)."""
_COVERED = 0.5
"""The share of a page that pictures must cover to make it a picture."""
_HELD = 8
"""Pages whose pictures an open document may hold in memory."""
_DRAWN = 60
"""Path objects that make a page without a text layer worth reading as a picture."""
_LAYER: dict[Quality, TextFrom] = {
    "good": "text-layer",
    "foreign": "text-layer",
    "legacy": "converted-text-layer",
    "garbled": "repaired-text-layer",
    "none": "text-layer",
}

_WHY: dict[Quality, str] = {
    "none": "a picture without a text layer",
    "garbled": "the layer is garbled",
    "good": "OCR was asked for",
    "foreign": "OCR was asked for",
    "legacy": "OCR was asked for",
}
"""Why a page was read by OCR, by the quality of its layer."""


class Plan(NamedTuple):
    """What a page is and what will be done with it."""

    judgement: Judgement
    has_text: bool
    use_ocr: bool

    @property
    def text_from(self) -> TextFrom:
        """Where the text comes from."""
        if self.use_ocr:
            return "ocr"
        return _LAYER[self.judgement.quality] if self.has_text else "none"


class PdfPage(NamedTuple):
    """An open page of a file with the words of its layer and what its objects tell."""

    file: PdfFile
    page: pdfium.PdfPage
    frame: layer.Frame
    textpage: pdfium.PdfTextPage
    words: list[layer.RawWord]
    is_picture: bool
    rules: int


def open_page(file: PdfFile, index: int) -> PdfPage:
    """Open a page and read its layer. Raises ``Damaged`` where the page cannot be loaded."""
    try:
        page = file.document[index]
        textpage, words = with_overlays(file, page, index)
        pictures, rules = _objects(page)
    except pdfium.PdfiumError as error:
        raise Damaged(f"page {index + 1} cannot be read: {error}") from error
    return PdfPage(file, page, layer.frame_of(page), textpage, words, pictures, rules)


def plan(opened: PdfPage, ocr: OcrMode, prior: Judgement | None = None) -> Plan:
    """Judge the layer (an electronic signature's words do not count on a picture) and decide between it and OCR."""
    text = layer.plain_text(signature_free(opened.words) if opened.is_picture else opened.words)
    judgement = judge(text, prior)
    useless = judgement.quality in ("none", "garbled")
    use_ocr = ocr == "always" or (ocr == "auto" and useless and opened.is_picture)
    return Plan(judgement, bool(text), use_ocr)


def planned_pages(file: PdfFile, ocr: OcrMode) -> Iterator[tuple[int, PdfPage, Plan]]:
    """Each page (index from 0) with its plan; a page of few letters is judged by the last page that had enough."""
    prior = None
    for index in range(len(file.document)):
        opened = open_page(file, index)
        planned = plan(opened, ocr, prior)
        if planned.judgement.letters >= ENOUGH:
            prior = planned.judgement
        yield index, opened, planned
        opened.textpage.close()
        opened.page.close()
        if (index + 1) % _HELD == 0:
            file.let_go()


def read_pages(file: PdfFile, name: str, ocr: OcrMode, engine: Engine, only: range | None = None) -> Iterator[Page]:
    """The pages of an open PDF, or those whose numbers are in ``only``. ``name`` names the file for the engine."""
    for index, opened, planned in planned_pages(file, ocr):
        if only is not None and index + 1 not in only:
            continue
        if planned.use_ocr:
            yield _ocr_page(opened, planned, index + 1, engine, f"{name}-p{index + 1}")
        else:
            yield _layer_page(opened, planned, index + 1, file)


def source_of(number: int, planned: Plan) -> PageSource:
    """The source of a page, with the figures of its layer."""
    was = planned.judgement
    return PageSource(
        number=number,
        text_from=planned.text_from,
        quality=was.quality,
        letters=was.letters,
        diacritic_share=was.diacritic_share,
        legal_share=was.legal_share,
        note=f"converted from {was.encoding.upper()}" if was.encoding and not planned.use_ocr else None,
    )


def _layer_page(opened: PdfPage, planned: Plan, number: int, file: PdfFile) -> Page:
    encoding = planned.judgement.encoding
    font = partial(layer.font_name, opened.textpage) if encoding else None
    words = signature_free(opened.words) if opened.is_picture else opened.words
    tokens = layer.tokens(words, opened.frame, encoding, font)
    tables = find_tables(file, number - 1) if opened.rules >= FEWEST_RULES and tokens else ()
    composed = compose(tokens, tables)
    source = source_of(number, planned)
    if not composed.words:
        note = "the page is a picture and OCR is off" if opened.is_picture else "blank page"
        source = source.model_copy(update={"note": note})
    width, height = opened.frame.size
    return Page(number, composed.text, source, width, height, *composed[1:])


def _ocr_page(opened: PdfPage, planned: Plan, number: int, engine: Engine, name: str) -> Page:
    width, height = opened.frame.size
    signatures = _signatures(opened) if planned.judgement.letters < ENOUGH else ()
    scan = recognise(_masked(render(opened), signatures), engine, name)
    composed = scan.composed
    others: tuple[tuple[Span, str], ...] = ()
    if planned.judgement.quality == "garbled":
        others = other_readings(composed.words, layer.tokens(opened.words, opened.frame, None, None))
    read = "read with it as a second witness" if others else None
    why = (
        None
        if not composed.words
        else "the layer holds only an electronic signature"
        if signatures
        else _WHY[planned.judgement.quality]
    )
    update: dict[str, object] = {
        "confidence": scan.confidence,
        "rotation": scan.rotation,
        "note": "; ".join(filter(None, (why, read, scan.note))) or None,
        "text_from": "both" if others else planned.text_from,
    }
    source = source_of(number, planned).model_copy(update=update)
    marks = (*signatures, *scan.marks)
    return Page(number, composed.text, source, width, height, *composed[1:], others, marks)


def _signatures(opened: PdfPage) -> tuple[Mark, ...]:
    """The electronic signature that the layer holds, if any, line by line."""
    kept = set(map(id, signature_free(opened.words)))
    lines: dict[int, list[layer.RawWord]] = {}
    for word in opened.words:
        if id(word) not in kept:
            lines.setdefault(word.line, []).append(word)
    tokens = (layer.tokens(words, opened.frame, None, None) for words in lines.values())
    return tuple(Mark("signature", Row(line).box, " ".join(token.text for token in line)) for line in tokens if line)


def _masked(picture: Picture, marks: Sequence[Mark]) -> Picture:
    """A page picture with marks painted over."""
    pen = ImageDraw.Draw(picture.image)
    for mark in marks:
        left, top, right, bottom = (value / picture.points for value in mark.box)
        pen.rectangle((left - 4, top - 4, right + 4, bottom + 4), fill="white")
    return picture


def render(opened: PdfPage) -> Picture:
    """The page at 300 dpi without its annotations (so without the marks of electronic signatures), mode RGB or L."""
    width, height = opened.frame.size
    scale = min(DPI / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    image = None if opened.file.has_masks else image_of(opened.page, scale)
    if image is not None:
        return Picture(image, 1 / scale)
    bitmap = opened.page.render(
        scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True, prefer_bgrx=True
    )
    size = (bitmap.width, bitmap.height)
    return Picture(Image.frombytes("RGB", size, bitmap.buffer, "raw", "RGBX", bitmap.stride, 1), 1 / scale)


def _objects(page: pdfium.PdfPage) -> tuple[bool, int]:
    """Whether pictures make the page (or it is drawn), and how many path objects it has. Raises ``TooLarge``."""
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    covered = 0.0
    paths = texts = 0
    for item in page.get_objects(max_depth=3):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            if math.prod(item.get_px_size()) > LARGEST:
                raise TooLarge(f"a page has a picture of {item.get_px_size()[0]} x {item.get_px_size()[1]} pixels")
            a, b, c, d = item.get_bounds()
            inside = (max(a, left), max(b, bottom), min(c, right), min(d, top))
            covered += max(0.0, inside[2] - inside[0]) * max(0.0, inside[3] - inside[1]) if item.level == 0 else area
        paths += item.type == pdfium_c.FPDF_PAGEOBJ_PATH
        texts += item.type == pdfium_c.FPDF_PAGEOBJ_TEXT
    return covered >= _COVERED * area or (not texts and paths >= _DRAWN), paths
