"""Nơi nhận: who gets a copy, one per printed line; the archive line ("Lưu: VT, VX") as it is printed."""

from __future__ import annotations

import re

from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, first, reader, reads
from extractors._values import clean
from schemas.record import Cited

_COPY = r"[(\[](?:de |b ?[/(.]? ?c|bao cao|thay |p ?/ ?h|phoi hop|t ?/ ?h|thuc hien|c ?/ ?d|chi dao)[^()]{0,18}[)}\]]"

RULES = (
    Rule(
        "recipients.line",
        rf"^\W*(?P<name>\w.*?)\s*(?:{_COPY})?[\s.;,:]*$",
        reads="- Thường trực HĐND xã (b/c);",
        gives="Thường trực HĐND xã",
        refuses="- ;",
        zones=(Zone.RECIPIENTS,),
    ),
)
_HEAD = re.compile(r"\W*\w{0,2}oi ?nhan\b[^:;]{0,20}:?\W*")


def value(hit: Hit) -> str:
    """The name without dash, final punctuation and "(b/c)"."""
    name = clean(hit.printed("name")).rstrip(" .;,:-")
    if len(name) < 2 or _HEAD.fullmatch(hit.view.folded):
        raise ValueError("no recipient")
    return name


read = reader(value)


def extract(layout: Layout) -> Found[tuple[Cited[str], ...]]:
    """The lines under "Nơi nhận"; continuation lines are already joined."""
    found = []
    for view in layout.views(Zone.RECIPIENTS):
        hit = first(RULES, (view,), reads(value))
        cited = hit.cited(value(hit), "name") if hit else None
        if cited is not None:
            found.append(cited)
    return Found(tuple(found))
