"""The batched search over the trie finds what a plain dynamic programme over all words finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diacritics import Model
from diacritics.candidates import LONGEST_FORM, MARGIN, WORST, Case, Trie, ranges, search
from diacritics.channel import LONGEST, Channel, learn

WORDS = (
    "a à á ạ an ăn bà ban bán cơ của cửa dân đan đàn đến điều đường được hội hôi học ngày ngại nghị nhân ở tỉnh".split()
)
LOGS = [-2.0 - 0.1 * index for index in range(len(WORDS))]
TRIE = Trie(WORDS, range(len(WORDS)), LOGS)
CHANNEL = learn([("đường", "dudng", 5.0), ("được", "dugc", 5.0), ("của", "cua", 9.0), ("điều", "diéu", 7.0)])


def brute(channel: Channel, form: str, case: Case) -> dict[int, float]:
    """Every word whose score is within the margin of the best, with log P(form | word)."""
    logs = {id_: best(channel, case.apply(word), form) for id_, word in enumerate(WORDS)}
    top = max(WORST + MARGIN, *(log + LOGS[id_] for id_, log in logs.items()))
    return {id_: log for id_, log in logs.items() if log + LOGS[id_] >= top - MARGIN}


def best(channel: Channel, meant: str, seen: str) -> float:
    row = [0.0] + [-1e9] * len(seen)
    for letter in meant:
        row = [
            max(
                row[start] + float(channel.table(letter, [seen[start:end]])[0, 0])
                for start in range(max(0, end - LONGEST), end + 1)
            )
            for end in range(len(seen) + 1)
        ]
    return row[-1]


forms = st.one_of(
    st.text(alphabet="abcdeghinotuyàáéê6@ĐDUHO'", min_size=1, max_size=LONGEST_FORM), st.sampled_from(WORDS)
)


@settings(max_examples=40)
@given(st.lists(st.tuples(forms, st.sampled_from(Case)), min_size=1, max_size=6, unique=True))
def test_search_equals_brute_force(queries: list[tuple[str, Case]]) -> None:
    found = search(TRIE, CHANNEL, queries)
    assert np.all(np.diff(found.query) >= 0)
    for number, (form, case) in enumerate(queries):
        mine = found.query == number
        logs = dict(zip(found.word[mine].tolist(), found.log[mine].tolist(), strict=True))
        wanted = brute(CHANNEL, form, case)
        edge = {id_ for id_, log in wanted.items() if is_edge(log + LOGS[id_], wanted)}
        assert logs.keys() | edge == wanted.keys() | edge
        assert all(logs[id_] == pytest.approx(wanted[id_], abs=1e-3) for id_ in logs.keys() & wanted.keys())


def is_edge(score: float, wanted: dict[int, float]) -> bool:
    """Whether a score lies so near the margin that rounding decides."""
    top = max(WORST + MARGIN, *(log + LOGS[id_] for id_, log in wanted.items()))
    return abs(score - (top - MARGIN)) < 1e-3


@pytest.mark.parametrize(("form", "case", "meant"), [
    ("dudng", Case.LOWER, "đường"), ("Diéu", Case.TITLE, "điều"), ("CUA", Case.UPPER, "của"),
])  # fmt: skip
def test_the_likeliest_is_first(form: str, case: Case, meant: str) -> None:
    found = search(TRIE, CHANNEL, [(form, case)])
    assert WORDS[found.word[0]] == meant


def test_a_narrow_search_finds_the_best_of_the_shipped_lexicon(model: Model) -> None:
    queries = [(form, Case.LOWER) for form in ("dudng", "nghi", "phat", "trién", "s6ng", "ngudi", "téng", "quyét")]
    wide, narrow = (search(model.lexicon.trie, model.channel, queries, narrow=narrow) for narrow in (False, True))
    for number in range(len(queries)):
        top = [result.word[result.query == number][0] for result in (wide, narrow)]
        assert top[0] == top[1]


def test_nothing_is_found_for_nothing() -> None:
    assert len(search(TRIE, CHANNEL, []).query) == 0
    assert len(search(TRIE, CHANNEL, [("x" * (LONGEST_FORM + 1), Case.LOWER)]).query) == 0
    assert len(search(TRIE, CHANNEL, [("★★★★★★★★★★★★", Case.LOWER)]).query) == 0


def test_queries_do_not_touch_each_other() -> None:
    queries = [("dudng", Case.LOWER), ("★★", Case.LOWER), ("cua", Case.TITLE), ("nhan", Case.LOWER)]
    together = search(TRIE, CHANNEL, queries)
    for number, query in enumerate(queries):
        alone = search(TRIE, CHANNEL, [query])
        mine = together.query == number
        assert together.word[mine].tolist() == alone.word.tolist()
        assert together.log[mine].tolist() == alone.log.tolist()


@pytest.mark.parametrize(("case", "written"), [(Case.LOWER, "ủy"), (Case.TITLE, "Ủy"), (Case.UPPER, "ỦY")])
def test_case(case: Case, written: str) -> None:
    assert case.apply("ủy") == written


def test_ranges() -> None:
    group, place = ranges(np.array([2, 0, 3]))
    assert group.tolist() == [0, 0, 2, 2, 2]
    assert place.tolist() == [0, 1, 0, 1, 2]
