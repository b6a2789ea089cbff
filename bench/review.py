"""Fits and tests the model of ``audit.review``: which values of a run are wrong.

The model is fitted on the gold of the samples. Each document is judged by a model that has seen neither it nor the same
document in another form; documents of the reference set by one that has seen all samples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from audit.review import WEIGHTS, Features, Model, featured
from audit.verdicts import Judge, Judges
from pipeline import Processed
from schemas.record import PLAIN_FIELDS

RIDGE = 10.0
"""The weight of the squared weights of features that are scaled to a deviation of 1."""
FREE = ("pictured",)
SHARES = (0.05, 0.10, 0.25, 0.50)
"""Shares of all values at which the curve is told."""
BINS = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Probabilities between which the errors that were foretold are set against those there are."""

Floats = NDArray[np.float64]


class Case(NamedTuple):
    """A value of a document: what is known of it, and whether it is wrong (None where the gold does not say)."""

    file: str
    features: Features
    wrong: bool | None

    @property
    def document(self) -> str:
        """The document in whatever form."""
        return PurePosixPath(self.file).name.partition(".")[0]


def cases(done: dict[str, Processed], gold: Path) -> list[Case]:
    """The values of the fields that gold has, of each document that has gold."""
    judges = Judges(gold)
    return [case for file, processed in done.items() for case in _cases(file, processed, judges)]


def _cases(file: str, processed: Processed, judges: Judges) -> Iterator[Case]:
    record = processed.records[0]
    gold = judges.gold(f"records/{file}.json")
    if gold is None:
        return
    judge = Judge(record, gold)
    for value, features in featured(record, processed.pages):
        if value.field.partition(".")[0] in PLAIN_FIELDS:
            yield Case(file, features, judge.is_wrong(value))


def fit(known: Sequence[Case]) -> Model:
    """Logistic regression with a ridge. What speaks for an error never speaks against one, so no weight is below 0 but
    that of ``FREE``.
    """
    judged = [case for case in known if case.wrong is not None]
    features = np.array([case.features for case in judged])
    wrong = np.array([bool(case.wrong) for case in judged], float)
    mean, scale = features.mean(0), features.std(0) + 1e-9
    table = np.c_[np.ones(len(judged)), (features - mean) / scale]
    ridge = np.array([0.0] + [RIDGE] * len(mean))

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = table @ weights
        value = np.sum(np.logaddexp(0, odds) - wrong * odds) + np.sum(ridge * weights**2) / 2
        return float(value), table.T @ (1 / (1 + np.exp(-odds)) - wrong) + ridge * weights

    bounds = [(None, None), *((None if name in FREE else 0, None) for name in Features._fields)]
    weights = minimize(loss, np.zeros(len(ridge)), jac=True, bounds=bounds, method="L-BFGS-B").x
    slopes = weights[1:] / scale
    return Model(float(weights[0] - slopes @ mean), Features(*map(float, slopes)), Features(*map(float, mean)))


def save(model: Model) -> None:
    """Write the weights that the product uses, rounded to four digits."""
    rounded = {
        "bias": round(model.bias, 4),
        "weights": {name: round(value, 4) for name, value in model.weights._asdict().items()},
        "mean": {name: round(value, 4) for name, value in model.mean._asdict().items()},
    }
    WEIGHTS.write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")


def held_out(known: Sequence[Case]) -> Floats:
    """The probability of each case by a model that has not seen its document, in the order of the cases."""
    found = np.zeros(len(known))
    for document in {case.document for case in known}:
        model = fit([case for case in known if case.document != document])
        for index, case in enumerate(known):
            if case.document == document:
                found[index] = probability(case, model)
    return found


def probability(case: Case, model: Model) -> float:
    """The probability that a case is wrong."""
    odds = model.bias + float(np.dot(model.weights, case.features))
    return float(1 / (1 + np.exp(-odds)))


def curve(known: Sequence[Case], risk: Floats) -> list[float]:
    """The share of all errors among the riskiest values, for each of ``SHARES``; ties count in the order given."""
    wrong = np.array([bool(case.wrong) for case in known], float)[np.argsort(-risk, kind="stable")]
    found = np.cumsum(wrong) / max(1.0, wrong.sum())
    return [float(found[max(0, round(share * len(wrong)) - 1)]) for share in SHARES]


def calibration(known: Sequence[Case], risk: Floats) -> Iterator[tuple[str, int, float, int]]:
    """For each span of ``BINS``: judged values, errors foretold, errors there are."""
    wrong = np.array([bool(case.wrong) for case in known])
    judged = np.array([case.wrong is not None for case in known])
    for low, high in pairwise(BINS):
        within = judged & (risk >= low) & (risk < high)
        yield f"{low:g} to {high:g}", int(within.sum()), float(risk[within].sum()), int(wrong[within].sum())
