"""Repair of Vietnamese that a foreign OCR has mangled: a noisy channel under a trigram language model."""

from diacritics.model import Model, load
from diacritics.repair import repair

__all__ = ["Model", "load", "repair"]
