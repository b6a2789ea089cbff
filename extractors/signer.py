"""Người ký: authority ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", all its lines), position and name. Source: Nghị định
30/2020/NĐ-CP.

Seals, signatures and stamps stand over the block: what is no authority, no position and no name there is left out.
"""

from __future__ import annotations

from extractors import _issuing, _signature, _signing, _tables
from extractors._layout import Layout
from extractors._rules import Found, reader
from schemas.record import Evidence, Note, Signer
from schemas.text import fold

RULES = _signing.RULES
read = reader(_signing.value)


def extract(layout: Layout) -> Found[Signer | None]:
    """The signature block, and what is doubtful in it."""
    block, notes = _blocks(layout)
    name = block.name
    if name is not None and not _usual(name):
        proof = tuple(e for e in block.evidence if e.of == "name")
        misread = _from_picture(layout, proof)
        message = f"{name.split()[0]} is no usual family name" + (f": {name} may be misread" if misread else "")
        notes += (Note(field="signer", kind="uncertain", message=message, evidence=proof),)
        name = None if misread else name
    missing = [part for part, value in (("position", block.position), ("name", name)) if value is None]
    notes += _covered(layout, missing)
    evidence = tuple(e for e in block.evidence if name is not None or e.of != "name")
    if not evidence:
        return Found(None, notes)
    authority = " ".join(block.authority) or None
    return Found(Signer(authority=authority, position=block.position, name=name, evidence=evidence), notes)


def _blocks(layout: Layout) -> tuple[_signature.Block, tuple[Note, ...]]:
    """The block of the signer, and the doubts. A document of several bodies has several: the one that names the first
    of them is the signer's, else the last.
    """
    blocks = [_signature.Block()]
    column = 0
    for paragraph, view in zip(layout.zone(*_signing.ZONES), layout.views(*_signing.ZONES), strict=True):
        if blocks[-1].signed and (paragraph.column != column or _signing.opens(view)):
            blocks.append(_signature.Block())
        column = paragraph.column
        blocks[-1].take(view)
    signed = [block for block in blocks if block.signed] or blocks
    issuer = _issuing.issuer(layout)
    first = " ".join(fold(issuer.value).split()[:2]) if issuer is not None else ""
    chosen = next((block for block in signed if first and first in fold(block.printed())), signed[-1])
    notes = tuple(chosen.notes)
    for other in signed:
        if other is not chosen:
            message = f"signed jointly: also {other.printed()}"
            notes += (Note(field="signer", kind="several", message=message, evidence=tuple(other.evidence)),)
    return chosen, notes


def _covered(layout: Layout, missing: list[str]) -> tuple[Note, ...]:
    """What of the signer is missing where a seal lies over the block, and what was read under the seal."""
    if not missing:
        return ()
    found: list[Evidence] = []
    for view in layout.views(*_signing.ZONES):
        found += (piece for piece in view.cite(view.whole, "signer.seal") if _under_seal(layout, piece))
    if not found:
        return ()
    seen = ", ".join(repr(piece.raw) for piece in found)
    message = f"a seal covers the {' and the '.join(missing)} of the signer; there {seen} was read"
    return (Note(field="signer", kind="covered", message=message, evidence=tuple(found)),)


def _under_seal(layout: Layout, piece: Evidence) -> bool:
    """Whether a seal, or the signature beside it, touches the box of a line."""
    page = next(page.page for page in layout.text.pages if page.page.number == piece.page)
    for left, top, right, bottom in (mark.box for mark in page.marks if mark.kind == "seal"):
        box = piece.bbox
        if box and box[0] < right and left < box[2] and box[1] < bottom + 0.2 * (bottom - top) and top < box[3]:
            return True
    return False


def _usual(name: str) -> bool:
    """Whether a name begins with a usual family name, or is one of the highlands ("K'Brếu")."""
    return name.split()[0] in _tables.surnames() or "'" in name or "’" in name


def _from_picture(layout: Layout, evidence: tuple[Evidence, ...]) -> bool:
    """Whether a value was read on a page picture, where a seal stands over the name."""
    pages = {page.page.number: page.page.source.text_from for page in layout.text.pages}
    return any(pages[piece.page] in ("ocr", "both") for piece in evidence)
