"""The laws of a comparison, on drawn records."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.compare import NEAR, compare_records, first_stage, kind_of
from audit.diff import Difference, Side
from audit.values import FIELDS, values
from schemas.record import Record
from tests.audit.records import PLAN, Plain, edited, piece

WORDS = "cây Cây cay xã trồng tháng 12 Ủy Uỷ uỷ".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
MAYBE = st.none() | TEXTS
DATES = st.sampled_from(["2025", "2025-11", "2025-11-13"])
CODES = st.sampled_from(["12/QĐ-UBND", "13/QĐ-UBND", "12/QD-UBND", "45/KH-UBND"])
LISTS = st.lists(TEXTS, max_size=3)
MIRRORED = {"added": "removed", "removed": "added", "failed": "succeeded", "succeeded": "failed"}


@st.composite
def pieces(draw: st.DrawFn, *of: str) -> list[Plain]:
    """Evidence for some parts, on few places, so that places are often shared."""
    named = [None, *draw(st.lists(st.sampled_from(of), unique=True))] if of else [None]
    rules = st.sampled_from(["rule.one", "rule.two"])
    return [piece(draw(TEXTS), draw(st.integers(0, 4)), name, draw(rules), draw(st.integers(1, 2))) for name in named]


CITED = st.fixed_dictionaries({"value": TEXTS, "evidence": pieces()})
ITEMS: dict[str, st.SearchStrategy[Plain]] = {
    "addressee": CITED,
    "recipients": CITED,
    "references": st.fixed_dictionaries(
        {"type": TEXTS, "code": st.none() | CODES, "date": st.none() | DATES, "subject": MAYBE}
        | {"role": st.sampled_from(["basis", "mention"]), "evidence": pieces("code", "date", "subject")}
    ),
    "targets": st.fixed_dictionaries(
        {"value": st.sampled_from([1, 2.5, 1200]), "unit": MAYBE, "statement": TEXTS}
        | {"evidence": pieces("value", "statement")}
    ),
    "assignments": st.fixed_dictionaries(
        {"task": TEXTS, "lead": LISTS, "support": LISTS, "deadline": MAYBE}
        | {"evidence": pieces("task", "lead[0]", "deadline")}
    ),
    "agencies": st.fixed_dictionaries({"printed": TEXTS, "canonical": TEXTS, "kind": MAYBE}),
    "notes": st.fixed_dictionaries({"field": st.just("code"), "kind": TEXTS, "message": TEXTS, "evidence": pieces()}),
}  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record; its lists are short and their words few, so that two of them have much in common."""
    plain: dict[str, Any] = {name: draw(st.lists(item, max_size=4)) for name, item in ITEMS.items()}
    plain |= {name: draw(st.none() | CITED) for name in ("doc_type", "code", "issuer", "place", "title")}
    plain["date"] = draw(st.none() | DATES.map(lambda date: {"value": date, "evidence": [piece(date, 1)]}))
    signers = st.fixed_dictionaries({"name": MAYBE, "position": MAYBE, "evidence": pieces("name", "position")})
    plain["signer"] = draw(st.none() | signers)
    trace = {name: draw(st.sampled_from("ab")) for name in ("input", "pages", "text", "rules")}
    return Record.model_validate(plain | {"source": PLAN["source"], "trace": trace})


def sides(differences: tuple[Difference, ...], *, after: bool) -> Counter[tuple[object, ...]]:
    """What is told of one side, with the other beside it; the order and the names of items do not count."""

    def told(side: Side | None) -> tuple[object, ...]:
        return () if side is None else (side.path, side.text, side.evidence, side.size)

    rows = []
    for each in differences:
        pair = told(each.before), told(each.after)
        rows.append(
            (each.field, MIRRORED.get(each.kind, each.kind) if after else each.kind, *pair[:: -1 if after else 1])
        )
    return Counter(rows)


@given(records())
@settings(max_examples=40)
def test_a_record_is_no_change_of_itself(record: Record) -> None:
    differences, same = compare_records(record, record)
    assert differences == ()
    assert same == sum(1 for _ in values(record))
    assert first_stage(record, record) is None


@given(records(), records())
@settings(max_examples=80)
def test_both_directions_tell_the_same(one: Record, other: Record) -> None:
    there, same = compare_records(one, other)
    back, same_back = compare_records(other, one)
    assert sides(there, after=False) == sides(back, after=True)
    assert same == same_back


@given(records(), records())
@settings(max_examples=80)
def test_counts_add_up_to_the_union(one: Record, other: Record) -> None:
    differences, same = compare_records(one, other)
    before = sum(each.before.size for each in differences if each.before)
    after = sum(each.after.size for each in differences if each.after)
    both = sum(each.after.size for each in differences if each.before and each.after)
    counts = [sum(1 for _ in values(record)) for record in (one, other)]
    assert [same + before, same + after] == counts
    assert sum(counts) - (same + both) == same + before + after - both


@given(records(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_an_item_that_moves_in_its_list_is_no_change(record: Record, random: Any) -> None:
    shuffled = {name: tuple(random.sample(getattr(record, name), len(getattr(record, name)))) for name in ITEMS}
    assert compare_records(record, record.model_copy(update=shuffled))[0] == ()


@given(records(), st.sampled_from(["rule.three", "rule.four"]))
@settings(max_examples=40)
def test_another_rule_alone_is_no_change_of_value(record: Record, rule: str) -> None:
    plain = copy.deepcopy(record.model_dump())
    relabelled = Record.model_validate(relabel(plain, rule))
    assert compare_records(record, relabelled)[0] == ()


def relabel(plain: Any, rule: str) -> Any:
    """Plain data with every rule renamed."""
    if isinstance(plain, dict):
        return {name: rule if name == "rule" else relabel(held, rule) for name, held in plain.items()}
    return [relabel(held, rule) for held in plain] if isinstance(plain, list | tuple) else plain


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Tinh Khê", "Tịnh Khê", "diacritics"),
        ("Đắk Lắk", "dak lak", "diacritics"),
        ("hoà bình", "hòa bình", "case"),
        ("“Nước sạch”", '"Nước  sạch"', "case"),
        ("12-KH/ĐU", "12–KH/đu", "case"),
        ("Tịnh Khê", "Tịnh Kha", "changed"),
        ("2026", "2025", "changed"),
    ],
)
def test_class_of_a_change(before: str, after: str, kind: str) -> None:
    assert kind_of(before, after) == kind_of(after, before) == kind


@pytest.mark.parametrize("stage", ["input", "pages", "text", "rules"])
def test_the_first_stage_that_differs_is_guilty(stage: str) -> None:
    stages = ["input", "pages", "text", "rules"]
    changed = edited(*((f"trace.{later}", "x") for later in stages[stages.index(stage) :]))
    assert first_stage(edited(), changed) == stage


@pytest.mark.parametrize(
    ("shift", "pages", "moved"),
    [(NEAR - 1, "x", False), (NEAR + 1, "x", True), (0.0, "x", False), (0.0, "p", True)],
    ids=["a little on another picture", "a line on another picture", "other offsets on another picture", "same pages"],
)
def test_a_value_moves_by_its_box_between_pictures_and_by_its_offsets_on_the_same_page(
    shift: float, pages: str, moved: bool
) -> None:
    left, top, right, bottom = PLAN["code"]["evidence"][0]["bbox"]
    box = ("code.evidence.0.bbox", [left, top + shift, right, bottom + shift])
    changed = edited(box, ("code.evidence.0.start", 301), ("code.evidence.0.end", 311), ("trace.pages", pages))
    assert [each.kind for each in compare_records(edited(), changed)[0]] == ["moved"] * moved


def test_every_field_of_the_record_is_compared() -> None:
    assert set(FIELDS) == set(Record.model_fields) - {"schema_version", "source", "trace"}
    held = {value.field.partition(".")[0] for value in values(edited())}
    assert held == set(FIELDS)
