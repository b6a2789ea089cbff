"""Fake stages for tests that are about the pipeline and not about its stages."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent / "fake_stages.py"


@pytest.fixture
def fake_stages(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The fake stages stand in for the real ones, in this process (``jobs=0``)."""
    spec = importlib.util.spec_from_file_location("fake_stages", SCRIPT)
    assert spec is not None and spec.loader is not None
    fakes = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fakes)
    for module, name, fake in fakes.STAGES:
        monkeypatch.setattr(module, name, fake)
    return fakes


@pytest.fixture
def fake_batch() -> Path:
    """The fake stages as a script: IN OUT JOBS."""
    return SCRIPT
