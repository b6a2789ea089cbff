from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from export import write
from export.edxml import NAMESPACE, header
from pipeline.store import Store
from schemas.record import Cited, Evidence, Record

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "edxml-header.xsd")))


def of(record: Record) -> dict[str, list[str]]:
    """Path of each leaf -> its texts; the schema has accepted the whole."""
    root = etree.fromstring(header(record))
    SCHEMA.assertValid(root)
    found: dict[str, list[str]] = {}
    for leaf in root.iter():
        if not len(leaf):
            path = "/".join(etree.QName(e).localname for e in [*reversed(list(leaf.iterancestors())), leaf])
            found.setdefault(path.removeprefix("edXMLHeader/MessageHeader"), []).append(leaf.text)
    return found


def test_what_a_document_states_stands_in_the_header(run: Store) -> None:
    first, _ = run.read_run().documents
    assert of(run.read_record(first.records[0])) == {
        "/From/OrganizationInCharge": ["tỉnh Quảng Ngãi"],
        "/From/OrganName": ["Ủy ban nhân dân xã Hòa Biển"],
        "/To/OrganName": ["Sở Nội vụ", "Sở Tài chính"],
        "/Code/CodeNumber": ["27"],
        "/Code/CodeNotation": ["KH-UBND"],
        "/PromulgationInfo/Place": ["Hòa Biển"],
        "/PromulgationInfo/PromulgationDate": ["2025/11/13"],
        "/DocumentType/TypeName": ["Kế hoạch"],
        "/Subject": ['=HYPERLINK("http://x") & <b>'],
        "/SignerInfo/Competence": ["KT. CHỦ TỊCH"],
        "/SignerInfo/FullName": ["Lê Văn A"],
        "/ToPlaces/Place": ["Tab", "Return", "right left", "http://example.org"],
        "/OtherInfo/Priority": ["3"],
        "/OtherInfo/PageAmount": ["2"],
    }


def test_nothing_stated_is_an_empty_header(run: Store) -> None:
    _, second = run.read_run().documents
    assert of(run.read_record(second.records[0])) == {"": [None]}


@pytest.mark.parametrize("date", ["2025", "2025-11"])
def test_a_date_that_is_not_certain_to_the_day_is_left_out(date: str, run: Store) -> None:
    record = run.read_record(run.read_run().documents[0].records[0])
    proof = Evidence(page=1, start=0, end=1, raw="x", bbox=None, rule="r")
    vague = record.model_copy(update={"date": Cited[str](value=date, evidence=(proof,)), "title": None})
    found = of(vague)
    assert "/PromulgationInfo/PromulgationDate" not in found and "/Subject" not in found
    assert found["/PromulgationInfo/Place"] == ["Hòa Biển"]


def test_the_schema_refuses_what_the_standard_does_not_have() -> None:
    wrong = f'<edXMLHeader xmlns="{NAMESPACE}"><MessageHeader><Code/><From/></MessageHeader></edXMLHeader>'
    assert not SCHEMA.validate(etree.fromstring(wrong))


def test_each_document_has_a_file(run: Store, tmp_path: Path) -> None:
    write(run, "edxml", tmp_path / "out")
    files = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.xml"))
    assert files == ["2025/=cmd.pdf.xml", "blank.txt.xml"]
    for file in files:
        SCHEMA.assertValid(etree.parse(str(tmp_path / "out" / file)))
