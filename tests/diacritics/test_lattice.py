"""The search over a lattice finds the path that trying all paths finds, and probabilities that sum to one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diacritics import Model
from diacritics.language import Language
from diacritics.lattice import TEMPERATURE, Lattice

END = 0


class Toy:
    """A trigram model of arbitrary small numbers, so tight that no path falls out of the beam."""

    def bigram(self, before: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return -((before * 7 + words * 13) % 11 / 10).astype(np.float32), np.zeros(len(words), dtype=np.float32)

    def trigram(self, first, second, words, back, lower):  # type: ignore[no-untyped-def]
        return (back + lower - ((first * 5 + second * 3 + words * 17) % 7) / 6).astype(np.float32)


Column = list[tuple[int, float]]
"""The words that may stand at one place, each with its emission."""
columns = st.lists(
    st.lists(st.tuples(st.integers(1, 30), st.sampled_from([0.0, -0.1, -0.25, -0.4])), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


def build(language: object, segments: list[list[Column]]) -> tuple[Lattice, list[list[list[int]]]]:
    """A lattice of the segments, and the owners of each column of each."""
    lattice = Lattice(language)  # type: ignore[arg-type]
    owners: list[list[list[int]]] = []
    number = 0
    for segment in segments:
        places = [lattice.position(level) for level in range(len(segment) + 3)]
        lattice.node(END, 0.0, places[0], places[1], -1)
        owners.append([])
        for index, column in enumerate(segment, 1):
            owners[-1].append(list(range(number, number + len(column))))
            for word, emission in column:
                lattice.node(word, emission, places[index], places[index + 1], number)
                number += 1
        lattice.node(END, 0.0, places[len(segment) + 1], places[len(segment) + 2], -1)
    return lattice, owners


def score(language: object, path: list[tuple[int, float]]) -> float:
    """The trigram score of the words of a path between two ends; the first pair is scored by the bigram model."""
    words = np.array([END, *(word for word, _ in path), END])
    log, back = language.bigram(words[:-1], words[1:])  # type: ignore[attr-defined]
    tri = language.trigram(words[:-2], words[1:-1], words[2:], back[:-1], log[1:])  # type: ignore[attr-defined]
    return float(log[0] + tri.sum() + sum(emission for _, emission in path))


def check(language: object, segments: list[list[Column]]) -> None:
    lattice, owners = build(language, segments)
    result = lattice.search()
    assert len(result.paths) == len(segments)
    for segment, numbers, path in zip(segments, owners, result.paths, strict=True):
        scores = {
            tuple(column[i] for column, i in zip(numbers, choice, strict=True)): score(
                language, [segment[place][i] for place, i in enumerate(choice)]
            )
            for choice in product(*(range(len(column)) for column in segment))
        }
        found = tuple(owner for owner in path if owner >= 0)
        assert scores[found] == pytest.approx(max(scores.values()), abs=1e-3)
        total = sum(np.exp(value / TEMPERATURE) for value in scores.values())
        for column in numbers:
            assert sum(result.posteriors[owner] for owner in column) == pytest.approx(1, abs=1e-3)
            for owner in column:
                share = sum(np.exp(value / TEMPERATURE) for key, value in scores.items() if owner in key) / total
                assert result.posteriors[owner] == pytest.approx(share, abs=1e-3)


@settings(max_examples=60)
@given(st.lists(columns, min_size=1, max_size=3))
def test_best_path_and_probabilities_equal_brute_force(segments: list[list[Column]]) -> None:
    check(Toy(), segments)


def test_best_path_under_the_shipped_language(model: Model) -> None:
    language: Language = model.language
    words = (("phát", "phạt"), ("triển", "triện", "trên"), ("kinh", "kính"), ("tế", "tê", "tệ"))
    segment = [[(language.id(word), -0.1 * i) for i, word in enumerate(column)] for column in words]
    lattice = Lattice(language)
    places = [lattice.position(level) for level in range(7)]
    owners = iter(range(99))
    lattice.node(language.end, 0.0, places[0], places[1], -1)
    for index, column in enumerate(segment, 1):
        for word, emission in column:
            lattice.node(word, emission, places[index], places[index + 1], next(owners))
    lattice.node(language.end, 0.0, places[5], places[6], -1)
    ((*path,),) = lattice.search().paths
    flat = [word for column in words for word in column]
    assert [flat[owner] for owner in path if owner >= 0] == ["phát", "triển", "kinh", "tế"]


def test_an_empty_lattice_has_no_paths(model: Model) -> None:
    assert Lattice(model.language).search().paths == []
