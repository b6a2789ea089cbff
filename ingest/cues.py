"""Words that only a letterhead or the end of a document has; matched in folded text, the usual misreadings included.

Source: the layout of Nghị định 30/2020/NĐ-CP (state) and Hướng dẫn 36-HD/VPTW (party).
"""

from __future__ import annotations

import re

from schemas.text import fold

MOTTO = re.compile(r"c[o0q]ng h[o0q]a|dang c[o0q]ng san")
"""The first words of the right column of a letterhead."""
_LETTERHEAD = re.compile(
    MOTTO.pattern
    + r"|d[o0q]c l[a4]p|h[a4]nh ph[uv]c|[uv]y ban nhan|h[o0]i d[o0]ng nhan|^s[o06]\s?:|ng[a4]y\b.*\b(th[a4]ng|n[a4]m)\b"
)
_END = re.compile(
    r"n[o0]i nh[a4]n\b|\bl[uv]u\s?:|^\W*(tm|kt|tl|tuq|q|k/t|t/m)\s?\.|chu tich|bi th[uv]\b|giam d[o0]c"
    r"|hieu tru[o0]ng|truong ban|chanh van ph[o0]ng|b[o0] truong|th[uv] tuong|cuc truong|truong ph[o0]ng"
)
_SPLIT = re.compile(
    r"^s[o06]\s?[:.]|^s[o06] .*[/-]|^\W*\w{1,2}\W{1,3}\d+\s*[/-]\s*[a-z]{2}"
    r"|ng[a4]y\b.*\b(th[a4]ng|n[a4]m)\b|,.*\d.*\bth\w{2,3} .*\b(19|20)\d\d$"
)
RECIPIENTS = re.compile(r"^\W*n[o0]i nh[a4]n\b|^\W*\w{0,3}\W*\bnh[a4]n\W*$")


def in_letterhead(line: str) -> bool:
    """Whether a line (one column) has words that stand in letterheads."""
    return bool(_LETTERHEAD.search(fold(line).strip()))


def in_end(line: str) -> bool:
    """Whether a line (one column) has words that stand in recipients' lists and signature blocks."""
    return bool(_END.search(fold(line).strip()))


def opens_number_row(line: str) -> bool:
    """Whether a line is the number line or the place-and-date line, the second row of a letterhead."""
    return bool(_SPLIT.search(fold(line).strip()))
