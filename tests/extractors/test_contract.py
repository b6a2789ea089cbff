"""One module per field, each with the same three names, and no value without its field on the record."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

import extractors
from schemas.record import Cited, Record
from tests.extractors.documents import document

GIVEN_BY_CODE = {"number", "symbol"}
NOT_EXTRACTED = {"schema_version", "notes", "source", "trace", "agencies"}


def test_each_field_has_a_module_and_each_module_a_field() -> None:
    fields = set(Record.model_fields) - NOT_EXTRACTED - GIVEN_BY_CODE
    assert set(extractors.FIELDS) - {"agencies"} == fields


@pytest.mark.parametrize("name", [n for n in extractors.FIELDS if n != "code"])
def test_extract_returns_the_type_of_its_field(name: str) -> None:
    (value,) = get_args(get_type_hints(extractors.modules()[name].extract)["return"])
    field = get_type_hints(Record)[name]
    assert value == (Cited[str] | None if name == "date" else field)


def test_a_blank_document_gives_nothing() -> None:
    for printed in ("", "\n\n", " \f ", "~ . ,\n:^"):
        record = extractors.extract(document(printed))
        assert not any(value for key, value in record.plain().items()), printed


def test_modules_in_any_order_give_the_same() -> None:
    layout = extractors.lay_out(document("KẾ HOẠCH\nTrồng cây\n\nCăn cứ Luật Lâm nghiệp ngày 15/11/2017;\n"))
    names = list(extractors.FIELDS)
    there = [extractors.modules()[n].extract(layout) for n in names]
    back = [extractors.modules()[n].extract(layout) for n in reversed(names)]
    assert there == back[::-1]
