"""Which item of a list is which item of another: by what it says and where it stands, never by its number.

Equal items first, then the optimal assignment of what is left. The order of the two lists, and which of them is called
the first, make no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment

from audit.alike import canonical
from audit.values import Item, key, proof
from schemas.record import Evidence, Reference
from schemas.text import fold

LEAST = 70.0
"""The likeness (0 to 100) from which two items may be one."""
PLACED = 10.0
"""What it counts for two items to stand in the same place of the page."""
SUBJECT = 80.0
"""The likeness from which two subjects are one."""

T = TypeVar("T")
Pairs = list[tuple[int, int]]
Weights = NDArray[np.float64]


def pair_items(before: Sequence[Item], after: Sequence[Item]) -> Pairs:
    """The pairs of places of two lists of one field."""
    return _pairs(before, after, (_whole, _plain, _known_by), _likeness)


def pair_texts(before: Sequence[str], after: Sequence[str]) -> Pairs:
    """The pairs of places of two lists of names."""
    return _pairs(before, after, (str, _folded), lambda ones, others: _ratios(ones, others, _folded))


def assign(likeness: Weights) -> Pairs:
    """The pairs of rows and columns whose squared likenesses add up to most; a likeness of 0 is no pair."""
    rows, columns = linear_sum_assignment(likeness**2, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if likeness[i, j] > 0]


def same_place(one: Sequence[Evidence], other: Sequence[Evidence]) -> bool:
    """Whether some piece of one overlaps some piece of the other: their boxes, or their offsets where a box lacks."""
    return any(_overlap(a, b) for a in one for b in other if a.page == b.page)


def _pairs(
    before: Sequence[T],
    after: Sequence[T],
    keys: Sequence[Callable[[T], Hashable]],
    likeness: Callable[[Sequence[T], Sequence[T]], Weights],
) -> Pairs:
    """Pairs by one key after another, then by likeness. What the first key leaves is put in an order that its content
    gives.
    """
    left, right = list(range(len(before))), list(range(len(after)))
    found: Pairs = []
    for number, of in enumerate(keys):
        if not left or not right:
            break
        found += _equal({i: of(before[i]) for i in left}, {j: of(after[j]) for j in right}, alone=number == 2)
        used, taken = {i for i, _ in found}, {j for _, j in found}
        left, right = [i for i in left if i not in used], [j for j in right if j not in taken]
        if number == 0:
            left.sort(key=lambda i: repr(keys[0](before[i])))
            right.sort(key=lambda j: repr(keys[0](after[j])))
    if left and right:
        ones, others = [before[i] for i in left], [after[j] for j in right]
        found += [(left[i], right[j]) for i, j in _assigned(ones, others, keys[0], likeness)]
    return sorted(found)


def _equal(ones: dict[int, Hashable], others: dict[int, Hashable], *, alone: bool) -> Pairs:
    """Places of equal keys, in order; with ``alone`` only where each list has one such item."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = {}
    for i, key_of in ones.items():
        groups.setdefault(key_of, ([], []))[0].append(i)
    for j, key_of in others.items():
        if key_of in groups:
            groups[key_of][1].append(j)
    chosen = [group for group in groups.values() if not alone or len(group[0]) == len(group[1]) == 1]
    return [pair for group in chosen for pair in zip(*group, strict=False)]


def _assigned(
    ones: Sequence[T],
    others: Sequence[T],
    whole: Callable[[T], Hashable],
    likeness: Callable[[Sequence[T], Sequence[T]], Weights],
) -> Pairs:
    """The optimal pairs. Of equally good ones the same are taken whichever list comes first."""
    if repr([whole(one) for one in ones]) <= repr([whole(one) for one in others]):
        return assign(likeness(ones, others))
    return [(i, j) for j, i in assign(likeness(others, ones))]


def _likeness(ones: Sequence[Item], others: Sequence[Item]) -> Weights:
    """How alike items are: what they are known by, a place that they share, and the rest to settle what is equal."""
    weights = _ratios(ones, others, lambda item: _folded(key(item)), least=0)
    whole = _ratios(ones, others, lambda item: _folded(repr(_plain(item))), least=0)
    for i, one in enumerate(ones):
        for j, other in enumerate(others):
            weights[i, j] = _settled(one, other, weights[i, j])
    return np.where(weights >= LEAST, weights + whole / 10, 0)


def _settled(one: Item, other: Item, alike: float) -> float:
    """The likeness of two items, where they stand considered."""
    placed = same_place(proof(one), proof(other))
    if isinstance(one, Reference) and isinstance(other, Reference):
        return _settled_reference(one, other, alike, placed)
    if not placed:
        return alike
    return max(alike, fuzz.partial_ratio(_folded(key(one)), _folded(key(other)))) + PLACED


def _settled_reference(one: Reference, other: Reference, alike: float, placed: bool) -> float:
    """Two codes that differ are two documents, if nothing else makes them one; without a code the rest tells."""
    if one.code and other.code:
        if canonical(one.code) == canonical(other.code):
            return 100.0
        return alike + PLACED * placed if placed or _cites_the_same(one, other) else 0.0
    return fuzz.ratio(_about(one), _about(other)) + PLACED * placed


def _about(reference: Reference) -> str:
    """All that a reference says but its code."""
    told = (reference.type, reference.date, reference.issuer, reference.subject)
    return _folded(" ".join(filter(None, told)))


def _cites_the_same(one: Reference, other: Reference) -> bool:
    """Whether date or subject say that two codes are two readings of one."""
    if one.date and one.date == other.date:
        return True
    subjects = _folded(one.subject or ""), _folded(other.subject or "")
    return all(subjects) and fuzz.ratio(*subjects) >= SUBJECT


def _ratios(ones: Sequence[T], others: Sequence[T], text: Callable[[T], str], least: float = LEAST) -> Weights:
    rows, columns = [text(one) for one in ones], [text(other) for other in others]
    return process.cdist(rows, columns, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float64)


def _overlap(one: Evidence, other: Evidence) -> bool:
    if one.bbox is None or other.bbox is None:
        return one.start < other.end and other.start < one.end
    (a, b, c, d), (e, f, g, h) = one.bbox, other.bbox
    return a < g and e < c and b < h and f < d


def _folded(text: str) -> str:
    return fold(canonical(text))


def _whole(item: Item) -> Hashable:
    """Values and places."""
    return _plain(item), tuple((piece.page, piece.start, piece.end, piece.of or "") for piece in proof(item))


def _plain(item: Item) -> Hashable:
    return tuple(held for name, held in vars(item).items() if name != "evidence")


def _known_by(item: Item) -> Hashable:
    return _folded(key(item))
