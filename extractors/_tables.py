"""Reads ``tables/*.tsv``, once each. Every table is sorted, with a head row; the last column is a witness: where the word stands so.

``units.tsv`` is made from the official list of administrative units by ``scripts/make_units.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from schemas.text import fold

_TABLES = Path(__file__).parent / "tables"


def read(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``tables/<name>.tsv`` without the head row."""
    lines = (_TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(tuple(line.split("\t")) for line in lines if line.strip())


@cache
def doc_types() -> dict[str, str]:
    """Folded name of each kind of document -> its name ("ke hoach" -> "kế hoạch")."""
    return {fold(row[0]): row[0] for row in read("doc_types")}


@cache
def type_abbreviations() -> dict[str, str]:
    """Abbreviation in a code -> kind of document ("KH" -> "kế hoạch"). "TT" is a circular, in a party code a thông tri."""
    return {abbreviation: row[0] for row in read("doc_types") for abbreviation in row[1].split(",") if abbreviation}


@cache
def positions() -> frozenset[str]:
    """Folded names of the positions that sign."""
    return frozenset(fold(row[0]) for row in read("positions"))
