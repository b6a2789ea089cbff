"""The layer's readings of words, matched by their boxes."""

from __future__ import annotations

from ingest.rows import Token
from ingest.witness import other_readings
from schemas.text import Span, Word

WORDS = (Word(Span(0, 4), (10.0, 10.0, 40.0, 20.0)), Word(Span(5, 8), (50.0, 10.0, 70.0, 20.0)))


def test_words_meet_the_tokens_at_their_place() -> None:
    tokens = [
        Token("vu", (51.0, 10.5, 71.0, 20.5)),
        Token("hgc", (10.0, 9.0, 41.0, 20.0)),
        Token("x", (300, 300, 310, 310)),
    ]
    assert other_readings(WORDS, tokens) == ((Span(0, 4), "hgc"), (Span(5, 8), "vu"))


def test_a_token_elsewhere_is_no_witness() -> None:
    assert other_readings(WORDS, [Token("x", (10.0, 30.0, 40.0, 40.0))]) == ()
    assert other_readings(WORDS, []) == other_readings((), [Token("x", (0.0, 0.0, 1.0, 1.0))]) == ()
