"""How much of a text's Vietnamese is right."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from audit.alike import canonical

_EDGES = ".,;:!?()[]{}\"'“”-*_/|<>~^=+\\•·"


def syllables(text: str) -> list[str]:
    """The words between blanks without the punctuation at their edges."""
    return [word for word in (token.strip(_EDGES) for token in canonical(text).split()) if word]


def syllable_accuracy(text: str, reference: str) -> float:
    """1 less the syllable error rate of ``text``: case and marks count, line breaks do not.

    Below 0 where much was invented.
    """
    wanted = syllables(reference)
    return 1 - Levenshtein.distance(syllables(text), wanted) / max(1, len(wanted))
