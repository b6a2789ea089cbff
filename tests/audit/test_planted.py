"""Known edits of a record: each is reported in its class, and nothing else is."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest

from audit.compare import compare_records
from audit.diff import Difference
from audit.values import FIELDS
from tests.audit.records import PLAN, assignment, cited, edited, piece, reference, target

Edit = tuple[str, Any]
Found = tuple[str, str]


def elsewhere(path: str) -> Edit:
    """The same evidence on another page."""
    place: Any = PLAN
    for step in path.split("."):
        place = place[int(step)] if isinstance(place, list) else place[step]
    moved = copy.deepcopy(place)
    for evidence in moved:
        evidence["page"] = 2
    return path, moved


NEW_REFERENCE = reference("77/NQ-HĐND", "2024-07-01", "Hội đồng nhân dân tỉnh", "phát triển lâm nghiệp bền vững", 70)
NEW_TARGET = target(15, "ha", "Trồng mới 15 ha rừng phòng hộ ven biển", 80)
NEW_DUTY = assignment("tuyên truyền trên hệ thống truyền thanh", ["Đài Truyền thanh"], [], "hằng tháng", 90)
NEW_AGENCY = {
    "printed": "Công an xã",
    "canonical": "Công an xã Tịnh Khê",
    "kind": None,
    "level": None,
    "unit_code": None,
}
NEW_NOTE = {"field": "code", "kind": "uncertain", "message": "two numbers were read", "evidence": [piece("45", 3)]}

PLANTED: dict[str, tuple[list[Edit], list[Found]]] = {
    # scalars
    "type changed": ([("doc_type.value", "thông báo")], [("doc_type", "changed")]),
    "type with other marks": ([("doc_type.value", "kế hoach")], [("doc_type", "diacritics")]),
    "type removed": ([("doc_type", None)], [("doc_type", "removed")]),
    "code changed": ([("code.value", "46/KH-UBND")], [("code", "changed")]),
    "code in small letters": ([("code.value", "45/kh-UBND")], [("code", "case")]),
    "code removed": ([("code", None)], [("code", "removed")]),
    "code moved": ([elsewhere("code.evidence")], [("code", "moved")]),
    "number changed": ([("number.value", "46")], [("number", "changed")]),
    "symbol with other marks": ([("symbol.value", "KH-ỦBND")], [("symbol", "diacritics")]),
    "issuer with other marks": ([("issuer.value", "Ủy ban nhân dân xã Tinh Khê")], [("issuer", "diacritics")]),
    "issuer with the new tone placement": ([("issuer.value", "Uỷ ban nhân dân xã Tịnh Khê")], [("issuer", "case")]),
    "issuer changed": ([("issuer.value", "Hội đồng nhân dân xã Tịnh Khê")], [("issuer", "changed")]),
    "parent removed": ([("issuer_parent", None)], [("issuer_parent", "removed")]),
    "parent in capitals": ([("issuer_parent.value", "TỈNH QUẢNG NGÃI")], [("issuer_parent", "case")]),
    "place moved": ([elsewhere("place.evidence")], [("place", "moved")]),
    "place with other marks": ([("place.value", "Tịnh Khe")], [("place", "diacritics")]),
    "date less precise": ([("date.value", "2026-03")], [("date", "changed")]),
    "date removed": ([("date", None)], [("date", "removed")]),
    "title with two blanks": ([("title.value", "Trồng cây  phân tán năm 2026")], [("title", "case")]),
    "title changed": ([("title.value", "Trồng cây phân tán năm 2027")], [("title", "changed")]),
    "urgency changed": ([("urgency.value", "hỏa tốc")], [("urgency", "changed")]),
    "secrecy removed": ([("secrecy", None)], [("secrecy", "removed")]),
    # lists of plain values
    "addressee added": ([("addressee.2", cited("Công an xã", 70))], [("addressee", "added")]),
    "addressee removed": ([("addressee.0", None)], [("addressee", "removed")]),
    "addressee with other marks": ([("addressee.1.value", "Tram Y tế xã")], [("addressee", "diacritics")]),
    "recipient added": ([("recipients.3", cited("Các thôn", 70))], [("recipients", "added")]),
    "recipient removed": ([("recipients.1", None)], [("recipients", "removed")]),
    "recipient changed": ([("recipients.2.value", "Lưu: VT, KTNN")], [("recipients", "changed")]),
    "recipient with other marks": ([("recipients.1.value", "Đảng uy xã")], [("recipients", "diacritics")]),
    "recipient in capitals": ([("recipients.0.value", "NHƯ TRÊN")], [("recipients", "case")]),
    "recipient moved": ([elsewhere("recipients.0.evidence")], [("recipients", "moved")]),
    # references
    "reference added": ([("references.2", NEW_REFERENCE)], [("references", "added")]),
    "reference added in front": ([("references.0", NEW_REFERENCE), ("references.2", PLAN["references"][0])],
                                 [("references", "added")]),
    "reference removed": ([("references.0", None)], [("references", "removed")]),
    "reference code changed": ([("references.0.code", "18/QĐ-UBND")], [("references.code", "changed")]),
    "reference code with other marks": ([("references.1.code", "316/QD-UBND")], [("references.code", "diacritics")]),
    "reference code lost": ([("references.1.code", None)], [("references.code", "removed")]),
    "reference date changed": ([("references.0.date", "2025-01-16")], [("references.date", "changed")]),
    "reference date lost": ([("references.1.date", None)], [("references.date", "removed")]),
    "reference issuer changed": ([("references.0.issuer", "Sở Tài chính")], [("references.issuer", "changed")]),
    "reference subject with other marks": ([("references.0.subject", "giao chi tiêu trồng rừng")],
                                           [("references.subject", "diacritics")]),
    "reference role changed": ([("references.1.role", "mention")], [("references.role", "changed")]),
    "reference type changed": ([("references.1.type", "nghị quyết")], [("references.type", "changed")]),
    "reference moved": ([elsewhere("references.0.evidence")], [("references", "moved")]),
    # targets
    "target added": ([("targets.2", NEW_TARGET)], [("targets", "added")]),
    "target removed": ([("targets.1", None)], [("targets", "removed")]),
    "target value changed": ([("targets.0.value", 1300)], [("targets.value", "changed")]),
    "target upper bound added": ([("targets.1.value_max", 95)], [("targets.value_max", "added")]),
    "target unit changed": ([("targets.0.unit", "ha")], [("targets.unit", "changed")]),
    "target direction lost": ([("targets.0.direction", None)], [("targets.direction", "removed")]),
    "target comparator changed": ([("targets.1.comparator", ">")], [("targets.comparator", "changed")]),
    "target period changed": ([("targets.0.period", "2026-2030")], [("targets.period", "changed")]),
    "target population with other marks": ([("targets.0.population", "hộ dàn")],
                                           [("targets.population", "diacritics")]),
    "target statement with other marks": ([("targets.1.statement", "Trên 90% hộ dân tham gia ngày chủ nhât xanh")],
                                          [("targets.statement", "diacritics")]),
    "target moved": ([elsewhere("targets.1.evidence")], [("targets", "moved")]),
    # assignments
    "duty added": ([("assignments.2", NEW_DUTY)], [("assignments", "added")]),
    "duty removed": ([("assignments.0", None)], [("assignments", "removed")]),
    "task with other marks": ([("assignments.0.task", "cấp cây giống cho các thon")],
                              [("assignments.task", "diacritics")]),
    "task longer": ([("assignments.0.task", "cấp cây giống cho các thôn trước mùa mưa")],
                    [("assignments.task", "changed")]),
    "task with a capital": ([("assignments.1.task", "Kiểm tra, nghiệm thu kết quả")], [("assignments.task", "case")]),
    "lead changed": ([("assignments.0.lead.0", "Phòng Văn hóa - Xã hội")],
                     [("assignments.lead", "added"), ("assignments.lead", "removed")]),
    "lead with other marks": ([("assignments.0.lead.0", "Phòng Kính tế")], [("assignments.lead", "diacritics")]),
    "lead added": ([("assignments.0.lead.1", "Tổ công tác")], [("assignments.lead", "added")]),
    "advise lost": ([("assignments.1.advise.0", None)], [("assignments.advise", "removed")]),
    "support lost": ([("assignments.0.support.1", None)], [("assignments.support", "removed")]),
    "support becomes lead": ([("assignments.0.support.1", None), ("assignments.0.lead.1", "Trạm Y tế")],
                             [("assignments.support", "removed"), ("assignments.lead", "added")]),
    "deadline changed": ([("assignments.0.deadline", "trước 31/7/2026")], [("assignments.deadline", "changed")]),
    "deadline's date lost": ([("assignments.0.deadline_date", None)], [("assignments.deadline_date", "removed")]),
    "section changed": ([("assignments.1.section", "III")], [("assignments.section", "changed")]),
    "duty moved": ([elsewhere("assignments.0.evidence")], [("assignments", "moved")]),
    # signer, agencies, notes
    "authority lost": ([("signer.authority", None)], [("signer.authority", "removed")]),
    "position changed": ([("signer.position", "PHÓ CHỦ TỊCH")], [("signer.position", "changed")]),
    "name with other marks": ([("signer.name", "Trần Văn Sông")], [("signer.name", "diacritics")]),
    "signer removed": ([("signer", None)], [("signer", "removed")]),
    "signer moved": ([elsewhere("signer.evidence")], [("signer", "moved")]),
    "agency added": ([("agencies.1", NEW_AGENCY)], [("agencies", "added")]),
    "agency's unit lost": ([("agencies.0.unit_code", None)], [("agencies.unit_code", "removed")]),
    "note added": ([("notes.1", NEW_NOTE)], [("notes", "added")]),
    "note removed": ([("notes.0", None)], [("notes", "removed")]),
    "note moved": ([elsewhere("notes.0.evidence")], [("notes", "moved")]),
}  # fmt: skip

UNREPORTED: dict[str, list[Edit]] = {
    "recipients in another order": [("recipients", [PLAN["recipients"][n] for n in (2, 0, 1)])],
    "references in another order": [("references", PLAN["references"][::-1])],
    "duties in another order": [("assignments", PLAN["assignments"][::-1])],
    "another rule": [("code.evidence.0.rule", "rule.two"), ("assignments.0.evidence.1.rule", "rule.three")],
    "another posterior": [("title.evidence.0.posterior", 0.4)],
    "another file name": [("source.file", "2026/plan.pdf")],
}


def told(differences: tuple[Difference, ...]) -> Counter[Found]:
    return Counter((each.field, each.kind) for each in differences)


def test_there_are_sixty_edits_of_each_field_and_class() -> None:
    wanted = [found for _, expected in PLANTED.values() for found in expected]
    assert len(PLANTED) >= 60
    assert {field.partition(".")[0] for field, _ in wanted} == set(FIELDS)
    assert {kind for _, kind in wanted} == {"added", "removed", "changed", "diacritics", "case", "moved"}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_change_is_reported_in_its_class_and_nothing_else(name: str) -> None:
    edits, expected = PLANTED[name]
    differences, _ = compare_records(edited(), edited(*edits))
    assert told(differences) == Counter(expected)


@pytest.mark.parametrize("name", UNREPORTED)
def test_what_is_no_change_is_not_reported(name: str) -> None:
    changed = edited(*UNREPORTED[name])
    assert changed != edited()
    assert compare_records(edited(), changed)[0] == ()


def test_all_planted_changes_together() -> None:
    """One edit a field, all at once."""
    edits: dict[str, str] = {}
    for name, (changes, _) in PLANTED.items():
        if len(changes) == 1:
            edits.setdefault(changes[0][0].partition(".")[0], name)
    differences, _ = compare_records(edited(), edited(*(PLANTED[name][0][0] for name in edits.values())))
    assert len(edits) == len(FIELDS)
    assert told(differences) == Counter(found for name in edits.values() for found in PLANTED[name][1])


def test_a_side_leads_to_its_evidence() -> None:
    (difference,), _ = compare_records(edited(), edited(("assignments.0.deadline", "trước 31/7/2026")))
    assert difference.before is not None
    assert difference.after is not None
    assert (difference.before.path, difference.before.index) == ("assignments[0].deadline", 0)
    assert [piece.raw for piece in difference.before.evidence] == ["trước 30/6/2026"]
    assert difference.after.rules == ("rule.one",)
    assert difference.item == "cấp cây giống cho các thôn"
