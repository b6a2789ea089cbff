"""Numbers and days that were written by hand: found by how their strokes stand beside the print of the same line.

Printed digits all reach from the line to the height of capitals, in strokes of one width and one ink. A pen leaves the
line, is taller or smaller, thicker or thinner, or blue. What it wrote stays in the text, and its place is a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.ndimage as nd
from PIL import Image

from ingest.marks import Sighting, pieces
from ingest.ocr import OcrWord
from ingest.shades import Mask, Shades, darker, paper_of
from schemas.record import Box
from schemas.text import fold

HEAD = 0.45
"""The share of a page, from its top, in which number and day of a document stand."""
OFF, PERHAPS = 0.1, 0.065
"""How far from where printed signs end a stroke ends, in heights of them: surely a pen's, perhaps one.

Measured: printed digits 0.06 at most on drawn and 0.05 on real pages; of handwritten numbers 98 of 100 from 0.1.
"""
WIDTHS, USUAL = (0.78, 1.22), (0.85, 1.12)
"""The width of strokes over that of print, beyond which they are surely a pen's, perhaps one's; print: 0.85 to 1.10."""
BLUE = 30
"""How much bluer than red ink is that is no print."""
_INK = 0.62
"""The share of the paper's brightness below which there is ink."""
_NUMBER = re.compile(r"^\W*s[o06]\s*[:.;,]?(?P<written>[^/]{0,16}?)(?P<print>[/-]\s?\w*[^\W\d_a-z]{2}[\w&/-]*)")
_DATE = re.compile(r"^.{0,40}?ng[a4]y(?P<day>.{0,8}?)th[a4]ng(?P<month>.{1,8}?)n[a4]m\s*(?P<print>(?:19|20)\d\d)\W*$")


class Stretch(NamedTuple):
    """A stretch of a line that may be written by hand, one that is print, and the line, as pixel boxes."""

    written: Box
    printed: Box
    line: Box
    text: str


class Strokes(NamedTuple):
    """Signs in a stretch of a line: the middle, top and bottom of each in pixels, and the width of their strokes."""

    middles: npt.NDArray[np.float64]
    tops: npt.NDArray[np.float64]
    bottoms: npt.NDArray[np.float64]
    width: float


def handwritten(image: Image.Image, words: Sequence[OcrWord], shown: Callable[[Box], Image.Image]) -> list[Sighting]:
    """The numbers and days in the head of a grey page that were written by hand; their words stay where they are.

    ``shown`` cuts a box out of the page as it was before its colours were taken.
    """
    found = []
    for stretch in stretches([word for word in words if word.box[3] < HEAD * image.height]):
        unlike = deviation(image, stretch)
        written = (
            any(map(str.isdigit, stretch.text)) if unlike is None else _by_pen(*unlike) or _is_blue(stretch, shown)
        )
        if written:
            found.append(Sighting("handwriting", stretch.written, stretch.text))
    return found


def _by_pen(off: float, width: float) -> bool:
    surely = off > OFF or not WIDTHS[0] <= width <= WIDTHS[1]
    return surely or (off > PERHAPS and not USUAL[0] <= width <= USUAL[1])


def _is_blue(stretch: Stretch, shown: Callable[[Box], Image.Image]) -> bool:
    """Whether the ink of a stretch is blue, and that beside it is not."""
    written, printed = (_blueness(shown(box)) for box in (stretch.written, stretch.printed))
    return written > BLUE and written > printed + BLUE / 2


def _blueness(piece: Image.Image) -> float:
    """How much bluer than red a picture's ink is; 0 without colours or ink."""
    if piece.mode != "RGB" or not piece.width * piece.height:
        return 0.0
    pixels = np.asarray(piece).astype(np.int16).reshape(-1, 3)
    ink = pixels[pixels[:, 0] < _INK * np.percentile(pixels[:, 0], 98)]
    return float(np.median(ink[:, 2] - ink[:, 0])) if len(ink) else 0.0


def stretches(words: Sequence[OcrWord]) -> Iterator[Stretch]:
    """Where number, day and month stand in lines of words: "Số: 45/KH-UBND", "ngày 12 tháng 9 năm 2025"."""
    for piece in pieces(words):
        text = " ".join(word.text for word in piece)
        for pattern in (_NUMBER, _DATE):
            match = pattern.search(fold(text) if pattern is _DATE else _with_capitals(text))
            for group in match.groupdict() if match else ():
                if match and group != "print":
                    written, printed = (_place(piece, *match.span(name)) for name in (group, "print"))
                    yield Stretch(written, printed, _place(piece, 0, len(text)), match[group].strip())


def _with_capitals(text: str) -> str:
    """The text without marks; capitals stay, but those of "Số"."""
    folded = "".join(fold(char).upper() if char.isupper() else fold(char) for char in text)
    return re.sub(r"^(\W*)S[Oo06]", r"\1so", folded)


def _place(piece: Sequence[OcrWord], start: int, end: int) -> Box:
    """The box of some characters of a line, their widths taken as equal within a word."""
    edges: list[tuple[float, float]] = []
    for word in piece:
        first, last = word.box[0], word.box[2]
        step = (last - first) / len(word.text)
        edges += [(first + step * n, first + step * (n + 1)) for n in range(len(word.text))]
        edges.append((last, last))
    left, right = sorted((edges[start - 1][1] if start else edges[0][0], edges[min(end, len(edges) - 1)][0]))
    inside = [word for word in piece if word.box[0] < right and word.box[2] > left] or piece
    return (left, min(word.box[1] for word in inside), right, max(word.box[3] for word in inside))


def deviation(image: Image.Image, stretch: Stretch) -> tuple[float, float] | None:
    """How far the strokes of a stretch leave the heights of the print beside it, in its heights, and how wide they are
    over the print's; None where either has no signs.
    """
    left, top, right, bottom = (round(value) for value in stretch.line)
    reach = bottom - top
    area = (max(0, left - reach), max(0, top - reach), right + reach, bottom + reach)
    shades = np.asarray(image.crop(area))
    paper = paper_of(shades)
    written, printed, line = (
        _strokes(shades, paper, (box[0] - area[0], box[1] - area[1], box[2] - area[0], box[3] - area[1]))
        for box in stretch[:3]
    )
    if written is None or printed is None or line is None:
        return None
    heights = printed.bottoms - printed.tops
    tall = heights >= 0.75 * heights.max()
    off = (
        np.abs(mine - drop * written.middles - np.median((theirs - drop * printed.middles)[tall])).max()
        for drop in (_slope(line, 2 * reach),)
        for mine, theirs in ((written.tops, printed.tops), (written.bottoms, printed.bottoms))
    )
    return float(max(off) / np.median(heights[tall])), written.width / printed.width


def _slope(line: Strokes, apart: float) -> float:
    """How much a line falls from sign to sign: the median over pairs that are ``apart``, so that tails do not count."""
    across = line.middles[None, :] - line.middles[:, None]
    down = line.bottoms[None, :] - line.bottoms[:, None]
    far = across > apart
    return float(np.median(down[far] / across[far])) if np.count_nonzero(far) > 10 else 0.0


def _strokes(shades: Shades, paper: float, box: Box) -> Strokes | None:
    """The signs whose middle lies in a box of a grey picture; None where there are none."""
    high = box[3] - box[1]
    first, last = max(0, round(box[1] - 0.7 * high)), round(box[3] + 0.7 * high)
    ink = darker(shades[first:last], _INK * paper)
    labels, _ = nd.label(ink, np.ones((3, 3)))
    middle = (box[1] + box[3]) / 2 - first
    kept = [
        ((columns.start + columns.stop) / 2, rows.start, rows.stop, number)
        for number, (rows, columns) in enumerate(nd.find_objects(labels), 1)
        if rows.stop - rows.start >= 0.35 * high
        and rows.start <= middle <= rows.stop
        and columns.stop - columns.start < 4 * high
        and box[0] <= (columns.start + columns.stop) / 2 <= box[2]
    ]
    if not kept:
        return None
    middles, tops, bottoms, numbers = (np.array(column) for column in zip(*kept, strict=True))
    return Strokes(middles, tops + first, bottoms + first, _width(np.isin(labels, numbers)))


def _width(ink: Mask) -> float:
    """The width of strokes: four times the mean way from their pixels to their edges."""
    ((rows, columns),) = nd.find_objects(ink.astype(np.uint8))
    inside = ink[max(0, rows.start - 1) : rows.stop + 1, max(0, columns.start - 1) : columns.stop + 1]
    return 4 * float(nd.distance_transform_edt(inside)[inside].mean())
