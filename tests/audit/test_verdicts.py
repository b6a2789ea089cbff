from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit.compare import compare_records
from audit.values import values
from audit.verdicts import Judge, Judges
from schemas.gold import Gold
from tests.audit.records import PLAN, assignment, cited, edited, reference, target

Edits = list[tuple[str, Any]]
TASK = PLAN["assignments"][0]["task"]


def gold(**changes: Any) -> dict[str, Any]:
    """The plan as its gold."""
    plain = edited().plain()
    assert Gold.model_validate(plain)
    return {**plain, **changes}


def judged(folder: Path, wanted: dict[str, Any], before: Edits, after: Edits) -> list[tuple[str, str | None]]:
    """The verdicts on what changed between two readings of the plan."""
    (folder / "plan.json").write_text(json.dumps(wanted), "utf-8")
    one, other = edited(*before), edited(*after)
    path = "records/plan.pdf.json"
    differences = Judges(folder).judge(compare_records(one, other)[0], (path, one), (path, other))
    return [(each.field, each.verdict) for each in differences]


OTHER_CODE = ("code.value", "46/KH-UBND")
NO_CODE = ("code", None)
UNMARKED = ("assignments.0.task", "cấp cay giống cho cac thôn")
WRONG_TARGET = ("targets.2", target(5, "ha", "Đã trồng 5 ha rừng trong năm trước", 80))
WRONG_REFERENCE = ("references.2", reference("7/NQ-HĐND", "2024-07-01", "Hội đồng nhân dân", "lâm nghiệp", 70))


@pytest.mark.parametrize(
    ("before", "after", "verdicts"),
    [
        pytest.param([NO_CODE], [], [("code", "gain")], id="a right value was found"),
        pytest.param([], [NO_CODE], [("code", "loss")], id="a right value was lost"),
        pytest.param([], [OTHER_CODE], [("code", "loss")], id="a right value is wrong now"),
        pytest.param([OTHER_CODE], [("code.value", "47/KH-UBND")], [("code", "neither")], id="wrong still"),
        pytest.param([OTHER_CODE], [NO_CODE], [("code", "gain")], id="missing is better than wrong"),
        pytest.param([NO_CODE], [OTHER_CODE], [("code", "loss")], id="wrong is worse than missing"),
        pytest.param([("date.value", "2026-03")], [], [("date", "gain")], id="more precise"),
        pytest.param([], [("date.value", "2026")], [("date", "loss")], id="less precise"),
        pytest.param([], [("issuer.value", "UBND xã Tịnh Khê")], [("issuer", "neither")], id="abbreviated"),
        pytest.param([], [("title.value", "TRỒNG CÂY PHÂN TÁN NĂM 2026")], [("title", "neither")], id="capitals"),
        pytest.param([], [("urgency", None)], [("urgency", "neither")], id="the gold does not say"),
        pytest.param([], [WRONG_TARGET], [("targets", "loss")], id="an invented item"),
        pytest.param([WRONG_TARGET], [], [("targets", "gain")], id="an invented item is gone"),
        pytest.param([("references.0", None)], [], [("references", "gain")], id="an item was found"),
        pytest.param([], [("assignments.0.lead.1", "Công an")], [("assignments.lead", "loss")], id="an invented body"),
        pytest.param([], [("assignments.0.task", TASK + ".")], [("assignments.task", "neither")], id="a full stop"),
        pytest.param([UNMARKED], [], [("assignments.task", "gain")], id="marks"),
        pytest.param([], [("signer.name", "Trần Văn Sông")], [("signer.name", "loss")], id="a name"),
        pytest.param([], [("signer", None)], [("signer", "loss")], id="nobody signs"),
        pytest.param([], [("recipients.0.value", "Nhu trên")], [("recipients", "loss")], id="a recipient"),
        pytest.param([], [("recipients.3", cited("Báo", 70))], [("recipients", "loss")], id="an invented recipient"),
    ],
)
def test_verdict(tmp_path: Path, before: Edits, after: Edits, verdicts: list[tuple[str, str]]) -> None:
    assert judged(tmp_path, gold(), before, after) == verdicts


@pytest.mark.parametrize(
    ("changes", "after", "verdict"),
    [
        pytest.param({"code": None, "null_ok": ["code"]}, [NO_CODE], "gain", id="no value is right"),
        pytest.param({"null_ok": ["code"]}, [NO_CODE], "neither", id="no value is as good"),
        pytest.param({"optional_targets": ["Đã trồng 5 ha"]}, [WRONG_TARGET], "neither", id="a target left open"),
    ],
)
def test_what_the_gold_leaves_open(tmp_path: Path, changes: dict[str, Any], after: Edits, verdict: str) -> None:
    assert [found for _, found in judged(tmp_path, gold(**changes), [], after)] == [verdict]


def test_an_optional_reference_counts_neither_way(tmp_path: Path) -> None:
    references = [*gold()["references"], {"type": "quyết định", "code": "7/NQ-HĐND", "optional": True}]
    assert judged(tmp_path, gold(references=references), [], [WRONG_REFERENCE]) == [("references", "neither")]


def test_without_gold_nothing_is_won_or_lost(tmp_path: Path) -> None:
    judges, path = Judges(tmp_path), "records/a.json"
    one, other = edited(), edited(NO_CODE)
    differences = judges.judge(compare_records(one, other)[0], (path, one), (path, other))
    assert [each.verdict for each in differences] == ["neither"]
    assert judges.of_document(path, there=True) == "neither"


def test_wrong_values() -> None:
    invented = assignment("đi họp đúng giờ", ["Đoàn xã"], [], "tháng 5", 90)
    record = edited(
        ("code.value", "46/KH-UBND"),
        ("date.value", "2026-03"),
        ("assignments.0.support.0", "Công an tỉnh"),
        ("assignments.2", invented),
    )
    judge = Judge(record, Gold.model_validate(gold()))
    found = {value.path: judge.is_wrong(value) for value in values(record)}
    assert [path for path, wrong in found.items() if wrong] == [
        "code",
        "assignments[0].support[0]",
        "assignments[2].task",
    ]
    assert found["date"] is False
    assert found["assignments[2].lead[0]"] is None
    assert found["urgency"] is None
