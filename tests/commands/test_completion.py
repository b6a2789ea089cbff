from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START = [sys.executable, "-c", "import sys; sys.argv[0] = 'vanthu'; import cli; cli.main()"]


def vanthu(*arguments: str, **env: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run([*START, *arguments], env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("vanthu ex", ["explain", "export"]), ("vanthu ingest plans --oc", ["--ocr"]), ("vanthu show --du", ["--duties"])],
)
def test_the_shell_completes_commands_and_options(typed: str, offered: list[str]) -> None:
    env = {"_VANTHU_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    assert vanthu(**env).split() == offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_completion_is_installed_for_a_shell(tmp_path: Path) -> None:
    command = ["bash", "-c", '"$@"; exit $?', "bash", *START, "--install-completion"]  # the shell that asks is found
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert "vanthu" in (tmp_path / ".bash_completions/vanthu.sh").read_text()
    assert "vanthu.sh" in (tmp_path / ".bashrc").read_text()
