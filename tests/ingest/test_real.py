"""Real public documents, where the reference folder is at hand: what they are, without recognising anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import ingest
from schemas.text import Document

SCANS = ("13", "14", "16", "18", "19", "22", "23", "26", "40")


@pytest.mark.parametrize("name", SCANS)
def test_scans_would_be_recognised_page_by_page(reference: Path, name: str) -> None:
    found = ingest.survey(reference / "real" / f"{name}.pdf", name)
    assert found.pages
    assert all(page.would_ocr and page.source.quality == "none" for page in found.pages)


def test_form_fields_stand_in_their_line_and_electronic_signatures_do_not(
    reference: Path, columns: Callable[[Document], list[tuple[int, str]]], laws: Callable[[Document], None]
) -> None:
    document = ingest.read(reference / "real" / "28.pdf", "28.pdf", ocr="never")
    laws(document)
    assert columns(document)[:6] == [
        (1, "ỦY BAN NHÂN DÂN"),
        (1, "TỈNH QUẢNG NGÃI"),
        (2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (2, "Độc lập - Tự do - Hạnh phúc"),
        (1, "Số: 542 /TB-UBND"),
        (2, "Quảng Ngãi, ngày 06 tháng 11 năm 2024"),
    ]
    assert all("@" not in page.text and not page.tables for page in document.pages)


def test_a_tcvn3_document_reads_as_vietnamese(
    reference: Path, columns: Callable[[Document], list[tuple[int, str]]], laws: Callable[[Document], None]
) -> None:
    document = ingest.read(reference / "real" / "44.pdf", "44.pdf", ocr="never")
    laws(document)
    assert [page.source.text_from for page in document.pages[:2]] == ["converted-text-layer"] * 2
    lines = columns(document)
    assert lines[0] == (1, "NGÂN HÀNG NHÀ NƯỚC")
    assert (2, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM") in lines
    assert (0, "THÔNG TƯ") in lines
