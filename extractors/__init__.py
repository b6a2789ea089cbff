"""Rules that read a repaired text into a record: one module per field, every value with its evidence."""

from __future__ import annotations

import hashlib
import pkgutil
import struct
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import chain
from operator import itemgetter
from types import ModuleType
from typing import Any, NamedTuple

from extractors._canonical import agencies
from extractors._doubts import doubts
from extractors._heads import own
from extractors._layout import Layout, Level, Paragraph, Zone, lay_out
from extractors._parts import Part, parts
from extractors._rules import Rule
from extractors._tables import Tables, TablesError, tables
from schemas.record import Note, Record, Source, Trace
from schemas.text import Text

__all__ = [
    "FIELDS",
    "Layout",
    "Level",
    "Paragraph",
    "Tables",
    "TablesError",
    "Trial",
    "Zone",
    "extract",
    "extract_all",
    "lay_out",
    "modules",
    "tables",
    "trial",
]

_PLACE = itemgetter(0, 1)
"""The span and the box of a word."""
_REST = ("number", "symbol")
"""Fields of the record that another field's module gives."""

FIELDS = tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")))
"""The fields that have a module of their own."""


class Trial(NamedTuple):
    """A rule as it was tried on a document: the value it gave, the line that it hit and its page (from 1); None for a
    miss.
    """

    rule: str
    value: str | None = None
    line: str | None = None
    page: int | None = None

    @property
    def hit(self) -> bool:
        """Whether the rule gave a value."""
        return self.value is not None

    def __str__(self) -> str:
        """One line: "hit   code.state   316/BC-UBND   p. 1: Số: 316/BC-UBND ..."."""
        if not self.hit:
            return f"miss  {self.rule}"
        return f"hit   {self.rule:28} {self.value}   p. {self.page}: {(self.line or '')[:100]}"


@cache
def modules() -> dict[str, ModuleType]:
    """Field name -> its module, which offers ``RULES``, ``read(rule, view)`` and ``extract(layout)``."""
    return {name: import_module(f"extractors.{name}") for name in FIELDS}


def extract(text: Text, tables: Tables | None = None) -> Record:
    """What one document states. Raises nothing on bad input: a field that is not found is None or empty.

    ``tables`` are abbreviations and bodies, a user's own among them (``extractors.tables``).
    """
    layout = lay_out(text)
    values: dict[str, Any] = {}
    notes: list[Note] = []
    with own(tables or _project_tables()):
        for name, module in modules().items():
            found = module.extract(layout)
            notes.extend(found.notes)
            values.update(found.value._asdict() if hasattr(found.value, "_asdict") else {name: found.value})
    document = text.document
    source = Source(
        file=document.file,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=tuple(page.source for page in document.pages),
    )
    blank = Trace(input=document.sha256, pages=_pages_hash(text), text=_text_hash(text), rules="")
    record = Record(**values, notes=tuple(notes), source=source, trace=blank)
    record = record.model_copy(update={"notes": (*notes, *doubts(record, text))})
    record = record.model_copy(update={"agencies": agencies(record, tables or _project_tables())})
    return _traced(record)


@cache
def _project_tables() -> Tables:
    return tables()


def extract_all(text: Text, tables: Tables | None = None) -> tuple[Record, ...]:
    """A record for each document of a file, at least one; a note says where a file holds more than one."""
    found = parts(text)
    return tuple(
        _with_notes(extract(part.text, tables), _part_notes(found, number)) for number, part in enumerate(found, 1)
    )


def _part_notes(found: tuple[Part, ...], number: int) -> tuple[Note, ...]:
    pages = [page.page.number for page in found[number - 1].text.pages]
    messages = [
        f"page {page} has a letterhead of its own; what it begins is attached to this document"
        for page in found[number - 1].attached
    ]
    if len(found) > 1:
        messages.insert(
            0, f"the file holds {len(found)} documents; this is number {number}, pages {pages[0]} to {pages[-1]}"
        )
    return tuple(Note(field="source", kind="parts", message=message) for message in messages)


def _with_notes(record: Record, notes: tuple[Note, ...]) -> Record:
    if not notes:
        return record
    return _traced(record.model_copy(update={"notes": (*record.notes, *notes)}))


def _traced(record: Record) -> Record:
    return record.model_copy(update={"trace": record.trace.model_copy(update={"rules": _rules_hash(record)})})


def trial(text: Text, field: str) -> list[Trial]:
    """Each rule of a field tried on a document, in order: the first line that it reads, or a miss. KeyError for no
    field.
    """
    module = modules()["code" if field in _REST else field]
    layouts = [lay_out(part.text) for part in parts(text)]
    return [_try(module, rule, layouts) for rule in module.RULES]


def _try(module: ModuleType, rule: Rule, layouts: Sequence[Layout]) -> Trial:
    for view in (view for layout in layouts for view in layout.views(*rule.zones)):
        value = module.read(rule, view)
        if value is not None:
            page = next((e.page for e in view.cite(view.whole, rule.name)), None)
            return Trial(rule.name, value, view.text, page)
    return Trial(rule.name)


def _pages_hash(text: Text) -> str:
    """Of the raw texts and the boxes of their words."""
    digest = hashlib.sha256()
    for page in text.document.pages:
        numbers = [*chain.from_iterable(chain.from_iterable(map(_PLACE, page.words)))]
        digest.update(page.text.encode() + b"\0" + struct.pack(f"<{len(numbers)}d", *numbers))
    return digest.hexdigest()


def _text_hash(text: Text) -> str:
    """Of the repaired pages."""
    return hashlib.sha256("\0".join(page.text for page in text.pages).encode()).hexdigest()


def _rules_hash(record: Record) -> str:
    """Of the values and notes with their evidence."""
    return hashlib.sha256(record.model_dump_json(exclude={"source", "trace"}).encode()).hexdigest()
