"""Lists of bodies: where they end in a sentence, and what they are cut into."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractors
from extractors import _agencies, _deadlines
from schemas.text import fold
from tests.extractors.documents import document

LISTS = {
    "a name with a comma and an and of its own": (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Nông nghiệp và Môi trường",
        ["Sở Văn hóa, Thể thao và Du lịch", "Sở Nông nghiệp và Môi trường"],
    ),
    "an office of two bodies": (
        "Văn phòng HĐND và UBND xã, Công an xã",
        ["Văn phòng HĐND và UBND xã", "Công an xã"],
    ),
    "kinds under one head": ("Các sở, ban, ngành, Công an tỉnh", ["Các sở, ban, ngành", "Công an tỉnh"]),
    "kinds that share what follows": (
        "Các phòng, ban, đơn vị, các trường học và các thôn thuộc xã",
        ["Các phòng, ban, đơn vị, các trường học và các thôn thuộc xã"],
    ),
    "kinds closed before the next": (
        "Các cơ quan, đơn vị thuộc xã và các thôn",
        ["Các cơ quan, đơn vị thuộc xã", "các thôn"],
    ),
    "names under one head": (
        "Các Bộ: Công an, Tài chính, Văn hóa, Thể thao và Du lịch",
        ["Bộ Công an", "Bộ Tài chính", "Bộ Văn hóa, Thể thao và Du lịch"],
    ),
    "names of places under one head": ("UBND các xã: Tân Lập, Bình Thuận", ["UBND xã Tân Lập", "UBND xã Bình Thuận"]),
    "kinds of schools": ("Các Trường: Tiểu học và THCS trên địa bàn", ["Các Trường: Tiểu học và THCS trên địa bàn"]),
    "schools by name": (
        "Các Trường: Mầm non Hoa Sen, Tiểu học Kim Đồng",
        ["Trường Mầm non Hoa Sen", "Trường Tiểu học Kim Đồng"],
    ),
    "a head shared without a colon": ("Sở Tài chính, Nội vụ và Xây dựng", ["Sở Tài chính", "Sở Nội vụ", "Sở Xây dựng"]),
    "small letters inside a name": (
        "BCĐ phòng, chống thiên tai và tìm kiếm cứu nạn xã; Trạm Y tế",
        ["BCĐ phòng, chống thiên tai và tìm kiếm cứu nạn xã", "Trạm Y tế"],
    ),
    "dashes": ("- Các sở, ban, ngành; - UBND cấp xã.", ["Các sở, ban, ngành", "UBND cấp xã"]),
    "nothing": (" .", []),
}

SENTENCES = {
    "Trạm Y tế|kiểm tra các cơ sở": "a deed in small letters",
    "Phòng Kinh tế, Hội Nông dân và các thôn|rà soát diện tích": "three bodies",
    "Các tổ chức chính trị - xã hội|tổ chức học tập": "the same word as noun and as deed",
    "các Sở: Tài chính, Xây dựng và UBND các xã|triển khai Đề án": "names after a colon",
    "Các thôn|: Thông báo trên loa": "a deed after a colon",
    "Hội Nông dân xã|tuyên truyền, vận động": "no protected words after the level",
    "|Ban hành kế hoạch": "a deed, not a committee",
    "|Hội nghị tổng kết": "a meeting, not a society",
    "|Phòng, chống dịch bệnh": "prevention, not an office",
    "|Tổ chức các lớp": "a deed, not a team",
}

DEADLINES = {
    "hoàn thành «trước ngày 30/9/2025».": "2025-09-30",
    "báo cáo «trước ngày 20 hằng tháng» về xã": None,
    "nộp «trước 16 giờ 00 thứ Sáu hằng tuần»": None,
    "hoàn thành «trong quý III/2026»": None,
    "tập huấn «trong tháng 11 năm 2025»": "2025-11",
    "«chậm nhất ngày 5 tháng 6 năm 2026» gửi": "2026-06-05",
    "«định kỳ 6 tháng» báo cáo": None,
}


@pytest.mark.parametrize(("printed", "bodies"), LISTS.values(), ids=LISTS)
def test_split(printed: str, bodies: list[str]) -> None:
    assert [body.name for body in _agencies.split(printed)] == bodies


@pytest.mark.parametrize("sentence", SENTENCES)
def test_scan(sentence: str) -> None:
    bodies, rest = sentence.split("|")
    printed = f"{bodies}{'' if rest[0] == ':' or not bodies else ' '}{rest}"
    assert printed[: _agencies.scan(printed)] == bodies


@pytest.mark.parametrize(("drawn", "date"), DEADLINES.items(), ids=DEADLINES)
def test_deadline(drawn: str, date: str | None) -> None:
    start = drawn.index("«")
    sentence = drawn.replace("«", "").replace("»", "")
    found = _deadlines.find(fold(sentence))
    assert found is not None
    assert sentence[found.start : found.end] == drawn[start + 1 : drawn.index("»")]
    assert _deadlines.date_of(sentence[found.start : found.end]) == date


@pytest.mark.parametrize(
    "sentence", ["Tổ chức hội nghị năm 2025 theo kế hoạch.", "Kế hoạch số 12/KH-UBND ngày 3/4/2025"]
)
def test_no_deadline(sentence: str) -> None:
    assert _deadlines.find(fold(sentence)) is None


OWN = "Tổ Xanh, Sạch và Đẹp\tTổ Xanh, Sạch và Đẹp phường\t\t\t"


def test_a_users_own_bodies_and_abbreviations_are_told_apart_in_duties(tmp_path: Path) -> None:
    (tmp_path / "agencies.tsv").write_text(f"name\tcanonical\tkind\tlevel\tunit_code\n{OWN}\n", "utf-8")
    (tmp_path / "abbreviations.tsv").write_text(
        "abbreviation\twritten\nTTCU\tTrung tâm Cung ứng dịch vụ công\n", "utf-8"
    )
    given = document(
        "I. TỔ CHỨC THỰC HIỆN\n1. TTCU phối hợp với Tổ Xanh, Sạch và Đẹp, Công an xã dọn trụ sở.\n"
        "2. Giao TTCU, Trạm Y tế theo dõi."
    )
    first, second = extractors.extract(given, extractors.tables(tmp_path)).assignments
    assert first.lead == ("TTCU",)
    assert first.support == ("Tổ Xanh, Sạch và Đẹp", "Công an xã")
    assert second.lead == ("TTCU", "Trạm Y tế")
    assert [duty.lead for duty in extractors.extract(given).assignments] != [first.lead, second.lead]


NAMES = {
    "a known field ends before an unknown deed": (
        "Sở Nông nghiệp và Môi trường kiểm đếm tàu thuyền",
        "Sở Nông nghiệp và Môi trường",
    ),
    "the level ends a name": ("Công an xã chằng chống nhà cửa", "Công an xã"),
    "a field of two syllables": ("Phòng Hậu cần - Kỹ thuật bảo đảm quân trang", "Phòng Hậu cần - Kỹ thuật"),
    "a deed inside an institution's name": (
        "Ban Quản lý dự án đầu tư xây dựng tỉnh lập hồ sơ",
        "Ban Quản lý dự án đầu tư xây dựng tỉnh",
    ),
    "work is no deed here": ("Trung tâm Dịch vụ việc làm tỉnh kết nối", "Trung tâm Dịch vụ việc làm tỉnh"),
    "traffic is no deed": (
        "Văn phòng Ban An toàn giao thông tỉnh theo dõi",
        "Văn phòng Ban An toàn giao thông tỉnh",
    ),
    "a person with a post": (
        "Đồng chí Lê Văn An, Chủ tịch Hội Nông dân: Phụ trách",
        "Đồng chí Lê Văn An, Chủ tịch Hội Nông dân",
    ),
    "organisations after the plural": (
        "Các cơ quan, tổ chức, đơn vị có liên quan nghiêm túc thực hiện",
        "Các cơ quan, tổ chức, đơn vị có liên quan",
    ),
}


@pytest.mark.parametrize(("sentence", "name"), NAMES.values(), ids=NAMES)
def test_where_a_name_ends(sentence: str, name: str) -> None:
    assert sentence[: _agencies.scan(sentence)] == name


def test_places_under_one_head_need_no_colon() -> None:
    named = [body.name for body in _agencies.split("UBND các xã Long Hà, Bình Trung và Phước Lai")]
    assert named == ["UBND xã Long Hà", "UBND xã Bình Trung", "UBND xã Phước Lai"]
