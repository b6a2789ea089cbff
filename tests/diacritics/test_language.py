"""The n-gram tables: probabilities, back-off, and a hash that finds all that is in it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics import Model
from diacritics.build.counts import hashed
from diacritics.language import STEP, pack, quantise


def ids(model: Model, text: str) -> list[int]:
    return [model.language.id(word) for word in text.split()]


@pytest.mark.parametrize(("likely", "unlikely"), [
    ("ủy ban nhân dân xã", "ủy ban nhăn dần xa"),
    ("phát triển kinh tế", "phạt triên kinh tê"),
    ("ngày <num> tháng <num> năm <num>", "ngay <num> thang <num> nam <num>"),
    ("quyết định số <code>", "quyết định sở <code>"),
])  # fmt: skip
def test_what_is_said_is_likelier(likely: str, unlikely: str, model: Model) -> None:
    assert model.language.score(ids(model, likely)) > model.language.score(ids(model, unlikely)) + 5


def test_score_is_the_sum_of_its_words(model: Model) -> None:
    language = model.language
    words = [language.end, language.end, *ids(model, "hội đồng nhân dân")]
    total = 0.0
    for one, two, three in zip(words, words[1:], words[2:], strict=False):
        first, second, third = (np.array([word]) for word in (one, two, three))
        lower, _ = language.bigram(second, third)
        _, back = language.bigram(first, second)
        total += float(language.trigram(first, second, third, back, lower)[0])
    assert language.score(words[2:]) == pytest.approx(total, abs=1e-4)


def test_an_unseen_pair_backs_off_to_the_single_word(model: Model) -> None:
    language = model.language
    one, two = (np.array([language.id(word)]) for word in ("khuỷu", "blockchain"))
    log, back = language.bigram(one, two)
    assert float(back[0]) == 0.0
    assert float(log[0]) == pytest.approx(float(language._uni_back[one][0] + language.unigram(two)[0]), abs=1e-5)
    third = np.array([language.id("xã")])
    lower, _ = language.bigram(two, third)
    assert language.trigram(one, two, third, back, lower)[0] == pytest.approx(lower[0])


@pytest.mark.parametrize("context", ["ủy ban", "nhân dân", "khuỷu tay", "</s> căn"])
def test_what_may_follow_sums_to_about_one(context: str, model: Model) -> None:
    language = model.language
    every = np.arange(len(language.words))
    first, second = (np.full(len(every), id_) for id_ in ids(model, context))
    lower, _ = language.bigram(second, every)
    _, back = language.bigram(first, second)
    assert float(np.exp(lower.astype(float)).sum()) == pytest.approx(1, abs=0.12)
    assert float(np.exp(language.trigram(first, second, every, back, lower).astype(float)).sum()) == pytest.approx(
        1, abs=0.15
    )


def test_unknown_words_share_an_id(model: Model) -> None:
    assert model.language.id("zzzqqq") == model.language.unknown
    assert len(set(model.language.ids.values())) == len(model.language.words)


@given(st.sets(st.tuples(*[st.integers(0, 2**21 - 1)] * 3), min_size=1, max_size=300))
def test_a_table_finds_every_key(grams: set[tuple[int, int, int]]) -> None:
    keys = pack(*np.array(sorted(grams), dtype=np.int64).T)
    assert len(np.unique(keys)) == len(grams)
    table, order = hashed(keys)
    rows = table.find(keys)
    assert sorted(rows.tolist()) == list(range(len(keys))) or has_twins(keys)
    assert np.all(rows >= 0)
    if not has_twins(keys):
        assert np.array_equal(order[rows], np.arange(len(keys)))
    absent = keys ^ np.uint64(1 << 63)
    assert (table.find(absent) >= 0).mean() < 0.1


def has_twins(keys: np.ndarray) -> bool:
    """Whether two keys cannot be told apart: one bucket and one print (1 in 65,536 for each pair of a bucket)."""
    table, _ = hashed(keys)
    rows = table.find(keys)
    return len(set(rows.tolist())) < len(rows)


@given(st.lists(st.floats(-15.9, 0), min_size=1))
def test_quantised_logs_are_near(logs: list[float]) -> None:
    assert np.abs(quantise(np.array(logs)) * -STEP - np.array(logs)).max() <= STEP / 2 + 1e-9
    assert math.isclose(float(quantise(np.array([-99.0]))[0]), 255)
