"""Learning a document's own style of mangling, without gold: decode, re-estimate the channel, decode again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from diacritics.channel import Channel, learn
from diacritics.decode import Choice, Decoder

STRANGE = 0.7
"""Nats per seen character above which a text's style is unlike the channel's, so that learning it pays."""
BASE_WEIGHT = 30.0
"""How many observations of each letter the channel that one starts from is worth."""


def adapted(decoder: Decoder, chosen: Sequence[Sequence[Choice]]) -> Decoder:
    """A decoder whose channel has learnt the style of a text that ``decoder`` read as ``chosen``. Deterministic."""
    return restyled(decoder, meant_and_seen(chosen))


def restyled(decoder: Decoder, pairs: Counter[tuple[str, str]]) -> Decoder:
    """A decoder whose channel has learnt from counts of (meant, seen) words; their order does not matter."""
    counted = sorted(pairs.items())
    learnt = learn(((meant, seen, n) for (meant, seen), n in counted), start=decoder.channel, rounds=1)
    return Decoder(decoder.language, decoder.lexicon, mixed(decoder.channel, learnt), decoder.weights)


def meant_and_seen(chosen: Sequence[Sequence[Choice]]) -> Counter[tuple[str, str]]:
    """How often each word was read for each form."""
    return Counter((c.option.meant, c.option.seen) for choices in chosen for c in choices if c.option.meant)


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
