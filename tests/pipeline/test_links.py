"""References that another document of the same run resolves."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from pipeline import Options, Store, run
from pipeline.links import links
from pipeline.show import document_table
from schemas.record import Cited, Evidence, Record, Reference, Source, Trace
from schemas.run import Link

PROOF = (Evidence(page=1, start=0, end=1, raw="x", bbox=None, rule="test.row"),)
XA = "Ủy ban nhân dân xã Suối Khê"


def record(
    code: str | None = None,
    date: str | None = None,
    issuer: str | None = XA,
    symbol: str | None = None,
    cites: tuple[tuple[str, str | None, str | None], ...] = (),
) -> Record:
    def cited(value: str | None) -> Cited[str] | None:
        return Cited(value=value, evidence=PROOF) if value else None

    return Record(
        code=cited(code),
        symbol=cited(symbol),
        date=cited(date),
        issuer=cited(issuer),
        references=tuple(
            Reference(type="kế hoạch", code=code, date=date, issuer=by, role="mention", evidence=PROOF)
            for code, date, by in cites
        ),
        source=Source(file="", sha256="", media_type="text/plain", pages=()),
        trace=Trace(input="", pages="", text="", rules=""),
    )


def found(*records: tuple[str, Record]) -> tuple[Link, ...]:
    """The links among records as they stand in a run folder."""
    plain = {path: json.loads(each.dump_json()) for path, each in records}
    return tuple(links(list(plain), plain.__getitem__))


CITED = ("5/KH-UBND", "2025-09-12", "Ủy ban nhân dân xã")


@pytest.mark.parametrize(
    ("other", "cites", "by"),
    [
        (record("5/KH-UBND", "2025-09-12"), CITED, ("code", "date", "issuer")),
        (record("5/kh-ubnd", "2025-09"), ("5/KH- UBND", "2025-09-12", None), ("code", "date")),
        (record("5/KH-UBND", None), ("5/KH-UBND", None, "Chủ tịch Ủy ban nhân dân xã Suối Khê"), ("code", "issuer")),
        (record(None, "2025-09-12", symbol="KH-UBND"), CITED, ("symbol", "date", "issuer")),
        (record("12-KH/ĐU", "2025-09-12", "Đảng ủy xã"), ("12-KH/ĐU", "2025-09-12", None), ("code", "date")),
    ],
)
def test_one_that_fits(other: Record, cites: tuple[str, str | None, str | None], by: tuple[str, ...]) -> None:
    (link,) = found(("a.json", record("9/BC-UBND", cites=(("1/QĐ-TTg", None, None), cites))), ("b.json", other))
    assert (link.record, link.reference, link.document, link.by) == ("a.json", 1, "b.json", by)


@pytest.mark.parametrize(
    "others",
    [
        [record("5/KH-UBND", "2024-09-12")],
        [record("5/KH-UBND", "2025-09-12", "Ủy ban nhân dân tỉnh Hà Tĩnh")],
        [record("5/KH-UBND", None, None)],
        [record("6/KH-UBND", "2025-09-12")],
        [record("5/KH-UBND", "2025-09-12"), record("5/KH-UBND", "2025-09-12")],
        [record(None, "2025-09", symbol="KH-UBND")],
        [record(None, "2025-09-12", None, symbol="KH-UBND")],
        [],
    ],
)
def test_none_where_no_one_document_fits(others: list[Record]) -> None:
    citing = record("9/BC-UBND", "2025-09-12", cites=(CITED,))
    assert found(("a.json", citing), *((f"b{i}.json", other) for i, other in enumerate(others))) == ()


def test_a_document_does_not_resolve_itself() -> None:
    assert found(("a.json", record("5/KH-UBND", "2025-09-12", cites=(CITED,)))) == ()


PLAN = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ SUỐI KHÊ                        Độc lập - Tự do - Hạnh phúc
Số: {code}               Suối Khê, ngày {day} tháng 9 năm 2025

{head}
{title}

{body}

Nơi nhận:                                        CHỦ TỊCH
- Lưu: VT.                                       Lê Văn An
"""


def test_links_of_a_run(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "run"
    folder.mkdir()
    basis = "Thực hiện Kế hoạch số 5/KH-UBND ngày 12/9/2025 của Ủy ban nhân dân xã về trồng cây;"
    plan = PLAN.format(code="5/KH-UBND", day=12, head="KẾ HOẠCH", title="Trồng cây", body="1. Trồng cây.")
    report = PLAN.format(code="9/BC-UBND", day=25, head="BÁO CÁO", title="Kết quả trồng cây", body=basis)
    (folder / "a-bao-cao.txt").write_text(report, "utf-8")
    (folder / "b-ke-hoach.txt").write_text(plan, "utf-8")
    run([folder], out, Options(jobs=0))
    store = Store(out)
    (link,) = store.read_links()
    assert (link.record, link.document) == ("records/a-bao-cao.txt.json", "records/b-ke-hoach.txt.json")
    for file, word in (("a-bao-cao.txt", "cites"), ("b-ke-hoach.txt", "is cited by")):
        console = Console(file=io.StringIO(), width=200, record=True)
        console.print(document_table(store, file))
        assert word in console.export_text()
    (folder / "b-ke-hoach.txt").unlink()
    run([folder], out, Options(jobs=0, prune=True))
    assert store.read_links() == ()
