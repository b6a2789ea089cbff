"""Every rule with its own test, and what a run shows of it: how often it fired, and where."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

import extractors
from pipeline.show import printable
from pipeline.store import Store
from pipeline.summary import count
from schemas.record import Evidence, Model

_STEP = re.compile(rf"({'|'.join(extractors.FIELDS)})\.[a-z][a-z0-9-]*")
_SHOWN = 3
_LISTED = 200


class Row(NamedTuple):
    """A rule with what it reads, what it gives and what it refuses. A step of an extractor that gives values under an
    id of its own has none of these, but the module that it is in.
    """

    field: str
    name: str
    reads: str = ""
    gives: str = ""
    refuses: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    module: str = ""


class Place(NamedTuple):
    """Where a rule fired: the document, the page and what was read there."""

    file: str
    page: int
    raw: str


@dataclass
class Fired:
    """How many values a rule proves in each document of a run, and where the first of them stand."""

    files: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)


def rules(wanted: str | None = None) -> tuple[Row, ...]:
    """Every rule in the order in which it is tried, field by field; of one field, or one alone."""
    return tuple(row for row in _all() if wanted in (None, row.field, row.name))


@cache
def _all() -> tuple[Row, ...]:
    return tuple(_rows())


def _rows() -> Iterator[Row]:
    steps = sorted(_steps())
    for name, module in extractors.modules().items():
        known = set()
        for rule in module.RULES:
            refuses = (rule.refuses,) if isinstance(rule.refuses, str) else rule.refuses
            yield Row(name, rule.name, rule.reads, rule.gives, refuses, tuple(zone.name.lower() for zone in rule.zones))
            known.add(rule.name)
        yield from (Row(name, step, module=file) for step, file in steps if _field(step) == name and step not in known)


def _steps() -> Iterator[tuple[str, str]]:
    """The rule ids that the extractors' source names, with the module of each."""
    for path in Path(*extractors.__path__).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _STEP.fullmatch(node.value):
                yield node.value, path.name


def _field(name: str) -> str:
    return name.partition(".")[0]


def fired(store: Store) -> dict[str, Fired]:
    """What the records of a run owe to each rule; an id that is no rule any more is there as well."""
    found: dict[str, Fired] = {}
    for done in store.read_run().documents:
        for path in done.records:
            for value in _proved(store.read_record(path)):
                for rule, piece in {piece.rule: piece for piece in reversed(value)}.items():
                    one = found.setdefault(rule, Fired())
                    one.files[done.file] += 1
                    if len(one.places) < _LISTED:
                        one.places.append(Place(done.file, piece.page, piece.raw))
    return found


def _proved(value: object) -> Iterator[tuple[Evidence, ...]]:
    """The evidence of each value inside a record; that of notes is not counted."""
    if isinstance(value, Model):
        evidence = getattr(value, "evidence", ())
        if evidence:
            yield evidence
        for name, part in value:
            if name not in ("evidence", "notes"):
                yield from _proved(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _proved(part)


def rules_table(rows: Iterable[Row]) -> RenderableType:
    """Each rule with its lines."""
    table = Table("rule", "reads", "gives", "refuses", show_lines=True)
    for row in rows:
        reads = row.reads or f"(a step of {row.module})"
        table.add_row(*(Styled(cell, overflow="fold") for cell in (row.name, reads, row.gives, "\n".join(row.refuses))))
    return table


def fired_table(rows: Sequence[Row], found: dict[str, Fired], name: str | None) -> RenderableType:
    """How often each rule fired, and in which documents most; of the one rule called ``name`` also every place."""
    table = Table("rule", "values", "documents", "most in")
    names = list(dict.fromkeys([*(row.name for row in rows), *(() if name else found)]))
    table.columns[1].justify = table.columns[2].justify = "right"
    for rule in names:
        one = found.get(rule, Fired())
        most = ", ".join(f"{file} ({times})" for file, times in one.files.most_common(_SHOWN))
        cells = (rule, str(one.files.total()), str(len(one.files)), most)
        table.add_row(*(Styled(printable(cell), style="" if one.files else "dim", overflow="fold") for cell in cells))
    lines = [f"{place.file}, page {place.page}: {place.raw}" for place in found.get(name or "", Fired()).places]
    return Group(table, *(Styled(printable(line)) for line in lines))


def rules_json(rows: Iterable[Row], found: dict[str, Fired] | None) -> str:
    """The same for programs."""
    told = []
    for row in rows:
        one = (found or {}).get(row.name, Fired())
        run = {"values": one.files.total(), "files": dict(one.files), "places": [p._asdict() for p in one.places]}
        told.append(row._asdict() | (run if found is not None else {}))
    return json.dumps(told, ensure_ascii=False, indent=2)


def rules_markdown() -> str:
    """``docs/rules.md``."""
    blocks = [
        "# Rules",
        "Made by `vanthu rules --markdown > docs/rules.md`; do not edit. `vanthu explain FILE FIELD` tries the rules "
        "of a field on a document, `vanthu rules --run RUN` shows how often each fired and where. How to add one: "
        "[adding-a-rule.md](adding-a-rule.md).",
        f"{count(len(rules()), 'rule')}, in the order in which they are tried. Each row is its own test: the line that "
        "it must read, what it gives, lines that it must refuse.",
    ]
    for name, module in extractors.modules().items():
        intro = (module.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
        rows = rules(name)
        lines = ["| rule | reads | gives | refuses | zones |", "| --- | --- | --- | --- | --- |"]
        lines += [_markdown_row(row) for row in rows if not row.module]
        steps = ", ".join(f"`{row.name}` (`{row.module}`)" for row in rows if row.module)
        blocks += [f"## `{name}`", intro, "\n".join(lines)]
        blocks += [f"Steps without a row, each with an id of its own: {steps}."] if steps else []
    return "\n\n".join(blocks) + "\n"


def _markdown_row(row: Row) -> str:
    refuses = ("<br><br>" if any("\n" in line for line in row.refuses) else "<br>").join(map(_code, row.refuses))
    return f"| `{row.name}` | {_code(row.reads)} | {_code(row.gives)} | {refuses} | {', '.join(row.zones) or 'all'} |"


def _code(text: str) -> str:
    """Inline code in a cell of a table, line by line; a bar would end the cell."""
    return "<br>".join(f"`{line}`" for line in text.replace("|", "¦").split("\n") if line)
