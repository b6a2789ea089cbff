"""Goals and duties of whole documents of many kinds and subjects, scored as gold is: ``goals_and_duties/SET/*.txt``.

A file is a document's text, a line ".", then what a reader finds in it, a line each (empty cells are "-" or left out):

    T period | comparator value unit | population | statement       (a change: "up" or "down" before the comparator)
    A section | task | lead; lead | advise | support; support | deadline
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from audit.fields import measure
from extractors import assignments, lay_out, targets
from schemas.gold import Gold
from tests.extractors.documents import document

HERE = Path(__file__).parent / "goals_and_duties"
FLOORS = tomllib.loads((HERE.parent.parent / "floors.toml").read_text("utf-8"))["goals_and_duties"]
VALUE = re.compile(r"(?:(up|down) )?(>=|<=|[=<>]) ([\d.]+?)(?:\.\.([\d.]+))?(?: (.+))?")
SETS = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir())


def gold(lines: list[str]) -> Gold:
    """What a reader found."""
    goals, duties = [], []
    for kind, line in ((line[:1], line[2:]) for line in lines if line.strip()):
        cells = [None if cell.strip() in ("", "-") else cell.strip() for cell in line.split(" | ")]
        if kind == "T":
            period, value, population, statement = cells
            match = VALUE.fullmatch(value or "")
            assert match, line
            parts = dict(zip(("direction", "comparator", "value", "value_max", "unit"), match.groups(), strict=True))
            goals.append({"period": period, "population": population, "statement": statement, **parts})
        else:
            names = ("section", "task", "lead", "advise", "support", "deadline")
            duty: dict[str, object] = dict(zip(names, cells, strict=False))
            for role in names[2:5]:
                duty[role] = [body.strip() for body in str(duty.get(role) or "").split(";") if body.strip()]
            duties.append(duty)
    return Gold.model_validate({"targets": goals, "assignments": duties})


@cache
def scores(name: str) -> dict[str, dict[str, float]]:
    """The scores of each document of a set."""
    return dict(_scores(HERE / name))


def _scores(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    for path in sorted(folder.glob("*.txt")):
        printed, wanted = path.read_text("utf-8").split("\n.\n")
        layout = lay_out(document(printed))
        plain = {"evidence", "direction", "deadline_date"}
        found = Gold.model_validate(
            {
                "targets": [one.model_dump(exclude=plain) for one in targets.extract(layout).value],
                "assignments": [one.model_dump(exclude=plain) for one in assignments.extract(layout).value],
            }
        )
        yield path.stem, measure(found, gold(wanted.split("\n")))


@pytest.mark.parametrize(("name", "field"), [(name, field) for name in SETS for field in FLOORS[name]])
def test_a_set_is_above_its_floors(name: str, field: str) -> None:
    found = [one[field] for one in scores(name).values() if field in one]
    assert len(scores(name)) >= 8
    assert fmean(found) >= FLOORS[name][field]


@pytest.mark.parametrize("name", SETS)
def test_a_private_letter_gives_nothing(name: str) -> None:
    for document_name, found in scores(name).items():
        assert not document_name.startswith("thu-rieng") or found == {}


def test_the_rule_of_every_value_is_a_row() -> None:
    rows = {rule.name for module in (assignments, targets) for rule in module.RULES}
    seen: set[str] = set()
    for path in HERE.rglob("*.txt"):
        layout = lay_out(document(path.read_text("utf-8").split("\n.\n")[0]))
        proofs = [goal.evidence for goal in targets.extract(layout).value]
        proofs += [duty.evidence for duty in assignments.extract(layout).value]
        seen |= {evidence.rule for proof in proofs for evidence in proof}
    assert {"assignments.under-heading", "assignments.table-by-order", "targets.table-by-order"} <= seen <= rows


def test_a_lead_that_is_not_named_beside_its_duty_is_a_note() -> None:
    given = document(
        "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Tập huấn kỹ thuật cho nông dân các thôn\n"
        "+ Phối hợp: Hội Nông dân xã\n+ Thời gian: Quý II/2026\n- Theo dõi, đôn đốc các thôn."
    )
    found = assignments.extract(lay_out(given))
    assert [duty.lead for duty in found.value] == [("Phòng Kinh tế",)] * 2
    assert [note.kind for note in found.notes] == ["lead-inferred"]
    assert found.notes[0].evidence[0].raw == "Tập huấn kỹ thuật cho nông dân các thôn"
