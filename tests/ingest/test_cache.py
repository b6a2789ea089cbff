from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from ingest import Cache, Cached, default_folder
from ingest.cache import LIMIT, Usage, key_of, picture_key
from ingest.ocr import OcrPage, OcrWord, engine_versions

KEY = key_of("a", b"b")
PAGE = OcrPage((OcrWord("số", (1, 2, 3, 4), 0.9371, (0, 1, 2)),), 30, 20)


class Counting:
    """An engine that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, image: Image.Image, name: str, dpi: int) -> OcrPage:
        self.asked.append(name)
        return PAGE


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def entry(cache: Cache, key: str = KEY) -> Path:
    return cache.folder / key[:2] / key


def test_what_is_put_is_got(cache: Cache) -> None:
    assert cache.get(KEY) is None
    cache.put(KEY, b"reading")
    assert cache.get(KEY) == Cache(cache.folder).get(KEY) == b"reading"
    assert cache.get(key_of("other")) is None
    assert cache.usage() == Usage(1, entry(cache).stat().st_size)


def test_keys_tell_their_parts_apart() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("ab", "c", "")}) == 4


@pytest.mark.parametrize(
    "harm",
    [lambda data: data[:-3], lambda data: b"", lambda data: data[:40] + b"x" + data[41:], lambda data: b"\0" * 99],
    ids=["torn", "empty", "changed", "zeros"],
)
def test_a_harmed_entry_is_none_and_is_replaced(harm: object, cache: Cache) -> None:
    cache.put(KEY, b"reading " * 9)
    path = entry(cache)
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    assert cache.get(KEY) is None
    assert not path.exists()
    cache.put(KEY, b"again")
    assert cache.get(KEY) == b"again"


def test_the_least_recently_used_go_first(cache: Cache) -> None:
    keys = [key_of(str(number)) for number in range(10)]
    for age, key in enumerate(keys):
        cache.put(key, os.urandom(1000))
        then = time.time() - 10_000 + age
        os.utime(entry(cache, key), (then, then))
    assert cache.get(keys[0])  # used now
    cache.set_limit(5 * entry(cache, keys[0]).stat().st_size)
    kept = [number for number, key in enumerate(keys) if cache.get(key)]
    assert kept == [0, 7, 8, 9]


def test_the_limit_holds_while_entries_are_written(cache: Cache) -> None:
    assert cache.limit() == LIMIT
    cache.set_limit(20_000)
    for number in range(100):
        cache.put(key_of(str(number)), os.urandom(1000))
    assert 15_000 < cache.usage().size < 22_000
    assert Cache(cache.folder).limit() == 20_000


def test_clearing_removes_entries_and_nothing_else(cache: Cache) -> None:
    cache.put(KEY, b"x")
    mine = cache.folder / "ab" / "letter.txt"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    assert cache.clear().entries == 1
    assert cache.usage() == Usage(0, 0)
    assert mine.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_an_empty_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file")
    cache.put(KEY, b"x")
    assert cache.get(KEY) is None
    assert cache.usage() == Usage(0, 0)


def test_a_full_disk_leaves_no_half_entry(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.put(KEY, b"x")
    assert not [path for path in cache.folder.rglob("*") if path.is_file()]


def test_many_processes_share_it(cache: Cache) -> None:
    script = (
        "import sys, os; from pathlib import Path; from ingest.cache import Cache, key_of\n"
        "cache = Cache(Path(sys.argv[1])); cache.set_limit(60_000)\n"
        "for number in range(200):\n"
        "    key = key_of(str(number)); found = cache.get(key)\n"
        "    assert found is None or found == key.encode() * 20\n"
        "    cache.put(key, key.encode() * 20)\n"
    )
    command = [sys.executable, "-c", script, str(cache.folder)]
    running = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert cache.usage().entries > 100
    assert not list(cache.folder.rglob(".writing-*"))


def test_a_picture_is_read_once(cache: Cache, ink: Image.Image) -> None:
    engine = Counting()
    grey = ink.convert("L")
    assert Cached(engine, cache, lambda: "v1").read(grey, "a", 300) == PAGE
    assert Cached(engine, Cache(cache.folder), lambda: "v1").read(grey.copy(), "b", 300) == PAGE
    assert engine.asked == ["a"]


def test_another_picture_engine_or_resolution_is_read_anew(cache: Cache, ink: Image.Image) -> None:
    engine = Counting()
    grey = ink.convert("L")
    turned = grey.rotate(180)
    Cached(engine, cache, lambda: "v1").read(grey, "first", 300)
    Cached(engine, cache, lambda: "v2").read(grey, "engine", 300)
    Cached(engine, cache, lambda: "v1").read(grey, "resolution", 200)
    Cached(engine, cache, lambda: "v1").read(turned, "pixels", 300)
    assert engine.asked == ["first", "engine", "resolution", "pixels"]
    wide, high = Image.new("L", (6, 4), 9), Image.new("L", (4, 6), 9)
    assert picture_key(wide) != picture_key(high)


def test_the_place_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_CACHE", str(tmp_path / "here"))
    assert default_folder() == tmp_path / "here"
    monkeypatch.delenv("VANTHU_CACHE")
    assert default_folder().name == "vanthu"


def test_the_engine_is_known_by_its_data() -> None:
    versions = engine_versions()
    assert set(versions) == {"tesseract", "vie", "osd"}
    if versions["tesseract"] != "missing":
        assert versions["vie"] == "missing" or len(versions["vie"]) == 12
