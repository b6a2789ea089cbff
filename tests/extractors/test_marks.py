"""What seals, stamps and pens do to the values of a page that was read from a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from extractors import extract
from schemas.record import Record
from schemas.text import Mark, Ranked, Text, Word
from tests.extractors.documents import LEFT, RIGHT, document

LETTERHEAD = f"""{LEFT}ỦY BAN NHÂN DÂN XÃ MẪU
{RIGHT}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{LEFT}Số: 45/KH-UBND
{RIGHT}Mẫu, ngày 17 tháng 4 năm 2026
KẾ HOẠCH
Trồng cây xanh
Ủy ban nhân dân xã trồng cây xanh trên địa bàn xã trong năm 2026 như sau.
{LEFT}Nơi nhận:
{RIGHT}KT. CHỦ TỊCH
{RIGHT}PHÓ CHỦ TỊCH
{RIGHT}uyêt Mai7
"""


def scanned(
    text: Text, marks: tuple[Mark, ...] = (), change: Callable[[str, Word], Word] = lambda _, word: word
) -> Text:
    """The text as if it had been read from a picture, every word surely, with marks."""
    page = text.pages[0].page
    words = tuple(change(page.text[w.span.start : w.span.end], w._replace(confidence=0.96)) for w in page.words)
    page = replace(page, source=page.source.model_copy(update={"text_from": "ocr"}), words=words, marks=marks)
    return replace(text, document=replace(text.document, pages=(page,)), pages=(replace(text.pages[0], page=page),))


def place_of(text: Text, token: str) -> tuple[float, float, float, float]:
    """The box of the first word that is ``token``."""
    page = text.pages[0].page
    return next(word.box for word in page.words if page.text[word.span.start : word.span.end] == token)


def values(record: Record) -> tuple[str | None, str | None]:
    """Code and date."""
    return (record.code.value if record.code else None, record.date.value if record.date else None)


PAGE = document(LETTERHEAD, boxes=True)


def test_a_pens_mark_may_be_wider_than_the_word_that_was_read() -> None:
    left, top, right, bottom = place_of(PAGE, "17")
    wide = Mark("handwriting", (left - 2 * (right - left), top, right + 2 * (right - left), bottom), "17")
    assert values(extract(scanned(PAGE, (wide,))))[1] == "2026-04"


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ((), ("45/KH-UBND", "2026-04-17")),
        (("45/KH-UBND",), (None, "2026-04-17")),
        (("17",), ("45/KH-UBND", "2026-04")),
        (("17", "4"), ("45/KH-UBND", "2026")),
    ],
    ids=["printed", "number", "day", "day and month"],
)
def test_what_a_pen_wrote_is_not_certain(tokens: tuple[str, ...], expected: tuple[str | None, str | None]) -> None:
    marks = tuple(Mark("handwriting", place_of(PAGE, token), token) for token in tokens)
    record = extract(scanned(PAGE, marks))
    assert values(record) == expected
    assert record.symbol is not None and record.symbol.value == "KH-UBND"
    doubted = {note.field for note in record.notes if note.kind == "uncertain"}
    assert doubted == {"code" if "/" in token else "date" for token in tokens}


@pytest.mark.parametrize(
    ("confidence", "again", "code"),
    [
        (0.45, (("45/KH-UBND", -0.05),), "45/KH-UBND"),
        (0.45, (("45/KH-UBND", -2.0),), None),
        (0.3, (("45/KH-UBND", -0.05),), None),
        (0.96, (("46/KH-UBND", -0.05),), None),
        (0.45, (), None),
    ],
    ids=["read twice alike", "unsure the second time", "hardly read", "read otherwise", "read once"],
)
def test_a_printed_number_read_twice_stays_a_number(confidence: float, again: Ranked, code: str | None) -> None:
    def unsure(token: str, word: Word) -> Word:
        return word._replace(confidence=confidence, again=again) if "/" in token else word

    assert values(extract(scanned(PAGE, (), unsure)))[0] == code


@pytest.mark.parametrize(
    ("stamp", "urgency", "secrecy"),
    [("HỎA TỐC", "hỏa tốc", None), ("KHẨN", "khẩn", None), ("TỐI MẬT", None, "tối mật"), ("MÂT", None, "mật")],
)
def test_a_stamp_above_the_letterhead_reaches_its_field(stamp: str, urgency: str | None, secrecy: str | None) -> None:
    record = extract(document(f"{stamp}\n\n{LETTERHEAD}"))
    found = [cited.value if cited else None for cited in (record.urgency, record.secrecy)]
    assert found == [urgency, secrecy]
    assert record.issuer is not None and record.issuer.value == "Ủy ban nhân dân xã Mẫu"
    assert values(record) == ("45/KH-UBND", "2026-04-17")


def test_a_seal_over_a_lost_name_is_said() -> None:
    left, top, right, bottom = place_of(PAGE, "Mai7")
    seal = Mark("seal", (left - 60, top - 40, right, bottom))
    record = extract(scanned(PAGE, (seal,)))
    assert record.signer is not None and record.signer.name is None
    (note,) = (note for note in record.notes if note.kind == "covered")
    assert "name" in note.message and "uyêt Mai7" in note.message
    assert any(piece.raw == "uyêt Mai7" for piece in note.evidence)
    assert not any(note.kind == "covered" for note in extract(scanned(PAGE)).notes)


def test_a_deputy_below_his_head_signs_for_him() -> None:
    signed = LETTERHEAD.replace("KT. CHỦ TỊCH", "CHỦ TỊCH").replace("uyêt Mai7", "Lê Văn An")
    record = extract(document(signed))
    assert record.signer is not None
    assert (record.signer.authority, record.signer.position, record.signer.name) == (None, "PHÓ CHỦ TỊCH", "Lê Văn An")
    assert any(note.field == "signer" and "KT. CHỦ TỊCH" in note.message for note in record.notes)
