"""Repair of the reference documents: floors, and digits that are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import diacritics
from audit import syllable_accuracy
from bench.marks import kept_numbers
from diacritics import Model
from ingest.text import pages_of_text
from schemas.text import Document, Text

FLOORS = {"000": 0.975, "001": 0.975, "004-part": 0.92}
MangledSeed = Callable[[str], Text]


@pytest.fixture(scope="module")
def seed(reference: Path, model: Model, document: Callable[..., Document]) -> MangledSeed:
    @cache
    def repaired(name: str) -> Text:
        return diacritics.repair(document(*pages_of_text((reference / f"seeds/{name}.txt").read_bytes())), model)

    return repaired


def text_of(repaired: Text) -> str:
    return "\f".join(page.text for page in repaired.pages)


@pytest.mark.parametrize("name", FLOORS)
def test_accuracy_is_above_its_floor(name: str, seed: MangledSeed, reference: Path) -> None:
    clean = (reference / f"gold/{name}.clean.txt").read_text("utf-8")
    assert syllable_accuracy(text_of(seed(name)), clean) >= FLOORS[name]


@pytest.mark.parametrize("name", FLOORS)
def test_digits_that_are_right_are_kept(name: str, seed: MangledSeed, reference: Path) -> None:
    clean, raw = (reference / f"gold/{name}.clean.txt").read_text("utf-8"), text_of_raw(seed(name))
    right, kept = kept_numbers(raw, text_of(seed(name)), clean)
    assert right > 20
    assert kept == right


def text_of_raw(repaired: Text) -> str:
    return "\f".join(page.page.text for page in repaired.pages)


def test_a_right_text_does_not_change(seed: MangledSeed) -> None:
    assert [page.edits for page in seed("002").pages if page.edits] == []
