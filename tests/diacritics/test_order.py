"""A document's repair does not depend on the documents that the same process has repaired before it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import diacritics
from ingest.text import pages_of_text
from schemas.text import Document

CASES = Path(__file__).parent / "cases"
LINES = [
    case["original"]
    for path in sorted(CASES.glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
    if case.get("page", "garbled") == "garbled"
]


def test_what_was_repaired_before_changes_nothing(document: Callable[..., Document]) -> None:
    chance = random.Random(5)
    documents = [document(*pages_of_text("\n".join(chance.sample(LINES, 12)).encode())) for _ in range(14)]
    alone = [diacritics.repair(one, diacritics.load()).pages for one in documents]
    order = list(range(len(documents)))
    for _ in range(4):
        model = diacritics.load()
        chance.shuffle(order)
        found = {index: diacritics.repair(documents[index], model).pages for index in order}
        assert [index for index in order if found[index] != alone[index]] == []
