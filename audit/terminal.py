"""Differences for a terminal: colours, and the words that differ marked. Text of documents steers nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from audit.diff import Changes, Difference, Kind, Side, Verdict
from audit.review import Risk
from audit.totals import LABELS, VERDICTS, Totals
from audit.words import Stretch, differing
from schemas.text import printable

STYLES: dict[Kind, str] = {
    "added": "green",
    "removed": "red",
    "changed": "yellow",
    "diacritics": "magenta",
    "case": "cyan",
    "moved": "blue",
    "failed": "bold red",
    "succeeded": "bold green",
}
_VERDICT_STYLES: dict[Verdict, str] = {"gain": "bold green", "loss": "bold red", "neither": "dim"}
_LONGEST_RAW = 80


def document(changes: Changes) -> RenderableType:
    """One document with its differences; ``changes`` has some."""
    head = Text(printable(changes.file), "bold")
    if changes.stage:
        head.append(f"  first stage that differs: {changes.stage}", "dim")
    return Group(
        head,
        *(Padding(block, (0, 0, 0, 2), expand=False) for each in changes.differences for block in _difference(each)),
    )


def _difference(difference: Difference) -> Iterator[Text]:
    line = Text(LABELS.get(difference.kind, difference.kind), STYLES[difference.kind])
    line.append(f"  {difference.field}", "bold default")
    if difference.item and difference.before and difference.after and difference.item != difference.after.text:
        line.append(f"  of {printable(_short(difference.item))}", "dim default")
    if difference.verdict and difference.verdict != "neither":
        line.append(f"  {difference.verdict}", _VERDICT_STYLES[difference.verdict])
    yield line
    before, after = difference.before, difference.after
    if difference.kind == "moved" and before and after:
        yield _line("= ", "default", [Stretch(after.text, False)])
        yield _place("  from ", before)
        yield _place("  to   ", after)
        return
    left, right = differing(before.text, after.text) if before and after else ((), ())
    if before:
        yield _line("- ", "red", left or (Stretch(before.text, False),))
        if not after or _place("", before) != _place("", after):
            yield _place("  ", before)
    if after:
        yield _line("+ ", "green", right or (Stretch(after.text, False),))
        yield _place("  ", after)


def _line(mark: str, style: str, stretches: tuple[Stretch, ...] | list[Stretch]) -> Text:
    line = Text(mark, style)
    for stretch in stretches:
        line.append(printable(stretch.text), f"bold reverse {style}" if stretch.differs else style)
    return line


def _place(mark: str, side: Side) -> Text:
    """Where a value was read, and by which rules; nothing for what has no evidence."""
    if not side.evidence:
        return Text(end="")
    first = side.evidence[0]
    told = f"{mark}page {first.page}: {printable(_short(first.raw))!r} by {', '.join(side.rules)}"
    return Text(told, "dim")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_RAW else text[: _LONGEST_RAW - 2] + " …"


def summary(totals: Totals) -> RenderableType:
    """How many differences there are, by field and class; with gold what each document won and lost."""
    kinds = totals.kinds
    told = f"{totals.documents} documents compared, {totals.changed} with differences; {totals.same} values agree"
    parts: list[RenderableType] = [Text(told, "bold")]
    if kinds:
        table = Table(box=None, pad_edge=False)
        table.add_column("field")
        for kind in kinds:
            table.add_column(LABELS.get(kind, kind), justify="right", style=STYLES[kind])
        for name in dict.fromkeys(name for name, _ in totals.fields):
            table.add_row(name, *(str(totals.fields[name, kind] or "") for kind in kinds))
        table.add_row("all fields", *map(str, kinds.values()), style="bold")
        stages = ", ".join(f"{stage} {count}" for stage, count in totals.stages.most_common())
        parts += [table, Text(f"first stage that differs (documents): {stages}")]
    if totals.verdicts:
        parts.append(_verdicts(totals.judged, totals.verdicts))
    return Group(*parts)


def _verdicts(judged: Mapping[str, Counter[Verdict]], together: Counter[Verdict]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("by the gold")
    for verdict in VERDICTS:
        table.add_column(verdict, justify="right", style=_VERDICT_STYLES[verdict])
    for name, counts in judged.items():
        if counts["gain"] or counts["loss"]:
            table.add_row(printable(name), *(str(counts[verdict] or "") for verdict in VERDICTS))
    table.add_row("all documents", *(str(together[verdict]) for verdict in VERDICTS), style="bold")
    return table


def risks_table(worst: Iterable[tuple[str, Risk]]) -> Table:
    """Values with the probability that they are wrong, where they stand, and why."""
    table = Table(title=Text("values to look at first", "bold"), title_justify="left")
    table.add_column("wrong", justify="right")
    for column in ("document", "page", "value of", "value", "because of"):
        table.add_column(column, overflow="fold")
    for file, risk in worst:
        evidence = risk.value.evidence
        cells = (file, str(evidence[0].page) if evidence else "", risk.value.path, risk.value.text)
        reasons = Text(", ".join(risk.reasons), "dim")
        table.add_row(f"{risk.probability:.0%}", *(Text(printable(cell)) for cell in cells), reasons)
    return table
