"""How well one record agrees with its gold, field by field.

Every score lies between 0 and 1. A field that is empty on both sides, or absent from the gold, has no score.
Thresholds are likenesses of 0 to 100 (``audit.alike``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean
from typing import NamedTuple, TypeVar

from audit.alike import body, canonical, contains, folded, is_alike, key, likeness
from schemas.gold import Gold, GoldAssignment, GoldReference, GoldSigner, GoldTarget

T = TypeVar("T")

TITLE = 93
NAME = 96
ITEM = 75
STATEMENT = 70
RECIPIENT = 85
AGENCY = 88
SUBJECT = 80
PHRASE = 90
ROLES = ("lead", "advise", "support")
_ABOUT = re.compile(r"^(về việc|về|v/v)\s+", re.IGNORECASE)

SAME: dict[str, Callable[[str, str], bool]] = {
    "doc_type": lambda found, wanted: key(found) == key(wanted),
    "code": lambda found, wanted: key(found) == key(wanted),
    "issuer": lambda found, wanted: is_alike(body(found), body(wanted), NAME),
    "issuer_parent": lambda found, wanted: is_alike(body(found), body(wanted), NAME),
    "place": lambda found, wanted: is_alike(found, wanted, NAME),
    "date": lambda found, wanted: found == wanted,
    "title": lambda found, wanted: is_alike(found, wanted, TITLE),
}


class Pair(NamedTuple):
    """The index of a found item and of the gold item that it was matched with."""

    found: int
    gold: int


def measure(found: Gold, gold: Gold) -> dict[str, float]:
    """The score of each field that the gold asks for, in the order of the record."""
    scores: dict[str, float] = {}
    asked = gold.model_fields_set
    for name in SAME:
        if name in asked and (score := _scalar(name, found, gold)) is not None:
            scores[name] = score
    for name, score_list in _LISTS.items():
        if name in asked:
            scores |= score_list(found, gold)
    if gold.signer and gold.signer.model_fields_set:
        scores["signer"] = _signer(found.signer or GoldSigner(), gold.signer)
    return scores


def macro(scores: dict[str, float]) -> float:
    """The mean over fields; 0 where nothing was scored."""
    return fmean(scores.values()) if scores else 0.0


def _scalar(name: str, found: Gold, gold: Gold) -> float | None:
    value, wanted = getattr(found, name), getattr(gold, name)
    lenient = name in gold.null_ok
    if not value:
        return None if wanted is None else float(lenient)
    if wanted is None:
        return 0.0
    if name == "date" and value != wanted and wanted.startswith(value):  # less precise is not wrong
        return 1.0 if lenient else 0.5
    return float(SAME[name](value, wanted))


def _references(found: Gold, gold: Gold) -> dict[str, float]:
    pairs = match(found.references, gold.references, reference_likeness)
    scored = [pair for pair in pairs if not gold.references[pair.gold].optional]
    excused = len(pairs) - len(scored)
    wanted = sum(not reference.optional for reference in gold.references)
    return {
        **_f1("references", len(scored), len(found.references) - excused, wanted),
        **_share(
            "references.fields",
            (reference_parts(found.references[pair.found], gold.references[pair.gold]) for pair in scored),
        ),
    }


def reference_likeness(found: GoldReference, gold: GoldReference) -> float:
    """How alike two references are: the same code, or date and type, or text at least ``ITEM`` alike."""
    if found.code and gold.code:
        return 100.0 * (key(found.code) == key(gold.code))
    if not gold.code and gold.date and gold.date == found.date and key(found.type) == key(gold.type):
        return 99.0  # the gold could not read the number: the best reading is as good as none
    if found.code or gold.code:
        return 0.0
    return _at_least(ITEM, likeness(f"{found.type} {found.subject}", f"{gold.type} {gold.subject}"))


def reference_parts(found: GoldReference, gold: GoldReference) -> tuple[bool, ...]:
    """Whether date, type, role, issuer and subject agree."""
    return (
        key(found.date) == key(gold.date),
        key(found.type) == key(gold.type),
        found.role == gold.role,
        is_alike(body(found.issuer), body(gold.issuer), AGENCY) if gold.issuer else not found.issuer,
        is_alike(_subject(found), _subject(gold), SUBJECT) if _subject(gold) else not _subject(found),
    )


def _subject(reference: GoldReference) -> str:
    return _ABOUT.sub("", canonical(reference.subject))


def _targets(found: Gold, gold: Gold) -> dict[str, float]:
    pairs = match(found.targets, gold.targets, target_likeness)
    return {
        **_f1("targets", len(pairs), len(found.targets) - excused(found, gold, pairs), len(gold.targets)),
        **_share(
            "targets.fields", (target_parts(found.targets[pair.found], gold.targets[pair.gold]) for pair in pairs)
        ),
    }


def excused(found: Gold, gold: Gold, pairs: Sequence[Pair]) -> int:
    """How many unmatched targets the gold leaves open."""
    matched = {pair.found for pair in pairs}
    return sum(
        any(contains(target.statement, phrase, PHRASE) for phrase in gold.optional_targets)
        for index, target in enumerate(found.targets)
        if index not in matched
    )


def target_likeness(found: GoldTarget, gold: GoldTarget) -> float:
    """How alike the statements of two goals of the same value and unit are; 0 below ``STATEMENT``."""
    same_unit = key(found.unit) == key(gold.unit) or found.unit == gold.unit
    if not same_unit or abs(found.value - gold.value) >= 1e-9:
        return 0.0
    return _at_least(STATEMENT, likeness(found.statement, gold.statement))


def target_parts(found: GoldTarget, gold: GoldTarget) -> tuple[bool, ...]:
    """Whether period, comparator and population agree."""
    return (
        key(found.period) == key(gold.period),
        found.comparator == gold.comparator,
        is_alike(found.population or "-", gold.population or "-", ITEM),
    )


def _assignments(found: Gold, gold: Gold) -> dict[str, float]:
    pairs = match(found.assignments, gold.assignments, task_likeness)
    duties = [(found.assignments[pair.found], gold.assignments[pair.gold]) for pair in pairs]
    agencies = sum(_agencies_right(one, other) for one, other in duties)
    dated = [(one, other) for one, other in duties if other.deadline]
    return {
        **_f1("assignments", len(pairs), len(found.assignments), len(gold.assignments)),
        **_f1("assignments.agencies", agencies, _agencies(found.assignments), _agencies(gold.assignments)),
        **_share("assignments.section", ((key(one.section) == key(other.section),) for one, other in duties)),
        **_share("assignments.deadline", ((is_alike(one.deadline, other.deadline, AGENCY),) for one, other in dated)),
    }


def task_likeness(found: GoldAssignment, gold: GoldAssignment) -> float:
    """How alike two duties are; 0 below ``ITEM``."""
    return _at_least(ITEM, likeness(found.task, gold.task))


def recipient_likeness(found: str, gold: str) -> float:
    """How alike two recipients are; 0 below ``RECIPIENT``."""
    return _at_least(RECIPIENT, likeness(found, gold))


def _agencies(assignments: Sequence[GoldAssignment]) -> int:
    return sum(len(getattr(assignment, role)) for assignment in assignments for role in ROLES)


def _agencies_right(found: GoldAssignment, gold: GoldAssignment) -> int:
    right = 0
    for role in ROLES:
        wanted = list(getattr(gold, role))
        for name in getattr(found, role):
            hit = next((other for other in wanted if is_alike(name, other, AGENCY)), None)
            if hit is not None:
                wanted.remove(hit)
                right += 1
    return right


def _recipients(found: Gold, gold: Gold) -> dict[str, float]:
    pairs = match(found.recipients, gold.recipients, recipient_likeness)
    return _f1("recipients", len(pairs), len(found.recipients), len(gold.recipients))


def _signer(found: GoldSigner, gold: GoldSigner) -> float:
    return fmean(
        signer_part(part, getattr(found, part), getattr(gold, part))
        for part in ("authority", "position", "name")
        if part in gold.model_fields_set
    )


def signer_part(part: str, found: str | None, gold: str | None) -> bool:
    """Whether a part of the signer agrees; of an authority its last line will do."""
    one, other = folded(found), folded(gold)
    if not one or not other:
        return one == other
    if part == "authority" and (one.endswith(other) or other.endswith(one)):  # the line nearest the position will do
        return True
    return is_alike(found, gold, NAME)


_LISTS = {
    "references": _references,
    "targets": _targets,
    "assignments": _assignments,
    "recipients": _recipients,
}


def match(found: Sequence[T], gold: Sequence[T], likeness_of: Callable[[T, T], float]) -> list[Pair]:
    """One-to-one pairs, the most alike first; a likeness of 0 is no match."""
    ranked = sorted(
        ((likeness_of(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(gold)), reverse=True
    )
    pairs: list[Pair] = []
    used: set[int] = set()
    taken: set[int] = set()
    for alike, i, j in ranked:
        if alike > 0 and i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append(Pair(i, j))
    return pairs


def _at_least(least: float, alike: float) -> float:
    return alike if alike >= least else 0.0


def _f1(name: str, right: int, found: int, wanted: int) -> dict[str, float]:
    """The harmonic mean of precision and recall under ``name``; nothing where there was nothing to find."""
    return {name: 2 * right / (found + wanted)} if found + wanted else {}


def _share(name: str, parts: Iterator[tuple[bool, ...]]) -> dict[str, float]:
    """The share of parts that are right under ``name``; nothing where there are none."""
    checked = [part for group in parts for part in group]
    return {name: fmean(checked)} if checked else {}
