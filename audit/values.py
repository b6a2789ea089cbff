"""The values of a record one by one: where each stands in the record, what it says, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.record import Agency, Assignment, Cited, Evidence, Model, Note, Record, Reference, Signer, Target

FIELDS = tuple(name for name in Record.model_fields if name not in ("schema_version", "source", "trace"))
"""The fields that hold values, in the order of the record."""

_PROVED_BY = {"deadline_date": "deadline", "value_max": "value", "unit": "value", "direction": "value"}
"""A part that has no evidence of its own, and the part whose evidence proves it."""

Item = Cited[str] | Reference | Target | Assignment | Agency | Note | Signer
"""An entry of a list of the record, a scalar, or the signer."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value. ``path`` is its place, "assignments[3].lead[0]"; ``field`` the same without numbers,
    "assignments.lead".

    ``index`` is the place (from 0) of its item in the list of the record; None for a scalar and for the signer.
    ``own``: whether ``evidence`` proves this very value; else it is that of its whole item.
    """

    path: str
    field: str
    index: int | None
    text: str
    evidence: tuple[Evidence, ...]
    own: bool = True


def values(record: Record) -> Iterator[Value]:
    """Every value of a record; what is null or empty is none."""
    for field in FIELDS:
        for index, item in items(record, field):
            yield from parts(field, index, item)


def items(record: Record, field: str) -> Iterator[tuple[int | None, Item]]:
    """The entries of a field with their places; of a scalar one at most, at None."""
    held: Item | Sequence[Item] | None = getattr(record, field)
    if isinstance(held, Model):
        yield None, held
    elif held:
        yield from enumerate(held)


def parts(field: str, index: int | None, item: Item) -> Iterator[Value]:
    """The values of one entry: one of a scalar, a recipient or a note, several of the others."""
    path = field if index is None else f"{field}[{index}]"
    if isinstance(item, Cited):
        yield Value(path, field, index, item.value, item.evidence)
        return
    if isinstance(item, Note):
        yield Value(path, field, index, f"{item.field}, {item.kind}: {item.message}", item.evidence)
        return
    for part, held in vars(item).items():
        if part == "evidence" or held is None:
            continue
        if isinstance(held, tuple):
            for number, text in enumerate(held):
                yield _part(path, field, index, item, f"{part}[{number}]", text)
        else:
            yield _part(path, field, index, item, part, written(held))


def count_values(record: Record) -> int:
    """How many values a record holds."""
    return sum(count(item) for field in FIELDS for _, item in items(record, field))


def count(item: Item) -> int:
    """How many values an entry holds: as many as ``parts`` gives."""
    if isinstance(item, (Cited, Note)):
        return 1
    held = [value for part, value in vars(item).items() if part != "evidence" and value is not None]
    return sum(len(value) if isinstance(value, tuple) else 1 for value in held)


def _part(path: str, field: str, index: int | None, item: Item, part: str, text: str) -> Value:
    """A part of an item with the evidence of that part, else that of the item as a whole, else all of it."""
    name = _PROVED_BY.get(part, part)
    evidence = proof(item)
    own = tuple(piece for piece in evidence if piece.of == name)
    proved = own or tuple(piece for piece in evidence if piece.of is None) or evidence
    return Value(f"{path}.{part}", f"{field}.{part.split('[')[0]}", index, text, proved, bool(own))


def proof(item: Item) -> tuple[Evidence, ...]:
    """All evidence of an item; an agency has none of its own."""
    return () if isinstance(item, Agency) else item.evidence


def key(item: Item) -> str:
    """What an item is known by: a code (else type and subject), a task, a statement, a name, a value."""
    match item:
        case Cited():
            return item.value
        case Reference():
            return item.code or " ".join(filter(None, (item.type, item.date, item.subject)))
        case Target():
            return item.statement
        case Assignment():
            return item.task
        case Agency():
            return item.printed
        case Note():
            return item.message
        case Signer():
            return "signer"


def written(value: str | float) -> str:
    """A value as text; a number in plain digits ("2500000", "0.5")."""
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() else repr(value)
