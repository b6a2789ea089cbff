"""One other restorer of diacritics, run by its own Python: ``python bench/peer.py NAME < lines`` prints JSON.

Needs nothing of this project, so that it can run in an environment that holds the other program alone.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import sys
import time
from collections.abc import Callable

PEERS = {"pyvi": ("pyvi.ViUtils", "add_accents"), "underthesea": ("underthesea", "restore_diacritics")}


def main() -> None:
    """Restore the lines of standard input; ``error`` says why it cannot be done."""
    name = sys.argv[1]
    module, function = PEERS[name]
    lines = sys.stdin.read().splitlines()
    try:
        restore = getattr(importlib.import_module(module), function)
        restore("xin chao")  # models are loaded with the first call
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
        return
    crashes: list[str] = []
    begun = time.perf_counter()
    restored = [_safe(restore, line, crashes) for line in lines]
    seconds = time.perf_counter() - begun
    version = importlib.metadata.version(name)
    print(json.dumps({"version": version, "seconds": seconds, "crashes": len(crashes), "lines": restored}))


def _safe(restore: Callable[[str], str], line: str, crashes: list[str]) -> str:
    """The restored line; where the program crashes its halves one by one, a single word as it is."""
    if not line.strip():
        return line
    try:
        return restore(line)
    except Exception:
        words = line.split()
        if len(words) == 1:
            crashes.append(line)
            return line
        half = len(words) // 2
        return " ".join(_safe(restore, " ".join(part), crashes) for part in (words[:half], words[half:]))


if __name__ == "__main__":
    main()
