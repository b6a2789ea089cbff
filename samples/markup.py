"""The source form of a sample: ``key: value`` lines, a line ``---``, then one paragraph a line (samples/README.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_SPAN = re.compile(r"(\*\*.+?\*\*|\^\d\^|\{\d+\})")


@dataclass(frozen=True)
class Source:
    """A sample as written: its head, its paragraphs, its footnotes."""

    name: str
    head: dict[str, str]
    body: list[str]
    footnotes: dict[str, str]

    def lines(self, key: str) -> list[str]:
        """A value of the head, split at `` | ``; empty where it is absent."""
        value = self.head.get(key, "")
        return [part.strip() for part in value.split(" | ")] if value else []

    def options(self, key: str) -> dict[str, str]:
        """A value of the head that lists ``name=value`` pairs and bare names."""
        return {name: value for name, _, value in (item.partition("=") for item in self.head.get(key, "").split())}


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph in one face; ``kind``: ``text``, ``note`` (footnote mark) or ``hand`` (handwritten)."""

    text: str
    face: str
    kind: str = "text"


def read(path: Path) -> Source:
    """Read one source file."""
    head_text, _, body_text = path.read_text("utf-8").partition("\n---\n")
    head = dict(line.split(": ", 1) for line in head_text.splitlines() if line and not line.startswith("//"))
    body, footnotes = [], {}
    for line in body_text.splitlines():
        if found := re.match(r"fn(\d): (.+)", line):
            footnotes[found[1]] = found[2]
        elif line:
            body.append(line)
    return Source(path.stem, head, body, footnotes)


def pieces(text: str, face: str = "Regular") -> list[Piece]:
    """A paragraph's stretches: ``**bold**``, ``^1^`` footnote mark, ``{27}`` handwritten."""
    found = []
    for part in _SPAN.split(text):
        if part.startswith("**"):
            found.append(Piece(part[2:-2], "BoldItalic" if "Italic" in face else "Bold"))
        elif part.startswith("^"):
            found.append(Piece(part[1:-1], face, "note"))
        elif part.startswith("{"):
            found.append(Piece(part[1:-1], face, "hand"))
        elif part:
            found.append(Piece(part, face))
    return found


def plain(text: str) -> str:
    """A paragraph without its marks."""
    return "".join(piece.text for piece in pieces(text))
