"""What differences are worth by the gold: a gain, a loss or neither.

Each side of a difference is worth 1 where it is right, 0.5 where it is nearly so (a date less precise, a text at least
``NAME`` alike), 0 where a value is missing that should be there, and -1 where it is wrong: a wrong value is worse than
a missing one. What the gold does not ask for is worth nothing either way. Capitals, typography and punctuation at the
edges of words do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import Any

from audit.alike import body, contains, folded, is_alike, key
from audit.diff import Difference, Side, Verdict
from audit.fields import NAME, PHRASE, match, recipient_likeness, reference_likeness, target_likeness, task_likeness
from audit.score import gold_of, json_files
from audit.syllables import syllables
from audit.values import Value, written
from audit.values import key as key_of
from schemas.gold import Gold
from schemas.record import PLAIN_FIELDS, Record

RIGHT, NEAR, MISSING, WRONG = 1.0, 0.5, 0.0, -1.0
_LIKENESS: dict[str, Callable[[Any, Any], float]] = {
    "references": reference_likeness,
    "targets": target_likeness,
    "assignments": task_likeness,
    "recipients": recipient_likeness,
}
_EXACT = ("code", "number", "symbol", "doc_type", "type")
_LETTERS = (*_EXACT, "section", "period", "unit", "role", "direction", "comparator", "value", "value_max")

_UNSAID = ("deadline_date",)
"""Parts that a gold item need not say."""


class Judges:
    """A folder of gold, matched with records as ``audit.score`` matches them."""

    def __init__(self, folder: Path) -> None:
        """Raises ``FileNotFoundError`` where there is no such folder."""
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder}: no such folder")
        self._folder = folder
        self._known = json_files(folder)

    def gold(self, path: str) -> Gold | None:
        """The gold of a record, by the record's run-relative path."""
        name = gold_of(path.removeprefix("records/"), self._known)
        return Gold.model_validate_json((self._folder / name).read_bytes()) if name else None

    def of_document(self, path: str, *, there: bool) -> Verdict:
        """The verdict on a document that came or went as a whole: it counts where it has gold."""
        if self.gold(path) is None:
            return "neither"
        return "gain" if there else "loss"

    def judge(
        self, differences: Sequence[Difference], before: tuple[str, Record], after: tuple[str, Record]
    ) -> tuple[Difference, ...]:
        """The differences of two records, given with their paths, each with its verdict."""
        gold = self.gold(after[0]) or self.gold(before[0])
        if gold is None:
            return tuple(replace(difference, verdict="neither") for difference in differences)
        old, new = Judge(before[1], gold), Judge(after[1], gold)
        return tuple(replace(d, verdict=_verdict(d, old, new)) for d in differences)


def _verdict(difference: Difference, old: Judge, new: Judge) -> Verdict:
    won = new.worth(difference.field, difference.after) - old.worth(difference.field, difference.before)
    return "neither" if won == 0 or difference.kind == "moved" else "gain" if won > 0 else "loss"


class Judge:
    """A record beside its gold."""

    def __init__(self, record: Record, gold: Gold) -> None:
        """Nothing is matched before it is asked for."""
        self._record = record
        self._gold = gold
        self._found = Gold.model_validate(record.plain())

    def worth(self, field: str, side: Side | None) -> float:
        """What a side of a difference is worth, or the lack of a value (None)."""
        name, _, part = field.partition(".")
        if name not in PLAIN_FIELDS or name not in self._gold.model_fields_set:
            return MISSING
        if name == "signer":
            return self._signer(part)
        if name in _LIKENESS:
            return MISSING if side is None else self._in_item(name, part, side)
        wanted = getattr(self._gold, name)
        if side is None:
            return RIGHT if not wanted or name in self._gold.null_ok else MISSING
        return _worth(name, side.text, wanted)

    def is_wrong(self, value: Value) -> bool | None:
        """Whether a letter or digit of a value is wrong; a date that is less precise is not.

        An item that the gold does not have is one error, that of the value it is known by. None where the gold does
        not say: the other values of such an item stand and fall with it.
        """
        name, _, part = value.field.partition(".")
        if name not in PLAIN_FIELDS or name not in self._gold.model_fields_set:
            return None
        if name in _LIKENESS:
            place = self._partners[name].get(value.index or 0)
            if place is None:
                known = value.text == key_of(getattr(self._record, name)[value.index or 0])
                return True if known and not self._excused(name, value.index or 0) else None
            wanted = getattr(self._gold, name)[place]
            if getattr(wanted, "optional", False) or (part in _UNSAID and part not in wanted.model_fields_set):
                return None
        least = NEAR if name == "date" else RIGHT
        return self.worth(value.field, Side(value.path, value.index, value.text)) < least

    def _signer(self, part: str) -> float:
        """Of one part, or of all that the gold asks for."""
        if self._gold.signer is None:
            return MISSING
        asked = [one for one in ("authority", "position", "name") if one in self._gold.signer.model_fields_set]
        values = [
            _optional(one, getattr(self._found.signer, one, None), getattr(self._gold.signer, one))
            for one in asked
            if part in ("", one)
        ]
        return fmean(values) if values else MISSING

    def _in_item(self, name: str, part: str, side: Side) -> float:
        """Of an item of a list, or of one of its parts."""
        index = side.index if side.index is not None else 0
        place = self._partners[name].get(index)
        wanted = None if place is None else getattr(self._gold, name)[place]
        if wanted is None:
            return MISSING if part or self._excused(name, index) else WRONG
        if getattr(wanted, "optional", False):
            return MISSING
        if not part:
            return _worth(name, side.text, wanted) if isinstance(wanted, str) else RIGHT
        held = getattr(wanted, part)
        if isinstance(held, tuple):
            return max((_worth("lead", side.text, name) for name in held), default=WRONG)
        return _worth(part, side.text, None if held is None else written(held))

    def _excused(self, name: str, index: int) -> bool:
        """Whether the gold leaves a target open."""
        if name != "targets":
            return False
        statement = self._found.targets[index].statement
        return any(contains(statement, phrase, PHRASE) for phrase in self._gold.optional_targets)

    @cached_property
    def _partners(self) -> dict[str, dict[int, int]]:
        """Of each list the place of the gold's item for the place of each item found."""
        return {
            name: dict(match(getattr(self._found, name), getattr(self._gold, name), likeness))
            for name, likeness in _LIKENESS.items()
        }


def _optional(name: str, found: str | None, wanted: str | None) -> float:
    if not found:
        return MISSING if wanted else RIGHT
    return _worth(name, found, wanted)


def _worth(name: str, found: str, wanted: str | None) -> float:
    """Of a value that is there."""
    if not wanted:
        return WRONG
    same = key if name in _EXACT else body if name.startswith("issuer") else folded
    one, other = folded(same(found)), folded(same(wanted))
    if one == other or (syllables(one) and syllables(one) == syllables(other)):
        return RIGHT
    if name in ("date", "deadline_date"):
        return NEAR if wanted.startswith(found) else WRONG
    return NEAR if name not in _LETTERS and is_alike(found, wanted, NAME) else WRONG
