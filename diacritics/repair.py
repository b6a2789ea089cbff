"""Document -> Text: what a foreign OCR mangled is decoded, what a Vietnamese OCR misread is mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diacritics.adapt import STRANGE, adapted
from diacritics.decode import Decoder
from diacritics.memory import Memory
from diacritics.model import Model
from diacritics.outcome import changes, doubts, legibility, likelihood, strangeness, words_and_posteriors
from diacritics.tokens import EDGES, Atom, segments
from schemas.syllable import is_syllable
from schemas.text import Change, Document, Edit, Page, RepairedPage, Span, Text, apply_changes

LEAST_GAIN = 1.5
"""What a change to a legal syllable of a Vietnamese OCR must gain (nats): tuned for an edit precision of 0.97."""
LEAST_POSTERIOR, LEAST_POSTERIOR_ILLEGAL = 0.5, 0.4
"""And how probable such a change must be; the second for what is no legal syllable."""
LEGIBLE, LEGIBLE_READ = 0.7, 0.4
"""The mean probability of a page's words below which it is no Vietnamese, and stays as it is; the second for OCR."""
STYLE_SEGMENTS = 30
"""Segments by which the style of a text is chosen."""
OFTEN = 3
"""How often a name must have been read alike in a document to stay as it was read."""
_PAIR = re.compile(r"\b(?=([^\W\d_]+)[ ]([^\W\d_]+))")
OCR = ("ocr", "both")
FEW = 5
"""Words from which a page's legibility is judged."""


class _Way(NamedTuple):
    """How pages are decoded: by which decoders (the likeliest is taken), how legible they must be, what is learnt."""

    decoders: Sequence[Decoder]
    legible: float
    adapt: bool
    remember: bool


def repair(document: Document, model: Model, *, adapt: bool = True) -> Text:
    """The document with its pages repaired; every change is an ``Edit``. Pure.

    With ``adapt`` the document is read a second time, with what the first reading taught: its own phrases and, where
    it is mangled unlike the shipped styles, its own style.
    """
    mangled = [page for page in document.pages if page.source.quality == "garbled" and page.source.text_from not in OCR]
    read = [page for page in document.pages if page.source.quality != "foreign" and page.source.text_from in OCR]
    names = _names(read)
    made = {page.page.number: page for page in _decoded(mangled, _Way(model.decoders, LEGIBLE, adapt, adapt))}
    for page in _decoded(read, _Way((model.reader,), LEGIBLE_READ, False, adapt)):
        made[page.page.number] = _safe(page, names)
    return Text(document, tuple(made.get(page.number) or RepairedPage(page, page.text) for page in document.pages))


def _decoded(pages: Sequence[Page], way: _Way) -> Iterator[RepairedPage]:
    cut = [list(segments(page)) for page in pages]
    every = [segment for page in cut for segment in page]
    decoder = _likeliest(way.decoders, every)
    chosen = decoder.decode(every)
    if way.adapt and strangeness(chosen) > STRANGE:
        decoder = adapted(decoder, every, chosen)
        chosen = decoder.decode(every)
    if way.remember:
        chosen = decoder.decode(every, Memory(decoder.language, words_and_posteriors(chosen)))
    choices = iter(chosen)
    for page, parts in zip(pages, cut, strict=True):
        read = [(segment, next(choices)) for segment in parts]
        words = [choice for _, here in read for choice in here]
        if len(words) >= FEW and legibility(words) < way.legible:
            yield RepairedPage(page, page.text, legible=False)
        else:
            yield apply_changes(page, [c for segment, here in read for c in changes(segment, here)], doubts(words))


def _likeliest(decoders: Sequence[Decoder], every: Sequence[Sequence[Atom]]) -> Decoder:
    """The decoder by whose style the beginning of a text is likeliest."""
    beginning = every[:STYLE_SEGMENTS]
    if len(decoders) == 1 or not all(atom.text.isascii() for segment in beginning for atom in segment):
        return decoders[0]  # a foreign OCR leaves some marks: no need to try the style without any
    return max(decoders, key=lambda decoder: likelihood(decoder.decode(beginning)))


def _names(pages: Sequence[Page]) -> frozenset[tuple[str, str]]:
    """Pairs of capitalised words that were read alike ``OFTEN`` times: names, which no language model need know."""
    counts = Counter((match[1].lower(), match[2].lower()) for page in pages for match in _capital_pairs(page.text))
    return frozenset(pair for pair, count in counts.items() if count >= OFTEN)


def _capital_pairs(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _PAIR.finditer(text) if match[1][0].isupper() and match[2][0].isupper())


def _safe(page: RepairedPage, names: frozenset[tuple[str, str]]) -> RepairedPage:
    """A page that a Vietnamese OCR read, with the trusted edits only."""
    text = page.page.text
    known = [
        Span(match.start(1), match.end(2))
        for match in _capital_pairs(text)
        if (match[1].lower(), match[2].lower()) in names
    ]
    kept = [
        Change(edit.raw, *edit[2:])
        for edit in page.edits
        if _is_safe(edit) and not any(name.start < edit.raw.end and edit.raw.start < name.end for name in known)
    ]
    return apply_changes(page.page, kept, page.doubts)


def _is_safe(change: Edit) -> bool:
    """Whether to trust a change to what a Vietnamese OCR read, which is mostly right: words are not joined or cut."""
    core = change.before.strip(EDGES)
    whole = len(core) > 1 or change.why == "witness"
    if change.why not in ("channel", "witness"):
        return change.why not in ("merge", "split")
    if not is_syllable(core):
        return whole and change.posterior >= LEAST_POSTERIOR_ILLEGAL and change.gain >= 0.0
    return whole and change.posterior >= LEAST_POSTERIOR and change.gain >= LEAST_GAIN
