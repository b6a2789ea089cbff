from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import extractors
from cli import app
from pipeline.rules import fired, rules, rules_markdown
from pipeline.store import Store
from schemas.run import Done, Run
from tests.audit.records import edited

ROOT = Path(__file__).parents[2]


def vanthu(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["rules", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run of one record."""
    record = edited(
        ("code.evidence.0.rule", "code.state"),
        ("assignments.0.evidence.0.rule", "assignments.table"),
        ("assignments.0.evidence.1.rule", "assignments.table"),
        ("notes.0.evidence.0.rule", "date.line"),
    )
    path = tmp_path / "records" / "plan.pdf.json"
    path.parent.mkdir()
    path.write_text(record.dump_json(), "utf-8")
    done = Done(file="plan.pdf", sha256="", records=("records/plan.pdf.json",), pages=1, ocr_pages=0, notes=1)
    run = Run(started="", seconds=0, versions={}, options={}, inputs=(), documents=(done,), failures=0)
    (tmp_path / "run.json").write_text(run.model_dump_json())
    return tmp_path


def test_the_page_of_the_rules_is_up_to_date() -> None:
    """If this fails: ``vanthu rules --markdown > docs/rules.md``."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rules_markdown()


def test_every_rule_is_listed_once_and_with_its_lines() -> None:
    rows = rules()
    assert len({row.name for row in rows}) == len(rows)
    written = {rule.name for module in extractors.modules().values() for rule in module.RULES}
    assert {row.name for row in rows if row.reads} == written
    assert all(row.reads and row.gives and row.refuses for row in rows if not row.module)


def test_a_field_and_a_rule_can_be_chosen() -> None:
    assert {row.field for row in rules("code")} == {"code"}
    assert [row.name for row in rules("code.state")] == ["code.state"]
    assert vanthu("code.nothing").exit_code == 2


def test_a_rule_fires_once_for_each_value(folder: Path) -> None:
    found = fired(Store(folder))
    assert {name: dict(one.files) for name, one in found.items() if name != "rule.one"} == {
        "code.state": {"plan.pdf": 1},
        "assignments.table": {"plan.pdf": 1},  # two pieces of one duty
    }
    assert found["code.state"].places[0].raw == "45/KH-UBND"


def test_json_tells_how_often_and_where(folder: Path) -> None:
    rows = {row["name"]: row for row in json.loads(vanthu("--run", folder, "--json").stdout)}
    assert rows["code.state"]["values"] == 1
    assert rows["code.state"]["places"] == [{"file": "plan.pdf", "page": 1, "raw": "45/KH-UBND"}]
    assert rows["code.party"]["values"] == 0
    assert "values" not in json.loads(vanthu("code", "--json").stdout)[0]


def test_places_of_one_rule_are_listed(folder: Path) -> None:
    assert "plan.pdf, page 1: 45/KH-UBND" in vanthu("code.state", "--run", folder).stdout
    assert "rule.one" in vanthu("--run", folder).stdout  # an id that is no rule any more
