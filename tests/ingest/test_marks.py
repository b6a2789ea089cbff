from __future__ import annotations

import pytest

from ingest.colour import Blot
from ingest.marks import Sighting, is_incoming, may_be_stamp, named, part, sighting
from ingest.ocr import OcrWord

SEAL = Sighting("seal", (1300.0, 1000.0, 1700.0, 1400.0))


def line(top: int, *words: tuple[str, int, float]) -> list[OcrWord]:
    return [OcrWord(text, (x, top, x + 24 * len(text), top + 44), sure, (1, 1, top)) for text, x, sure in words]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (line(1010, ("PHÓ", 1560, 0.9), ("CHỦ", 1660, 0.96), ("TỊCH", 1760, 0.96)), "PHÓ CHỦ TỊCH"),
        (line(1420, ("Trần", 1500, 0.5), ("Văn", 1620, 0.95), ("Bình", 1720, 0.96)), "Trần Văn Bình"),
        (line(1200, ("xa", 1500, 0.4), ("uauL——", 1580, 0.7)), ""),
        (line(1200, ("Da", 1500, 0.3), ("ho", 1580, 0.2)), ""),
        (line(1200, ("-", 300, 0.9), ("Các", 330, 0.9), ("thôn;", 420, 0.9), ("Z", 1560, 0.7)), "- Các thôn;"),
        (line(1200, ("cơ", 1200, 0.9), ("quan", 1260, 0.9), ("chÚ", 1370, 0.3), ("trì", 1460, 0.4)), "cơ quan chÚ trì"),
        (line(300, ("xa", 1500, 0.4)), "xa"),
    ],
    ids=["position", "name", "strokes", "syllables of strokes", "recipients beside", "text under it", "elsewhere"],
)
def test_strokes_on_a_seal_are_no_text(words: list[OcrWord], kept: str) -> None:
    left, marks = part(words, [SEAL], [])
    assert " ".join(word.text for word in left) == kept
    assert marks[0].text == " ".join(word.text for word in words if word not in left)


STAMP = [
    *line(500, ("CÔNG", 60, 0.6), ("VĂN", 170, 0.7), ("ĐẾN", 260, 0.8)),
    *line(560, ("Số:", 60, 0.9), ("2352", 150, 0.2)),
    *line(620, ("Ngày:", 60, 0.9), ("21/3/18", 190, 0.2)),
]


def test_an_incoming_stamp_is_set_apart() -> None:
    body = line(560, ("Về", 700, 0.96), ("việc", 780, 0.96))
    left, marks = part([*STAMP, *body], [], [(40.0, 480.0, 640.0, 700.0)])
    assert left == body
    assert marks == [Sighting("incoming stamp", (40.0, 480.0, 640.0, 700.0), "CÔNG VĂN ĐẾN Số: 2352 Ngày: 21/3/18")]


@pytest.mark.parametrize("text", ["Kính gửi: Các sở, ban, ngành", "Số liệu năm 2024", "STT Nội dung Chủ trì", ""])
def test_what_is_no_incoming_stamp(text: str) -> None:
    words = [OcrWord(word, (60, 500, 90, 540), 0.9, (1, 1, 1)) for word in text.split()]
    assert not is_incoming(words)


@pytest.mark.parametrize(
    ("blot", "kind"),
    [
        (Blot("red", (0, 0, 9, 9), True), "seal"),
        (Blot("black", (0, 0, 9, 9), True), "seal"),
        (Blot("blue", (0, 0, 9, 3), False), "signature"),
        (Blot("red", (0, 0, 9, 3), False), "stamp"),
    ],
)
def test_a_mark_is_named_by_ink_and_shape(blot: Blot, kind: str) -> None:
    assert sighting(blot, blot.box).kind == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (STAMP, "incoming stamp"),
        (line(1, ("SAO", 0, 0.9), ("Y", 90, 0.9), ("BẢN", 120, 0.9), ("CHÍNH", 220, 0.9)), "stamp"),
        (line(1, ("uauL——", 0, 0.9), ("Vš", 190, 0.3)), "signature"),
        ([], "signature"),
    ],
    ids=["incoming", "copy", "strokes", "nothing"],
)
def test_a_stamp_is_named_after_its_words(words: list[OcrWord], kind: str) -> None:
    assert named(Sighting("signature", (0, 0, 1, 1)), words).kind == kind


@pytest.mark.parametrize(
    ("blot", "seals", "may"),
    [
        (Blot("blue", (100, 50, 700, 250), False), [], True),
        (Blot("blue", (100, 50, 700, 250), False), [(600, 100, 1000, 500)], False),
        (Blot("blue", (100, 50, 200, 100), False), [], False),
        (Blot("red", (100, 50, 500, 450), True), [], False),
    ],
    ids=["alone", "over a seal", "small", "a seal"],
)
def test_what_is_read_as_a_stamp(blot: Blot, seals: list[tuple[float, float, float, float]], may: bool) -> None:
    assert may_be_stamp(blot, seals) is may
