"""Laws of the repair: edits replay, offsets map both ways, a second pass changes nothing, nothing crashes."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diacritics
from audit.syllables import syllables
from bench.reading import CLEAN, SAMPLES
from diacritics import Model
from ingest.text import pages_of_text
from schemas.record import Quality
from schemas.text import Document, Page, RepairedPage, Span, Text

MANGLED = (
    "Ké hoach tréng cay nim 2025 cia Uy ban nhan dan xa Hoa Bién\n"
    "Can ctr Nghi quyét s6 18/NQ-HDND ngay 15/7/2024 cua Hdi dong nhan dan huyén;\n"
    "1. Trém Y té xa t6 chirc khdm sirc khoe dinh ky cho 1.250 ngudi cao tudi, dat 95%.\n"
)
STRANGE = "K5 ho9ch tr8ng cSy c9a 7y b2n nh5n d5n x3 v5 ph4t tri7n kinh t7 n5ng th8n m6i"
"""A style so unlike the shipped one that it is learnt from the text itself."""
MakeDocument = Callable[..., Document]
MakePage = Callable[..., Page]
Mend = Callable[..., Text]


def check(repaired: RepairedPage) -> None:
    """Edits replay raw -> repaired; every span maps to the other side and comes back to what holds it."""
    raw, text = repaired.page.text, repaired.text
    pieces, done, shift = [], 0, 0
    for edit in repaired.edits:
        assert raw[edit.raw.start : edit.raw.end] == edit.before != edit.after == text[edit.text.start : edit.text.end]
        assert edit.raw.start >= done and edit.why
        assert "\n" not in edit.before + edit.after
        assert edit.text.start == edit.raw.start + shift
        pieces += [raw[done : edit.raw.start], edit.after]
        done = edit.raw.end
        shift += len(edit.after) - len(edit.before)
    assert "".join([*pieces, raw[done:]]) == text
    step = max(1, len(text) // 50)
    for start in range(0, len(text), step):
        span = Span(start, min(len(text), start + 7))
        back = repaired.to_text(repaired.to_raw(span))
        assert back.start <= span.start and span.end <= back.end
    for start in range(0, len(raw), step):
        span = Span(start, min(len(raw), start + 7))
        back = repaired.to_raw(repaired.to_text(span))
        assert back.start <= span.start and span.end <= back.end
    for edit in repaired.edits:
        assert repaired.to_raw(edit.text) == edit.raw or not edit.after
        assert repaired.to_text(edit.raw) == edit.text


letters = st.sampled_from("abcdeghiklmnopqrstuvxyABDHNTUđáàảãạâấêếôốơớưứý0156789@&¢§$~|[]’'.,;:/-() \n")


@settings(max_examples=60)
@given(st.text(alphabet=letters, max_size=300), st.sampled_from(["garbled", "good", "legacy", "foreign", "none"]))
def test_edits_replay_and_offsets_map_both_ways(mend: Mend, text: str, quality: Quality) -> None:
    check(mend(text, quality).pages[0])


@settings(max_examples=40)
@given(st.text(max_size=150))
def test_no_text_crashes(mend: Mend, text: str) -> None:
    check(mend(text).pages[0])
    check(mend(text, "good", "ocr").pages[0])


@pytest.mark.parametrize("text", [
    "", " ", "\n", "\n\n\f\n", "a", "6", ".", "đ", "★", "\x00", "\ufeff", "\u200b", "\u202e", "\U0001f600",
    "e\u0301\u0301\u0301", "ab\x00cd \x07 x\x1by", "\u202eKé hoach\u202c tréng\u200f cay",
    "Ké\u00a0hoach\u2003tréng\u3000cay",
    "ké\u00adhoach", "||||||||", "中文 ລາວ ไทย العربية", "a" * 5_000, "1" * 5_000, "." * 5_000,
    "'" * 300 + "a" + "’" * 300, "a/" * 2_000, "Q-" * 2_000,
], ids=lambda text: ascii(text[:24]))  # fmt: skip
def test_odd_texts(text: str, mend: Mend) -> None:
    for quality, text_from in (("garbled", "text-file"), ("good", "text-file"), ("good", "ocr")):
        check(mend(text, quality, text_from).pages[0])


def test_other_scripts_stay(mend: Mend) -> None:
    for text in ("中文文件 第三章", "ແຜນການ ປະຈຳປີ", "Приказ министра"):
        assert mend(text).pages[0].text == text


def test_a_megabyte_is_done(mend: Mend) -> None:
    paragraph = MANGLED + "".join(f"{number}. {'.' * 250} {number}\n" for number in range(8))  # a table of contents
    text = paragraph * (1_000_000 // len(paragraph.encode()) + 1)
    assert len(text.encode()) >= 1_000_000
    repaired = mend(text).pages[0]
    assert repaired.text.count("Kế hoạch trồng cây năm 2025 của Ủy ban nhân dân xã") == text.count("Ké hoach")
    assert repaired.text.count("\n") == text.count("\n")
    assert repaired.text.count("18/NQ-HĐND ngày 15/7/2024") == text.count("18/NQ-HDND")
    raw, pieces, done = text, [], 0
    for edit in repaired.edits:
        assert raw[edit.raw.start : edit.raw.end] == edit.before
        pieces += [raw[done : edit.raw.start], edit.after]
        done = edit.raw.end
    assert "".join([*pieces, raw[done:]]) == repaired.text


@pytest.mark.parametrize("quality", ["good", "legacy", "foreign", "none"])
def test_only_garbled_pages_are_repaired(quality: Quality, mend: Mend) -> None:
    assert mend(MANGLED, quality).pages[0].edits == ()
    assert mend(MANGLED).pages[0].edits != ()


def test_repaired_text_stays_as_it_is(model: Model, document: MakeDocument) -> None:
    checked = changed = 0
    for path in sorted((SAMPLES / "text").glob("*.txt")):
        once = diacritics.repair(document(*pages_of_text(path.read_bytes())), model)
        text = "\f".join(page.text for page in once.pages)
        again = diacritics.repair(document(*pages_of_text(text.encode())), model)
        assert all(page.source.quality == "good" for page in (p.page for p in again.pages) if page.source.letters > 40)
        checked += len(syllables(text))
        changed += sum(len(page.edits) for page in again.pages)
    assert checked > 2_000
    assert changed <= checked / 1000


@pytest.mark.parametrize("path", sorted(CLEAN.glob("*.txt")), ids=lambda path: path.stem)
def test_clean_samples_do_not_change(path: object, model: Model, document: MakeDocument) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    assert [page.edits for page in diacritics.repair(document(*pages_of_text(data)), model).pages if page.edits] == []


def test_pages_and_documents_do_not_touch_each_other(model: Model, document: MakeDocument, page: MakePage) -> None:
    texts = [MANGLED, STRANGE * 12, "Thue hién ké hoach sé 45/KH-UBND", MANGLED[::-1]]

    def repaired(order: list[int], fresh: bool) -> dict[int, tuple[object, ...]]:
        kit = diacritics.load() if fresh else model
        return {i: diacritics.repair(document(page(texts[i])), kit).pages[0].edits for i in order}

    first = repaired([0, 1, 2, 3], fresh=True)
    assert first == repaired([3, 2, 1, 0], fresh=True)
    assert first == repaired([1, 3, 0, 2], fresh=False)
    assert first == repaired([1, 3, 0, 2], fresh=False)
    assert any(first.values())


def test_a_good_page_beside_a_mangled_one_stays(model: Model, document: MakeDocument, page: MakePage) -> None:
    right = "Ủy ban nhân dân xã ban hành kế hoạch trồng cây"
    pages = document(page(right, "good", number=1), page(MANGLED, number=2))
    done = diacritics.repair(pages, model).pages
    assert done[0].text == right
    assert done[1].text != MANGLED


def test_each_edit_says_why_and_how_sure(mend: Mend) -> None:
    edits = mend(MANGLED).pages[0].edits
    assert {edit.why for edit in edits} >= {"channel", "code"}
    assert all(0 <= edit.posterior <= 1 for edit in edits)
    assert all(edit.gain > -1 for edit in edits)


@pytest.mark.parametrize("seed", range(3))
def test_noise_does_not_become_prose(seed: int, mend: Mend) -> None:
    dice = random.Random(seed)
    signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@#$%&*~|\\<>[]{}()°¢£§©®¬"
    noise = "\n".join(" ".join("".join(dice.choices(signs, k=dice.randint(1, 8))) for _ in range(9)) for _ in range(15))
    repaired = mend(noise).pages[0]
    assert (repaired.text, repaired.edits, repaired.legible) == (noise, (), False)


def test_debris_is_legible(mend: Mend) -> None:
    assert mend(MANGLED).pages[0].legible
