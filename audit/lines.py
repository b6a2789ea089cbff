"""Texts side by side, line by line: raw against repaired, or the texts of two runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from audit.words import Stretch, differing
from schemas.run import PagesFile
from schemas.text import printable

ALIKE = 50.0
"""The likeness (0 to 100) from which two lines may be one."""


class Row(NamedTuple):
    """A line that differs: its page and the number of the line on it (both from 1), before and after.

    None where one of the two texts has no such line.
    """

    page: int
    line_before: int | None
    line_after: int | None
    before: str | None
    after: str | None


def repairs(pages: PagesFile) -> Iterator[Row]:
    """The lines that repair changed: raw against repaired. A repair never crosses a line."""
    for page in pages.pages:
        lines = zip(page.text.split("\n"), page.repaired.split("\n"), strict=True)
        for number, (raw, repaired) in enumerate(lines, 1):
            if raw != repaired:
                yield Row(page.source.number, number, number, raw, repaired)


def changed(before: PagesFile, after: PagesFile) -> Iterator[Row]:
    """The lines in which the repaired texts of two runs differ, page by page; lines are matched by what they say."""
    for index in range(max(len(before.pages), len(after.pages))):
        lines, others = _lines(before, index), _lines(after, index)
        for i, j in aligned(lines, others):
            held = None if i is None else lines[i], None if j is None else others[j]
            if held[0] != held[1]:
                yield Row(index + 1, None if i is None else i + 1, None if j is None else j + 1, *held)


def aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which line is which, in order: equal lines, and between them those that are most alike together."""
    steps = Levenshtein.opcodes(before, after)
    for equal, group in groupby(steps, lambda step: step.tag == "equal"):
        run = list(group)
        ones = range(run[0].src_start, run[-1].src_end)
        others = range(run[0].dest_start, run[-1].dest_end)
        yield from zip(ones, others, strict=True) if equal else _block(before, after, ones, others)


def _block(
    before: Sequence[str], after: Sequence[str], ones: range, others: range
) -> Iterator[tuple[int | None, int | None]]:
    """Lines that are not equal: the pairs in order whose likenesses add up to most, the others alone."""
    n, m = len(ones), len(others)
    alike = process.cdist([before[i] for i in ones], [after[j] for j in others], scorer=fuzz.ratio) if n and m else None
    best = np.zeros((n + 1, m + 1))
    gain = np.zeros((n, m)) if alike is None else np.where(alike >= ALIKE, alike, 0)
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], best[i + 1, j + 1] + gain[i, j])
    i = j = 0
    while i < n or j < m:
        if i < n and j < m and gain[i, j] > 0 and best[i, j] == best[i + 1, j + 1] + gain[i, j]:
            yield ones[i], others[j]
            i, j = i + 1, j + 1
        elif i < n and (j == m or best[i, j] == best[i + 1, j]):
            yield ones[i], None
            i += 1
        else:
            yield None, others[j]
            j += 1


def side_by_side(file: str, rows: Sequence[Row], left: str, right: str) -> RenderableType:
    """A table with both texts of each row, the words that differ marked; ``left`` and ``right`` head the columns."""
    table = Table(title=Text(printable(file), "bold"), title_justify="left", expand=True)
    table.add_column("page:line", style="dim", no_wrap=True)
    table.add_column(left, ratio=1, overflow="fold")
    table.add_column(right, ratio=1, overflow="fold")
    for row in rows:
        before, after = differing(row.before or "", row.after or "")
        place = f"{row.page}:{row.line_after or row.line_before}"
        table.add_row(place, _marked(before, "red"), _marked(after, "green"))
    return table


def _marked(stretches: Sequence[Stretch], style: str) -> Text:
    text = Text()
    for stretch in stretches:
        text.append(printable(stretch.text), f"bold reverse {style}" if stretch.differs else "")
    return text


def _lines(pages: PagesFile, index: int) -> list[str]:
    return pages.pages[index].repaired.split("\n") if index < len(pages.pages) else []
