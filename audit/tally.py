"""Precision, recall and F1 of each field: how many values are right, of those found and of those wanted.

Strict: a value is right if it is the gold's, typography aside (quotes, dashes, blanks, old or new tone placement); of a
reference, a target or a duty every part has to be so. Lenient: names and texts need only be as alike as ``LENIENT``
says, a date may be less precise, and a list item is right if it is the gold's item, whatever its other parts are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from audit.alike import body, folded, is_alike, key
from audit.fields import (
    AGENCY,
    ITEM,
    NAME,
    RECIPIENT,
    ROLES,
    SAME,
    STATEMENT,
    TITLE,
    Pair,
    excused,
    match,
    recipient_likeness,
    reference_likeness,
    reference_parts,
    signer_part,
    target_likeness,
    target_parts,
    task_likeness,
)
from schemas.gold import Gold, GoldAssignment, GoldReference, GoldSigner, GoldTarget

LENIENT = {
    "issuer, issuer_parent, place, signer": NAME,
    "title": TITLE,
    "references without a code": ITEM,
    "targets (statement)": STATEMENT,
    "assignments (task)": ITEM,
    "assignments.agencies, assignments.deadline": AGENCY,
    "recipients": RECIPIENT,
}
"""Likeness (0 to 100) from which a value of a field is right when judged leniently."""
FIELDS = (
    *SAME,
    *("references", "targets", "assignments", "assignments.agencies", "assignments.deadline", "assignments.section"),
    *("recipients", "signer.authority", "signer.position", "signer.name"),
)
"""What is judged, in the order of the record."""
T = TypeVar("T")


class Tally(NamedTuple):
    """Values that are right, those found, and those wanted."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float | None:
        """The share of the found that is right; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of the wanted that was found; None where nothing was wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there was nothing to find and nothing was found."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else None


class Judged(NamedTuple):
    """A field, judged strictly and leniently."""

    strict: Tally
    lenient: Tally


def judge(found: Gold, gold: Gold) -> dict[str, Judged]:
    """Each field that the gold asks for and that one of the two has, in the order of the record."""
    asked = gold.model_fields_set
    fields: dict[str, Judged] = {}
    for name in SAME:
        if name in asked and not (name in gold.null_ok and not getattr(found, name)):
            fields[name] = _scalar(name, getattr(found, name), getattr(gold, name))
    if "references" in asked:
        fields["references"] = _references(found, gold)
    if "targets" in asked:
        fields["targets"] = _targets(found, gold)
    if "assignments" in asked:
        fields |= _assignments(found.assignments, gold.assignments)
    if "recipients" in asked:
        pairs = match(found.recipients, gold.recipients, recipient_likeness)
        same = sum(folded(found.recipients[p.found]) == folded(gold.recipients[p.gold]) for p in pairs)
        fields["recipients"] = _judged(same, len(pairs), len(found.recipients), len(gold.recipients))
    if gold.signer is not None:
        fields |= _signer(found.signer or GoldSigner(), gold.signer)
    return {name: judged for name, judged in fields.items() if judged.lenient.found + judged.lenient.wanted}


def together(documents: Iterable[Mapping[str, Judged]]) -> dict[str, Judged]:
    """The tallies of several documents added up, field by field, in the order of the record."""
    sums: dict[str, Judged] = {}
    for document in documents:
        for name, judged in document.items():
            sums[name] = _added(sums[name], judged) if name in sums else judged
    return {name: sums[name] for name in FIELDS if name in sums}


def pooled(fields: Mapping[str, Judged]) -> Judged:
    """All fields added up."""
    nothing = Tally(0, 0, 0)
    whole = Judged(nothing, nothing)
    for judged in fields.values():
        whole = _added(whole, judged)
    return whole


def _added(one: Judged, other: Judged) -> Judged:
    return Judged(*(Tally(*map(sum, zip(a, b, strict=True))) for a, b in zip(one, other, strict=True)))


def _judged(strict: int, lenient: int, found: int, wanted: int) -> Judged:
    return Judged(Tally(int(strict), int(found), int(wanted)), Tally(int(lenient), int(found), int(wanted)))


def _scalar(name: str, found: str | None, wanted: str | None) -> Judged:
    same = alike = False
    if found and wanted:
        exact = key if name in ("doc_type", "code") else body if name.startswith("issuer") else folded
        same = folded(exact(found)) == folded(exact(wanted))
        alike = SAME[name](found, wanted) or (name == "date" and wanted.startswith(found))
    return _judged(same, alike or same, bool(found), bool(wanted))


def _references(found: Gold, gold: Gold) -> Judged:
    pairs = match(found.references, gold.references, reference_likeness)
    scored = [pair for pair in pairs if not gold.references[pair.gold].optional]
    count = len(found.references) - (len(pairs) - len(scored))
    wanted = sum(not reference.optional for reference in gold.references)
    return _judged(_exact(scored, found.references, gold.references, _same_reference), len(scored), count, wanted)


def _same_reference(one: GoldReference, other: GoldReference) -> bool:
    texts = all(folded(getattr(one, part)) == folded(getattr(other, part)) for part in ("issuer", "subject"))
    return texts and key(one.code) == key(other.code) and all(reference_parts(one, other))


def _targets(found: Gold, gold: Gold) -> Judged:
    pairs = match(found.targets, gold.targets, target_likeness)
    count = len(found.targets) - excused(found, gold, pairs)
    return _judged(_exact(pairs, found.targets, gold.targets, _same_target), len(pairs), count, len(gold.targets))


def _same_target(one: GoldTarget, other: GoldTarget) -> bool:
    texts = all(folded(getattr(one, part)) == folded(getattr(other, part)) for part in ("population", "statement"))
    return (
        texts and all(target_parts(one, other)) and (one.value_max, one.direction) == (other.value_max, other.direction)
    )


def _assignments(found: Sequence[GoldAssignment], gold: Sequence[GoldAssignment]) -> dict[str, Judged]:
    pairs = match(found, gold, task_likeness)
    named = [(duty, other) for duty, other in ((found[p.found], gold[p.gold]) for p in pairs)]
    lists = [(getattr(one, role), getattr(other, role)) for one, other in named for role in ROLES]
    strict = sum(_agencies_right(one, other, _exactly) for one, other in lists)
    lenient = sum(_agencies_right(one, other, _nearly) for one, other in lists)
    return {
        "assignments": _judged(_exact(pairs, found, gold, _same_duty), len(pairs), len(found), len(gold)),
        "assignments.agencies": _judged(strict, lenient, _agencies(found), _agencies(gold)),
        "assignments.deadline": _part("deadline", named, _nearly),
        "assignments.section": _part("section", named, _exactly),
    }


def _part(
    part: str, named: Sequence[tuple[GoldAssignment, GoldAssignment]], alike: Callable[[str, str], bool]
) -> Judged:
    """A part of the duties that were matched."""
    both = [(getattr(one, part) or "", getattr(other, part) or "") for one, other in named]
    strict = sum(bool(one and other) and _exactly(one, other) for one, other in both)
    lenient = sum(bool(one and other) and alike(one, other) for one, other in both)
    return _judged(strict, lenient, sum(bool(one) for one, _ in both), sum(bool(other) for _, other in both))


def _same_duty(one: GoldAssignment, other: GoldAssignment) -> bool:
    texts = all(folded(getattr(one, part)) == folded(getattr(other, part)) for part in ("task", "deadline", "section"))
    return texts and all(
        sorted(map(folded, getattr(one, role))) == sorted(map(folded, getattr(other, role))) for role in ROLES
    )


def _agencies(duties: Sequence[GoldAssignment]) -> int:
    return sum(len(getattr(duty, role)) for duty in duties for role in ROLES)


def _agencies_right(found: Sequence[str], gold: Sequence[str], alike: Callable[[str, str], bool]) -> int:
    left = list(gold)
    for name in found:
        hit = next((other for other in left if alike(name, other)), None)
        if hit is not None:
            left.remove(hit)
    return len(gold) - len(left)


def _exactly(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def _nearly(one: str, other: str) -> bool:
    return is_alike(one, other, AGENCY)


def _signer(found: GoldSigner, gold: GoldSigner) -> dict[str, Judged]:
    fields = {}
    for part in ("authority", "position", "name"):
        if part in gold.model_fields_set:
            one, other = getattr(found, part), getattr(gold, part)
            both = bool(one and other)
            same, alike = both and folded(one) == folded(other), both and signer_part(part, one, other)
            fields[f"signer.{part}"] = _judged(same, alike, bool(one), bool(other))
    return fields


def _exact(pairs: Sequence[Pair], found: Sequence[T], gold: Sequence[T], same: Callable[[T, T], bool]) -> int:
    return sum(same(found[pair.found], gold[pair.gold]) for pair in pairs)
