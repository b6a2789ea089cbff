"""Documents of many kinds of offices, written before the rules were read: every field as a reader would give it.

``kinds/*.txt``: title / . / text / . / gold as JSON / ., texts as in ``cases``. Fields that a record has and a gold has
not (addressee, marks, the symbol) are compared as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import extractors
from audit.fields import measure
from schemas.gold import Gold
from tests.extractors.documents import cases, document, plain

ALL = [(path.stem, *case) for path in sorted(Path(__file__).with_name("kinds").glob("*.txt")) for case in cases(path)]
BESIDE = ("addressee", "urgency", "secrecy", "symbol")


@pytest.mark.parametrize(("title", "text", "wanted"), [c[1:] for c in ALL], ids=[f"{c[0]}: {c[1]}" for c in ALL])
def test_every_field_is_right(title: str, text: str, wanted: dict[str, Any]) -> None:
    records = extractors.extract_all(document(text))
    assert len(records) == 1
    gold = Gold.model_validate({name: value for name, value in wanted.items() if name not in BESIDE})
    scores = measure(Gold.model_validate(records[0].plain()), gold)
    assert {name: score for name, score in scores.items() if score < 1} == {}, title
    beside = {name: value for name, value in wanted.items() if name in BESIDE}
    assert {name: plain(records[0], name) for name in beside} == beside


def test_the_kinds_are_many() -> None:
    assert len({wanted["doc_type"] for _, _, _, wanted in ALL}) >= 12
    assert len(ALL) >= 28
