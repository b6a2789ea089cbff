"""A document's own style is learnt from the document itself."""

from __future__ import annotations

from collections.abc import Callable

from audit import syllable_accuracy
from diacritics import Model
from diacritics import repair as repair_document
from diacritics.adapt import BASE_WEIGHT, meant_and_seen, mixed
from diacritics.channel import Channel
from diacritics.tokens import segments
from schemas.text import Document, Page

RIGHT = (
    "Ủy ban nhân dân xã xây dựng kế hoạch phát triển kinh tế nông thôn trên địa bàn; các đơn vị thực hiện nhiệm vụ\n"
    "Trạm Y tế xã phối hợp với các trường học tổ chức khám sức khỏe cho học sinh và người cao tuổi trong năm học\n"
    "Đề nghị các cơ quan, đơn vị, địa phương chỉ đạo triển khai thực hiện nghiêm túc và báo cáo kết quả theo quy định\n"
    "Hội đồng nhân dân quyết định dự toán ngân sách, bảo đảm chi thường xuyên và đầu tư phát triển hạ tầng\n"
)
STYLE = {
    **dict.fromkeys("ạậặẹệọộợụựịỵ", "#"),
    **dict.fromkeys("ấắéếóốớúứíýá", "="),
    **dict.fromkeys("ờồòầàèềìùừỳ", "<"),
    "đ": "cl",
}
"""A made-up engine: one sign for each tone, whatever the vowel; đ falls apart."""


def test_adaptation_reads_a_style_that_no_channel_knows(
    model: Model, document: Callable[..., Document], page: Callable[..., Page]
) -> None:
    mangled = page("".join(STYLE.get(letter, letter) for letter in RIGHT))
    plain, learnt = (
        syllable_accuracy(repair_document(document(mangled), model, adapt=adapt).pages[0].text, RIGHT)
        for adapt in (False, True)
    )
    assert learnt >= plain
    assert learnt > syllable_accuracy(mangled.text, RIGHT) + 0.2


def test_what_was_read_for_what_is_counted(model: Model, page: Callable[..., Page]) -> None:
    mangled = page("nhan dan va nhan dan, ké hoach 2025")
    found = meant_and_seen(model.decoder.decode(list(segments(mangled))))
    assert 1.5 < found["nhân", "nhan"] <= 2
    assert 1.5 < found["dân", "dan"] <= 2
    assert 0.8 < found["kế", "ké"] <= 1


def test_mixing_holds_both_and_bounds_the_old() -> None:
    old = Channel({"a": {"a": 900.0, "e": 100.0}, "b": {"b": 2.0}})
    new = Channel({"a": {"@": 60.0}})
    both = mixed(old, new)
    assert both.counts["a"]["@"] == 60
    assert sum(both.counts["a"].values()) - 60 == BASE_WEIGHT
    assert both.counts["b"] == {"b": 2.0}
    assert old.counts["a"] == {"a": 900.0, "e": 100.0}
