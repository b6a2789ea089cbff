"""The values of a record one by one: where each stands in the record, what it says, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.record import Agency, Assignment, Cited, Evidence, Model, Note, Record, Reference, Signer, Target

FIELDS = tuple(name for name in Record.model_fields if name not in ("schema_version", "source", "trace"))
"""The fields that hold values, in the order of the record."""

_PROVED_BY = {"deadline_date": "deadline", "value_max": "value", "unit": "value", "direction": "value"}
"""A part that has no evidence of its own, and the part whose evidence proves it."""

Item = Cited[str] | Reference | Target | Assignment | Agency | Note | Signer
"""An entry of a list of the record, a scalar, or the signer."""


class Value(NamedTuple):
    """One value. ``path`` is its place, "assignments[3].lead[0]"; ``field`` the same without numbers,
    "assignments.lead".

    ``index`` is the place (from 0) of its item in the list of the record; None for a scalar and for the signer.
    """

    path: str
    field: str
    index: int | None
    text: str
    evidence: tuple[Evidence, ...]


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
    evidence = () if isinstance(item, Agency) else item.evidence
    for part, held in item:
        if part == "evidence" or held is None:
            continue
        if isinstance(held, tuple):
            for number, text in enumerate(held):
                name = f"{part}[{number}]"
                yield Value(f"{path}.{name}", f"{field}.{part}", index, text, proof(evidence, name))
        else:
            yield Value(f"{path}.{part}", f"{field}.{part}", index, written(held), proof(evidence, part))


def proof(evidence: tuple[Evidence, ...], part: str) -> tuple[Evidence, ...]:
    """What proves a part of an item: the evidence of that part, else that of the item as a whole, else all of it."""
    name = _PROVED_BY.get(part, part)
    own = tuple(piece for piece in evidence if piece.of == name)
    return own or tuple(piece for piece in evidence if piece.of is None) or evidence


def written(value: str | float) -> str:
    """A value as text; a number in plain digits ("2500000", "0.5")."""
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() else repr(value)
