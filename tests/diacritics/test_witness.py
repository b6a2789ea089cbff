"""A second witness: what the garbled layer saw decides between readings that the OCR leaves open."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from diacritics import Model
from diacritics.tokens import segments
from schemas.text import Page, Span

READ = "Ban hành kèm theo bằng lương và bàng giá"
LAYER = "Ban hanh kém theo bang luong va bang gid"


def _witnessed(page: Page, layer: str) -> Page:
    spans = [Span(*match.span()) for match in re.finditer(r"\S+", page.text)]
    return dataclasses.replace(page, others=tuple(zip(spans, layer.split(), strict=True)))


def test_atoms_carry_the_other_reading(page: Callable[..., Page]) -> None:
    atoms = [atom for segment in segments(_witnessed(page(READ), LAYER)) for atom in segment]
    assert [atom.other for atom in atoms] == LAYER.split()


def test_a_witness_that_agrees_makes_a_reading_surer(model: Model, page: Callable[..., Page]) -> None:
    alone = page("phát triên du lịch")
    heard = _witnessed(alone, "phat trién du lich")
    against = _witnessed(alone, "phat tri@n du lich")
    sure = {
        name: model.reader.decode(list(segments(read)))[0][1] for name, read in (("alone", alone), ("heard", heard))
    }
    assert sure["alone"].option.text == sure["heard"].option.text == "triển"
    assert sure["heard"].posterior >= sure["alone"].posterior - 1e-9
    assert model.reader.decode(list(segments(against)))[0][1].option.text == "triển"
