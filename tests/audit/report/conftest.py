"""A small run with a report: two PDFs, a text file, a file that fails, and text that means harm."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "files"
HOSTILE = (
    '<script>window.harm=1</script><img src=x onerror="window.harm=1" onload="'
    "\u202egnp.exe\u202c =1+1|' {{7*7}} </script>"
)
HOSTILE_FILE = "a\"onload=window.harm=1 '<b>.txt"
GARBLED = """\
UY BAN NHAN DAN
XA HOA BIEN
S6: 27/KH-UBND
KE HOACH
Trong cay phan tan nam 2025
I. MUC TIEU
1. Nam 2025 trong it nhat 1.200 cay, cham soc 3 ha rirng phong ho ven bien cua xa.
"""


def vanthu(*arguments: object) -> str:
    """The output of a command that goes well, or whose documents fail."""
    result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output
    return result.output


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder; its inputs stand beside it."""
    root = tmp_path_factory.mktemp("report")
    (root / "in").mkdir()
    for name in ("quyet-dinh-to-so-hoa.pdf", "ke-hoach-tuyen-sinh.pdf"):
        shutil.copy(SAMPLES / "digital" / name, root / "in" / name)
    (root / "in" / HOSTILE_FILE).write_text(GARBLED, "utf-8")
    (root / "in" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    vanthu("ingest", root / "in", "--out", root / "run", "--jobs", 0, "--ocr", "never")
    edit(root / "run", "ke-hoach-tuyen-sinh.pdf", _make_hostile)
    return root / "run"


def edit(run: Path, file: str, change: Callable[[Any], None]) -> None:
    """Change the record of a document."""
    path = run / "records" / f"{file}.json"
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def _make_hostile(record: Any) -> None:
    record["title"]["value"] = HOSTILE


@pytest.fixture(scope="session")
def report(run: Path) -> Path:
    """The report of the run, in English."""
    out = run.parent / "report.html"
    vanthu("report", run, "-o", out, "--lang", "en")
    return out


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium that keeps what it asked for and what it complained of."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        pytest.skip("needs chromium and chromedriver (Debian: chromium, chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    flags = "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
    flags += " disable-component-update disable-sync disable-dev-shm-usage window-size=1280,800"
    for flag in flags.split():
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    driver.set_script_timeout(20)
    yield driver
    driver.quit()
