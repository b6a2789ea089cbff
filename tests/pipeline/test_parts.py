"""Two documents in one file: each is written as a record of its own."""

from __future__ import annotations

from pathlib import Path

from pipeline import Options, Store, run

LETTER = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ SUỐI KHÊ                        Độc lập - Tự do - Hạnh phúc
Số: {number}/UBND-KT               Suối Khê, ngày 03 tháng 9 năm 2025
V/v báo cáo số liệu trồng cây

Kính gửi: Sở Tài chính.

Ủy ban nhân dân xã báo cáo số liệu trồng cây xanh trên địa bàn xã.

Nơi nhận:                                        CHỦ TỊCH
- Như trên;
- Lưu: VT.                                       Lê Văn An
"""


def test_a_second_document_has_a_record_of_its_own(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "run"
    folder.mkdir()
    both = folder / "hai.txt"
    both.write_text(LETTER.format(number=12) + "\f" + LETTER.format(number=15), "utf-8")
    (done,) = run([folder], out, Options(jobs=0)).documents
    assert done.records == ("records/hai.txt.json", "records/hai.txt.2.json")
    codes = [record.code.value for record in map(Store(out).read_record, done.records) if record.code]
    assert codes == ["12/UBND-KT", "15/UBND-KT"]
    both.write_text(LETTER.format(number=12), "utf-8")
    (done,) = run([folder], out, Options(jobs=0)).documents
    assert done.records == ("records/hai.txt.json",)
    assert not (out / "records/hai.txt.2.json").exists()
