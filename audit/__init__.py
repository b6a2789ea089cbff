"""How good a run is: records against gold, texts against a reference."""

from audit.score import DocumentScores, Scores, score
from audit.syllables import syllable_accuracy

__all__ = ["DocumentScores", "Scores", "score", "syllable_accuracy"]
