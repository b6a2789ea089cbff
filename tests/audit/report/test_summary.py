"""The counts of the first page."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.report.summary import MOST, bars, province
from pipeline.store import Store

RECORD = "records/quyet-dinh-to-so-hoa.pdf.json"


@pytest.mark.parametrize(
    ("issuer", "parent", "wanted"),
    [
        ("Ủy ban nhân dân tỉnh Nghệ An", None, "Nghệ An"),
        ("Sở Y tế", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Ủy ban nhân dân xã Trà Khương", "tỉnh Quảng Ngãi", "Quảng Ngãi"),
        ("Ủy ban nhân dân phường Bến Nghé", "thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("Ủy ban nhân dân phường B'Lao", "thành phố Bảo Lộc", ""),
        ("Bộ Y tế", None, ""),
        ("Ủy ban nhân dân các tỉnh miền núi", None, ""),
    ],
)
def test_the_province_is_the_one_that_the_issuer_names(run: Path, issuer: str, parent: str | None, wanted: str) -> None:
    record = Store(run).read_record(RECORD)
    assert record.issuer is not None
    named = {
        "issuer": record.issuer.model_copy(update={"value": issuer}),
        "issuer_parent": record.issuer.model_copy(update={"value": parent}) if parent else None,
        "agencies": (),
    }
    assert province(record.model_copy(update=named)) == wanted


def test_bars_stand_the_greatest_first_and_the_unknown_last() -> None:
    found = bars({"báo cáo": 2, "": 3, "kế hoạch": 4, "chỉ thị": 2}, "type")
    assert [(bar.label, bar.number, bar.share) for bar in found] == [
        ("kế hoạch", 4, 1.0),
        ("báo cáo", 2, 0.5),
        ("chỉ thị", 2, 0.5),
        ("not-stated", 3, 0.75),
    ]


def test_many_bars_are_put_together() -> None:
    found = bars({f"loại {number:02}": 1 for number in range(MOST + 5)})
    assert [bar.number for bar in found] == [1] * MOST + [5]
    assert bars({"2026-02": 1, "2025-11": 3}, by_label=True)[0].label == "2025-11"
