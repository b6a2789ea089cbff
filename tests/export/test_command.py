from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

from typer.testing import CliRunner

from cli import app
from commands.export import Form as CommandForm
from export.write import Form
from pipeline.store import Store


def test_the_command_offers_every_form() -> None:
    assert get_args(CommandForm) == get_args(Form)


def test_what_was_written_is_told(run: Store, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(run.root), "--to", "csv", "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "recipients: 4 rows" in result.stdout and "targets.csv" in result.stdout
    arguments = ["export", str(run.root), "--to", "xlsx", "--out", str(tmp_path / "x.xlsx"), "--json"]
    assert json.loads(CliRunner().invoke(app, arguments).stdout)["rows"]["documents"] == 2


def test_what_cannot_be_done_is_wrong_usage(run: Store, tmp_path: Path) -> None:
    for arguments, named in (
        ([str(tmp_path), "--to", "csv", "--out", str(tmp_path / "out")], "no run folder"),
        ([str(run.root), "--to", "xlsx", "--out", str(tmp_path)], "is a folder"),
        ([str(run.root), "--to", "pdf", "--out", str(tmp_path / "x")], "pdf"),
    ):
        result = CliRunner().invoke(app, ["export", *arguments])
        assert result.exit_code == 2
        assert named in result.stderr
