from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from audit.fields import macro, measure
from schemas.gold import Gold

CODE = {"type": "quyết định", "code": "18/QĐ-UBND", "date": "2026-02-03", "role": "basis"}
LAW = {"type": "luật", "date": "2024-06-27", "subject": "Luật Phòng cháy", "role": "basis"}
GOAL = {
    "period": "2026",
    "value": 90,
    "unit": "%",
    "comparator": ">=",
    "population": "hộ",
    "statement": "Ít nhất 90% hộ",
}
DUTY = {
    "task": "Tổ chức ba lớp tập huấn chữa cháy",
    "lead": ["Công an xã"],
    "support": ["Đoàn xã", "Trạm Y tế xã"],
    "deadline": "trước ngày 30/6",
    "section": "II.1",
}
SIGNER = {"authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "position": "PHÓ CHỦ TỊCH", "name": "Lê Văn An"}

CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, float]]] = [
    ("absent from gold", {"code": "1/KH"}, {}, {}),
    ("empty on both sides", {"place": None}, {"place": None}, {}),
    ("missing", {}, {"code": "1/KH-UBND"}, {"code": 0.0}),
    ("invented", {"code": "1/KH-UBND"}, {"code": None}, {"code": 0.0}),
    ("missing, and none is as good", {}, {"code": "1/KH-UBND", "null_ok": ["code"]}, {"code": 1.0}),
    ("code printed otherwise", {"code": "01 / KH-UBND"}, {"code": "01/KH-UBND"}, {"code": 1.0}),
    ("less precise date", {"date": "2026-02"}, {"date": "2026-02-03"}, {"date": 0.5}),
    ("less precise date, allowed", {"date": "2026"}, {"date": "2026-02-03", "null_ok": ["date"]}, {"date": 1.0}),
    ("more precise date", {"date": "2026-02-03"}, {"date": "2026-02"}, {"date": 0.0}),
    ("issuer abbreviated", {"issuer": "UBND xã An Lộc"}, {"issuer": "Ủy ban nhân dân xã An Lộc"}, {"issuer": 1.0}),
    ("another commune", {"issuer": "UBND xã An Lộc"}, {"issuer": "UBND xã Bình Hải"}, {"issuer": 0.0}),
    ("reference", {"references": [CODE]}, {"references": [CODE]}, {"references": 1.0, "references.fields": 1.0}),
    (
        "reference with another date, a second one invented",
        {"references": [{**CODE, "date": "2025"}, {**CODE, "code": "19/QĐ-UBND"}]},
        {"references": [CODE]},
        {"references": 2 / 3, "references.fields": 0.8},
    ),
    (
        "law by title",
        {"references": [{**LAW, "subject": "về Luật Phòng cháy"}]},
        {"references": [LAW]},
        {"references": 1.0, "references.fields": 1.0},
    ),
    (
        "optional reference found",
        {"references": [CODE]},
        {"references": [{**CODE, "optional": True}]},
        {},
    ),
    ("target", {"targets": [GOAL]}, {"targets": [GOAL]}, {"targets": 1.0, "targets.fields": 1.0}),
    ("target with another value", {"targets": [{**GOAL, "value": 80}]}, {"targets": [GOAL]}, {"targets": 0.0}),
    (
        "optional target",
        {"targets": [GOAL]},
        {"targets": [], "optional_targets": ["90% hộ"]},
        {},
    ),
    (
        "assignment with one agency lost, another section, no deadline",
        {"assignments": [{**DUTY, "support": ["Đoàn xã"], "section": "II.2", "deadline": None}]},
        {"assignments": [DUTY]},
        {"assignments": 1.0, "assignments.agencies": 0.8, "assignments.section": 0.0, "assignments.deadline": 0.0},
    ),
    ("recipients", {"recipients": ["Như trên", "Lưu: VT"]}, {"recipients": ["Như trên"]}, {"recipients": 2 / 3}),
    ("no signer in gold", {"signer": SIGNER}, {"signer": None}, {}),
    (
        "signer, half an authority",
        {"signer": {**SIGNER, "authority": "KT. CHỦ TỊCH"}},
        {"signer": SIGNER},
        {"signer": 1.0},
    ),
    ("signer missing", {}, {"signer": SIGNER}, {"signer": 0.0}),
    ("only the name is asked", {"signer": {"name": "Lê Văn An"}}, {"signer": {"name": "LÊ VĂN AN"}}, {"signer": 1.0}),
]


@pytest.mark.parametrize(("found", "gold", "scores"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_measure(found: dict[str, Any], gold: dict[str, Any], scores: dict[str, float]) -> None:
    assert measure(Gold.model_validate(found), Gold.model_validate(gold)) == pytest.approx(scores)


def test_macro_is_the_mean_of_fields() -> None:
    assert macro({"code": 1.0, "date": 0.5}) == 0.75
    assert macro({}) == 0.0


CHOICES: dict[str, list[str | None]] = {
    "role": ["basis", "mention"],
    "comparator": ["=", ">=", ">"],
    "direction": ["up", "down", None],
}


def perturbed(value: Any, chance: random.Random) -> Any:
    """A copy of plain values in which words, items and numbers have been lost, swapped and changed."""
    if isinstance(value, dict):
        return {
            name: chance.choice(CHOICES[name]) if name in CHOICES else perturbed(part, chance)
            for name, part in value.items()
        }
    if isinstance(value, list):
        kept = [perturbed(item, chance) for item in value if chance.random() > 0.15]
        chance.shuffle(kept)
        return kept
    if isinstance(value, str) and chance.random() < 0.2:
        cut = chance.randrange(len(value) + 1)
        return value[:cut] + chance.choice(["", "x", " thêm chữ", "9"]) + value[cut + chance.randrange(4) :]
    if isinstance(value, float | int) and not isinstance(value, bool) and chance.random() < 0.1:
        return value + 1
    return value


@pytest.fixture(scope="module")
def reference_score(reference: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", reference / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(5))
def test_same_figures_as_the_reference_measure(reference: Path, reference_score: ModuleType, seed: int) -> None:
    files = sorted((reference / "gold").glob("*.json"))
    assert files
    chance = random.Random(seed)
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        found = {name: value for name, value in perturbed(gold, chance).items() if name not in ("null_ok", "notes")}
        ours = measure(Gold.model_validate(found), Gold.model_validate(gold))
        assert ours == pytest.approx(reference_score.record(found, gold)), file.name
        assert 0 < macro(ours) < 1
