"""The whole pipeline on whole documents: every value proves itself, and no field scores below its floor."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import diacritics
from audit import Scores, syllable_accuracy
from bench.reading import GOLD, ROOT, SAMPLES, inputs, read, scored, stored_tools
from pipeline import Processed, Tools
from schemas.record import Evidence

pytestmark = pytest.mark.xdist_group("gold")  # one worker reads all documents, once

FLOORS: dict[str, Any] = tomllib.loads((ROOT / "tests/floors.toml").read_text("utf-8"))
SEEDS = FLOORS["seeds"]


@cache
def tools() -> Tools:
    return stored_tools(diacritics.load())


@cache
def samples() -> dict[str, Processed]:
    return read(inputs(SAMPLES), tools())


@cache
def sample_scores() -> Scores:
    return scored(samples(), GOLD)


@cache
def seeds(folder: Path) -> dict[str, Processed]:
    return read(inputs(folder / "seeds"), tools())


@cache
def seed_scores(folder: Path) -> dict[str, float]:
    return {document.record: document.macro for document in scored(seeds(folder), folder / "gold").documents}


def evidence(value: object) -> Iterator[Evidence]:
    """Every piece of evidence inside a value."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, BaseModel):
        for _, part in value:
            yield from evidence(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from evidence(part)


def broken(document: Processed) -> list[Evidence]:
    """The evidence that does not stand where it says."""
    pages = {page.page.number: page.page.text for page in document.text.pages}
    found = [piece for record in document.records for piece in evidence(record)]
    assert found
    return [piece for piece in found if not piece.rule or pages[piece.page][piece.start : piece.end] != piece.raw]


@pytest.mark.parametrize("file", [item.file for item in inputs(SAMPLES)])
def test_each_value_of_a_sample_stands_where_its_evidence_says(file: str) -> None:
    assert broken(samples()[file]) == []


def test_each_sample_is_scored() -> None:
    scores = sample_scores()
    assert len(scores.documents) == len(samples()) >= 8
    assert scores.records_without_gold == scores.gold_without_record == ()


def test_each_scored_field_has_a_floor() -> None:
    assert sample_scores().fields.keys() == FLOORS["fields"].keys()


@pytest.mark.parametrize("field", FLOORS["fields"])
def test_field_is_above_its_floor(field: str) -> None:
    assert sample_scores().fields[field] >= FLOORS["fields"][field]


def test_each_sample_is_above_the_floor_of_documents() -> None:
    worst = {d.record: d.macro for d in sample_scores().documents if d.macro < FLOORS["documents"]["macro"]}
    assert worst == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_each_value_of_a_seed_stands_where_its_evidence_says(reference: Path, seed: str) -> None:
    assert broken(seeds(reference)[f"{seed}.txt"]) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_record_of_a_seed_is_above_its_floor(reference: Path, seed: str) -> None:
    assert seed_scores(reference)[f"{seed}.txt.json"] >= SEEDS[seed]["macro"]


@pytest.mark.parametrize("seed", SEEDS)
def test_repair_of_a_seed_is_above_its_floor(reference: Path, seed: str) -> None:
    clean = reference / "gold" / f"{seed}.clean.txt"
    wanted = (clean if clean.exists() else reference / "seeds" / f"{seed}.txt").read_text("utf-8")
    repaired = "\n".join(page.text for page in seeds(reference)[f"{seed}.txt"].text.pages)
    assert syllable_accuracy(repaired, wanted) >= SEEDS[seed]["syllables"]
