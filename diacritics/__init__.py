"""Repair of Vietnamese that a foreign OCR has mangled: a noisy channel under a trigram language model."""

from diacritics.doubtful import doubtful
from diacritics.model import Model, load
from diacritics.repair import repair
from diacritics.style import Learnt, StyleError, learn_style, styled, write_style

__all__ = ["Learnt", "Model", "StyleError", "doubtful", "learn_style", "load", "repair", "styled", "write_style"]
