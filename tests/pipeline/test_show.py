from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from pipeline import Options, Store, StoreError, run
from pipeline.show import NO_AGENCY, document_table, printable, record_tables, run_table
from schemas.record import Assignment, Cited, Evidence, Note, Record, Reference, Signer, Source, Target, Trace

PROOF = ({"page": 2, "start": 0, "end": 3, "raw": "x4 [b]", "bbox": None, "rule": "r"},)


@pytest.fixture
def record() -> Record:
    proof = tuple(Evidence.model_validate(piece) for piece in PROOF)
    return Record(
        code=Cited(value="27/KH-UBND", evidence=proof),
        title=Cited(value="Trồng cây [red]\x1b[31m \u202eđỏ", evidence=proof * 2),
        addressee=(Cited(value="Các trường", evidence=proof),),
        references=(Reference(type="luật", role="basis", subject="Trồng trọt", evidence=proof),),
        targets=(
            Target(value=1200, unit="cây", comparator=">=", statement="ít nhất 1.200 cây", evidence=proof),
            Target(value=80, value_max=85, unit="%", direction="up", statement="từ 80% đến 85%", evidence=proof),
        ),
        assignments=(
            Assignment(task="ươm giống", lead=("Phòng Kinh tế",), deadline="tháng 12", evidence=proof),
            Assignment(task="tưới cây", evidence=proof),
            Assignment(
                task="cấp đất",
                lead=("Phòng Kinh tế", "Công an xã"),
                support=("Các thôn",),
                deadline="30/4/2025",
                deadline_date="2025-04-30",
                evidence=proof,
            ),
        ),
        recipients=(Cited(value="Như trên", evidence=proof),),
        signer=Signer(position="CHỦ TỊCH", name="Trần Văn Sóng", evidence=proof),
        notes=(Note(field="date", kind="illegible", message="ngày không rõ"),),
        source=Source(file="a.pdf", sha256="0", media_type="application/pdf", pages=()),
        trace=Trace(input="", pages="", text="", rules=""),
    )


def seen(*parts: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=160)
    console.print(*parts)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_record_is_shown_whole(record: Record) -> None:
    shown = seen(*record_tables("a.pdf", record))
    wanted = ["27/KH-UBND", "Các trường", "Trồng trọt", ">= 1200 cây", "up = 80 - 85 %", "Như trên", "ngày không rõ"]
    assert [each for each in [*wanted, "CHỦ TỊCH / Trần Văn Sóng", "x4 [b] ⏎ x4 [b]"] if each not in shown] == []


def test_duties_stand_by_agency_and_deadline(record: Record) -> None:
    shown = seen(*record_tables("a.pdf", record)).split("duties by agency and deadline")[1]
    order = ["Công an xã", "cấp đất", "Phòng Kinh tế", "cấp đất", "ươm giống", NO_AGENCY, "tưới cây"]
    at = -1
    for word in order:
        at = shown.index(word, at + 1)
    assert shown.count("Phòng Kinh tế") == 1


def test_text_of_documents_cannot_steer_the_terminal(record: Record) -> None:
    shown = seen(*record_tables("a.pdf", record))
    assert "Trồng cây [red]\ufffd[31m \ufffdđỏ" in shown
    assert "\x1b" not in shown and "\u202e" not in shown


def test_printable_keeps_vietnamese() -> None:
    assert printable("Ủy ban – “đỏ”") == "Ủy ban – “đỏ”"
    assert printable("a\nb\udcff") == "a\ufffdb\ufffd"


@pytest.mark.usefixtures("fake_stages")
def test_a_document_is_found_by_its_name_or_its_end(tmp_path: Path) -> None:
    (tmp_path / "in" / "2025").mkdir(parents=True)
    for name in ("2025/a.txt", "b.txt", "2025/b.txt"):
        (tmp_path / "in" / name).write_text(f"Kế hoạch {name}\n", "utf-8")
    run([tmp_path / "in"], tmp_path / "run", Options(jobs=0))
    store = Store(tmp_path / "run")
    assert "Kế hoạch 2025/a.txt" in seen(document_table(store, "a.txt"))
    assert "Kế hoạch 2025/b.txt" not in seen(document_table(store, "b.txt"))
    assert all(f"Kế hoạch {name}" in seen(run_table(store)) for name in ("2025/a.txt", "b.txt", "2025/b.txt"))
    with pytest.raises(StoreError, match=r"c\.txt names no documents"):
        document_table(store, "c.txt")
