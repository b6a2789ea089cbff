"""Rows of cells as aligned text and as Markdown; the tallies of fields as such rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.tally import LENIENT, Judged, Tally, pooled

HEAD = ("field", "strict P", "R", "F1", "lenient P", "R", "F1", "wanted", "found")
THRESHOLDS = "lenient from a likeness of 100: " + "; ".join(f"{fields} {least}" for fields, least in LENIENT.items())


def columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows with their cells aligned, two blanks between columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def rows(fields: Mapping[str, Judged]) -> list[tuple[str, ...]]:
    """A row of figures for each field, and one for all of them."""
    return [_row(name, judged) for name, judged in (*fields.items(), ("all fields", pooled(fields)))]


def faulty(fields: Mapping[str, Judged]) -> dict[str, Judged]:
    """The fields that are not all right when judged strictly."""
    return {name: judged for name, judged in fields.items() if judged.strict.f1 != 1}


def plain(fields: Mapping[str, Judged]) -> dict[str, Any]:
    """For JSON: unrounded; null where there is nothing to divide by."""
    return {
        name: {kind: _plain(tally) for kind, tally in judged._asdict().items()}
        for name, judged in (*fields.items(), ("all fields", pooled(fields)))
    }


def _plain(tally: Tally) -> dict[str, Any]:
    return {**tally._asdict(), "precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _row(name: str, judged: Judged) -> tuple[str, ...]:
    figures = [_figure(value) for tally in judged for value in (tally.precision, tally.recall, tally.f1)]
    return (name, *figures, str(judged.lenient.wanted), str(judged.lenient.found))


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
