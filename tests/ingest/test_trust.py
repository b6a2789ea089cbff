from __future__ import annotations

from pathlib import Path

import pytest

from ingest.trust import judge
from schemas.text import fold

GOOD = """Ủy ban nhân dân xã Sông Mây ban hành Kế hoạch trồng cây xanh trên địa bàn xã năm 2026 với nội dung sau.
Các thôn phối hợp với Phòng Kinh tế tổ chức trồng mới, chăm sóc và bảo vệ cây xanh."""
ENGLISH_OCR = """Uy ban nhan dan x4 Séng May ban hanh Ké hoach trong cay xanh trén dia ban x& nam 2026 véi ndi dung.
Cac thén phdi hgp véi Phong Kinh té t6 chirc trong mdi, chim séc va bao vé cay xanh."""


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        (GOOD, "good"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "good"),
        ("Kế hoạch số 12/KH-UBND của UBND xã Sông Mây về VNeID, Mobile Money và chuyển đổi số", "good"),
        (ENGLISH_OCR, "garbled"),
        (fold(GOOD), "garbled"),
        ("T6 chrirc thlrc hiQn c6ng t6c tuy6n truydn; ph6i hqp vdi c6c <lon vi xA.", "garbled"),
        ("¿½§ ±ÃÆ ØÞß æøŒ ¶§ Ð×", "garbled"),
        (
            "The Committee shall report to the Government on the implementation of this plan by the end of 2026.",
            "foreign",
        ),
        ("Le comité présente le rapport sur les activités de la commune et des écoles pour les élèves.", "foreign"),
        ("ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ", "foreign"),
        ("12.500 34 % ... 2026", "none"),
        ("", "none"),
    ],
)
def test_quality(text: str, quality: str) -> None:
    assert judge(text).quality == quality


def test_figures_stand_beside_the_verdict() -> None:
    was = judge("Số học")
    assert (was.letters, was.diacritic_share, was.legal_share) == (5, 0.4, 1.0)


def test_length_says_nothing() -> None:
    assert judge(ENGLISH_OCR * 50).quality == judge(ENGLISH_OCR).quality == "garbled"
    assert judge(GOOD * 50).quality == "good"


def test_the_document_decides_for_a_page_of_few_letters() -> None:
    assert judge("TM. UBND BIDV").quality == "garbled"
    assert judge("TM. UBND BIDV", judge(GOOD)).quality == "good"
    assert judge(ENGLISH_OCR, judge(GOOD)).quality == "garbled"


@pytest.mark.parametrize(
    ("name", "quality"), [("000", "garbled"), ("001", "garbled"), ("002", "good"), ("004-part", "garbled")]
)
def test_quality_of_the_seeds(reference: Path, name: str, quality: str) -> None:
    assert judge((reference / "seeds" / f"{name}.txt").read_text("utf-8")).quality == quality
