"""Text of documents made visible: signs that steer the direction of text or show nothing are named."""

from __future__ import annotations

import unicodedata


def shown(text: str) -> str:
    """``text`` with every control and direction character written as "[U+202E]"; line ends and tabs are blanks."""
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in "\n\t":
        return " "
    return f"[U+{ord(char):04X}]" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
