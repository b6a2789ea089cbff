"""Values right, found and wanted: strictly, and as leniently as the thresholds say."""

from __future__ import annotations

from typing import Any

import pytest

from audit.tally import FIELDS, Tally, judge, pooled, together
from schemas.gold import Gold
from schemas.record import PLAIN_FIELDS

CODE = {"type": "quyết định", "code": "18/QĐ-UBND", "date": "2026-02-03", "issuer": "UBND tỉnh", "role": "basis"}
GOAL = {"value": 90, "unit": "%", "comparator": ">=", "population": "hộ", "statement": "Ít nhất 90% số hộ"}
DUTY = {"task": "Tổ chức ba lớp tập huấn", "lead": ["Công an xã"], "deadline": "trước 30/6", "section": "II.1"}
SIGNER = {"authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "position": "PHÓ CHỦ TỊCH", "name": "Lê Văn An"}

CASES: list[tuple[str, dict[str, Any], dict[str, Any], str, tuple[int, int], tuple[int, int]]] = [
    # what, found, gold, field, right (strict, lenient), (found, wanted)
    ("the same", {"title": "Trồng cây"}, {"title": "Trồng cây"}, "title", (1, 1), (1, 1)),
    ("other quotes and tone placement", {"title": "“Hoà”"}, {"title": '"Hòa"'}, "title", (1, 1), (1, 1)),
    ("one letter", {"title": "Trồng cây xanh năn 2025"}, {"title": "Trồng cây xanh năm 2025"}, "title", (0, 1), (1, 1)),
    ("another", {"title": "Chống hạn"}, {"title": "Trồng cây"}, "title", (0, 0), (1, 1)),
    ("missing", {}, {"title": "Trồng cây"}, "title", (0, 0), (0, 1)),
    ("invented", {"title": "Trồng cây"}, {"title": None}, "title", (0, 0), (1, 0)),
    ("less precise", {"date": "2025-09"}, {"date": "2025-09-12"}, "date", (0, 1), (1, 1)),
    ("abbreviated", {"issuer": "UBND xã A"}, {"issuer": "Ủy ban nhân dân xã A"}, "issuer", (1, 1), (1, 1)),
    ("a reference", {"references": [CODE]}, {"references": [CODE]}, "references", (1, 1), (1, 1)),
    (
        "a reference without its issuer",
        {"references": [{**CODE, "issuer": None}]},
        {"references": [CODE]},
        "references",
        (0, 1),
        (1, 1),
    ),
    (
        "an optional reference",
        {"references": []},
        {"references": [{**CODE, "optional": True}, CODE]},
        "references",
        (0, 0),
        (0, 1),
    ),
    ("a goal", {"targets": [GOAL]}, {"targets": [GOAL]}, "targets", (1, 1), (1, 1)),
    (
        "a goal compared otherwise",
        {"targets": [{**GOAL, "comparator": ">"}]},
        {"targets": [GOAL]},
        "targets",
        (0, 1),
        (1, 1),
    ),
    (
        "a goal that is left open",
        {"targets": [GOAL]},
        {"targets": [], "optional_targets": ["90% số hộ"]},
        "targets",
        (0, 0),
        (0, 0),
    ),
    ("a duty", {"assignments": [DUTY]}, {"assignments": [DUTY]}, "assignments", (1, 1), (1, 1)),
    (
        "a duty of another",
        {"assignments": [{**DUTY, "lead": ["Đoàn xã"]}]},
        {"assignments": [DUTY]},
        "assignments",
        (0, 1),
        (1, 1),
    ),
    (
        "its agency",
        {"assignments": [{**DUTY, "lead": ["Công an xa", "Đoàn xã"]}]},
        {"assignments": [DUTY]},
        "assignments.agencies",
        (0, 1),
        (2, 1),
    ),
    (
        "its section",
        {"assignments": [{**DUTY, "section": None}]},
        {"assignments": [DUTY]},
        "assignments.section",
        (0, 0),
        (0, 1),
    ),
    (
        "recipients",
        {"recipients": ["Như trên", "Sở Y tê"]},
        {"recipients": ["Như trên", "Sở Y tế"]},
        "recipients",
        (1, 2),
        (2, 2),
    ),
    (
        "the last line of an authority",
        {"signer": {**SIGNER, "authority": "KT. CHỦ TỊCH"}},
        {"signer": SIGNER},
        "signer.authority",
        (0, 1),
        (1, 1),
    ),
]


@pytest.mark.parametrize(
    ("found", "gold", "field", "right", "counts"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_judge(
    found: dict[str, Any], gold: dict[str, Any], field: str, right: tuple[int, int], counts: tuple[int, int]
) -> None:
    judged = judge(Gold.model_validate(found), Gold.model_validate(gold))
    if counts == (0, 0):
        assert field not in judged
    else:
        assert judged[field] == ((right[0], *counts), (right[1], *counts))


def test_what_is_not_asked_is_not_judged() -> None:
    assert judge(Gold(title="Trồng cây"), Gold()) == {}
    handwritten = Gold(code="5/KH-UBND", null_ok=("code",))
    assert judge(Gold(), handwritten) == {}
    assert judge(Gold(code="6/KH-UBND"), handwritten)["code"].lenient == (0, 1, 1)


def test_each_field_of_the_record_is_judged() -> None:
    assert {name.split(".")[0] for name in FIELDS} == set(PLAIN_FIELDS)


def test_figures() -> None:
    tally = Tally(right=3, found=4, wanted=6)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, 0.6)
    assert (Tally(0, 0, 2).precision, Tally(0, 2, 0).recall, Tally(0, 0, 0).f1) == (None, None, None)


def test_documents_together() -> None:
    one = judge(Gold(title="A", place="B"), Gold(title="A", place="C"))
    other = judge(Gold(title=None), Gold(title="D"))
    both = together([one, other])
    assert list(both) == ["place", "title"]
    assert both["title"].strict == (1, 1, 2)
    assert pooled(both).strict == (1, 2, 3)
