"""What of a reading is noise."""

from __future__ import annotations

import pytest

from ingest.ocr import OcrWord
from ingest.sureness import is_noise


@pytest.mark.parametrize(
    ("text", "confidence", "expected"),
    [
        ("", 0.9, True),
        ("‹", 0.88, True),
        ("ˆ", 0.74, True),
        ("|", 0.9, True),
        ("-", 0.9, False),
        ("-", 0.3, True),
        ("»", 0.9, False),
        ("a", 0.1, False),
        ("ˆa", 0.9, False),
    ],
)
def test_signs_that_no_office_writes_are_noise(text: str, confidence: float, expected: bool) -> None:
    assert is_noise(OcrWord(text, (0, 0, 40, 40), confidence, (0, 0, 0)), text) is expected
