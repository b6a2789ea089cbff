"""Two records of one document, compared value by value."""

from __future__ import annotations

from collections.abc import Sequence

from audit.alike import canonical, folded
from audit.diff import Difference, Kind, Side, Stage
from audit.pairing import pair_items, pair_texts
from audit.values import FIELDS, Item, Value, count, items, key, parts, proof
from schemas.record import Cited, Evidence, Note, Record
from schemas.text import fold

STAGES: tuple[Stage, ...] = ("input", "pages", "text", "rules")
NEAR = 18.0
"""PDF points by which a value may shift between two pictures of a page without having moved: less than a line."""

Entry = tuple[int | None, Item]
Parts = dict[str, list[Value]]


def compare_records(before: Record, after: Record) -> tuple[tuple[Difference, ...], int]:
    """All differences in the order of the record, and how many values agree."""
    comparison = _Comparison(same_pages=before.trace.pages == after.trace.pages)
    for field in FIELDS:
        ones, others = list(items(before, field)), list(items(after, field))
        if ones == others:
            comparison.same += sum(count(item) for _, item in others)
        else:
            comparison.compare_field(field, ones, others)
    return tuple(comparison.found), comparison.same


def first_stage(before: Record, after: Record) -> Stage | None:
    """The first stage whose product differs; None where all agree."""
    return next((name for name in STAGES if getattr(before.trace, name) != getattr(after.trace, name)), None)


def kind_of(before: str, after: str) -> Kind:
    """The class of a change from one text to another that is not the same."""
    if folded(before) == folded(after):
        return "case"
    return "diacritics" if fold(canonical(before)) == fold(canonical(after)) else "changed"


class _Comparison:
    """Gathers the differences of two records."""

    def __init__(self, *, same_pages: bool) -> None:
        self._same_pages = same_pages
        self.found: list[Difference] = []
        self.same = 0

    def compare_field(self, field: str, before: Sequence[Entry], after: Sequence[Entry]) -> None:
        """The entries of one field: those that are gone, then those that are there now."""
        single = all(index is None for index, _ in (*before, *after))
        pairs = [(0, 0)] if single and before and after else []
        if not single:
            pairs = pair_items([item for _, item in before], [item for _, item in after])
        partner = {j: i for i, j in pairs}
        for i, entry in enumerate(before):
            if i not in partner.values():
                self.found.append(Difference(field, "removed", _entire(field, entry), None, _item(entry)))
        for j, entry in enumerate(after):
            if j in partner:
                self._compare_entries(field, before[partner[j]], entry)
            else:
                self.found.append(Difference(field, "added", None, _entire(field, entry), _item(entry)))

    def _compare_entries(self, field: str, before: Entry, after: Entry) -> None:
        """Two items that are one, part by part. Where no value changed, the item may have moved as a whole."""
        if before[1] == after[1]:
            self.same += count(after[1])
            return
        ones, others = _grouped(field, before), _grouped(field, after)
        start = len(self.found)
        agreed: list[tuple[Value, Value]] = []
        for part in {**ones, **others}:
            agreed += self._compare_parts(part, ones.get(part, []), others.get(part, []), _item(after))
        if len(self.found) > start:
            for one, other in agreed:
                if one.own and other.own and self._moved(one.evidence, other.evidence):
                    self.found.append(Difference(one.field, "moved", _side(one), _side(other), _item(after)))
                else:
                    self.same += 1
        elif self._moved(proof(before[1]), proof(after[1])):
            sides = _entire(field, before), _entire(field, after)
            self.found.append(Difference(field, "moved", *sides, _item(after)))
        else:
            self.same += len(agreed)

    def _compare_parts(
        self, part: str, ones: Sequence[Value], others: Sequence[Value], item: str
    ) -> list[tuple[Value, Value]]:
        """The values of one part of an item, of a list of bodies several; gives those that agree."""
        single = len(ones) == len(others) == 1 and not ones[0].path.endswith("]")
        pairs = [(0, 0)] if single else pair_texts([v.text for v in ones], [v.text for v in others])
        known, taken = {i for i, _ in pairs}, {j for _, j in pairs}
        lost = [Difference(part, "removed", _side(v), None, item) for i, v in enumerate(ones) if i not in known]
        new = [Difference(part, "added", None, _side(v), item) for j, v in enumerate(others) if j not in taken]
        self.found += lost + new
        agreed = []
        for one, other in ((ones[i], others[j]) for i, j in pairs):
            if one.text == other.text:
                agreed.append((one, other))
            else:
                self.found.append(Difference(part, kind_of(one.text, other.text), _side(one), _side(other), item))
        return agreed

    def _moved(self, before: Sequence[Evidence], after: Sequence[Evidence]) -> bool:
        """Whether a value was read in another place.

        Of the same raw pages the offsets tell, of others the page and, where there are boxes, where they begin.
        """
        if self._same_pages:
            return {(e.page, e.start, e.end) for e in before} != {(e.page, e.start, e.end) for e in after}
        if not before or not after:
            return bool(before) != bool(after)
        one, other = min(before, key=_begin), min(after, key=_begin)
        if one.page != other.page or one.bbox is None or other.bbox is None:
            return one.page != other.page
        return any(abs(a - b) > NEAR for a, b in zip(one.bbox[:2], other.bbox[:2], strict=True))


def _begin(piece: Evidence) -> tuple[int, int]:
    return piece.page, piece.start


def _grouped(field: str, entry: Entry) -> dict[str, list[Value]]:
    """The values of an item by their part."""
    grouped: dict[str, list[Value]] = {}
    for value in parts(field, *entry):
        grouped.setdefault(value.field, []).append(value)
    return grouped


def _side(value: Value) -> Side:
    return Side(value.path, value.index, value.text, value.evidence)


def _entire(field: str, entry: Entry) -> Side:
    """A whole item: its values joined, first what it is known by."""
    index, item = entry
    held = sorted(parts(field, index, item), key=lambda value: value.text != key(item))
    path = field if index is None else f"{field}[{index}]"
    return Side(path, index, " | ".join(value.text for value in held), proof(item), len(held))


def _item(entry: Entry) -> str:
    """The name of a list item; "" for what is no item of a list of several values."""
    index, item = entry
    return "" if index is None or isinstance(item, (Cited, Note)) else key(item)
