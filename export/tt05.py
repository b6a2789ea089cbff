"""Archive metadata of Thông tư 05/2025/TT-BNV: 22 keys a document, empty where the document does not state a value.

What an archive decides (codes of the file, storage period, keywords, risk recovery ...) is not on the paper and stays
empty. Each value that is written stands once more in the table ``evidence``, with page and raw text.
"""

from __future__ import annotations

from collections.abc import Iterator

from export.cells import Cell
from export.tables import Column, Place, Table, proof
from schemas.record import Evidence, Record

KEYS = {
    "docId": "Mã định danh tài liệu",
    "arcDocCode": "Mã lưu trữ tài liệu",
    "maintenance": "Thời hạn lưu trữ",
    "typeName": "Tên loại tài liệu",
    "codeNumber": "Số của tài liệu",
    "codeNotation": "Ký hiệu của tài liệu",
    "issuedDate": "Ngày, tháng, năm tài liệu",
    "organName": "Cơ quan, tổ chức ban hành",
    "subject": "Trích yếu nội dung",
    "language": "Ngôn ngữ",
    "numberOfPage": "Số lượng trang",
    "inforSign": "Ký hiệu thông tin",
    "keyword": "Từ khóa",
    "mode": "Chế độ sử dụng",
    "confidenceLevel": "Mức độ tin cậy",
    "autograph": "Bút tích",
    "format": "Tình trạng vật lý",
    "process": "Quy trình xử lý",
    "riskRecovery": "Chế độ dự phòng",
    "riskRecoveryStatus": "Tình trạng dự phòng",
    "description": "Ghi chú",
    "isCan": "isCan",
}
"""The keys in their order, with their names in the circular."""

TYPES = {
    name: f"{code:02d}"
    for code, name in enumerate(
        (
            "nghị quyết, quyết định, chỉ thị, quy chế, quy định, thông cáo, thông báo, hướng dẫn, chương trình, "
            "kế hoạch, phương án, đề án, dự án, báo cáo, tờ trình, giấy ủy quyền, phiếu gửi, phiếu chuyển, phiếu báo, "
            "biên bản, hợp đồng, công văn, công điện, bản ghi nhớ, bản thỏa thuận, giấy mời, giấy giới thiệu, "
            "giấy nghỉ phép, thư công, bản đồ, bản vẽ kỹ thuật"
        ).split(", "),
        start=1,
    )
}
"""Codes of ``typeName``; any other type is ``OTHER_TYPE``."""
OTHER_TYPE = "32"
CODES = {"language": {"Tiếng Việt": "01"}, "mode": {"Mật": "03"}}

Fact = tuple[str, str, tuple[Evidence, ...]]
"""A key, its value, and the proof."""


def tables(*, codes: bool = False) -> tuple[Table, Table]:
    """The metadata, and the evidence of its values by row; with ``codes`` types, language and mode as code numbers."""

    def metadata(_: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
        values = {key: _coded(key, value) if codes else value for key, value, _ in facts(record)}
        yield tuple(values.get(key, "") for key in KEYS)

    columns = tuple(Column(key, label, 50 if key == "subject" else 18) for key, label in KEYS.items())
    return Table("metadata", "Siêu dữ liệu", columns, metadata), Table("evidence", "Bằng chứng", _EVIDENCE, _evidence)


_EVIDENCE = (
    Column("row", "Dòng", 8, int),
    Column("file", "Tệp", 36),
    Column("record", "Bản ghi", 24),
    Column("key", "Trường", 16),
    Column("value", "Giá trị", 50),
    Column("page", "Trang", 8, int),
    Column("raw", "Nguyên văn đã đọc", 60),
)


def _evidence(place: Place, record: Record) -> Iterator[tuple[Cell, ...]]:
    for key, value, evidence in facts(record):
        yield (*place, key, value, *proof(evidence))


def facts(record: Record) -> Iterator[Fact]:
    """What the document states, in the order of the keys."""
    if record.doc_type:
        yield "typeName", record.doc_type.value.capitalize(), record.doc_type.evidence
    if record.number:
        yield "codeNumber", record.number.value, record.number.evidence
    if record.symbol:
        yield "codeNotation", record.symbol.value, record.symbol.evidence
    if record.date and len(record.date.value) == len("2025-11-13"):  # the circular has no way to write part of a date
        yield "issuedDate", "/".join(reversed(record.date.value.split("-"))), record.date.evidence
    if record.issuer:
        yield "organName", record.issuer.value, record.issuer.evidence
    if record.title:
        yield "subject", record.title.value, record.title.evidence
    if spoken := _language(record):
        yield "language", "Tiếng Việt", spoken
    if record.source.media_type != "text/plain":  # a text file has no sheets
        yield "numberOfPage", str(len(record.source.pages)), ()
    if record.secrecy:
        yield "mode", "Mật", record.secrecy.evidence


def _language(record: Record) -> tuple[Evidence, ...]:
    """What proves that a document is in Vietnamese: its type in words, where no page is in another language."""
    foreign = any(page.quality == "foreign" for page in record.source.pages)
    return record.doc_type.evidence if record.doc_type and not foreign else ()


def _coded(key: str, value: str) -> str:
    if key == "typeName":
        return TYPES.get(value.lower(), OTHER_TYPE)
    return CODES.get(key, {}).get(value, value)
