"""Where the tables of a bench stand in a page: between two marks that carry its name."""

from __future__ import annotations

import re
from pathlib import Path


def put(text: str, name: str, file: Path) -> None:
    """Put a text between ``<!-- name:begin -->`` and ``<!-- name:end -->`` of a file; without the marks it stays."""
    marks = re.compile(rf"(?<=<!-- {name}:begin -->\n).*?(?=<!-- {name}:end -->)", re.DOTALL)
    file.write_text(marks.sub(lambda _: text, file.read_text("utf-8")), "utf-8")
