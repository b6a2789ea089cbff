"""Other restorers, installed into an environment of their own below build/ and run as programs."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.reading import ROOT

FOLDER = ROOT / "build/peers"
SCRIPT = Path(__file__).with_name("peer.py")


class Restored(NamedTuple):
    """What a peer made of lines, how long it took, its version, the words on which it crashed; or why it could not."""

    version: str = ""
    seconds: float = 0.0
    lines: tuple[str, ...] = ()
    crashes: int = 0
    error: str = ""


def restore(name: str, lines: list[str]) -> Restored:
    """Let the peer ``name`` restore lines that have no marks."""
    python, error = _installed(name)
    if error:
        return Restored(error=error)
    call = subprocess.run([python, SCRIPT, name], input="\n".join(lines), capture_output=True, text=True, check=False)
    if call.returncode:
        return Restored(error=call.stderr.strip().splitlines()[-1] if call.stderr.strip() else "it crashed")
    answer = json.loads(call.stdout.splitlines()[-1])
    if "error" in answer:
        return Restored(error=answer["error"])
    return Restored(answer["version"], answer["seconds"], tuple(answer["lines"]), answer["crashes"])


@cache
def _installed(name: str) -> tuple[Path, str]:
    """The Python of an environment that has ``name``, and why it could not be made."""
    folder = FOLDER / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    done = folder / "installed"
    if not done.exists():
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", name]
        call = subprocess.run(pip, capture_output=True, text=True, check=False)
        if call.returncode:
            return python, f"does not install: {call.stderr.strip().splitlines()[-1]}"
        done.touch()
    return python, ""
