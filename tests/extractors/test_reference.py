"""Head, recipients and signer of the reference documents, from their right text (and 002 as it is)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractors
from tests.extractors.documents import document

FIELDS = ("doc_type", "code", "issuer", "issuer_parent", "place", "date", "title", "recipients", "signer")


@pytest.mark.parametrize("name", ["000", "001", "002", "004-part"])
def test_head_recipients_and_signer(reference: Path, name: str) -> None:
    clean = reference / "gold" / f"{name}.clean.txt"
    path = clean if clean.exists() else reference / "seeds" / f"{name}.txt"
    gold = json.loads((reference / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    record = extractors.extract(document(path.read_text(encoding="utf-8"))).plain()
    assert {field: record[field] for field in FIELDS} == {field: gold[field] for field in FIELDS}
