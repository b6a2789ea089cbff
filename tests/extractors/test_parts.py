"""Several documents in one file: each has a record of its own, what is attached to one belongs to it."""

from __future__ import annotations

import extractors
from schemas.record import Record
from tests.extractors.documents import document
from tests.extractors.test_cases import every_evidence

LETTER = """‹ỦY BAN NHÂN DÂN
‹XÃ SUỐI KHÊ
‹Số: {number}/UBND-KT
‹V/v báo cáo số liệu trồng cây
›CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
›Độc lập - Tự do - Hạnh phúc
›Suối Khê, ngày {day} tháng 9 năm 2025
Kính gửi: Sở Tài chính.
Ủy ban nhân dân xã báo cáo số liệu trồng cây xanh trên địa bàn xã như sau.
Toàn xã trồng 1.200 cây.
‹Nơi nhận:
‹- Như trên;
‹- Lưu: VT.
›CHỦ TỊCH
›Lê Văn An"""
DECISION = """‹ỦY BAN NHÂN DÂN
‹XÃ SUỐI KHÊ
‹Số: 77/QĐ-UBND
›CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
›Độc lập - Tự do - Hạnh phúc
›Suối Khê, ngày 12 tháng 9 năm 2025
QUYẾT ĐỊNH
Ban hành Kế hoạch trồng cây
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây.
‹Nơi nhận:
‹- Lưu: VT.
›CHỦ TỊCH
›Lê Văn An"""
PLAN = """‹ỦY BAN NHÂN DÂN
‹XÃ SUỐI KHÊ
›CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
›Độc lập - Tự do - Hạnh phúc
KẾ HOẠCH
Trồng cây
(Ban hành kèm theo Quyết định số 77/QĐ-UBND ngày 12/9/2025)
1. Phòng Kinh tế: trồng cây dọc đường liên thôn."""
FORM = """Mẫu số 01
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
..., ngày ... tháng ... năm ...
ĐƠN ĐỀ NGHỊ
Kính gửi: Ủy ban nhân dân xã.
Tôi tên là: ..."""


def letter(number: int, day: int) -> str:
    return LETTER.format(number=number, day=day)


def codes(records: tuple[Record, ...]) -> list[str | None]:
    return [record.code.value if record.code else None for record in records]


def part_notes(record: Record) -> list[str]:
    return [note.message for note in record.notes if note.kind == "parts"]


def test_two_letters_scanned_together() -> None:
    given = document(f"{letter(12, 3)}\f{letter(15, 8)}\ntrang\f2\nMột trang nữa của công văn thứ hai.")
    first, second = extractors.extract_all(given)
    assert codes((first, second)) == ["12/UBND-KT", "15/UBND-KT"]
    assert [record.date.value for record in (first, second) if record.date] == ["2025-09-03", "2025-09-08"]
    assert [source.number for source in second.source.pages] == [2, 3]
    assert part_notes(first) == ["the file holds 2 documents; this is number 1, pages 1 to 1"]
    assert part_notes(second) == ["the file holds 2 documents; this is number 2, pages 2 to 3"]
    for record in (first, second):
        found = list(every_evidence(record))
        assert found
        for piece in found:
            page = given.pages[piece.page - 1].page
            assert page.text[piece.start : piece.end] == piece.raw != ""


def test_two_letters_without_a_page_break() -> None:
    records = extractors.extract_all(document(f"{letter(12, 3)}\n\n{letter(15, 8)}"))
    assert codes(records) == ["12/UBND-KT", "15/UBND-KT"]
    assert [len(record.recipients) for record in records] == [2, 2]
    assert len({record.trace.rules for record in records}) == 2


def test_an_attached_plan_belongs_to_its_decision() -> None:
    (record,) = extractors.extract_all(document(f"{DECISION}\f{PLAN}"))
    assert codes((record,)) == ["77/QĐ-UBND"]
    assert record.doc_type is not None and record.doc_type.value == "quyết định"
    assert part_notes(record) == ["page 2 has a letterhead of its own; what it begins is attached to this document"]


def test_an_attached_plan_then_another_letter() -> None:
    records = extractors.extract_all(document(f"{DECISION}\f{PLAN}\f{letter(15, 8)}"))
    assert codes(records) == ["77/QĐ-UBND", "15/UBND-KT"]
    assert [len(part_notes(record)) for record in records] == [2, 1]


def test_a_plan_with_a_code_of_its_own_is_a_document() -> None:
    plan = PLAN.replace("(Ban hành kèm theo Quyết định số 77/QĐ-UBND ngày 12/9/2025)", "năm 2025")
    plan = plan.replace("›CỘNG", "‹Số: 5/KH-UBND\n›CỘNG").replace("KẾ H", "›Suối Khê, ngày 9 tháng 9 năm 2025\nKẾ H")
    assert codes(extractors.extract_all(document(f"{DECISION}\f{plan}"))) == ["77/QĐ-UBND", "5/KH-UBND"]


def test_a_form_and_one_document_are_one() -> None:
    for printed in (letter(12, 3), f"{letter(12, 3)}\f{FORM}", f"{DECISION}\fPHỤ LỤC\nDANH MỤC\n1. Trồng cây"):
        (record,) = extractors.extract_all(document(printed))
        assert record == extractors.extract(document(printed))
        assert part_notes(record) == []
