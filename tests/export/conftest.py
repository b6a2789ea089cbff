"""A run folder of two records: one that states everything and attacks spreadsheets, one that states nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.store import Store
from schemas.record import (
    Assignment,
    Cited,
    Evidence,
    Note,
    PageSource,
    Record,
    Reference,
    Signer,
    Source,
    Target,
    Trace,
)
from schemas.run import Done, Run

EVIL = '=HYPERLINK("http://x")'


def proof(raw: str, page: int = 1, start: int = 0, of: str | None = None) -> Evidence:
    return Evidence(page=page, start=start, end=start + len(raw), raw=raw, bbox=None, rule="r.x", of=of)


def cited(value: str, raw: str | None = None, page: int = 1) -> Cited[str]:
    return Cited[str](value=value, evidence=(proof(raw or value, page),))


def blank(file: str, media_type: str = "application/pdf", pages: int = 2) -> Record:
    sources = tuple(PageSource(number=n, text_from="ocr", quality="none") for n in range(1, pages + 1))
    source = Source(file=file, sha256="0" * 64, media_type=media_type, pages=sources)
    return Record(source=source, trace=Trace(input="i", pages="p", text="t", rules="r"))


def full(file: str) -> Record:
    task = (
        proof("Là đầu mối", 2, 40, "task"),
        proof("đầu mối", 2, 43, "deadline"),
        proof("+ Phòng Y", 2, 10, "lead[0]"),
    )
    return blank(file).model_copy(
        update={
            "doc_type": cited("kế hoạch", "KẾ HOẠCH"),
            "code": cited("27/KH-UBND"),
            "number": cited("27"),
            "symbol": cited("KH-UBND"),
            "issuer": cited("Ủy ban nhân dân xã Hòa Biển", "UY BAN NHAN DAN"),
            "issuer_parent": cited("tỉnh Quảng Ngãi"),
            "place": cited("Hòa Biển"),
            "date": cited("2025-11-13", "ngày 13 tháng 11 năm 2025"),
            "title": cited(EVIL + " & <b>"),
            "addressee": (cited("Sở Nội vụ"), cited("Sở Tài chính")),
            "urgency": cited("hỏa tốc"),
            "secrecy": cited("tối mật"),
            "references": (Reference(type="luật", code="-1+2", role="basis", evidence=(proof("@SUM(1)", 1, 5),)),),
            "targets": (
                Target(
                    value=-2.5, value_max=80, unit="%", statement="Giảm 2,5%", evidence=(proof("Gia\u0309m 2,5%", 3),)
                ),
            ),
            "assignments": (Assignment(task="Là đầu mối", lead=("Phòng Y", "Phòng Z"), evidence=task),),
            "recipients": (cited("\tTab"), cited("\rReturn"), cited("right\u202eleft"), cited("http://example.org")),
            "signer": Signer(authority="KT. CHỦ TỊCH", name="Lê Văn A", evidence=(proof("Lê Văn A", 2),)),
            "notes": (Note(field="date", kind="doubt", message="no proof"),),
        }
    )


def write_run(root: Path, records: dict[str, Record]) -> Store:
    store = Store(root)
    documents = []
    for file, record in records.items():
        path = root / "records" / f"{file}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record.dump_json(), "utf-8")
        written = (f"records/{file}.json",)
        documents.append(Done(file=file, sha256="0" * 64, records=written, pages=2, ocr_pages=2, notes=0))
    run = Run(
        started="2025-11-13T08:00:00+00:00",
        seconds=1.0,
        versions={},
        options={},
        inputs=("in",),
        documents=tuple(documents),
        failures=0,
    )
    (root / "run.json").write_text(run.model_dump_json(), "utf-8")
    return store


@pytest.fixture
def run(tmp_path: Path) -> Store:
    """``2025/=cmd.pdf`` states everything, ``blank.txt`` nothing."""
    root = tmp_path / "run"
    file = "2025/=cmd.pdf"
    return write_run(root, {file: full(file), "blank.txt": blank("blank.txt", "text/plain", 1)})
