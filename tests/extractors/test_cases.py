"""Whole documents in small: what each field gives for them. ``cases/<field>.txt``: title / . / text / . / JSON / .

In the texts "‹" and "›" at the head of a line set it into the left and the right column, "␌" alone on a line ends a
page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extractors
from schemas.record import Evidence, Record
from tests.extractors.documents import document

CASES = Path(__file__).parent / "cases"


def cases() -> Iterator[tuple[str, str, str, Any]]:
    """Field, title, text and what is expected of every file."""
    for path in sorted(CASES.glob("*.txt")):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        assert len(parts) % 3 == 1 and not parts[-1].strip(), f"{path.name}: a case is title, text and JSON"
        for at in range(0, len(parts) - 1, 3):
            title, text, expected = parts[at : at + 3]
            yield path.stem, title.strip(), text.replace("\n␌\n", "\f"), json.loads(expected)


ALL = list(cases())


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


def plain(record: Record, name: str) -> Any:
    """The plain value of a field; of notes their fields and kinds."""
    if name == "notes":
        return [f"{note.field} {note.kind}" for note in record.notes]
    if name in ("number", "symbol", "urgency", "secrecy"):
        value = getattr(record, name)
        return value.value if value is not None else None
    if name == "addressee":
        return [cited.value for cited in record.addressee]
    return record.plain()[name]


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
