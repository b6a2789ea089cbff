"""How fast the extractors are: ``python -m bench.extract``.

Characters of repaired text a second of one core's work, all extractors together with layout, notes and bodies; and how
the time grows when a document is twice as long. The texts are the samples, read with their stored OCR.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

import diacritics
import extractors
from bench.reading import SAMPLES, STORED, inputs, read
from ingest import StoredOcr
from pipeline import Tools
from schemas.text import Text

ROUNDS = 3
LONG = 16
"""A long document is a sample that many times over."""


def main() -> None:
    """Measure and print."""
    done = read(inputs(SAMPLES), Tools("auto", StoredOcr(STORED), diacritics.load()))
    texts = [processed.text for processed in done.values()]
    size = sum(len(text.text) for text in texts)
    print(f"{len(texts)} documents, {size:,} characters: {size / seconds(texts):,.0f} characters a second")
    longest = max(texts, key=lambda text: len(text.text))
    once, twice = (times(longest, count) for count in (LONG, 2 * LONG))
    first, second = seconds([once]), seconds([twice])
    print(f"a document of {len(once.text):,} characters: {len(once.text) / first:,.0f} characters a second")
    print(f"twice as long: {second / first:.2f} times the time")


def times(text: Text, count: int) -> Text:
    """A document that is this one ``count`` times over, page after page."""
    pages = [page for _ in range(count) for page in text.pages]
    numbered = tuple(
        replace(
            page, page=replace(page.page, number=number, source=page.page.source.model_copy(update={"number": number}))
        )
        for number, page in enumerate(pages, 1)
    )
    return Text(replace(text.document, pages=tuple(page.page for page in numbered)), numbered)


def seconds(texts: Iterable[Text]) -> float:
    """The least time of some rounds over texts whose caches are empty."""
    known: Sequence[Text] = list(texts)
    extractors.extract_all(known[0])
    best = float("inf")
    for _ in range(ROUNDS):
        fresh = [Text(text.document, tuple(replace(page) for page in text.pages)) for text in known]
        start = time.process_time()
        for text in fresh:
            extractors.extract_all(text)
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    main()
