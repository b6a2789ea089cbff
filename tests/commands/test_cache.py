"""``vanthu cache``, and what of an earlier run is not recognised again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from cli import app
from ingest import Cache, Tesseract
from ingest.cache import key_of
from ingest.ocr import OcrPage, OcrWord, engine_versions


def vanthu(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    """A cache of three readings."""
    cache = Cache(tmp_path / "cache")
    for number in range(3):
        cache.put(key_of(str(number)), bytes(1000))
    return cache


def test_it_tells_place_and_size(kept: Cache) -> None:
    told = vanthu("cache", "--cache", kept.folder).stdout
    assert str(kept.folder) in told and "readings: 3," in told and "at most 2,000 MB" in told
    rows = json.loads(vanthu("cache", "--cache", kept.folder, "--json").stdout)
    assert rows == {
        "place": str(kept.folder),
        "entries": 3,
        "bytes": kept.usage().size,
        "limit": 2_000_000_000,
    }


def test_the_variable_names_the_place(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_CACHE", str(kept.folder))
    assert "readings: 3," in vanthu("cache").stdout


def test_it_is_cleared(kept: Cache) -> None:
    told = vanthu("cache", "--cache", kept.folder, "--clear").stdout
    assert "removed:  3 readings" in told and "readings: 0," in told
    assert kept.usage().entries == 0


@pytest.mark.parametrize(("size", "limit"), [("500MB", 500_000_000), ("2G", 2_000_000_000), ("1.5k", 1500), ("0", 0)])
def test_a_limit_is_kept(size: str, limit: int, kept: Cache) -> None:
    assert vanthu("cache", "--cache", kept.folder, "--limit", size).exit_code == 0
    assert Cache(kept.folder).limit() == limit
    assert kept.usage().size <= limit


@pytest.mark.parametrize("size", ["much", "-1", "5 apples"])
def test_a_size_that_is_none_is_refused(size: str, kept: Cache) -> None:
    result = vanthu("cache", "--cache", kept.folder, f"--limit={size}")
    assert result.exit_code == 2 and "500MB" in result.stderr


class Counted:
    """Stands in for Tesseract and counts the pictures."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, _: Tesseract, image: Image.Image, name: str, dpi: int) -> OcrPage:
        self.read += 1
        word = OcrWord("Kế", (10, 10, 60, 40), 0.9, (1, 1, 1))
        return OcrPage((word,), image.width, image.height)


@pytest.mark.skipif(
    shutil.which("tesseract") is None or engine_versions()["vie"] == "missing", reason="needs tesseract with vie"
)
def test_a_page_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted()
    monkeypatch.setattr(Tesseract, "read", lambda *given: counted(*given))
    picture = Image.new("L", (800, 600), 255)
    for left in range(100, 700, 40):
        picture.paste(0, (left, 200, left + 20, 240))
    (tmp_path / "in").mkdir()
    picture.save(tmp_path / "in/a.png", dpi=(300, 300))
    picture.save(tmp_path / "in/b.tif", dpi=(300, 300))

    def run(out: str, *more: str) -> int:
        before = counted.read
        common = ("--jobs", 0, "--cache", tmp_path / "cache", "--quality", "fast")
        result = vanthu("ingest", tmp_path / "in", "--out", tmp_path / out, *common, *more)
        assert result.exit_code == 0, result.output
        return counted.read - before

    first = run("one")
    assert first >= 1
    assert run("two") == 0
    assert run("three", "--no-cache") == 2 * first
    products = [(tmp_path / out / "records/a.png.json").read_bytes() for out in ("one", "two", "three")]
    assert products[0] == products[1] == products[2]
