"""Người ký: authority ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", all its lines), position and name. Source: Nghị định
30/2020/NĐ-CP.

Seals, signatures and stamps stand over the block: what is no authority, no position and no name there is left out.
"""

from __future__ import annotations

from extractors import _signing, _tables
from extractors._layout import Layout
from extractors._rules import Found, reader
from schemas.record import Note, Signer

RULES = _signing.RULES
read = reader(_signing.value)


def extract(layout: Layout) -> Found[Signer | None]:
    """The signature block, and what is doubtful in it."""
    block = _signing.Block()
    for view in layout.views(*_signing.ZONES):
        block.take(view)
    notes = (*block.notes, *_surname(block))
    if not block.evidence:
        return Found(None, notes)
    authority = " ".join(block.authority) or None
    signer = Signer(authority=authority, position=block.position, name=block.name, evidence=tuple(block.evidence))
    return Found(signer, notes)


def _surname(block: _signing.Block) -> tuple[Note, ...]:
    """A name whose first syllable is no usual family name has often been misread."""
    if block.name is None or block.name.split()[0] in _tables.surnames() or "'" in block.name or "’" in block.name:
        return ()
    message = f"{block.name.split()[0]} is no usual family name"
    proof = tuple(e for e in block.evidence if e.of == "name")
    return (Note(field="signer", kind="uncertain", message=message, evidence=proof),)
