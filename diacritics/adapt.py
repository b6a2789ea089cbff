"""Learning a document's own style of mangling, without gold: decode, re-estimate the channel, decode again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from diacritics.channel import Channel, learn
from diacritics.decode import Choice, Decoder
from diacritics.tokens import Atom

STRANGE = 0.7
"""Nats per seen character above which a text's style is unlike the channel's, so that learning it pays."""
WIDE = 10.0
"""Nats within which candidates are kept where a style is being learnt: what is likely is less sure there."""
ROUNDS = 2
BASE_WEIGHT = 10.0
"""How many observations of each letter the channel that one starts from is worth."""


def adapted(decoder: Decoder, segments: Sequence[Sequence[Atom]], chosen: Sequence[Sequence[Choice]]) -> Decoder:
    """A decoder that has learnt the style of ``segments``, which ``decoder`` read as ``chosen``. Deterministic."""
    base = decoder.channel
    for number in range(ROUNDS):
        if number:
            chosen = decoder.decode(segments)
        decoder = restyled(decoder, meant_and_seen(chosen), base)
    return decoder


def restyled(decoder: Decoder, pairs: Mapping[tuple[str, str], float], base: Channel) -> Decoder:
    """A decoder whose channel has learnt from weighed (meant, seen) words, over ``base``; in whatever order."""
    counted = sorted(pairs.items())
    learnt = learn(((meant, seen, n) for (meant, seen), n in counted), start=decoder.channel, rounds=1)
    weights = replace(decoder.weights, margin=WIDE, within=WIDE)
    return Decoder(decoder.language, decoder.lexicon, mixed(base, learnt), weights)


def meant_and_seen(chosen: Sequence[Sequence[Choice]]) -> dict[tuple[str, str], float]:
    """How often each word was read for each form, each time weighed by its posterior."""
    weights: dict[tuple[str, str], float] = {}
    for choices in chosen:
        for choice in choices:
            if choice.option.meant:
                key = (choice.option.meant, choice.option.seen)
                weights[key] = weights.get(key, 0.0) + choice.posterior
    return weights


def mixed(base: Channel, learnt: Channel) -> Channel:
    """``learnt`` counts over those of ``base``, which are worth ``BASE_WEIGHT`` observations of each letter."""
    counts = {meant: dict(seen) for meant, seen in learnt.counts.items()}
    for meant, seen in base.counts.items():
        total = sum(seen.values())
        row = counts.setdefault(meant, {})
        for segment, count in seen.items():
            share = count / total * min(total, BASE_WEIGHT)
            if share > 1e-3:
                row[segment] = row.get(segment, 0.0) + share
    return Channel(counts, base.prior)
