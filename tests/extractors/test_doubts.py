"""Doubts are notes: which field, what kind, and where it stands; a document without doubts has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

import extractors
from schemas.record import PageSource, Record
from schemas.text import Change, Document, Line, Page, Span, Text, apply_changes
from tests.extractors.documents import document

HEAD = """ỦY BAN NHÂN DÂN
XÃ SUỐI KHÊ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: {number}/KH-UBND
Suối Khê, ngày {day} tháng {month} năm 2025
{kind}
Trồng cây

Căn cứ Kế hoạch số 5/KH-UBND ngày 10/9/2025 của Ủy ban nhân dân tỉnh;
1. Phòng Kinh tế: trồng cây dọc đường liên thôn.
Nơi nhận:
- Lưu: VT.
{end}"""
END = "CHỦ TỊCH\nLê Văn An"
AS_IT_IS = {"number": "12", "day": "12", "month": "9", "kind": "KẾ HOẠCH", "end": END}


def given(file: str = "a.txt", **parts: str) -> Record:
    printed = HEAD.format(**(AS_IT_IS | parts))
    return extractors.extract(document(printed, file))


def notes(record: Record) -> list[tuple[str, str]]:
    return [(note.field, note.kind) for note in record.notes]


def test_no_doubt() -> None:
    assert notes(given()) == []


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (given(kind="BÁO CÁO"), ("doc_type", "contradiction")),
        (given(day="31"), ("date", "impossible")),
        (given(day="9"), ("date", "contradiction")),
        (given(day="..."), ("date", "candidate")),
        (given(day="...", end=f"{END}\nThời gian ký: 13.09.2025 08:12:33 +07:00"), ("date", "candidate")),
        (given(number="  "), ("code", "uncertain")),
        (given(number="  ", file="2025/ke hoach/12_KH-UBND.signed.pdf"), ("code", "candidate")),
        (given(number="  ", end=f"{END}\fPHỤ LỤC\n(Kèm theo Kế hoạch số 12/KH-UBND)"), ("code", "candidate")),
        (given(end=f"{END}\fPHỤ LỤC\n(Kèm theo Kế hoạch số 15/KH-UBND)"), ("code", "contradiction")),
        (given(end="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Văn An"), ("issuer", "contradiction")),
        (given(end="T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn An"), ("issuer", "contradiction")),
        (given(end="KT. CHỦ TỊCH\nCHỦ TỊCH\nLê Văn An"), ("signer", "inferred")),
        (given(end="CHỦ TỊCH\nBoi Văn An"), ("signer", "uncertain")),
    ],
)
def test_a_doubt(record: Record, expected: tuple[str, str]) -> None:
    assert expected in notes(record)


@pytest.mark.parametrize(
    "record",
    [
        given(end="TL. CHỦ TỊCH\nGIÁM ĐỐC SỞ Y TẾ\nLê Văn An"),
        given(end="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An"),
        given(end=f"{END}\fPHỤ LỤC\n(Kèm theo Kế hoạch số 12/KH-UBND)"),
        given(end=f"{END}\fPHỤ LỤC\n(Kèm theo Quyết định số 15/QĐ-UBND)"),
        given(file="13_KH-UBND.pdf"),
    ],
)
def test_what_is_no_doubt(record: Record) -> None:
    assert notes(record) == []


def repaired(changes: dict[str, tuple[str, str, float, float]]) -> Record:
    """The record of a plan in which some words were read otherwise: word -> before, why, gain, posterior."""
    raw = HEAD.format(**AS_IT_IS)
    for word, (before, *_) in changes.items():
        raw = raw.replace(word, before)
    made = []
    for word, (before, why, gain, posterior) in changes.items():
        at = raw.index(before)
        made.append(Change(Span(at, at + len(before)), before, word, why, gain, posterior))
    lines, offset = [], 0
    for line in raw.split("\n"):
        lines += [Line(Span(offset, offset + len(line)))] if line else []
        offset += len(line) + 1
    page = Page(1, raw, PageSource(number=1, text_from="text-file", quality="good"), lines=tuple(lines))
    return extractors.extract(Text(Document("a.txt", "", "text/plain", (page,)), (apply_changes(page, made),)))


def test_a_repair_of_low_gain_or_posterior_inside_a_value() -> None:
    record = repaired({"Trồng cây": ("Tr6ng cdy", "channel", 0.4, 0.9), "dọc": ("d$c", "channel", 8.0, 0.4)})
    messages = {note.field: note.message for note in record.notes}
    assert messages == {
        "title": "repaired without certainty: 'Tr6ng cdy' as 'Trồng cây'",
        "assignments": "repaired without certainty: 'd$c' as 'dọc'",
    }
    assert all(note.evidence for note in record.notes)


def test_a_repair_that_is_certain_or_by_grammar_is_no_doubt() -> None:
    sure = {"Trồng cây": ("Tr6ng cdy", "channel", 8.0, 0.99), "12/KH-UBND": ("12/KH-UBNP", "code", 0.0, 1.0)}
    assert notes(repaired(sure)) == []


def test_restored_strokes_of_a_date() -> None:
    record = repaired({"10/9/2025": ("101912025", "date", 0.0, 1.0)})
    assert [note.message for note in record.notes] == ["strokes of a date restored: '101912025' as '10/9/2025'"]
    assert record.notes[0].field == "references"


def test_a_family_name_misread_on_a_picture_is_no_value() -> None:
    text = document(HEAD.format(**(AS_IT_IS | {"end": "CHỦ TỊCH\nBoi Văn An"})))
    (page,) = text.pages
    source = page.page.source.model_copy(update={"text_from": "ocr"})
    scanned = replace(page, page=replace(page.page, source=source))
    printed, read = (extractors.extract(Text(text.document, (each,))) for each in (page, scanned))
    assert printed.signer is not None and printed.signer.name == "Boi Văn An"
    assert read.signer is not None and (read.signer.position, read.signer.name) == ("CHỦ TỊCH", None)
    assert [note.message for note in read.notes] == ["Boi is no usual family name: Boi Văn An may be misread"]
