"""Tesseract as a library: it reads what the program reads, whatever it has read before."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import Damaged
from ingest.libtesseract import LibraryTesseract
from ingest.ocr import OcrPage, Tesseract, engine_versions

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or engine_versions()["vie"] == "missing", reason="no library of Tesseract is called here"
)


@pytest.fixture(scope="module")
def pictures(draw: Callable[..., Image.Image], plan: Sequence[object]) -> dict[str, tuple[Image.Image, int]]:
    """A page, the same on its head, a piece, a smaller sheet, and two without words; with their resolutions."""
    page = draw(plan, 300).convert("L")
    return {
        "page": (page, 300),
        "upside down": (page.rotate(180), 300),
        "piece": (page.crop((400, 850, 2200, 1100)), 300),
        "sheet": (page.crop((400, 850, 2200, 1100)).resize((1260, 175)), 210),
        "blank": (Image.new("L", (800, 1200), 255), 300),
        "speck": (Image.new("L", (30, 30), 0), 300),
    }


def read(pictures: dict[str, tuple[Image.Image, int]], *names: str) -> list[OcrPage]:
    return [Tesseract().read(pictures[name][0], name, pictures[name][1]) for name in names]


def by_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.ocr._library", lambda *_: None)


def test_it_reads_what_the_program_reads_in_any_order(
    pictures: dict[str, tuple[Image.Image, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [*pictures]
    first, again = read(pictures, *names), read(pictures, *reversed(names))
    by_program(monkeypatch)
    assert first == again[::-1] == read(pictures, *names)
    assert len(first[0].words) > 50 and first[2].words and not first[4].words


def test_what_cannot_be_read_is_damaged_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = Image.new("L", (40_000, 30), 255)
    for change in (lambda _: None, by_program):
        change(monkeypatch)
        with pytest.raises(Damaged, match="picture x"):
            Tesseract().read(wide, "x", 300)


def test_missing_data_is_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="'vie'"):
        LibraryTesseract(tmp_path, "vie")
    assert capfd.readouterr() == ("", "")


def test_a_library_of_another_version_is_not_called(
    pictures: dict[str, tuple[Image.Image, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Other(LibraryTesseract):
        def __init__(self, data: Path, language: str) -> None:
            super().__init__(data, language)
            self.version = "0.0"

        def rows(self, *_: object) -> str:
            raise AssertionError("it was called")

    (piece,) = read(pictures, "piece")
    monkeypatch.setenv("PATH", os.environ["PATH"] + os.pathsep)  # another place to look: it is looked for again
    monkeypatch.setattr("ingest.ocr.LibraryTesseract", Other)
    assert read(pictures, "piece") == [piece]
