"""Cơ quan ban hành: the issuing body, written out in full: "Ủy ban nhân dân xã Tịnh Khê"."""

from __future__ import annotations

from extractors import _issuing
from extractors._layout import Layout
from extractors._rules import Found, reader
from schemas.record import Cited

RULES = _issuing.RULES
read = reader(_issuing.value)


def extract(layout: Layout) -> Found[Cited[str] | None]:
    """The last body of the letterhead; without one, the body that acts in the text."""
    return Found(_issuing.issuer(layout))
