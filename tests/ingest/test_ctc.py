"""Frames of a CTC network as words with ranked readings."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.ctc import Frames, heard_words

LETTERS = ("", *"abcđ", " ")


def frames(*places: dict[str, float]) -> Frames:
    """Frames from the probabilities of each place; "_" is the blank of CTC, what is left is spread."""
    rows = np.full((len(places), len(LETTERS)), 1e-6)
    for row, place in zip(rows, places, strict=True):
        for letter, share in place.items():
            row[0 if letter == "_" else LETTERS.index(letter)] = share
    return Frames(LETTERS, np.log(rows / rows.sum(axis=1, keepdims=True)).astype(np.float32))


def test_words_are_parted_by_blanks_and_have_their_places() -> None:
    words = heard_words(frames({"a": 1}, {"_": 1}, {"b": 1}, {" ": 1}, {"c": 1}, {"_": 1}))
    assert [word.readings[0][0] for word in words] == ["ab", "c"]
    assert [(word.left, word.right) for word in words] == [
        (0.0, 0.5),
        (pytest.approx(4 / 6, abs=1e-3), pytest.approx(5 / 6, abs=1e-3)),
    ]
    assert list(words[0].places) == pytest.approx([0.5 / 6, 2.5 / 6], abs=1e-3)


def test_a_letter_over_several_places_is_one_and_parted_by_a_blank_two() -> None:
    (once,) = heard_words(frames({"a": 1}, {"a": 1}, {"b": 1}))
    (twice,) = heard_words(frames({"a": 1}, {"_": 1}, {"a": 1}))
    assert (once.readings[0][0], twice.readings[0][0]) == ("ab", "aa")


def test_readings_are_ranked_by_all_their_paths() -> None:
    """ "đ" alone is likelier at its best place; "c" has more mass over both."""
    (word,) = heard_words(frames({"đ": 0.5, "c": 0.4, "_": 0.1}, {"_": 0.55, "c": 0.45}))
    logs = dict(word.readings)
    assert logs["c"] == pytest.approx(np.log(0.4 * 0.55 + 0.4 * 0.45 + 0.1 * 0.45), abs=0.01)
    assert logs["đ"] == pytest.approx(np.log(0.5 * 0.55), abs=0.01)
    assert [text for text, _ in word.readings][:2] == ["c", "đ"]
    assert all(log == round(log, 2) for log in logs.values())  # so that last digits of a machine do not matter


def test_no_letters_no_words() -> None:
    assert heard_words(frames({"_": 1}, {" ": 1}, {"_": 1})) == ()
