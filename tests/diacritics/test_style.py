"""A style is learnt from a folder, whatever the order of its documents, and used from a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import diacritics
from audit import syllable_accuracy
from diacritics import Model, StyleError, learn_style, styled, write_style
from schemas.text import Document, Page

RIGHT = (
    "Ủy ban nhân dân xã xây dựng kế hoạch phát triển kinh tế nông thôn trên địa bàn; các đơn vị thực hiện nhiệm vụ\n"
    "Trạm Y tế xã phối hợp với các trường học tổ chức khám sức khỏe cho học sinh và người cao tuổi trong năm học\n"
    "Đề nghị các cơ quan, đơn vị, địa phương chỉ đạo triển khai thực hiện nghiêm túc và báo cáo theo quy định\n"
)
TEST = "Hội đồng nhân dân xã quyết định dự toán ngân sách, bảo đảm chi thường xuyên và đầu tư phát triển hạ tầng\n"
SIGNS = {
    **dict.fromkeys("ạậặẹệọộợụựịỵ", "#"),
    **dict.fromkeys("ấắéếóốớúứíýá", "="),
    **dict.fromkeys("ờồòầàềèìùừỳ", "<"),
}
MakeDocument = Callable[..., Document]
MakePage = Callable[..., Page]


def mangled(text: str) -> str:
    return "".join(SIGNS.get(letter, letter) for letter in text)


@pytest.fixture
def documents(document: MakeDocument, page: MakePage) -> list[Document]:
    """Three mangled documents, one of noise, one that is right."""
    texts = [mangled(line) for line in RIGHT.splitlines()]
    pages = [*map(page, texts), page("#q1 x~@ zz9 %%d ]f[ kk# w0w jj"), page(RIGHT, "good")]
    return [replace(document(one), sha256=str(number)) for number, one in enumerate(pages)]


def test_a_style_serves_texts_that_it_was_not_learnt_from(
    model: Model, documents: list[Document], document: MakeDocument, page: MakePage, tmp_path: Path
) -> None:
    channel, learnt = learn_style(documents, model)
    assert (learnt.documents, learnt.pages) == (3, 3)
    assert learnt.after < learnt.before
    write_style(tmp_path / "style.json", channel, learnt)
    kit = styled(model, tmp_path / "style.json")
    other = document(page(mangled(TEST)))
    plain, with_style = (
        syllable_accuracy(diacritics.repair(other, which, adapt=False).pages[0].text, TEST) for which in (model, kit)
    )
    assert with_style > plain
    assert with_style > 0.85


def test_the_order_of_documents_changes_nothing(model: Model, documents: list[Document], tmp_path: Path) -> None:
    for name, order in (("one", documents), ("two", documents[::-1])):
        write_style(tmp_path / name, *learn_style(order, model))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_style_says_what_it_rests_on(model: Model, documents: list[Document], tmp_path: Path) -> None:
    write_style(tmp_path / "style.json", *learn_style(documents, model))
    about = json.loads((tmp_path / "style.json").read_text("utf-8"))["about"]
    assert about["model"] == model.version
    assert about["words"] > 40
    kit = styled(model, tmp_path / "style.json")
    assert kit.version.startswith(f"{model.version}+") and kit.version != model.version
    assert kit.language is model.language


def test_right_texts_and_noise_teach_nothing(model: Model, documents: list[Document]) -> None:
    for teachers in ([], documents[3:]):
        with pytest.raises(StyleError, match="no garbled page"):
            learn_style(teachers, model)


@pytest.mark.parametrize("content", [
    "", "{}", "[]", "7", '{"prior": 3, "counts": {}}', '{"prior": 3, "counts": {"a": {"a": "x"}}}', "\x00\x01",
    '{"prior": 0, "counts": {"a": {"a": 1}}}', '{"prior": 3, "counts": {"a": 1}}', '{"counts": {"a": {"a": 1}}}',
    '{"prior": 3, "counts": {"ab": {"a": 1}}}', '{"prior": 3, "counts": {"a": {"a": -1}}}',
    '{"prior": "3", "counts": {"a": {"a": 1}}}',
])  # fmt: skip
def test_what_is_no_style_is_refused(content: str, model: Model, tmp_path: Path) -> None:
    (tmp_path / "style.json").write_text(content, "utf-8")
    with pytest.raises(StyleError, match="no style file"):
        styled(model, tmp_path / "style.json")


def test_a_missing_style_is_refused(model: Model, tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="no style file"):
        styled(model, tmp_path / "nowhere.json")
