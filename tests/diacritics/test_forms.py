"""Stored candidates are those that a fresh search finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from diacritics import Model
from diacritics.adapt import WIDE
from diacritics.candidates import Case
from diacritics.decode import Decoder
from diacritics.forms import STEP, Forms, write
from diacritics.option import Weights


def test_stored_candidates_equal_a_fresh_search(model: Model) -> None:
    stored = model.forms
    assert stored is not None and len(stored.rows) > 5_000
    queries = list(stored.rows)[:: max(1, len(stored.rows) // 150)]
    fresh = Decoder(model.language, model.lexicon, model.channel, Weights(margin=WIDE)).search(queries)
    for query in queries:
        found = stored.get(query)
        assert found is not None
        assert [word for word, _ in found] == [word for word, _ in fresh[query]], query
        for (_, log), (_, wanted) in zip(found, fresh[query], strict=True):
            assert log == pytest.approx(max(wanted, -255 * STEP), abs=STEP / 2 + 1e-6)


def test_what_was_not_searched_is_not_there(model: Model) -> None:
    assert model.forms is not None
    assert model.forms.get(("khôngcó★", Case.LOWER)) is None


def test_written_forms_come_back(tmp_path: Path) -> None:
    found = {("cua", Case.LOWER): [(7, -0.5), (3, -2.25)], ("x", Case.UPPER): [], ("á", Case.TITLE): [(65_000, -99.0)]}
    write(tmp_path, found.items())
    back = Forms.load(tmp_path)
    assert back.get(("cua", Case.LOWER)) == [(7, -0.5), (3, -2.25)]
    assert back.get(("x", Case.UPPER)) == []
    assert back.get(("á", Case.TITLE)) == [(65_000, -255 * STEP)]
    assert back.get(("cua", Case.UPPER)) is None
