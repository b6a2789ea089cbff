"""What changed between two records of one document: the types, and the comparison value by value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.record import Evidence

Kind = Literal["added", "removed", "changed", "diacritics", "case", "moved", "failed", "succeeded"]
"""A class of change.

``diacritics``: the letters agree when marks (and capitals) are taken off. ``case``: only capitals, typography (quotes,
dashes, blanks) or the place of a tone mark differ. ``moved``: the same value, read in another place. ``failed``,
``succeeded``: the document gave a record before and none now, or the other way round.
"""

Stage = Literal["input", "pages", "text", "rules"]
"""The stage whose product differs first: the file itself, its raw pages, their repair, the rules."""

Verdict = Literal["gain", "loss", "neither"]
"""What a difference is worth by the gold."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two records says.

    ``path`` is the place in the record ("assignments[3].lead[0]", or "assignments[3]" for a whole item), ``index`` the
    number of the item (None for a scalar), ``size`` how many values it stands for.
    """

    path: str
    index: int | None
    text: str
    evidence: tuple[Evidence, ...] = ()
    size: int = 1

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that gave the value, each once."""
        return tuple(dict.fromkeys(piece.rule for piece in self.evidence))


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``field`` has no numbers ("assignments.lead"); ``item`` names the list item ("" for a scalar).

    A list item that is new or gone as a whole is one difference of its list ("assignments").
    """

    field: str
    kind: Kind
    before: Side | None
    after: Side | None
    item: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences of one document: ``file`` as it is known now (or was), ``before`` and ``after`` the run-relative
    paths of its records (None where there is none), ``stage`` the first that differs (None where none is known to),
    ``same`` how many values agree.
    """

    file: str
    before: str | None
    after: str | None
    stage: Stage | None
    differences: tuple[Difference, ...]
    same: int = 0
