"""Text of documents made harmless for the programs that open an export."""

from __future__ import annotations

import re
import unicodedata

Cell = str | int | float | None

LONGEST = 32_767
"""Characters that a cell of a workbook can hold (Excel's specification)."""

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # full-width ones too: Excel takes them for the others


def visible(text: str) -> str:
    """NFC, with control and direction characters written as ``\\u202e``: what is seen is what stands there."""
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", unicodedata.normalize("NFC", text))


def disarmed(text: str) -> str:
    """``visible`` text for a CSV file: an apostrophe before what a spreadsheet would take for a formula.

    A tab or a carriage return at the beginning, which some programs skip, is written as ``\\u0009``, ``\\u000d``.
    Source: OWASP, "CSV Injection".
    """
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


def fitting(text: str) -> str:
    """``visible`` text cut to what a cell of a workbook holds; an ellipsis at the end says so."""
    shown = visible(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def xml_text(text: str) -> str:
    """NFC text without the characters that XML forbids and without direction characters."""
    return " ".join(_HIDDEN.sub(" ", unicodedata.normalize("NFC", text)).split())
