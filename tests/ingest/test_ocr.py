from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytesseract
import pytest
from PIL import Image

import ingest
from ingest import OcrMissing, Recording, StoredOcr, Tesseract, Timeout, engine_versions
from schemas.text import Document

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or engine_versions()["vie"] == "missing",
    reason="Tesseract with Vietnamese is not installed",
)


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tesseract as a program alone."""
    monkeypatch.setattr("ingest.ocr._library", lambda *_: None)


WORDS = {"Thực", "hiện", "Kế", "hoạch", "số", "Trồng", "Nơi", "nhận:", "năm", "thôn;"}


@needs_tesseract
def test_a_scan_is_read_with_tesseract_in_order(
    tmp_path: Path, draw: Callable[..., Image.Image], plan: Sequence[object], make_pdf: Callable[..., Path],
    laws: Callable[[Document], None],
) -> None:  # fmt: skip
    path = make_pdf(tmp_path / "a.pdf", [[]], picture=draw(plan))
    document = ingest.read(path, "a.pdf")
    laws(document)
    (page,) = document.pages
    assert set(page.text.split()) >= WORDS
    assert page.source.confidence is not None and page.source.confidence > 0.8
    order = [page.text.index(part) for part in ("BAN", "Hạnh phúc", "27/KH-UBND", "tháng", "MỤC", "Lưu", "TM.", "Bình")]
    assert order == sorted(order)
    first = next(word for word in page.words if page.text[word.span.start : word.span.end] == "Thực")
    assert first.box[0] == pytest.approx(120, abs=4)
    assert first.box[1] == pytest.approx(217, abs=5)


@needs_tesseract
def test_a_scan_on_its_head_is_read_upright(
    tmp_path: Path, draw: Callable[..., Image.Image], plan: Sequence[object]
) -> None:
    path = tmp_path / "a.png"
    draw(plan).rotate(180).save(path, dpi=(200, 200))
    (page,) = ingest.read(path, "a.png").pages
    assert page.source.rotation == 180
    assert set(page.text.split()) >= WORDS
    last = next(word for word in page.words if page.text[word.span.start : word.span.end] == "Thực")
    assert last.box[2] == pytest.approx(595 - 120, abs=4)


@needs_tesseract
def test_a_recording_is_replayed_without_an_engine(
    tmp_path: Path, draw: Callable[..., Image.Image], plan: object
) -> None:
    path = tmp_path / "a.png"
    draw(plan).save(path, dpi=(200, 200))
    first = ingest.read(path, "a.png", engine=Recording(Tesseract(), tmp_path / "ocr"))
    assert [stored.name for stored in (tmp_path / "ocr").iterdir()] == [f"{first.sha256[:16]}-p1.json.gz"]
    assert ingest.read(path, "a.png", engine=StoredOcr(tmp_path / "ocr")) == first


def test_recording_asks_the_engine_once(tmp_path: Path, ink: Image.Image, plan: object, fake_engine: type) -> None:
    engine = fake_engine(plan)
    recording = Recording(engine, tmp_path / "ocr")
    assert recording.read(ink, "x", 300) == recording.read(ink, "x", 300)
    assert len(engine.asked) == 1


def test_what_is_not_stored_is_missing(tmp_path: Path, ink: Image.Image) -> None:
    with pytest.raises(OcrMissing, match="no stored reading of x"):
        StoredOcr(tmp_path).read(ink, "x", 300)


def test_a_missing_binary_names_the_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ink: Image.Image) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(tmp_path / "nowhere"))
    path = tmp_path / "a.png"
    ink.save(path)
    with pytest.raises(OcrMissing) as caught:
        ingest.read(path, "a.png")
    assert caught.value.kind == "ocr-missing"
    for package in ("tesseract-ocr-vie", "tesseract-langpack-vie", "tesseract-lang", "--ocr never"):
        assert package in caught.value.remedy
    assert engine_versions()["tesseract"] == "missing"


@needs_tesseract
def test_missing_language_data_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ink: Image.Image) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(OcrMissing, match="language 'vie'"):
        Tesseract().read(ink.convert("L"), "x", 300)


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up_by_the_library(ink: Image.Image) -> None:
    with pytest.raises(Timeout, match="x took longer"):
        Tesseract(timeout=0.001).read(ink.convert("L"), "x", 300)


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up_by_the_program(without_library: None, ink: Image.Image) -> None:
    with pytest.raises(Timeout, match="x took longer"):
        Tesseract(timeout=0.001).read(ink.convert("L"), "x", 300)


@needs_tesseract
def test_one_thread_only_and_the_environment_is_as_before(
    monkeypatch: pytest.MonkeyPatch, without_library: None, ink: Image.Image
) -> None:
    seen: list[str | None] = []

    def spy(*args: object, **options: object) -> str:
        seen.append(os.environ.get("OMP_THREAD_LIMIT"))
        assert options["lang"] == "vie"
        return ""

    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    monkeypatch.setattr(pytesseract, "image_to_data", spy)
    Tesseract().read(ink.convert("L"), "x", 300)
    assert seen == ["1"]
    assert "OMP_THREAD_LIMIT" not in os.environ


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        *((f"a-{coding}.tif", "1", {"compression": coding}) for coding in ("group3", "group4", "packbits")),
        *((f"a-{coding}.tif", "L", {"compression": coding}) for coding in ("tiff_lzw", "jpeg", "tiff_adobe_deflate")),
        ("a-cmyk.tif", "CMYK", {"compression": "jpeg"}),
        ("a.jpg", "CMYK", {"icc_profile": b"no profile"}),
        ("a.png", "1", {"icc_profile": b"no profile"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_coding_of_a_file_does_not_reach_tesseract(
    name: str, mode: str, options: dict[str, Any], tmp_path: Path, ink: Image.Image
) -> None:
    ink.convert(mode).save(tmp_path / name, dpi=(300, 300), **options)
    (page,) = ingest.read(tmp_path / name, name).pages
    assert page.source.text_from == "ocr"
