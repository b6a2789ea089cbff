"""Which rules were tried for a field of a document, in their order: hit or miss, and where."""

from __future__ import annotations

import extractors
from pipeline.show import printable
from pipeline.summary import count
from schemas.text import Text

FIELDS = tuple(sorted((*extractors.FIELDS, "agencies", "number", "symbol")))
"""The fields that rules are tried for; those of the number and the symbol are the rules of the code."""


def trial_text(text: Text, field: str, tables: extractors.Tables | None = None) -> str:
    """A line for each rule; under a hit what it gives and the line that it read. ``field`` is one of ``FIELDS``.

    The agencies have no rules: of each it is said what it is taken for, with the help of ``tables``.
    """
    if field == "agencies":
        return _agencies_text(text, tables)
    trials = extractors.trial(text, field)
    width = max((len(each.rule) for each in trials), default=0)
    lines = []
    for each in trials:
        lines.append(f"{each.rule:<{width}}  {f'hit: {printable(each.value)}' if each.value is not None else 'miss'}")
        if each.line is not None:
            lines.append(f"{'':<{width}}    page {each.page}: {printable(each.line.strip())}")
    hits = sum(each.hit for each in trials)
    return "\n".join([*lines, f"{count(len(trials), 'rule')} tried, {count(hits, 'hit')}"])


def _agencies_text(text: Text, tables: extractors.Tables | None) -> str:
    agencies = [agency for record in extractors.extract_all(text, tables) for agency in record.agencies]
    lines = []
    for each in agencies:
        about = ", ".join(filter(None, (each.kind, each.level, each.unit_code and f"unit {each.unit_code}")))
        lines += [printable(each.printed), f"    {printable(each.canonical)} ({about})"]
    return "\n".join([*lines, f"{len(agencies)} named"])
