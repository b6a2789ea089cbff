"""Debris and what it means: ``cases/{wild,synthetic,untouched,known-failures}.json``.

A case is ``{label, comment, original, fixed}``; ``page`` says what the page is: "garbled" (where nothing else is said),
"good", or "ocr" (read by a Vietnamese OCR). ``known-failures`` must fail: move a case that no longer does to its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.text import pages_of_text
from schemas.text import Text

CASES = Path(__file__).parent / "cases"
PAGES = {"garbled": ("garbled", "text-file"), "good": ("good", "text-file"), "ocr": ("good", "ocr")}
CARRIERS = (
    ("Thue hién {} trén dia ban xa nim 2025", "Thực hiện {} trên địa bàn xã năm 2025"),
    ("Can cir {} ctia Uy ban nhan dan tinh", "Căn cứ {} của Ủy ban nhân dân tỉnh"),
)
LEAST = {"wild": 25, "synthetic": 25, "untouched": 60, "known-failures": 0}
Mend = Callable[..., Text]


def load(name: str) -> list[dict[str, str]]:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))  # type: ignore[no-any-return]


def parameters(*names: str) -> Iterator[object]:
    for name in names:
        mark = [pytest.mark.xfail(reason="a known failure")] if name == "known-failures" else []
        yield from (pytest.param(case, id=f"{name}: {case['label']}", marks=mark) for case in load(name))


def test_there_are_cases_and_each_says_what_it_is() -> None:
    for name, least in LEAST.items():
        cases = load(name)
        assert len(cases) >= least
        assert len({(case["label"], case.get("page")) for case in cases}) == len(cases)
        assert all(case["label"] and case["comment"] and case["original"] and case["fixed"] for case in cases)
    assert all(case["original"] != case["fixed"] for case in (*load("wild"), *load("synthetic")))
    assert all(case["original"] == case["fixed"] for case in load("untouched"))


@pytest.mark.parametrize("case", [*parameters("wild", "synthetic", "known-failures")])
def test_debris_is_mended(case: dict[str, str], mend: Mend) -> None:
    assert mend(case["original"], *PAGES[case.get("page", "garbled")]).pages[0].text == case["fixed"]


@pytest.mark.parametrize("case", [c for c in parameters("untouched") if c.values[0].get("page")])  # type: ignore[attr-defined]
def test_what_is_right_stays(case: dict[str, str], mend: Mend) -> None:
    (judged,) = pages_of_text(case["original"].encode())
    assert judged.source.quality == "good"
    assert mend(case["original"], *PAGES[case["page"]]).pages[0].text == case["fixed"]


@pytest.mark.parametrize("case", [c for c in parameters("untouched") if not c.values[0].get("page")])  # type: ignore[attr-defined]
def test_what_is_no_vietnamese_word_stays_amid_debris(case: dict[str, str], mend: Mend) -> None:
    for mangled, _ in CARRIERS:
        assert case["fixed"] in mend(mangled.format(case["original"])).pages[0].text


def test_the_sentences_around_it_are_debris(mend: Mend) -> None:
    for mangled, right in CARRIERS:
        assert mend(mangled.format("25")).pages[0].text == right.format("25")
