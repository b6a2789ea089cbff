"""What a whole comparison comes to: counts by field and class, by stage, and by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from audit.diff import Changes, Difference, Kind, Verdict

KINDS: tuple[Kind, ...] = get_args(Kind)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LABELS: dict[Kind, str] = {"diacritics": "diacritics only", "case": "case or normalisation only"}
"""How a class is called where its name does not say it."""


@dataclass
class Totals:
    """Counts that grow while documents are compared."""

    documents: int = 0
    changed: int = 0
    same: int = 0
    fields: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    judged: dict[str, Counter[Verdict]] = field(default_factory=dict)

    def add(self, changes: Changes) -> None:
        """Count one document."""
        self.documents += 1
        self.changed += bool(changes.differences)
        self.same += changes.same
        for difference in changes.differences:
            self.fields[difference.field, difference.kind] += 1
            if difference.verdict:
                self.verdicts[difference.verdict] += 1
                self.judged.setdefault(changes.file, Counter())[difference.verdict] += 1
        if changes.differences:
            self.stages[changes.stage or "unknown"] += 1

    @property
    def kinds(self) -> dict[Kind, int]:
        """How many differences of each class there are; classes without any are left out."""
        counts = {kind: sum(n for (_, of), n in self.fields.items() if of == kind) for kind in KINDS}
        return {kind: count for kind, count in counts.items() if count}

    def has(self, names: Iterable[str]) -> bool:
        """Whether there are differences of one of these classes or verdicts; "any" is any difference at all."""
        seen = {*self.kinds, *(verdict for verdict, count in self.verdicts.items() if count)}
        return bool(seen & set(names)) or ("any" in names and bool(seen))

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        named: dict[str, dict[str, int]] = {}
        for (name, kind), count in self.fields.items():
            named.setdefault(name, {})[kind] = count
        return {
            "documents": self.documents,
            "changed": self.changed,
            "values_same": self.same,
            "classes": self.kinds,
            "fields": named,
            "stages": dict(self.stages),
            "verdicts": dict(self.verdicts),
        }


def chosen(
    found: Iterable[Changes], totals: Totals, fields: Iterable[str] = (), kinds: Iterable[str] = ()
) -> Iterator[Changes]:
    """The changes with the differences of some fields ("assignments" holds "assignments.lead") and classes alone.

    Without names all are chosen. What is chosen is counted in ``totals``.
    """
    names, classes = frozenset(fields), frozenset(kinds)
    wanted: Callable[[Difference], bool] = lambda d: (  # noqa: E731
        (not names or not names.isdisjoint((d.field, d.field.partition(".")[0]))) and (not classes or d.kind in classes)
    )
    for changes in found:
        kept = replace(changes, differences=tuple(filter(wanted, changes.differences)))
        totals.add(kept)
        yield kept
