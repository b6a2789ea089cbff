"""The header of an edXML message (QCVN 102:2016/BTTTT) as XML: what the document states, and nothing else.

An element whose value the document does not state is left out; the identifiers of the exchange (OrganId, DocumentId,
DocumentType/Type ...) belong to the system that sends the message.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from export.cells import xml_text
from schemas.record import Cited, Record

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PRIORITY = {"khẩn": "1", "thượng khẩn": "2", "hỏa tốc": "3", "hỏa tốc hẹn giờ": "4"}
"""OtherInfo/Priority; 0 (ordinary) is never written, since no paper states it."""


def header(record: Record) -> bytes:
    """The ``edXMLHeader`` of one document as UTF-8 XML, indented, with a declaration."""
    ET.register_namespace("edXML", NAMESPACE)
    root = ET.Element(_name("edXMLHeader"))
    _message(ET.SubElement(root, _name("MessageHeader")), record)
    ET.indent(root)
    return DECLARATION + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _message(message: ET.Element, record: Record) -> None:
    """The elements of MessageHeader in the order of the standard."""
    signer = record.signer
    _group(message, "From", (("OrganizationInCharge", _of(record.issuer_parent)), ("OrganName", _of(record.issuer))))
    for addressee in record.addressee:
        _group(message, "To", (("OrganName", addressee.value),))
    _group(message, "Code", (("CodeNumber", _of(record.number)), ("CodeNotation", _of(record.symbol))))
    _group(message, "PromulgationInfo", (("Place", _of(record.place)), ("PromulgationDate", _date(record))))
    _group(message, "DocumentType", (("TypeName", (_of(record.doc_type) or "").capitalize()),))
    _leaf(message, "Subject", _of(record.title))
    if signer is not None:
        _group(
            message,
            "SignerInfo",
            (("Competence", signer.authority), ("Position", signer.position), ("FullName", signer.name)),
        )
    _group(message, "ToPlaces", (("Place", recipient.value) for recipient in record.recipients))
    _group(
        message, "OtherInfo", (("Priority", PRIORITY.get(_of(record.urgency) or "")), ("PageAmount", _pages(record)))
    )


def _group(parent: ET.Element, name: str, leaves: Iterable[tuple[str, str | None]]) -> None:
    """An element with the leaves that have a value; none where no leaf has one."""
    stated = [(leaf, value) for leaf, value in leaves if value and xml_text(value)]
    if stated:
        group = ET.SubElement(parent, _name(name))
        for leaf, value in stated:
            _leaf(group, leaf, value)


def _leaf(parent: ET.Element, name: str, value: str | None) -> None:
    if value and (text := xml_text(value)):
        ET.SubElement(parent, _name(name)).text = text


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _of(cited: Cited[str] | None) -> str | None:
    return None if cited is None else cited.value


def _date(record: Record) -> str | None:
    """YYYY/MM/DD; None where the day or the month is not certain."""
    date = _of(record.date) or ""
    return date.replace("-", "/") if len(date) == len("2025-11-13") else None


def _pages(record: Record) -> str | None:
    """How many pages the file has; None of a text file, which has no sheets."""
    return None if record.source.media_type == "text/plain" else str(len(record.source.pages))
