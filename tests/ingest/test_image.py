from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import ingest
from ingest.image import flat, pictures
from schemas.text import Document


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_a_picture_is_read_at_its_own_resolution(
    suffix: str,
    tmp_path: Path,
    ink: Image.Image,
    plan: Sequence[object],
    fake_engine: type,
    laws: Callable[[Document], None],
) -> None:
    path = tmp_path / f"a.{suffix}"
    ink.resize((1240, 1754)).save(path, dpi=(150, 150))
    engine = fake_engine(plan)
    document = ingest.read(path, path.name, engine=engine)
    laws(document)
    (page,) = document.pages
    assert (page.width, page.height) == pytest.approx((595.2, 841.9), abs=0.1)
    assert page.words[0].box == pytest.approx((90, 70, 100, 81), abs=0.5)
    assert page.source.text_from == "ocr"
    assert [asked[1:] for asked in engine.asked] == [("L", 300)]


def test_a_tiff_with_many_pages(tmp_path: Path, ink: Image.Image, plan: Sequence[object], fake_engine: type) -> None:
    path = tmp_path / "a.tif"
    ink.save(path, save_all=True, append_images=[Image.new("RGB", ink.size, "white"), ink.convert("1")], dpi=(75, 75))
    pages = ingest.read(path, "a.tif", engine=fake_engine(plan)).pages
    assert [(page.number, page.source.note, bool(page.text)) for page in pages] == [
        (1, None, True),
        (2, "blank page", False),
        (3, None, True),
    ]
    assert [page.would_ocr for page in ingest.survey(path, "a.tif").pages] == [True] * 3


def test_without_ocr_a_picture_is_an_empty_page(tmp_path: Path, ink: Image.Image) -> None:
    path = tmp_path / "a.png"
    ink.save(path)
    (page,) = ingest.read(path, "a.png", ocr="never").pages
    assert (page.text, page.source.text_from, page.source.note) == ("", "none", "the page is a picture and OCR is off")


def test_the_orientation_that_a_camera_notes_is_obeyed(tmp_path: Path, ink: Image.Image) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    ink.save(path, exif=exif, dpi=(72, 72))
    ((_, picture, size),) = pictures(path.read_bytes(), "a.jpg")
    assert size == (ink.height, ink.width)
    assert picture.image.width > picture.image.height


def test_three_hundred_dpi_where_none_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (2480, 3508), 255).save(path)
    ((_, picture, size),) = pictures(path.read_bytes(), "a.png")
    assert size == pytest.approx((595.2, 841.92), abs=0.01)
    assert (picture.image.size, picture.points) == ((2480, 3508), 0.24)


def grey_of(image: Image.Image) -> list[int]:
    return [int(value) for value in np.asarray(flat(image).convert("L"))[0, :2]]


DARK_AND_LIGHT = np.array([[0, 255]], dtype=np.uint8)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (Image.fromarray(DARK_AND_LIGHT), [0, 255]),
        (Image.fromarray(DARK_AND_LIGHT).convert("1"), [0, 255]),
        (Image.fromarray(DARK_AND_LIGHT).convert("P"), [0, 255]),
        (Image.fromarray(DARK_AND_LIGHT).convert("RGB").convert("CMYK"), [0, 255]),
        (Image.fromarray(DARK_AND_LIGHT.astype(np.uint16) * 257), [0, 255]),
        (Image.fromarray(np.array([[[0, 0, 0, 255], [0, 0, 0, 0]]], dtype=np.uint8)), [0, 255]),
        (Image.fromarray(np.array([[0.0, 1.0]], dtype=np.float32)), [0, 255]),
    ],
    ids=["grey", "bits", "palette", "cmyk", "sixteen bits", "transparent is paper", "float"],
)
def test_every_colour_mode_becomes_grey_or_colour(image: Image.Image, expected: list[int]) -> None:
    assert flat(image).mode in ("L", "RGB")
    assert grey_of(image) == pytest.approx(expected, abs=2)


def test_a_picture_of_one_pixel_is_blank(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (1, 1), "white").save(path)
    assert ingest.read(path, "a.png").pages[0].source.note == "blank page"
