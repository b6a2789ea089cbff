from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from cli import app


def test_the_summary_of_a_run_is_plain_text_for_a_mail(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "run"
    folder.mkdir()
    (folder / "plan.txt").write_text("KẾ HOẠCH\nTrồng cây năm 2025\n", "utf-8")
    (folder / "bad.pdf").write_text("no PDF")
    CliRunner().invoke(app, ["ingest", str(folder), "--out", str(out), "--jobs", "0", "--no-cache"])
    text = CliRunner().invoke(app, ["show", str(out), "--summary"]).stdout
    head, _, rest = text.partition("\n\n")
    assert head.startswith(f"vanthu run {out}, begun 2") and f"inputs:  {folder}" in head
    assert "failed:  unsupported 1" in head
    assert rest.startswith("1 document done: 1 record, 1 page, 0 of them by OCR") and "what to do:" in rest
    assert text.isprintable() or set(text) - {"\n"} == {char for char in text if char.isprintable()}
