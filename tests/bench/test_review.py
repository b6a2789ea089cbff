from __future__ import annotations

import numpy as np
import pytest

from audit.review import Features
from bench.review import FREE, Case, calibration, curve, fit, held_out, probability


def case(number: int, doubt: float, wrong: bool | None) -> Case:
    """A value of one of five documents, each in two forms; of it nothing is known but its doubt."""
    form = ("scan", "text")[number % 2]
    return Case(f"{form}/{number % 5}.pdf", Features(doubt, 0.1 * (number % 3), number % 2, 1.0, 0.0, 0.0), wrong)


CASES = [case(number, doubt := (number * 7) % 20 / 5 - 2, doubt > 1) for number in range(200)]


def test_all_errors_are_found_where_they_come_first() -> None:
    wrong = np.array([bool(each.wrong) for each in CASES], float)
    assert curve(CASES, wrong) == pytest.approx([10 / wrong.sum(), 20 / wrong.sum(), 1, 1])
    assert curve(CASES, 1 - wrong) == [0, 0, 0, 0]


def test_what_the_gold_does_not_say_has_to_be_looked_at_and_is_no_error() -> None:
    known = [case(0, 0, None), case(1, 0, True), case(2, 0, False), case(3, 0, False)]
    assert curve(known, np.array([0.9, 0.5, 0.1, 0.1])) == [0, 0, 0, 1]
    assert sum(count for _, count, _, _ in calibration(known, np.array([0.9, 0.5, 0.1, 0.1]))) == 3


def test_doubt_raises_the_probability_and_nothing_lowers_it() -> None:
    model = fit(CASES)
    assert model.weights.doubt > 0
    assert min(weight for name, weight in model.weights._asdict().items() if name not in FREE) >= 0
    assert probability(case(0, 2, None), model) > 0.5 > probability(case(0, -2, None), model)
    assert sum(probability(each, model) for each in CASES) == pytest.approx(
        sum(bool(each.wrong) for each in CASES), rel=0.01
    )


def test_a_document_is_judged_by_a_model_that_has_not_seen_it_in_any_form() -> None:
    mine = [each._replace(wrong=not each.wrong) if each.document == "0" else each for each in CASES]
    unseen = [index for index, each in enumerate(CASES) if each.document == "0"]
    assert len({CASES[index].file for index in unseen}) == 2
    assert held_out(mine)[unseen] == pytest.approx(held_out(CASES)[unseen])
