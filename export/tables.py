"""The facts of a record as rows of tables: each with its file, its page and the raw text that proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from export.cells import Cell
from schemas.record import Cited, Evidence, Record

SCALARS = {
    "doc_type": "Loại văn bản",
    "code": "Số, ký hiệu",
    "number": "Số",
    "symbol": "Ký hiệu",
    "issuer": "Cơ quan ban hành",
    "issuer_parent": "Cơ quan cấp trên",
    "place": "Địa danh",
    "date": "Ngày ban hành",
    "title": "Trích yếu",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
}
"""The header fields that hold one value, with their Vietnamese names."""

LISTS = {
    "references": "Số văn bản viện dẫn",
    "targets": "Số chỉ tiêu",
    "assignments": "Số nhiệm vụ",
    "recipients": "Số nơi nhận",
    "notes": "Số ghi chú",
}
PIECE = " ⏎ "
"""Between pieces of raw text that stand apart on the page."""


class Place(NamedTuple):
    """A record in the export: its number from 1, the file that it was read from, its path in the run folder."""

    number: int
    file: str
    record: str


class Column(NamedTuple):
    """A column: its name, its Vietnamese name, its width in characters, and the type of its values."""

    name: str
    label: str
    width: int = 16
    type: type[str] | type[int] | type[float] = str


class Table(NamedTuple):
    """A table, and how a record fills it: ``rows`` gives as many cells a row as there are columns."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: Callable[[Place, Record], Iterator[tuple[Cell, ...]]]


FILE = (Column("file", "Tệp", 36), Column("record", "Bản ghi", 24))
PROOF = (Column("page", "Trang", 7, int), Column("raw", "Nguyên văn đã đọc", 60))


def proof(evidence: Sequence[Evidence]) -> tuple[Cell, Cell]:
    """The first page of a proof, and its raw text in reading order; a piece inside another is not repeated."""
    pieces: list[Evidence] = []
    for piece in sorted(evidence, key=lambda e: (e.page, e.start, -e.end)):
        if not pieces or piece.page > pieces[-1].page or piece.end > pieces[-1].end:
            pieces.append(piece)
    return (pieces[0].page, PIECE.join(piece.raw for piece in pieces)) if pieces else (None, None)


def _documents(place: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
    cited: list[Cited[str] | None] = [getattr(record, name) for name in SCALARS]
    signer = record.signer
    named = (signer.authority, signer.position, signer.name) if signer else (None, None, None)
    addressees = [piece for each in record.addressee for piece in each.evidence]
    proofs = [each.evidence if each else () for each in cited] + [addressees, signer.evidence if signer else ()]
    yield (
        place.file,
        place.record,
        *(each.value if each else None for each in cited),
        _listed([each.value for each in record.addressee]),
        *named,
        *(len(getattr(record, name)) for name in LISTS),
        len(record.source.pages),
        record.source.media_type,
        record.source.sha256,
        *(cell for evidence in proofs for cell in proof(evidence)),
    )


def _references(place: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
    for each in record.references:
        values = (each.role, each.type, each.code, each.date, each.issuer, each.subject)
        yield (place.file, place.record, *values, *proof(each.evidence))


def _targets(place: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
    for each in record.targets:
        amount = (each.direction, each.comparator, each.value, each.value_max, each.unit)
        yield (
            *(place.file, place.record, each.period, *amount, each.population, each.statement),
            *proof(each.evidence),
        )


def _assignments(place: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
    for each in record.assignments:
        bodies = map(_listed, (each.lead, each.advise, each.support))
        yield (
            *(place.file, place.record, each.section, each.task, *bodies, each.deadline, each.deadline_date),
            *proof(each.evidence),
        )


def _recipients(place: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
    for each in record.recipients:
        yield (place.file, place.record, each.value, *proof(each.evidence))


def _notes(place: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
    for each in record.notes:
        yield (place.file, place.record, each.field, each.kind, each.message, *proof(each.evidence))


def _listed(values: Sequence[str]) -> str | None:
    return "; ".join(values) or None


def _proofs() -> Iterator[Column]:
    for name, label in (*SCALARS.items(), ("addressee", "Kính gửi"), ("signer", "Người ký")):
        yield Column(f"{name}_page", f"{label}: trang", 7, int)
        yield Column(f"{name}_raw", f"{label}: nguyên văn", 30)


_WIDE = {"title": 60, "issuer": 34, "issuer_parent": 30}
_DOCUMENTS = (
    *FILE,
    *(Column(name, label, _WIDE.get(name, 16)) for name, label in SCALARS.items()),
    Column("addressee", "Kính gửi", 30),
    Column("signer_authority", "Thẩm quyền ký", 28),
    Column("signer_position", "Chức vụ người ký", 20),
    Column("signer_name", "Người ký", 22),
    *(Column(name, label, 12, int) for name, label in LISTS.items()),
    Column("pages", "Số trang", 9, int),
    Column("media_type", "Kiểu tệp", 18),
    Column("sha256", "SHA-256", 20),
    *_proofs(),
)
_REFERENCES = (
    Column("role", "Vai trò", 10),
    Column("type", "Loại văn bản"),
    Column("code", "Số, ký hiệu", 20),
    Column("date", "Ngày", 12),
    Column("issuer", "Cơ quan ban hành", 34),
    Column("subject", "Về việc", 60),
)
_TARGETS = (
    Column("period", "Kỳ", 12),
    Column("direction", "Chiều", 8),
    Column("comparator", "So sánh", 8),
    Column("value", "Giá trị", 12, float),
    Column("value_max", "Giá trị đến", 12, float),
    Column("unit", "Đơn vị", 12),
    Column("population", "Đối tượng", 40),
    Column("statement", "Nội dung chỉ tiêu", 70),
)
_ASSIGNMENTS = (
    Column("section", "Mục", 14),
    Column("task", "Nhiệm vụ", 70),
    Column("lead", "Chủ trì", 34),
    Column("advise", "Tham mưu", 24),
    Column("support", "Phối hợp", 34),
    Column("deadline", "Thời hạn", 24),
    Column("deadline_date", "Ngày hạn", 12),
)
_NOTES = (Column("field", "Trường", 14), Column("kind", "Loại", 14), Column("message", "Nội dung", 80))

TABLES = (
    Table("documents", "Văn bản", _DOCUMENTS, _documents),
    Table("references", "Văn bản viện dẫn", (*FILE, *_REFERENCES, *PROOF), _references),
    Table("targets", "Chỉ tiêu", (*FILE, *_TARGETS, *PROOF), _targets),
    Table("assignments", "Nhiệm vụ", (*FILE, *_ASSIGNMENTS, *PROOF), _assignments),
    Table("recipients", "Nơi nhận", (*FILE, Column("recipient", "Nơi nhận", 50), *PROOF), _recipients),
    Table("notes", "Ghi chú", (*FILE, *_NOTES, *PROOF), _notes),
)
"""The tables of a run, in the order of the sheets."""
