from __future__ import annotations

import json
import math
from typing import Any

import pytest

from audit.review import LEAST, WEIGHTS, Features, featured, load_model, risks, worst
from audit.terminal import risks_table
from schemas.record import Record
from schemas.run import PagesFile
from tests.audit.records import PLAN, Plain, edited


def pages(*, doubts: list[Plain] | None = None, words: list[Plain] | None = None) -> PagesFile:
    """The one page of the plan."""
    source = {"number": 1, "text_from": "ocr", "quality": "none"}
    page: dict[str, Any] = {"source": source, "width": 600, "height": 800, "text": "", "repaired": "", "edits": []}
    page |= {"doubts": doubts, "words": words or [], "lines": []}
    return PagesFile.model_validate({"file": "plan.pdf", "sha256": "5", "pages": [page]})


def of(path: str, record: Record, read: PagesFile) -> Features:
    return next(features for value, features in featured(record, read) if value.path == path)


def spot(path: str) -> tuple[int, int]:
    """Where a scalar of the plan stands."""
    piece = PLAN[path]["evidence"][0]
    return piece["start"], piece["end"]


def test_all_values_that_a_reader_can_check_are_ranked() -> None:
    found = risks(edited(), pages())
    assert {risk.value.field.partition(".")[0] for risk in found} == set(PLAN) - {
        "agencies",
        "notes",
        "source",
        "trace",
    }
    assert all(0 < risk.probability < 1 for risk in found)
    assert [risk.probability for risk in found] == sorted((risk.probability for risk in found), reverse=True)


def test_doubts_of_all_words_add_up() -> None:
    start, end = spot("title")
    doubts = [
        {"raw": [start, start + 5], "posterior": 0.5, "runner_up": ""},
        {"raw": [end - 4, end], "posterior": 0.8, "runner_up": ""},
        {"raw": [end, end + 4], "posterior": 0.1, "runner_up": ""},
    ]
    doubt = of("title", edited(), pages(doubts=doubts)).doubt
    assert 1 / (1 + math.exp(-doubt)) == pytest.approx(1 - 0.5 * 0.8)
    assert 1 / (1 + math.exp(-of("code", edited(), pages(doubts=doubts)).doubt)) == pytest.approx(LEAST)


def test_the_worst_word_of_the_ocr_counts() -> None:
    start, end = spot("code")
    words = [
        {"span": [start - 9, start - 1], "box": [0, 0, 1, 1], "confidence": 0.1},
        {"span": [start, start + 3], "box": [0, 0, 1, 1], "confidence": 0.9},
        {"span": [start + 4, end], "box": [0, 0, 1, 1], "confidence": 0.6},
    ]
    found = of("code", edited(), pages(words=words))
    assert (round(found.ocr, 3), found.pictured) == (0.4, 1)
    assert of("code", edited(), pages()).pictured == 0


@pytest.mark.parametrize(
    ("text", "odd"),
    [("Trồng cây năm 2026", 0), ("Trồng cây tHet UBND", 1), ("Trồng! cây ; 18,5 ha", 0), ("kyf sỗx", 2)],
)
def test_words_that_are_no_syllables_are_odd(text: str, odd: int) -> None:
    assert of("title", edited(("title.value", text)), pages()).odd == pytest.approx(math.log1p(odd))


def test_a_note_counts_where_it_stands_and_for_its_field() -> None:
    assert of("date", edited(), pages()).note == 1  # the plan's note
    assert of("place", edited(), pages()).note == 0  # of the same line, of another field


def test_each_sign_of_an_error_raises_the_risk() -> None:
    weights = load_model().weights._asdict()
    assert min(weight for name, weight in weights.items() if name != "pictured") >= 0
    assert weights["doubt"] > 0
    assert weights["ocr"] > 0
    assert weights["note"] > 0


def test_the_worst_of_many_documents_come_first_with_reasons() -> None:
    start, end = spot("title")
    doubtful = pages(doubts=[{"raw": [start, end], "posterior": 0.3, "runner_up": ""}])
    found = worst([("calm.pdf", edited(), pages()), ("doubtful.pdf", edited(), doubtful)], 3)
    assert len(found) == 3
    file, risk = found[0]
    assert (file, risk.value.path, risk.reasons[0]) == ("doubtful.pdf", "title", "doubt")
    assert risks_table(found).row_count == 3


def test_the_model_can_be_read_by_people() -> None:
    assert set(json.loads(WEIGHTS.read_text("utf-8"))["weights"]) == set(Features._fields)
