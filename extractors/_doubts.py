"""Doubts between fields: checked when all extractors are through, kept as notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import _tables
from extractors._weak import weak_repairs
from extractors._witnesses import witnesses
from schemas.record import Note, Record
from schemas.text import Text, fold

_TITLES = {
    "uy ban nhan dan": "chu tich",
    "hoi dong nhan dan": "chu tich",
    "so": "giam doc",
    "cong ty": "giam doc",
    "trung tam": "giam doc",
    "truong": "hieu truong",
    "dang uy": "bi thu",
    "tinh uy": "bi thu",
    "thanh uy": "bi thu",
    "huyen uy": "bi thu",
}
"""Who heads a body, by the first words of its name (folded)."""
_BY_ORDER_OF = ("tl", "tuq", "t/l")
"""Authorities under which somebody of another body signs."""


def doubts(record: Record, text: Text) -> Iterator[Note]:
    """Every doubt that only the whole record shows."""
    yield from _type_and_symbol(record)
    yield from _date_and_references(record)
    yield from _issuer_and_authority(record)
    yield from _issuer_and_title(record)
    yield from witnesses(record, text)
    yield from weak_repairs(record, text)
    yield from _unread_pages(text)


def _unread_pages(text: Text) -> Iterator[Note]:
    """Pages in another language, and pages in which no Vietnamese could be read."""
    for repaired in text.pages:
        number = repaired.page.number
        if not repaired.legible:
            message = f"page {number}: no Vietnamese could be read; its text is left as it is"
            yield Note(field="text", kind="illegible", message=message)
        elif repaired.page.source.quality == "foreign":
            yield Note(field="text", kind="foreign", message=f"page {number}: in another language; left as it is")


def _type_and_symbol(record: Record) -> Iterator[Note]:
    """A "kế hoạch" whose symbol says "BC"."""
    if record.doc_type is None or record.symbol is None:
        return
    parts = re.split(r"[-/]", record.symbol.value)
    named = _tables.type_abbreviations().get(next((part for part in parts if not part.isdigit()), ""))
    if named is not None and named != record.doc_type.value:
        message = f"the heading says {record.doc_type.value}, the symbol {record.symbol.value}"
        yield Note(field="doc_type", kind="contradiction", message=message, evidence=record.symbol.evidence)


def _date_and_references(record: Record) -> Iterator[Note]:
    """A document cannot be older than what it cites."""
    cited = [r for r in record.references if r.date is not None and len(r.date) == 10]
    if record.date is None or not cited:
        return
    latest = max(cited, key=lambda r: r.date or "")
    size = len(record.date.value)
    if (latest.date or "")[:size] > record.date.value:
        message = f"{record.date.value} is before {latest.date}, the date of a document that it cites"
        yield Note(field="date", kind="contradiction", message=message, evidence=latest.evidence)


def _issuer_and_authority(record: Record) -> Iterator[Note]:
    """ "TM. ỦY BAN NHÂN DÂN" under the letterhead of another kind of body."""
    authority = record.signer.authority if record.signer is not None else None
    if record.issuer is None or authority is None or not fold(authority).startswith(("tm", "t/m")):
        return
    for kind in ("uy ban nhan dan", "hoi dong nhan dan", "ban thuong vu", "ban chap hanh"):
        if (
            kind in fold(authority)
            and kind[:8] not in fold(record.issuer.value)
            and "uy " not in fold(record.issuer.value)
        ):
            message = f"issued by {record.issuer.value}, signed {authority}"
            evidence = record.signer.evidence if record.signer is not None else ()
            yield Note(field="issuer", kind="contradiction", message=message, evidence=evidence)
            return


def _issuer_and_title(record: Record) -> Iterator[Note]:
    """A committee's document that a "giám đốc" signs in his own right."""
    if record.issuer is None or record.signer is None:
        return
    issuer = fold(record.issuer.value)
    own = next((title for body, title in _TITLES.items() if issuer.startswith(f"{body} ")), None)
    authority = fold(record.signer.authority or "")
    signed = f"{authority} {fold(record.signer.position or '')}"
    others = [title for title in set(_TITLES.values()) - {own} if title in signed]
    if own is not None and own not in signed and others and not authority.startswith(_BY_ORDER_OF):
        printed = " ".join(filter(None, (record.signer.authority, record.signer.position)))
        message = f"issued by {record.issuer.value}, signed {printed}"
        yield Note(field="issuer", kind="contradiction", message=message, evidence=record.signer.evidence)
