"""What the project promises about its own files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
import typer.main

import cli

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.vi.md")
SHELL_SCRIPTS = [*sorted(f"scripts/{path.name}" for path in (ROOT / "scripts").iterdir() if not path.suffix), ".ci/run"]
MEGABYTE = 1_000_000
LIMITS = {"samples/": 12 * MEGABYTE, "diacritics/data/": 25 * MEGABYTE}
"""A folder and what its files may weigh together; any other file may weigh one megabyte."""

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w")
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|debian|ubuntu|npmjs)\.(?:org|com)\b")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@cache
def tracked() -> tuple[str, ...]:
    """The files that git knows; without git (an unpacked archive) the test is skipped."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(name for name in names if name and (ROOT / name).exists())


def texts() -> dict[str, str]:
    """The tracked files that are text."""
    found = {}
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found[name] = content.decode("utf-8", errors="replace")
    return found


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_each_command(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    commands = getattr(typer.main.get_command(cli.app), "commands", {})
    assert len(commands) >= 7
    assert [name for name in commands if f"vanthu {name}" not in text] == []


@pytest.mark.parametrize(
    "document", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md", "docs/adding-a-rule.md"]
)
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    assert [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine path", "registry"])
def test_no_file_knows_where_it_was_made(pattern: re.Pattern[str]) -> None:
    assert {name: match[0] for name, text in texts().items() if (match := pattern.search(text))} == {}


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE_PATH.search("see /" + "work/main/x")
    assert REGISTRY.search("https://" + "pypi" + ".org/simple")


def test_the_lock_holds_versions_and_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.search(r"://|\bfile:/|--index-url|--find-links|--extra-index-url", lock)
    pinned = re.findall(r"^([a-z0-9][\w.-]*)==\S+( \\\n    --hash=sha256:[0-9a-f]{64})?", lock, re.MULTILINE)
    assert len(pinned) > 30
    assert [name for name, hashed in pinned if not hashed] == []


def test_files_are_small() -> None:
    sizes = {name: (ROOT / name).stat().st_size for name in tracked()}
    for folder, limit in LIMITS.items():
        assert sum(size for name, size in sizes.items() if name.startswith(folder)) <= limit, folder
    others = {name: size for name, size in sizes.items() if not name.startswith(tuple(LIMITS))}
    assert {name: size for name, size in others.items() if size > MEGABYTE} == {}


def test_scripts_are_executable() -> None:
    assert {*SHELL_SCRIPTS} >= {"scripts/setup", "scripts/demo", "scripts/test", "scripts/lock", ".ci/run"}
    assert [name for name in SHELL_SCRIPTS if not os.access(ROOT / name, os.X_OK)] == []


@pytest.mark.parametrize("script", SHELL_SCRIPTS)
def test_scripts_are_shellcheck_clean(script: str) -> None:
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed")
    assert subprocess.run(["shellcheck", ROOT / script], capture_output=True, text=True).stdout == ""
