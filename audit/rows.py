"""Differences for programs and for a merge request: JSON, CSV, Markdown, one document after another."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from audit.columns import markdown
from audit.diff import Changes, Difference, Side
from audit.totals import LABELS, VERDICTS, Totals
from schemas.text import printable

COLUMNS = (
    *("file", "field", "item", "class", "stage", "verdict"),
    *(f"{side}_{what}" for side in ("before", "after") for what in ("value", "path", "page", "raw", "rules")),
)
"""The columns of the CSV."""
LISTED = 30
"""How many differences the Markdown lists."""
_LONGEST = 90
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(found: Iterable[Changes], totals: Totals) -> Iterator[str]:
    """One JSON object in pieces: ``documents`` (those with differences), then the ``totals`` of all."""
    yield '{"documents": ['
    separator = "\n"
    for changes in found:
        if changes.differences:
            yield separator + json.dumps(plain(changes), ensure_ascii=False)
            separator = ",\n"
    yield '\n], "totals": ' + json.dumps(totals.plain(), ensure_ascii=False) + "}\n"


def plain(changes: Changes) -> dict[str, Any]:
    """One document for JSON."""
    return {
        "file": changes.file,
        "before": changes.before,
        "after": changes.after,
        "stage": changes.stage,
        "same": changes.same,
        "differences": [_plain(difference) for difference in changes.differences],
    }


def _plain(difference: Difference) -> dict[str, Any]:
    return {
        "field": difference.field,
        "class": difference.kind,
        "item": difference.item,
        "verdict": difference.verdict,
        "before": _plain_side(difference.before),
        "after": _plain_side(difference.after),
    }


def _plain_side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    evidence = [piece.model_dump(mode="json") for piece in side.evidence]
    return {"path": side.path, "value": side.text, "values": side.size, "rules": side.rules, "evidence": evidence}


def as_csv(found: Iterable[Changes]) -> Iterator[str]:
    """A head row, then a row for each difference. A cell that a spreadsheet would calculate begins with "'"."""
    yield _csv_row(COLUMNS)
    for changes in found:
        for each in changes.differences:
            head = (changes.file, each.field, each.item, each.kind, changes.stage or "", each.verdict or "")
            yield _csv_row([*head, *_cells(each.before), *_cells(each.after)])


def _cells(side: Side | None) -> tuple[str, ...]:
    if side is None:
        return ("",) * 5
    page = str(side.evidence[0].page) if side.evidence else ""
    return (side.text, side.path, page, " ⏎ ".join(e.raw for e in side.evidence), " ".join(side.rules))


def _csv_row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return out.getvalue()


def as_markdown(found: Iterable[Changes], totals: Totals) -> str:
    """Short, for a merge request: the counts, what was won and lost, and the first differences, losses foremost."""
    ranked: dict[str | None, list[tuple[str, ...]]] = {"loss": [], "gain": [], "neither": [], None: []}
    for changes in found:
        for each in changes.differences:
            if len(ranked[each.verdict]) < LISTED:
                ranked[each.verdict].append(_row(changes, each))
    rows = [row for group in ranked.values() for row in group][:LISTED]
    told = f"{totals.documents} documents compared, {totals.changed} with differences; {totals.same} values agree."
    blocks = [told]
    if kinds := totals.kinds:
        names = dict.fromkeys(name for name, _ in totals.fields)
        counts = [(f"`{name}`", *(str(totals.fields[name, kind] or "") for kind in kinds)) for name in names]
        head = ("field", *(LABELS.get(kind, kind) for kind in kinds))
        blocks.append(markdown(head, [*counts, ("all fields", *map(str, kinds.values()))]))
    if totals.verdicts:
        blocks.append(
            "By the gold: " + ", ".join(f"{verdict} {totals.verdicts[verdict]}" for verdict in VERDICTS) + "."
        )
    if rows:
        verdict = ("verdict",) if totals.verdicts else ()
        blocks.append(markdown(("document", "field", "class", "before", "after", *verdict), rows))
        left = sum(kinds.values()) - len(rows)
        blocks += [f"and {left} more"] if left else []
    return "\n\n".join(blocks) + "\n"


def _row(changes: Changes, each: Difference) -> tuple[str, ...]:
    texts = [_code(side.text if side else "") for side in (each.before, each.after)]
    return (_code(changes.file), f"`{each.field}`", each.kind, *texts, *((each.verdict,) if each.verdict else ()))


def _code(text: str) -> str:
    """A text as inline code that ends no cell and no code; a long one is cut."""
    flat = printable(" ".join(text.split())).replace("`", "'").replace("|", "¦")
    return f"`{flat[:_LONGEST]}{'…' if len(flat) > _LONGEST else ''}`" if flat else ""
