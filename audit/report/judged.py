"""The values of a record beside its gold: which are right, which are wrong and what they should be, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audit.fields import SAME, match, recipient_likeness, reference_likeness, target_likeness, task_likeness
from audit.values import Value, written
from audit.verdicts import Judge
from schemas.gold import Gold
from schemas.record import Record

_LISTS: dict[str, tuple[Callable[[Any, Any], float], str]] = {
    "references": (reference_likeness, "code type date subject"),
    "targets": (target_likeness, "statement"),
    "assignments": (task_likeness, "task"),
    "recipients": (recipient_likeness, ""),
}
"""Of each list how items are matched, and the parts that name an item."""


@dataclass(frozen=True)
class Judged:
    """A record and its gold. ``missing`` are the fields and texts that the gold has and the record has not."""

    judge: Judge
    gold: Gold
    partners: dict[str, dict[int, int]]
    missing: tuple[tuple[str, str], ...]

    def of(self, value: Value) -> dict[str, Any] | None:
        """What a value is worth, and what it should be where it is wrong; None where the gold does not say."""
        wrong = self.judge.is_wrong(value)
        if wrong is None:
            return None
        return {"right": not wrong} | ({"wanted": self._wanted(value)} if wrong else {})

    def _wanted(self, value: Value) -> str | None:
        """The gold's value; None where it has none. Of a list of bodies all."""
        name, _, part = value.field.partition(".")
        held = getattr(self.gold, name)
        if name in self.partners:
            place = self.partners[name].get(value.index or 0)
            held = None if place is None else held[place]
        held = getattr(held, part, None) if part else held
        return "; ".join(held) if isinstance(held, tuple) else None if held is None else written(held)


def judged(record: Record, gold: Gold) -> Judged:
    """A record beside its gold."""
    found = Gold.model_validate(record.plain())
    partners = {
        name: {pair.found: pair.gold for pair in match(getattr(found, name), getattr(gold, name), likeness)}
        for name, (likeness, _) in _LISTS.items()
    }
    return Judged(Judge(record, gold), gold, partners, tuple(_missing(found, gold, partners)))


def _missing(found: Gold, gold: Gold, partners: dict[str, dict[int, int]]) -> Iterator[tuple[str, str]]:
    for name in SAME:
        wanted = getattr(gold, name)
        if wanted and not getattr(found, name) and name not in gold.null_ok:
            yield name, wanted
    for name, (_, naming) in _LISTS.items():
        matched = set(partners[name].values())
        for place, item in enumerate(getattr(gold, name)):
            if place not in matched and not getattr(item, "optional", False):
                parts = naming.split()
                yield ".".join([name, *parts[:1]]), _named(item, parts) if parts else item
    for part in ("authority", "position", "name"):
        if gold.signer and (wanted := getattr(gold.signer, part)) and not getattr(found.signer, part, None):
            yield f"signer.{part}", wanted


def _named(item: Any, parts: Sequence[str]) -> str:
    return " ".join(str(held) for part in parts if (held := getattr(item, part)))
