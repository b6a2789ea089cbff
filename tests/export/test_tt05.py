from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from export import ExportError, write
from export.tt05 import KEYS
from pipeline.store import Store

ISSUE_ORDER = (
    "docId arcDocCode maintenance typeName codeNumber codeNotation issuedDate organName subject language numberOfPage "
    "inforSign keyword mode confidenceLevel autograph format process riskRecovery riskRecoveryStatus description isCan"
).split()
STATED = {
    "typeName": "Kế hoạch",
    "codeNumber": "27",
    "codeNotation": "KH-UBND",
    "issuedDate": "13/11/2025",
    "organName": "Ủy ban nhân dân xã Hòa Biển",
    "subject": '=HYPERLINK("http://x") & <b>',
    "language": "Tiếng Việt",
    "numberOfPage": "2",
    "mode": "Mật",
}


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_keys_are_those_of_the_circular() -> None:
    assert list(KEYS) == ISSUE_ORDER
    assert len(KEYS) == 22


def test_what_the_document_states_is_filled_and_the_rest_is_empty(run: Store, tmp_path: Path) -> None:
    write(run, "tt05", tmp_path / "meta.jsonl")
    first, second = rows(tmp_path / "meta.jsonl")
    assert list(first) == ISSUE_ORDER
    assert {key: value for key, value in first.items() if value} == STATED
    assert second == dict.fromkeys(ISSUE_ORDER, "")


def test_codes_are_those_of_the_circular(run: Store, tmp_path: Path) -> None:
    write(run, "tt05", tmp_path / "meta.jsonl", codes=True)
    first, _ = rows(tmp_path / "meta.jsonl")
    assert (first["typeName"], first["language"], first["mode"]) == ("10", "01", "03")


def test_each_value_has_its_evidence_beside_it(run: Store, tmp_path: Path) -> None:
    write(run, "tt05", tmp_path / "meta.csv")
    with (tmp_path / "meta.csv").open(encoding="utf-8", newline="") as file:
        metadata = list(csv.DictReader(file))
    with (tmp_path / "meta.evidence.csv").open(encoding="utf-8", newline="") as file:
        evidence = list(csv.DictReader(file))
    assert list(metadata[0]) == ISSUE_ORDER
    assert metadata[0]["subject"] == "'" + STATED["subject"]
    for row in evidence:
        assert metadata[int(row["row"]) - 1][row["key"]] == row["value"]
        assert row["file"] == "2025/=cmd.pdf"
        assert row["key"] == "numberOfPage" or (row["page"] == "1" and row["raw"])
    assert {row["key"] for row in evidence} == STATED.keys()


def test_a_workbook_holds_both(run: Store, tmp_path: Path) -> None:
    write(run, "tt05", tmp_path / "meta.xlsx", labels="vi")
    book = openpyxl.load_workbook(tmp_path / "meta.xlsx")
    assert book.sheetnames == ["Siêu dữ liệu", "Bằng chứng"]
    assert book["Siêu dữ liệu"].max_column == 22


def test_another_ending_is_refused(run: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.csv, \.jsonl, \.xlsx"):
        write(run, "tt05", tmp_path / "meta.xml")
