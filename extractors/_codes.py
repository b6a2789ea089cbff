"""Symbols of codes as they are spelt: "QD-UBND" is "QĐ-UBND", "TTR-SYT" is "TTr-SYT"; what is no symbol is refused."""

from __future__ import annotations

import re
from functools import cache

from extractors import _tables
from schemas.text import fold

_ORGANS = ("UBND", "HĐND", "ĐU", "TU", "TW", "CP", "TTg", "BCĐ", "ĐUK", "BTV", "VPTU", "UBMTTQ", "MTTQ", "BCĐTW")


@cache
def _spelt() -> dict[str, str]:
    """Folded abbreviation -> how it is spelt, where only one is spelt so."""
    found: dict[str, set[str]] = {}
    for word in (*_tables.type_abbreviations(), *_ORGANS, "CV"):
        found.setdefault(fold(word), set()).add(word)
    found["ctr"] = {"CTr"}
    return {folded: next(iter(words)) for folded, words in found.items() if len(words) == 1}


def symbol(printed: str) -> str:
    """The symbol without blanks, its known parts spelt right. ValueError where the parts are no abbreviations."""
    tight = re.sub(r"\s+", "", printed).replace("–", "-").replace("Ð", "Đ").replace("ð", "đ").strip("-/.,")
    parts = re.split(r"([-/&.])", tight)
    for index in range(0, len(parts), 2):
        part = parts[index]
        known = _spelt().get(fold(part)) or _spelt().get(re.sub(r"(.)\1", r"\1", fold(part)))
        capitals = sum(c.isupper() or c.isdigit() for c in part)
        if known is None and (not part or capitals < max(1, 0.6 * len(part))):
            raise ValueError(f"no symbol: {printed!r}")
        parts[index] = known or part
    if len(parts) < 3:
        raise ValueError(f"no symbol: {printed!r}")
    return "".join(parts)
