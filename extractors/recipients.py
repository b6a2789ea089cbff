"""Nơi nhận: who gets a copy, one per printed line; the archive line ("Lưu: VT, VX") as it is printed."""

from __future__ import annotations

import re

from extractors._layout import Layout, Zone
from extractors._rules import Found, Hit, Rule, View, first, reader, reads
from extractors._values import clean
from schemas.record import Cited
from schemas.syllable import is_syllable
from schemas.text import Span

RULES = (
    Rule(
        "recipients.line",
        r"^\W*(?P<name>\w.*)$",
        reads="- Thường trực HĐND xã (b/c);",
        gives="Thường trực HĐND xã",
        refuses=("- ;", "tình;"),
        zones=(Zone.RECIPIENTS,),
    ),
)
_COPY = re.compile(
    r"\s*[(\[{]\s*(?:(?:để|đề|đê|thay|báo|phối|thực|chỉ|kiểm)\b[^()]{0,18}"
    r"|[bđtpBĐTP] ?\W? ?\w?\W?\w?|[bđ]\w?/cáo|[bB]/ ?\w{1,5})\s*[)\]}][\s.;,:]*$"
)
"""What the copy is for: "(b/c)", "(để báo cáo)", also misread: "(b/€)", "(đề bíc}"."""
_HEAD = re.compile(r"\W*\w{0,2}oi ?nhan\b[^:;]{0,20}:?\W*")
_STOP = re.compile(r"[;.)](?=\W)")
_ODD = re.compile(r" ?\S*[¿€|\\{}~<>=“‘].*$")
_SIGNS = frozenset("¿€|\\{}~<>=“‘")
_EDGE = " .,;:-–—(["


def value(hit: Hit) -> str:
    """The name without dash, final punctuation, "(b/c)" and the debris of stamps behind it."""
    return clean(hit.view.text[slice(*_span(hit))])


def _span(hit: Hit) -> Span:
    start, _ = hit.span("name")
    if _HEAD.fullmatch(hit.view.folded):
        raise ValueError("the head of the list")
    name = _COPY.sub("", _without_noise(hit.view.text[start:])).rstrip(_EDGE)
    if len(name) < 2 or (" " not in name and name.islower()):
        raise ValueError("no recipient")
    return Span(start, start + len(name))


def _without_noise(line: str) -> str:
    """A line up to the stop after which no second name follows."""
    for stop in _STOP.finditer(line):
        if stop[0] != ")" and not _names(line[stop.end() :]):
            line = line[: stop.end()]
            break
    odd = None if _SIGNS.isdisjoint(line) or _COPY.search(line) else _ODD.search(line)
    return line[: odd.start()] if odd else line


def _names(rest: str) -> bool:
    """Whether words follow of which a name can be made: the first with a capital, two of them legible."""
    words = [word.strip(".,;:()") for word in rest.split()]
    legible = [w for w in words if len(w) > 1 and (is_syllable(w) or (w.isalpha() and w.isupper()))]
    return len(legible) > 1 and rest.lstrip()[:1].isupper()


read = reader(value)


def extract(layout: Layout) -> Found[tuple[Cited[str], ...]]:
    """The lines under "Nơi nhận"; continuation lines are already joined."""
    found: list[Cited[str]] = []
    for view in _listed(layout):
        hit = first(RULES, (view,), reads(value))
        proof = view.cite(_span(hit), hit.rule.name) if hit else ()
        if hit is not None and proof:
            found.append(Cited(value=value(hit), evidence=proof))
    return Found(tuple(found))


def _listed(layout: Layout) -> tuple[View, ...]:
    """The lines; where those after the first have dashes, that is "Nơi nhận:", whatever was read in its place."""
    views = layout.views(Zone.RECIPIENTS)
    dashed = [paragraph.marker is not None for paragraph in layout.zone(Zone.RECIPIENTS)]
    headless = sum(dashed) >= 2 and not dashed[0] and not any(_HEAD.fullmatch(view.folded) for view in views)
    return views[headless:]
