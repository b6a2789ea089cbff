"""How good a run is, and what changed: records against gold, texts against a reference, a run against another."""

from audit.score import DocumentScores, Scores, score
from audit.syllables import syllable_accuracy

__all__ = ["DocumentScores", "Scores", "score", "syllable_accuracy"]
