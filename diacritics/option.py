"""A reading of an atom, and the scores that no count gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Weights:
    """Scores in nats that no count gives: tuned on held-out drawn pages, see ``bench``."""

    channel: float = 1.1
    word: float = 0.0
    leave: float = 10.0
    leave_letter: float = 0.6
    footnote: float = 5.0
    digits: float = 6.0
    merge: float = 8.0
    merge_glued: float = 0.5
    split: float = 5.0
    surname: float = 3.0
    witness: float = 0.3
    unheard: float = 9.0
    again: float = 1.0
    unseen: float = 10.0
    offered: float = 2.0
    surprise: float = 6.0
    legal: float = 6.0
    other_case: float = 4.0
    case: float = 1.0
    other_digits: float = 1.0
    doubtful: float = -1.5
    kept: int = 24
    within: float = 6.0
    margin: float = 8.0


class Option(NamedTuple):
    """A reading of ``atoms`` neighbouring atoms: language-model words, score, printed text, and the reason."""

    words: tuple[int, ...]
    score: float
    text: str
    why: str
    meant: str = ""
    seen: str = ""
