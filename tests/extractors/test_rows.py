"""Every row of every RULES: it reads what it says, gives what it says, refuses what it says."""

from __future__ import annotations

from types import ModuleType

import pytest

import extractors
from extractors._rules import Rule, view_of

ROWS = [(module, rule) for module in extractors.modules().values() for rule in getattr(module, "RULES", ())]
IDS = [rule.name for _, rule in ROWS]


@pytest.mark.parametrize(("module", "rule"), ROWS, ids=IDS)
def test_reads_what_it_gives(module: ModuleType, rule: Rule) -> None:
    assert module.read(rule, view_of(rule.reads)) == rule.gives


@pytest.mark.parametrize(("module", "rule"), ROWS, ids=IDS)
def test_refuses(module: ModuleType, rule: Rule) -> None:
    refused = (rule.refuses,) if isinstance(rule.refuses, str) else rule.refuses
    assert refused
    for line in refused:
        assert module.read(rule, view_of(line)) is None, line


def test_names_are_unique_and_begin_with_their_field() -> None:
    assert len(set(IDS)) == len(IDS) >= 30
    for module, rule in ROWS:
        assert rule.name.split(".")[0] == module.__name__.rsplit(".", 1)[1], rule.name


@pytest.mark.parametrize("rule", [rule for _, rule in ROWS], ids=IDS)
def test_no_pattern_blows_up(rule: Rule) -> None:
    """100 kB of a row's own line, whole and cut short, again and again, is read in linear time."""
    for line in (rule.reads, rule.reads[: len(rule.reads) * 2 // 3], rule.reads.split()[0]):
        worst = (line + " ") * (20_000 // (len(line) + 1) + 1)
        view = view_of(worst)
        assert sum(1 for _ in rule.matches(view)) <= len(worst)
