"""Người ký: authority ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", all its lines), position and name. Source: Nghị định
30/2020/NĐ-CP.

Seals, signatures and stamps stand over the block: what is no authority, no position and no name there is left out.
"""

from __future__ import annotations

from extractors import _signing, _tables
from extractors._layout import Layout
from extractors._rules import Found, reader
from schemas.record import Evidence, Note, Signer

RULES = _signing.RULES
read = reader(_signing.value)


def extract(layout: Layout) -> Found[Signer | None]:
    """The signature block, and what is doubtful in it."""
    block = _signing.Block()
    for view in layout.views(*_signing.ZONES):
        block.take(view)
    name, notes = block.name, tuple(block.notes)
    if name is not None and not _usual(name):
        proof = tuple(e for e in block.evidence if e.of == "name")
        misread = _from_picture(layout, proof)
        message = f"{name.split()[0]} is no usual family name" + (f": {name} may be misread" if misread else "")
        notes += (Note(field="signer", kind="uncertain", message=message, evidence=proof),)
        name = None if misread else name
    evidence = tuple(e for e in block.evidence if name is not None or e.of != "name")
    if not evidence:
        return Found(None, notes)
    authority = " ".join(block.authority) or None
    return Found(Signer(authority=authority, position=block.position, name=name, evidence=evidence), notes)


def _usual(name: str) -> bool:
    """Whether a name begins with a usual family name, or is one of the highlands ("K'Brếu")."""
    return name.split()[0] in _tables.surnames() or "'" in name or "’" in name


def _from_picture(layout: Layout, evidence: tuple[Evidence, ...]) -> bool:
    """Whether a value was read on a page picture, where a seal stands over the name."""
    pages = {page.page.number: page.page.source.text_from for page in layout.text.pages}
    return any(pages[piece.page] in ("ocr", "both") for piece in evidence)
