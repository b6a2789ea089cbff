"""A record with a value in every field, as plain data that a test can edit."""

from __future__ import annotations

import copy
from typing import Any

from schemas.record import Record

Plain = dict[str, Any]


def piece(raw: str, line: int, of: str | None = None, rule: str = "rule.one", page: int = 1) -> Plain:
    """Evidence on a line of a page; lines are 20 points apart and 100 characters long."""
    top = 20.0 * line
    box = [60.0, top, 60.0 + 5 * len(raw), top + 12]
    return {
        "page": page, "start": 100 * line, "end": 100 * line + len(raw), "raw": raw, "bbox": box, "rule": rule,
        "of": of, "posterior": 1.0,
    }  # fmt: skip


def cited(value: str, line: int) -> Plain:
    """A value and its evidence."""
    return {"value": value, "evidence": [piece(value, line)]}


def reference(code: str, date: str, issuer: str, subject: str, line: int) -> Plain:
    """A cited document of the basis; its parts stand on lines of their own."""
    texts = {"type": "quyết định", "code": code, "date": date, "issuer": issuer, "subject": subject}
    evidence = [piece(text, line + number, of) for number, (of, text) in enumerate(texts.items())]
    return {**texts, "role": "basis", "evidence": evidence}


def target(value: float, unit: str, statement: str, line: int) -> Plain:
    """A goal."""
    evidence = [piece(statement, line, "statement"), piece(str(value), line + 1, "value")]
    evidence.append(piece("hộ dân", line + 2, "population"))
    return {
        "period": "2026", "value": value, "value_max": None, "unit": unit, "direction": "up", "comparator": ">=",
        "population": "hộ dân", "statement": statement, "evidence": evidence,
    }  # fmt: skip


def assignment(task: str, lead: list[str], support: list[str], deadline: str, line: int) -> Plain:
    """A duty."""
    evidence = [piece(task, line, "task"), piece(deadline, line + 1, "deadline")]
    evidence += [piece(name, line + 2 + number, f"lead[{number}]") for number, name in enumerate(lead)]
    evidence += [piece(name, line + 5 + number, f"support[{number}]") for number, name in enumerate(support)]
    return {
        "task": task, "lead": lead, "advise": ["Phòng Tư pháp"], "support": support, "deadline": deadline,
        "deadline_date": "2026-06-30", "section": "II.1", "evidence": evidence,
    }  # fmt: skip


PLAN: Plain = {
    "doc_type": cited("kế hoạch", 5),
    "code": cited("45/KH-UBND", 3),
    "number": cited("45", 3),
    "symbol": cited("KH-UBND", 3),
    "issuer": cited("Ủy ban nhân dân xã Tịnh Khê", 1),
    "issuer_parent": cited("tỉnh Quảng Ngãi", 2),
    "place": cited("Tịnh Khê", 4),
    "date": cited("2026-03-05", 4),
    "title": cited("Trồng cây phân tán năm 2026", 6),
    "addressee": [cited("Các trường học trên địa bàn", 7), cited("Trạm Y tế xã", 8)],
    "urgency": cited("khẩn", 9),
    "secrecy": cited("mật", 9),
    "references": [
        reference("12/QĐ-UBND", "2025-01-10", "Ủy ban nhân dân tỉnh", "giao chỉ tiêu trồng rừng", 10),
        reference("316/QĐ-UBND", "2025-11-13", "Hội đồng nhân dân xã", "phân bổ kinh phí sự nghiệp", 20),
    ],
    "targets": [
        target(1200, "cây", "Trồng ít nhất 1.200 cây xanh phân tán", 30),
        target(90, "%", "Trên 90% hộ dân tham gia ngày chủ nhật xanh", 35),
    ],
    "assignments": [
        assignment("cấp cây giống cho các thôn", ["Phòng Kinh tế"], ["Công an xã", "Trạm Y tế"], "trước 30/6/2026", 40),
        assignment("kiểm tra, nghiệm thu kết quả", ["Văn phòng", "Ban Chỉ huy"], ["Đoàn xã"], "quý II năm 2026", 50),
    ],
    "recipients": [cited("Như trên", 60), cited("Đảng ủy xã", 61), cited("Lưu: VT, KT", 62)],
    "signer": {
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "position": "CHỦ TỊCH",
        "name": "Trần Văn Sóng",
        "evidence": [
            piece("TM. ỦY BAN NHÂN DÂN", 63, "authority"),
            piece("CHỦ TỊCH", 64, "position"),
            piece("Trần Văn Sóng", 65, "name"),
        ],
    },
    "agencies": [
        {"printed": "Phòng Kinh tế", "canonical": "Phòng Kinh tế xã Tịnh Khê", "kind": "phòng", "level": "commune",
         "unit_code": "21001"},
    ],
    "notes": [
        {"field": "date", "kind": "uncertain", "message": "the day is handwritten", "evidence": [piece("05", 4)]},
    ],
    "source": {
        "file": "plan.pdf",
        "sha256": "5" * 64,
        "media_type": "application/pdf",
        "pages": [{"number": 1, "text_from": "ocr", "quality": "none"}],
    },
    "trace": {"input": "i", "pages": "p", "text": "t", "rules": "r"},
}  # fmt: skip


def edited(*edits: tuple[str, Any]) -> Record:
    """The plan with values set (paths as "references.0.code"), items removed (None in a list) or added (a number
    beyond the last).
    """
    plain = copy.deepcopy(PLAN)
    for path, value in edits:
        *way, last = path.split(".")
        place: Any = plain
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if not isinstance(place, list):
            place[last] = value
        elif int(last) == len(place):
            place.append(value)
        elif value is None:
            del place[int(last)]
        else:
            place[int(last)] = value
    return Record.model_validate(plain)
