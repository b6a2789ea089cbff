"""What every test may ask for."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("vanthu", deadline=None, derandomize=True)
settings.load_profile("vanthu")

# A shell starts what it puts into the background with SIGINT ignored, and programs under test would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The reference folder (seeds, gold, real documents); the test is skipped where there is none."""
    folder = os.environ.get("VANTHU_REFERENCE")
    if not folder:
        pytest.skip("VANTHU_REFERENCE is not set")
    return Path(folder)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the cache of the user who runs it."""
    monkeypatch.setenv("VANTHU_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
