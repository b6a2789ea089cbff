"""The picture of a scanned page: taken as it lies in the file, or the page is drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from ingest.page_image import image_of
from ingest.pdf_file import PdfFile

SCALE = 300 / 72
SIZE = (150, 200)
"""Pixels of the picture; the page is as large at 300 dpi."""
WHOLE = b"q 36 0 0 48 0 0 cm /Im Do Q"


@pytest.fixture
def grey() -> Image.Image:
    shades = np.random.default_rng(1).integers(0, 256, SIZE[::-1], dtype=np.uint8)
    return Image.fromarray(shades)


def write(path: Path, image: Image.Image, content: bytes = WHOLE, bits: int = 8, **changes: Any) -> Path:
    """A page with a picture; ``changes`` are entries of the page (lower case: of the picture)."""
    with Pdf.new() as made:
        page = made.add_blank_page(page_size=(36, 48))
        stream = made.make_stream(image.tobytes())
        colours = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
        about = {"Width": image.width, "Height": image.height, "ColorSpace": colours, "BitsPerComponent": bits}
        for key, value in {"Type": Name.XObject, "Subtype": Name.Image, **about}.items():
            stream[f"/{key}"] = value
        for key, value in changes.items():
            target = page.obj if key[0].isupper() else stream
            target[f"/{key[0].upper()}{key[1:]}"] = made.make_indirect(value(made)) if callable(value) else value
        half = Dictionary(ca=0.5)
        page.Resources = Dictionary(XObject=Dictionary(Im=stream), ExtGState=Dictionary(G=half))
        page.Contents = made.make_stream(content)
        made.save(path)
    return path


def taken(path: Path) -> Image.Image | None:
    with PdfFile(path, path.name) as file:
        return None if file.has_masks else image_of(file.document[0], SCALE)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_pixels_are_those_of_the_file(mode: str, tmp_path: Path, grey: Image.Image) -> None:
    image = grey if mode == "L" else Image.merge("RGB", (grey, grey.rotate(180), grey.point(lambda shade: shade // 2)))
    found = taken(write(tmp_path / "a.pdf", image))
    assert found is not None and found.mode == mode and found.tobytes() == image.tobytes()


def test_a_page_may_differ_by_a_pixel(tmp_path: Path, grey: Image.Image) -> None:
    for content in (b"q 36.1 0 0 47.9 0 0 cm /Im Do Q", b"q 36 0 0 48 0.1 -0.1 cm /Im Do Q"):
        assert taken(write(tmp_path / "a.pdf", grey, content)) is not None


def mask(made: Pdf) -> pikepdf.Stream:
    stream = made.make_stream(bytes(SIZE[0] * SIZE[1]))
    shape = {"Width": SIZE[0], "Height": SIZE[1], "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    for key, value in {"Type": Name.XObject, "Subtype": Name.Image, **shape}.items():
        stream[f"/{key}"] = value
    return stream


DRAWN: dict[str, tuple[bytes, dict[str, Any]]] = {
    "a smaller picture": (b"q 30 0 0 40 3 4 cm /Im Do Q", {}),
    "a picture beyond the page": (b"q 36 0 0 48 4 0 cm /Im Do Q", {}),
    "mirrored": (b"q -36 0 0 48 36 0 cm /Im Do Q", {}),
    "on its head": (b"q 36 0 0 -48 0 48 cm /Im Do Q", {}),
    "sloping": (b"q 36 1 -1 48 0 0 cm /Im Do Q", {}),
    "with a line": (WHOLE + b" 1 1 m 9 9 l S", {}),
    "twice": (WHOLE + b" " + WHOLE, {}),
    "clipped": (b"q 2 2 9 9 re W n 36 0 0 48 0 0 cm /Im Do Q", {}),
    "a turned page": (WHOLE, {"Rotate": 90}),
    "a cropped page": (WHOLE, {"CropBox": Array([3, 3, 30, 40])}),
    "with a mask": (WHOLE, {"sMask": mask}),
    "with colours left out": (WHOLE, {"mask": Array([0, 9])}),
    "shining through": (b"/G gs " + WHOLE, {}),
}


@pytest.mark.parametrize("case", DRAWN)
def test_what_is_more_than_a_picture_is_drawn(case: str, tmp_path: Path, grey: Image.Image) -> None:
    content, changes = DRAWN[case]
    assert taken(write(tmp_path / "a.pdf", grey, content, **changes)) is None


@pytest.mark.parametrize(
    ("made", "bits"),
    [(lambda grey: grey.resize((75, 100)), 8), (lambda grey: grey.convert("1"), 1)],
    ids=["of less dots", "in black and white"],
)
def test_other_pictures_are_drawn(
    made: Callable[[Image.Image], Image.Image], bits: int, tmp_path: Path, grey: Image.Image
) -> None:
    assert taken(write(tmp_path / "a.pdf", made(grey), bits=bits)) is None


def test_an_inverted_picture_is_taken_as_it_is_shown(tmp_path: Path, grey: Image.Image) -> None:
    found = taken(write(tmp_path / "a.pdf", grey, decode=Array([1, 0])))
    assert found is None or found.tobytes() == grey.point(lambda shade: 255 - shade).tobytes()


@pytest.mark.parametrize("place", [0, 999_990, 999_994, 999_996, 999_999, 1_500_000])
@pytest.mark.parametrize(("name", "is_mask"), [(b"/SMask 7", True), (b"/Mask[", True), (b"/ImageMask true", False)])
def test_masks_are_found_wherever_they_stand(place: int, name: bytes, is_mask: bool, tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", Image.new("L", SIZE))
    with PdfFile(path, path.name) as file:
        path.write_bytes(bytes(place) + name + bytes(9))
        assert file.has_masks == is_mask
