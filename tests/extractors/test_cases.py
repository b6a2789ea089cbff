"""Whole documents in small: what each field gives for them. ``cases/<field>.txt``: title / . / text / . / JSON / .

In the texts "‹" and "›" at the head of a line set it into the left and the right column, "␌" alone on a line ends a
page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extractors
from schemas.record import Evidence, Record
from tests.extractors.documents import cases, document, plain

CASES = Path(__file__).parent / "cases"


ALL = [(path.stem, *case) for path in sorted(CASES.glob("*.txt")) for case in cases(path)]


@pytest.mark.parametrize(("field", "title", "text", "expected"), ALL, ids=[f"{c[0]}: {c[1]}" for c in ALL])
def test_case(field: str, title: str, text: str, expected: Any) -> None:
    given = document(text)
    record = extractors.extract(given)
    names = list(expected) if field == "head" else [field]
    found = {name: plain(record, name) for name in names}
    assert found == (expected if field == "head" else {field: expected}), title
    for evidence in every_evidence(record):
        page = given.pages[evidence.page - 1].page
        assert page.text[evidence.start : evidence.end] == evidence.raw != ""


def every_evidence(record: Record) -> Iterator[Evidence]:
    """All evidence of a record."""

    def walk(value: Any) -> Iterator[Evidence]:
        if isinstance(value, Evidence):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from walk(item)
        elif hasattr(value, "model_fields_set"):
            for _, item in value:
                yield from walk(item)

    yield from walk(record)


def test_there_are_cases_for_each_of_the_head() -> None:
    assert {c[0] for c in ALL} >= {"head", "recipients", "signer"}
    assert len(ALL) >= 12
