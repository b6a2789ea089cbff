"""The network itself, where it is installed; its readings stored, cached and replayed."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest import Cache, CachedLines, Network, RecordingLines, StoredLines, recogniser_version
from ingest.ctc import Heard

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
LINE = "Ủy ban nhân dân xã, thống nhất"
installed = pytest.mark.skipif(recogniser_version() is None, reason="the extra witness is not installed")
drawn = pytest.mark.skipif(not FONT.exists(), reason="fonts-liberation2 is not installed")


def line() -> Image.Image:
    picture = Image.new("L", (620, 62), 255)
    ImageDraw.Draw(picture).text((8, 6), LINE, 20, ImageFont.truetype(str(FONT), 40))
    return picture


class Counting:
    """A line reader that counts its calls."""

    version = "counting"

    def __init__(self) -> None:
        self.calls = 0

    def read(self, line: Image.Image, name: str) -> tuple[Heard, ...]:
        self.calls += 1
        return (Heard(0.1, 0.5, (("chữ", -0.25), ("chử", -1.5)), (0.1, 0.2, 0.3)),)


@installed
@drawn
def test_the_network_reads_a_line_without_the_network_or_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    words = Network().read(line(), "x")
    assert [word.readings[0][0] for word in words] == LINE.split()
    assert all(word.readings[0][1] > -2 for word in words)
    assert "asterocr" not in sys.modules
    assert "torch" not in sys.modules


@installed
@drawn
def test_the_network_says_the_same_twice_and_takes_any_line() -> None:
    network = Network()
    assert network.read(line(), "x") == network.read(line(), "y")
    for size in ((1, 1), (3, 200), (4000, 20)):
        network.read(Image.new("L", size, 255), "blank")


def test_cached_lines_are_read_once_whatever_their_name(tmp_path: Path) -> None:
    reader = Counting()
    cached = CachedLines(reader, Cache(tmp_path))
    picture = Image.new("L", (40, 32), 200)
    assert cached.read(picture, "a") == cached.read(picture, "b") == reader.read(picture, "c")
    assert reader.calls == 2
    cached.read(Image.new("L", (40, 32), 201), "a")
    assert reader.calls == 3


def test_stored_lines_are_replayed_by_name(tmp_path: Path) -> None:
    picture = Image.new("L", (40, 32), 200)
    read = RecordingLines(Counting(), tmp_path).read(picture, "page-p1@1,2,3,4")
    stored = StoredLines(tmp_path)
    assert stored.read(picture, "page-p1@1,2,3,4") == read
    assert stored.read(picture, "page-p1@9,9,9,9") == ()
    assert stored.read(picture, "page-p2@1,2,3,4") == ()
    assert stored.read(picture, "page-p1@1,2,3,4") == read
