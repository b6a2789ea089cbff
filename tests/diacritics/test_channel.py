"""The confusion model learns what it is shown, sums to about one, and survives a file."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from diacritics import Model
from diacritics.channel import FLOOR, Channel, learn, likeness, likenesses

TOY = [
    ("đông", "dong", 30.0),
    ("đường", "dudng", 20.0),
    ("ương", "udng", 10.0),
    ("ngàn", "ngan", 40.0),
    ("mà", "ma", 9),
]


def test_learning_finds_what_each_letter_became() -> None:
    channel = learn(TOY)
    assert channel.probability("đ", "d") > 0.7
    assert channel.probability("à", "a") > 0.8
    assert channel.probability("ơ", "d") > 0.5
    assert channel.probability("đ", "n") < 0.01


def test_learning_finds_a_letter_read_as_two_and_one_that_was_lost() -> None:
    channel = learn([("ứng", "tmg", 20.0), ("ứa", "ta", 9.0), ("lưu", "lieu", 20.0), ("hoặc", "hoc", 20.0)])
    assert channel.probability("ư", "ie") + channel.probability("ư", "i") > 0.3
    assert channel.probability("ặ", "") > 0.5


def test_learning_goes_on_from_a_channel() -> None:
    start = learn(TOY)
    fresh = learn([("đ", "đ", 500.0)], start=start, rounds=1)
    assert fresh.probability("đ", "đ") > start.probability("đ", "đ")


def test_learning_from_nothing_is_looks_alone() -> None:
    assert learn([]).probability("ơ", "o") == likeness("ơ", "o")


@pytest.mark.parametrize("name", ["channel", "reading"])
def test_shipped_probabilities_of_a_letter_sum_to_about_one(name: str, model: Model) -> None:
    channel: Channel = getattr(model, name)
    assert len(channel.counts) > 80
    for meant, seen in channel.counts.items():
        assert sum(channel.probability(meant, segment) for segment in seen) < 1.35, meant
        if sum(seen.values()) > 200:
            assert sum(channel.probability(meant, segment) for segment in seen) > 0.9, meant


def test_the_vietnamese_channel_is_milder(model: Model) -> None:
    for letter in "ạảấầẩệốồổộờởợứừửữựđ":
        assert model.reading.probability(letter, letter) > 0.8 > model.channel.probability(letter, letter)


def test_the_table_holds_the_probabilities() -> None:
    channel = learn(TOY)
    meant, seen = "đàoơX", ["d", "a", "", "ng", "€", "đ"]
    table = channel.table(meant, seen)
    for (i, letter), (j, segment) in product(enumerate(meant), enumerate(seen)):
        wanted = max(math.log(channel.probability(letter, segment)), FLOOR)
        assert table[i, j] == pytest.approx(wanted, abs=1e-4)


def test_likenesses_are_likeness_of_each() -> None:
    letters = tuple("aăâbcdđeêơưXYZ1")
    for segment in ("", "a", "d", "ng", "o'", "abc", "@", "6", "Đ"):
        assert np.allclose(likenesses(letters, segment), [likeness(letter, segment) for letter in letters])


def test_a_channel_comes_back_from_its_file(tmp_path: Path) -> None:
    channel = learn(TOY, prior=4.0)
    channel.dump(tmp_path / "channel.json")
    back = Channel.load(tmp_path / "channel.json")
    assert back.prior == 4.0
    for meant, seen, _ in TOY:
        for letter, segment in product(meant, seen):
            assert back.probability(letter, segment) == pytest.approx(channel.probability(letter, segment), abs=0.02)
    back.dump(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "channel.json").read_bytes()
