"""How an engine mangles, as a file: learnt from a folder of mangled documents, used instead of the shipped style.

A style is a channel (``diacritics.channel``) with a few words about where it came from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from diacritics.adapt import meant_and_seen, restyled
from diacritics.channel import Channel
from diacritics.decode import Choice, Decoder
from diacritics.model import Model
from diacritics.outcome import legibility, strangeness
from diacritics.repair import FEW, LEGIBLE, OCR
from diacritics.tokens import segments
from schemas.text import Document

ROUNDS = 2
"""How often the documents are decoded with what was learnt from them so far."""


class StyleError(ValueError):
    """A file that is no style."""


@dataclass(frozen=True)
class Learnt:
    """What a style rests on. ``before``, ``after``: how strange the texts are to the shipped channel and to this.

    Strangeness is in nats for each seen character of the words as they were decoded: 0.4 is an engine as usual, 1 is
    one that is hard to read.
    """

    documents: int
    pages: int
    words: int
    before: float
    after: float
    model: str


def learn_style(documents: Sequence[Document], model: Model, rounds: int = ROUNDS) -> tuple[Channel, Learnt]:
    """A channel learnt from the garbled pages of ``documents``, whatever their order; pages of noise are left out.

    Raises ``StyleError`` where there is no legible garbled page.
    """
    decoder = model.decoder
    pages = _Pages(documents)
    before = None
    for _ in range(rounds):
        pairs, figures = pages.decoded(decoder)
        before = before or figures
        if not pairs:
            raise StyleError("there is no garbled page to learn from")
        decoder = restyled(decoder, pairs, model.channel)
    _, after = pages.decoded(decoder)
    assert before is not None
    strange = round(before.strangeness, 3), round(after.strangeness, 3)
    return decoder.channel, Learnt(after.documents, after.pages, after.words, *strange, model.version)


@dataclass(frozen=True)
class _Figures:
    documents: int
    pages: int
    words: int
    strangeness: float


class _Pages:
    """The garbled pages of documents, in an order of their own."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = sorted(documents, key=lambda document: (document.sha256, document.file))

    def decoded(self, decoder: Decoder) -> tuple[dict[tuple[str, str], float], _Figures]:
        """How often each word was read for each form on all legible pages, and how well the decoder knows them."""
        pairs: dict[tuple[str, str], float] = {}
        sources, pages, count, weight, total = set(), 0, 0, 0, 0.0
        for number, words in self._legible(decoder):
            sources.add(number)
            pages += 1
            count += sum(bool(choice.option.meant) for choice in words)
            for pair, share in meant_and_seen([words]).items():
                pairs[pair] = pairs.get(pair, 0.0) + share
            seen = sum(len(choice.option.seen) for choice in words)
            weight += seen
            total += strangeness([words]) * seen
        return pairs, _Figures(len(sources), pages, count, total / max(1, weight))

    def _legible(self, decoder: Decoder) -> Iterator[tuple[int, list[Choice]]]:
        for number, document in enumerate(self._documents):
            for page in document.pages:
                if page.source.quality != "garbled" or page.source.text_from in OCR:
                    continue
                words = [choice for choices in decoder.decode(list(segments(page))) for choice in choices]
                if len(words) >= FEW and legibility(words) >= LEGIBLE:
                    yield number, words


def write_style(path: Path, channel: Channel, learnt: Learnt) -> None:
    """Write a style as JSON."""
    channel.dump(path)
    style = {"about": asdict(learnt), **json.loads(path.read_text("utf-8"))}
    path.write_text(json.dumps(style, ensure_ascii=False, indent=1) + "\n", "utf-8")


def styled(model: Model, path: Path) -> Model:
    """The model with the style of a file in place of the shipped one; raises ``StyleError`` where it is none."""
    try:
        data = path.read_bytes()
        channel = Channel.load(path)
        known = [float(count) for seen in channel.counts.values() for count in seen.values()]
        if not known or min(known) < 0 or not channel.prior > 0 or any(len(letter) != 1 for letter in channel.counts):
            raise ValueError("it holds no channel")
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StyleError(f"{path} is no style file ({error}); `vanthu learn` makes them") from error
    name = hashlib.sha256(data).hexdigest()[:8]
    return replace(model, channel=channel, plain=None, forms=None, version=f"{model.version}+{name}")
