from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import Options, tools
from pipeline.learn import exit_code, learn, lesson_text

MANGLED = "Ké hoach tréng cay nim 2025 cia Uy ban nhan dan xa Hoa Bién, Phong Kinh té chti tri thue hién\n" * 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/mangled.txt").write_text(MANGLED, "utf-8")
    return tmp_path / "in"


def test_a_folder_becomes_a_style(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "style.json"
    lesson = learn([folder], out)
    assert lesson.learnt is not None and lesson.learnt.documents == 1
    assert exit_code(lesson) == 0
    text = lesson_text(lesson, out)
    assert "on 1 page of 1 document" in text and f"--style {out}" in text
    assert tools(style=out).model.version != tools().model.version


def test_a_file_that_cannot_be_read_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "nothing.txt").touch()
    lesson = learn([folder], tmp_path / "style.json")
    assert [failure.file for failure in lesson.failures] == ["nothing.txt"]
    assert exit_code(lesson) == 1
    assert "1 file could not be read" in lesson_text(lesson, tmp_path / "style.json")


def test_nothing_to_learn_from_writes_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "mangled.txt").write_text("Ủy ban nhân dân xã ban hành kế hoạch trồng cây\n" * 4, "utf-8")
    lesson = learn([folder], tmp_path / "style.json")
    assert lesson.learnt is None
    assert exit_code(lesson) == 4
    assert "nothing to learn from" in lesson_text(lesson, tmp_path / "style.json")
    assert not (tmp_path / "style.json").exists()


def test_a_run_says_how_it_was_repaired() -> None:
    assert Options().as_rows() == {"ocr": "auto", "quality": "standard", "adapt": "yes"}
    rows = Options(adapt=False, style=Path("here/style.json")).as_rows()
    assert rows == {"ocr": "auto", "quality": "standard", "adapt": "no", "style": "style.json"}
