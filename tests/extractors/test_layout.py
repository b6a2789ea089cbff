"""The outline of a document: zones, joined lines, markers as they are misread, section paths."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from extractors import Layout, Zone, lay_out
from extractors._rules import View
from schemas.text import Text
from tests.extractors.documents import document


def outline(layout: Layout, *zones: Zone) -> list[str]:
    """Section and text of each paragraph of some zones."""
    return [f"{p.section or ''}|{View(layout.text, p.content).text}" for p in layout.zone(*zones)]


def body(printed: str) -> list[str]:
    """The outline of a body and its appendix."""
    return outline(
        lay_out(document("KẾ HOẠCH\nTrồng cây xanh trên địa bàn xã\n\n" + printed)), Zone.BODY, Zone.APPENDIX
    )


WIDE = "Các đơn vị tổ chức tuyên truyền, vận động người dân tham gia trồng cây xanh ở"

CASES = {
    "roman, arabic, letters": (
        "I. MỤC ĐÍCH\n1. Yêu cầu\na) Đúng.\nb) Đủ.\n2. Phạm vi\nII. NỘI DUNG\n1. Cây\n",
        ["I", "I.1", "I.1.a", "I.1.b", "I.2", "II", "II.1"],
    ),
    "a speck before a numeral": ("I. MỤC ĐÍCH\n- II. NỘI DUNG\n. III. THỰC HIỆN\n", ["I", "II", "III"]),
    "mangled numerals": (
        "I. MỤC ĐÍCH\nII. NỘI DUNG\nI1I. KINH PHÍ\nIV. THỰC HIỆN\nV. BÁO CÁO\nV. KHEN THƯỞNG\n",
        ["I", "II", "III", "IV", "V", "VI"],
    ),
    "r for I": ("r. MỤC ĐÍCH\nrr. NỘI DUNG\nrrr. KINH PHÍ\n", ["I", "II", "III"]),
    "decimals": ("1. Cây\n1.1. Cây xanh\n1.2. Cây ăn quả\n2. Đất\n", ["1", "1.1", "1.2", "2"]),
    "misread numbers in a list": ("1. Cây\n2. Đất\n3. Nước\n2. Phân\n", ["1", "2", "3", "4"]),
    "đ after d": (
        "1. Cây\na) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\nd) Năm.\ne) Sáu.\n8) Bảy.\n",
        ["1", "1.a", "1.b", "1.c", "1.d", "1.đ", "1.e", "1.g"],
    ),
    "articles": ("Điều 1. Phê duyệt.\n1. Cây.\nĐiều 2. Giao các Sở.\n", ["Điều 1", "Điều 1.1", "Điều 2"]),
    "appendix": (
        "I. CÂY\nLưu ý chung.\n./.\nNơi nhận:\n- Lưu: VT.\nPhụ lục\nDANH MỤC CÂY\nI NHÓM CÂY"
        " XANH\n1\nCây bàng\n2\nCây me\n",
        ["I", "I", "Phụ lục", "Phụ lục", "Phụ lục I", "Phụ lục I.1", "Phụ lục I.1", "Phụ lục I.2", "Phụ lục I.2"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_section_paths(name: str) -> None:
    printed, paths = CASES[name]
    found = [line.split("|")[0] for line in body(printed) if line.split("|")[0]]
    assert found == paths


def test_a_dash_that_is_half_a_word_is_no_bullet() -> None:
    printed = f"1. {WIDE} các tổ chức Chính trị\n- xã hội của xã.\n- Trồng cây.\n"
    assert body(printed) == [f"1|{WIDE} các tổ chức Chính trị - xã hội của xã.", "1|Trồng cây."]


def test_page_numbers_and_footnotes_stand_aside() -> None:
    printed = (
        f"1. {WIDE}\n2\n{WIDE.lower()} khắp nơi1.\n1 Công văn số 12/UBND-VX ngày 01/02/2025 của UBND"
        f" tỉnh.\n- Trồng cây.\n"
    )
    layout = lay_out(document("KẾ HOẠCH\nTrồng cây\n\n" + printed))
    assert outline(layout, Zone.BODY) == [f"1|{WIDE} {WIDE.lower()} khắp nơi1.", "1|Trồng cây."]
    assert outline(layout, Zone.FOOTNOTE) == ["|1 Công văn số 12/UBND-VX ngày 01/02/2025 của UBND tỉnh."]
    assert outline(layout, Zone.NOISE) == ["|2"]


def test_blank_lines_everywhere_mean_nothing() -> None:
    lines = [f"1. {WIDE}", WIDE.lower(), "khắp nơi.", "- Trồng cây."]
    assert body("\n".join(lines)) == body("\n\n".join(lines))


def test_every_line_is_in_one_paragraph() -> None:
    text = document(
        "KẾ HOẠCH\nTrồng cây\n\nI. CÂY\n1. Bàng\n./.\nNơi nhận:\n- Lưu: VT.\nLê Văn An\n\fPhụ lục\n1\n7\n~\n"
    )
    spans = [span for p in lay_out(text).paragraphs for span in p.spans]
    assert spans == sorted(spans) and len(spans) == len(text.lines)


def test_time_is_linear() -> None:
    part = f"1. {WIDE}\n- {WIDE}\n  khắp nơi, theo Kế hoạch số 12/KH-UBND.\n+ Trồng cây.\nI. CÂY\n"

    def seconds(times: int) -> float:
        text = document("KẾ HOẠCH\nTrồng cây\n\n" + part * times)
        assert text.folded
        start = time.process_time()
        lay_out(text)
        return time.process_time() - start

    seconds(50)
    assert min(seconds(800) for _ in range(3)) < 3.5 * min(seconds(400) for _ in range(3)) + 0.05


INDENTED = """\
                              QUYẾT ĐỊNH
             Về việc ứng phó sạt lở trên địa bàn xã Suối Lành

       gian qua, công tác ứng phó sạt lở trên địa bàn xã đã có nhiều kết quả
tích cực, song một số nơi còn chủ quan; việc cảnh báo ở các thôn chưa được
thường xuyên, một số hộ dân chưa chịu di dời. Để khắc phục những thiếu sót
trên và chủ động trong mùa mưa bão năm nay, Ủy ban nhân dân xã quyết định:
       Điều 2. Ủy ban nhân dân các xã có điểm xung yếu về sạt lở đất thực hiện
       1. Công tác khảo sát, cắm mốc, di dời các hộ dân ở nơi xung yếu nhất xã
       Khi có mưa lớn, các tổ xung kích túc trực tại từng điểm và cùng với Ban
Chỉ huy Quân sự xã sơ tán người dân.
       - Trang bị áo phao, đèn pin, loa cầm tay cho các tổ xung kích thuộc xã
         Suối Lành và các xã lân cận.
"""


def test_a_line_that_stands_in_opens_a_paragraph() -> None:
    layout = lay_out(document(INDENTED, boxes=True))
    assert outline(layout, Zone.TITLE)[1:] == ["|Về việc ứng phó sạt lở trên địa bàn xã Suối Lành"]
    assert [line[:16] for line in outline(layout, Zone.BODY)] == [
        "|gian qua, công ",
        "Điều 2|Ủy ban nh",
        "Điều 2.1|Công tá",
        "Điều 2.1|Khi có ",
        "Điều 2.1|Trang b",
    ]


def test_small_print_with_a_misread_sign_is_a_footnote() -> None:
    printed = (
        f"KẾ HOẠCH\nTrồng cây xanh\n\n1. {WIDE}\n{WIDE}\nvà báo cáo kết quả\n"
        "! Kế hoạch số 77/KH-UBND của tỉnh về\ntrồng cây xanh.\f2\ntrước ngày 05/6/2026 theo quy định.\n"
    )
    text = document(printed, boxes=True)
    page = text.pages[0].page
    start = page.text.index("! Kế")

    def shown(small: float) -> Text:
        words = tuple(
            word._replace(box=(*word.box[:3], word.box[1] + (small if word.span.start >= start else 10.0)))
            for word in page.words
        )
        return replace(text, pages=(replace(text.pages[0], page=replace(page, words=words)), *text.pages[1:]))

    joined = "và báo cáo kết quả trước ngày 05/6/2026"
    assert any(joined in line for line in outline(lay_out(shown(7.0)), Zone.BODY))
    assert outline(lay_out(shown(7.0)), Zone.FOOTNOTE) == ["|! Kế hoạch số 77/KH-UBND của tỉnh về trồng cây xanh."]
    assert not outline(lay_out(shown(10.0)), Zone.FOOTNOTE)


PROSE = "Các đơn vị tổ chức tuyên truyền, vận động người dân tham gia trồng cây xanh ở"
HEADED = f"""KẾ HOẠCH
Trồng cây xanh

1. {PROSE}
các thôn và báo cáo kết quả\f{{0}}
trước ngày 05/6/2026 theo quy định.
2. {PROSE}
các xã và báo cáo kết quả\f{{1}}
trước ngày 11/6/2026 theo quy định.
"""


@pytest.mark.parametrize(
    ("heads", "aside"),
    [
        (("Kế hoạch trồng cây xanh Trang 2/3", "Kế hoạch trồng cây xanh Trang 3⁄3"), True),
        (("Kế hoạch trồng cây xanh năm 2026", "Kế hoạch trồng cây xanh năm 2026"), True),
        (("5. Tổ chức trồng cây xanh.", "11. Tổ chức trồng cây xanh."), False),
        (("Kế hoạch trồng cây xanh", "Kế hoạch trồng cây bóng mát"), False),
    ],
    ids=["with page numbers", "alike", "numbers that count no pages", "unlike"],
)
def test_running_heads_are_out_of_the_sentence(heads: tuple[str, str], aside: bool) -> None:
    found = outline(lay_out(document(HEADED.format(*heads))), Zone.BODY)
    assert any("báo cáo kết quả trước ngày 05/6/2026" in line for line in found) is aside
    assert any("báo cáo kết quả trước ngày 11/6/2026" in line for line in found) is aside
