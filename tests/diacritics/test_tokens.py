"""Atoms cover a page exactly; segments keep their order; numbers, codes and addresses are told from words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics.tokens import Atom, Kind, atoms, segments
from ingest.text import lines_of
from schemas.record import PageSource
from schemas.text import Page, Span

DEBRIS = st.text(alphabet=st.sampled_from("abdeghinotuyDQKHđáéêơư0123456789 .,;:/-()'\"&@§$%\n\t\x0c…–"), max_size=200)


def of(text: str) -> list[Atom]:
    return list(atoms(text, Span(0, len(text)), 0))


def check(page: Page) -> None:
    """Spans are exact and in order within a segment, and every character that is no blank is in one atom."""
    found = [atom for segment in segments(page) for atom in segment]
    assert all(page.text[atom.span.start : atom.span.end] == atom.text != "" for atom in found)
    assert all(segment for segment in segments(page))
    order = [(atom.line, atom.span.start) for atom in found]
    assert order == sorted(order)
    covered = sorted(atom.span for atom in found)
    assert all(one.end <= two.start for one, two in pairwise(covered))
    held = {place for span in covered for place in range(*span)}
    wanted = {p for line in page.lines for p in range(*line.span) if not page.text[p].isspace()}
    assert held == wanted
    for one, two in pairwise(found):
        if one.line == two.line:
            assert two.glued == (one.span.end == two.span.start)


@given(DEBRIS)
def test_atoms_cover_debris(text: str) -> None:
    check(Page(1, text, PageSource(number=1, text_from="text-file", quality="garbled"), lines=lines_of(text)))


@given(st.text(max_size=120))
def test_atoms_cover_any_text(text: str) -> None:
    check(Page(1, text, PageSource(number=1, text_from="text-file", quality="garbled"), lines=lines_of(text)))


KINDS = [
    ("ké hoach 45/KH-UBND ngay", [Kind.WORD, Kind.WORD, Kind.CODE, Kind.WORD]),
    ("xem https://example.vn/a?b=c va", [Kind.WORD, Kind.ADDRESS, Kind.WORD]),
    ("gui xa@example.vn", [Kind.WORD, Kind.ADDRESS]),
    ("ngay 24/5/2025, dat 95,5%", [Kind.WORD, Kind.NUMBER, Kind.WORD, Kind.NUMBER]),
    ("- Cac phong", [Kind.MARKER, Kind.WORD, Kind.WORD]),
    ("II. MUC TIEU", [Kind.MARKER, Kind.WORD, Kind.WORD]),
    ("1.2. Yéu cau", [Kind.MARKER, Kind.WORD, Kind.WORD]),
    ("a) Xay dung", [Kind.MARKER, Kind.WORD, Kind.WORD]),
    ("cdu - dudng", [Kind.WORD, Kind.PUNCTUATION, Kind.WORD]),
    ("V/v giai quyét", [Kind.CODE, Kind.WORD, Kind.WORD]),
    ("dan su;linh vuc", [Kind.WORD, Kind.WORD, Kind.WORD, Kind.WORD]),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS, ids=[text for text, _ in KINDS])
def test_kinds(text: str, kinds: list[Kind]) -> None:
    assert [atom.kind for atom in of(text)] == kinds


def test_edges_are_not_the_core() -> None:
    assert [atom.core for atom in of("(dan su), “nudc”...")] == ["dan", "su", "nudc"]


def test_a_line_of_capitals_is_known() -> None:
    assert all(atom.capitals for atom in of("UY BAN NHAN DAN XA"))
    assert not any(atom.capitals for atom in of("Uy ban nhan dan xa"))


CUTS = [
    ("Ngudi dan tham gia.\nCac phong ban", ["Ngudi dan tham gia.", "Cac phong ban"]),
    ("phat trién\nkinh té", ["phat trién kinh té"]),
    ("KE HOACH\nTréng cay", ["KE HOACH", "Tréng cay"]),
    ("- Thon A\n- Thon B", ["-", "Thon A", "-", "Thon B"]),
    ("theo Diéu 5. trong nam", ["theo Diéu 5. trong nam"]),
    ("Kinh giri: cac thon; cac td", ["Kinh giri:", "cac thon;", "cac td"]),
]


@pytest.mark.parametrize(("text", "wanted"), CUTS, ids=[text.replace("\n", " | ") for text, _ in CUTS])
def test_cuts(text: str, wanted: list[str], page: Callable[..., Page]) -> None:
    assert [" ".join(atom.text for atom in segment) for segment in segments(page(text))] == wanted
