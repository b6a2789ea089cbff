from __future__ import annotations

import builtins
import csv
import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

from export import FORMS, ExportError, write
from export.tables import TABLES
from export.write import Form
from pipeline.store import Store, StoreError
from schemas.record import Record

EVIL = '=HYPERLINK("http://x") & <b>'
NAMES = [table.name for table in TABLES]
ROWS = {"documents": 2, "references": 1, "targets": 1, "assignments": 1, "recipients": 4, "notes": 1}


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(path)
    found = {}
    for sheet in book.worksheets:
        head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_workbook_has_a_sheet_for_each_table_and_its_facts(run: Store, tmp_path: Path) -> None:
    done = write(run, "xlsx", tmp_path / "run.xlsx")
    assert done.rows == ROWS
    found = sheets(tmp_path / "run.xlsx")
    assert list(found) == NAMES
    document = found["documents"][0]
    assert (document["file"], document["title"], document["issuer_raw"]) == ("2025/=cmd.pdf", EVIL, "UY BAN NHAN DAN")
    assert (document["addressee"], document["targets"], document["signer_page"]) == ("Sở Nội vụ; Sở Tài chính", 1, 2)
    (target,) = found["targets"]
    assert (target["value"], target["value_max"], target["page"], target["raw"]) == (-2.5, 80, 3, "Giảm 2,5%")
    (duty,) = found["assignments"]
    assert (duty["lead"], duty["page"], duty["raw"]) == ("Phòng Y; Phòng Z", 2, "+ Phòng Y ⏎ Là đầu mối")
    assert found["recipients"][2]["recipient"] == "right\\u202eleft"
    assert found["notes"][0]["raw"] is None


def test_a_workbook_runs_nothing_and_can_be_filtered(run: Store, tmp_path: Path) -> None:
    write(run, "xlsx", tmp_path / "run.xlsx")
    book = openpyxl.load_workbook(tmp_path / "run.xlsx")
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
        assert sheet.column_dimensions["A"].width > 30


def test_vietnamese_labels(run: Store, tmp_path: Path) -> None:
    write(run, "xlsx", tmp_path / "run.xlsx", labels="vi")
    found = sheets(tmp_path / "run.xlsx")
    assert list(found) == ["Văn bản", "Văn bản viện dẫn", "Chỉ tiêu", "Nhiệm vụ", "Nơi nhận", "Ghi chú"]
    assert found["Chỉ tiêu"][0]["Giá trị"] == -2.5
    write(run, "csv", tmp_path / "csv", labels="vi", bom=True)
    data = (tmp_path / "csv/targets.csv").read_bytes()
    assert data.startswith("\ufeffTệp,Bản ghi,Kỳ".encode())


def test_a_table_that_outgrows_its_sheet_goes_on_in_the_next(
    run: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("export.workbook.Workbook.__init__.__defaults__", (3,))
    done = write(run, "xlsx", tmp_path / "run.xlsx")
    found = sheets(tmp_path / "run.xlsx")
    assert [len(found[name]) for name in ("recipients", "recipients 2")] == [2, 2]
    assert found["recipients 2"][1]["recipient"] == "http://example.org"
    assert any("recipients: more rows than a sheet holds" in line for line in done.told)


def test_a_cell_that_is_too_long_is_cut_and_told(run: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("export.workbook.LONGEST", 10)
    assert any("cut" in line for line in write(run, "xlsx", tmp_path / "run.xlsx").told)


def test_csv_is_a_file_a_table_with_formulas_disarmed(run: Store, tmp_path: Path) -> None:
    done = write(run, "csv", tmp_path / "csv")
    assert sorted(path.name for path in (tmp_path / "csv").iterdir()) == sorted(path.name for path in done.paths)
    assert [path.stem for path in done.paths] == NAMES
    (target,) = read_csv(tmp_path / "csv/targets.csv")
    assert (target["value"], target["value_max"], target["comparator"]) == ("-2.5", "80", "'=")
    (reference,) = read_csv(tmp_path / "csv/references.csv")
    assert (reference["code"], reference["raw"]) == ("'-1+2", "'@SUM(1)")
    assert [row["recipient"] for row in read_csv(tmp_path / "csv/recipients.csv")] == [
        "\\u0009Tab",
        "\\u000dReturn",
        "right\\u202eleft",
        "http://example.org",
    ]
    assert read_csv(tmp_path / "csv/documents.csv")[0]["title"] == f"'{EVIL}"


def test_parquet_is_typed(run: Store, tmp_path: Path) -> None:
    write(run, "parquet", tmp_path / "parquet")
    table = pyarrow.parquet.read_table(tmp_path / "parquet/targets.parquet")
    assert {name: str(table.schema.field(name).type) for name in ("value", "page", "raw")} == {
        "value": "double",
        "page": "int64",
        "raw": "string",
    }
    (row,) = table.to_pylist()
    assert (row["value"], row["period"], row["raw"]) == (-2.5, None, "Gia\u0309m 2,5%")
    assert pyarrow.parquet.read_table(tmp_path / "parquet/documents.parquet").num_rows == 2


def test_parquet_without_pyarrow_names_the_extra(run: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExportError, match="extra `parquet`"):
        write(run, "parquet", tmp_path / "parquet")


def test_json_lines_name_their_table_and_keep_values_as_they_are(run: Store, tmp_path: Path) -> None:
    write(run, "jsonl", tmp_path / "run.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "run.jsonl").read_bytes().splitlines()]
    assert {name: sum(row["table"] == name for row in rows) for name in NAMES} == ROWS
    assert rows[0]["title"] == EVIL and rows[0]["table"] == "documents"
    assert next(row for row in rows if row["table"] == "recipients")["recipient"] == "\tTab"


def test_records_are_whole(run: Store, tmp_path: Path) -> None:
    write(run, "records", tmp_path / "records.jsonl")
    lines = (tmp_path / "records.jsonl").read_bytes().splitlines()
    paths = [path for done in run.read_run().documents for path in done.records]
    assert [Record.model_validate_json(line) for line in lines] == [run.read_record(path) for path in paths]


OUT = {"csv": "out", "parquet": "out", "edxml": "out", "tt05": "out.csv"}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_run_gives_the_same_bytes_and_nothing_temporary(form: Form, run: Store, tmp_path: Path) -> None:
    def bytes_of(folder: Path) -> dict[str, bytes]:
        write(run, form, folder / OUT.get(form, f"out.{form}"))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    first = bytes_of(tmp_path / "a")
    assert first == bytes_of(tmp_path / "b") == bytes_of(tmp_path / "a")
    assert not any(".vanthu-" in name for name in first)


@pytest.mark.parametrize("form", FORMS)
def test_an_export_that_fails_leaves_what_was_there(
    form: Form, run: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "x" / OUT.get(form, f"out.{form}")
    write(run, form, out)
    before = {path: path.read_bytes() for path in (tmp_path / "x").rglob("*") if path.is_file()}

    def broken(self: Store, path: str) -> Record:
        raise StoreError("no such record")

    monkeypatch.setattr(Store, "read_record", broken)
    with pytest.raises(StoreError):
        write(run, form, out)
    assert {path: path.read_bytes() for path in (tmp_path / "x").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("form", FORMS)
def test_a_place_that_cannot_be_written_is_told(form: Form, run: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        write(run, form, tmp_path / "file" / OUT.get(form, "x"))
    if OUT.get(form) == "out":
        with pytest.raises(ExportError, match="folder"):
            write(run, form, tmp_path / "file")
    else:
        with pytest.raises(ExportError, match="name a file"):
            write(run, form, tmp_path)


def test_what_is_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no run folder"):
        write(Store(tmp_path), "jsonl", tmp_path / "x.jsonl")


def test_a_run_is_exported_without_the_libraries_of_other_forms(run: Store, tmp_path: Path) -> None:
    for name in ("xlsxwriter", "pyarrow"):
        sys.modules.pop(name, None)
    write(run, "csv", tmp_path / "csv")
    assert not {"xlsxwriter", "pyarrow"} & sys.modules.keys()
