"""Originals found by their hash, and pictures drawn from them."""

from __future__ import annotations

import hashlib
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pipeline.pictures import LOOKS, Originals, pictures
from schemas.run import Done

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "files"
PDF = SAMPLES / "digital" / "quyet-dinh-to-so-hoa.pdf"


def done(file: str, original: Path = PDF) -> Done:
    sha256 = hashlib.sha256(original.read_bytes()).hexdigest()
    return Done(file=file, sha256=sha256, records=(), pages=2, ocr_pages=0, notes=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "2025").mkdir(parents=True)
    shutil.copy(PDF, tmp_path / "in" / "2025" / "plan.pdf")
    return tmp_path / "in"


def test_an_original_is_found_under_its_name(folder: Path) -> None:
    found = Originals([str(folder)]).find(done("2025/plan.pdf"))
    assert found == ("found", folder / "2025" / "plan.pdf")


def test_an_original_that_was_renamed_or_moved_is_found_by_its_content(folder: Path, tmp_path: Path) -> None:
    (folder / "2025" / "plan.pdf").rename(folder / "other.pdf")
    assert Originals([str(folder)]).find(done("2025/plan.pdf")) == ("found", folder / "other.pdf")
    folder.rename(tmp_path / "archive")
    assert Originals([str(folder)]).find(done("2025/plan.pdf")) == ("gone", None)
    moved = Originals([str(folder)], [tmp_path / "archive"])
    assert moved.find(done("2025/plan.pdf")) == ("found", tmp_path / "archive" / "other.pdf")


def test_another_file_under_the_name_is_no_original(folder: Path) -> None:
    (folder / "2025" / "plan.pdf").write_bytes(b"%PDF-1.7 another")
    assert Originals([str(folder)]).find(done("2025/plan.pdf")) == ("differs", None)


@pytest.mark.parametrize("file", ["digital/quyet-dinh-to-so-hoa.pdf", "tiff/chi-thi-phong-chong-thien-tai.tif"])
@pytest.mark.parametrize("quality", ["low", "normal", "high"])
def test_pages_are_drawn_as_wide_as_asked(file: str, quality: str) -> None:
    look = LOOKS[quality]  # type: ignore[index]
    found = dict(pictures(SAMPLES / file, [2], quality))  # type: ignore[arg-type]
    image = Image.open(BytesIO(found[2]))
    assert set(found) == {2}
    assert image.format == "WEBP"
    assert abs(image.width - look.width) <= 1
    assert 1.35 < image.height / image.width < 1.48
    if look.greys:
        assert len(image.convert("L").getcolors() or ()) <= look.greys


def test_what_has_no_pages_gives_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    assert list(pictures(tmp_path / "a.pdf", [1], "normal")) == []
    assert list(pictures(SAMPLES / "text" / "ke-hoach-trong-cay.txt", [1], "normal")) == []
    assert list(pictures(PDF, [1, 2], "none")) == []
