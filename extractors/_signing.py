"""The parts of a signature block, read from the top down between seal, signature and stamps.

Nghị định 30/2020/NĐ-CP: who signs for another ("KT.") is named below that other's position, as the deputy.
"""

from __future__ import annotations

import re

from extractors import _tables
from extractors._fragments import NAME, UPPER
from extractors._layout import Zone
from extractors._rules import Hit, Rule, View, first, reads
from extractors._values import clean
from schemas.syllable import is_syllable
from schemas.text import Span, fold

ZONES = (Zone.SIGNATURE,)
_RANK = (
    r"(?:(?:[Đđ]ã ký\)?|Đ/c|đ/c|Đồng chí|Ông|Bà|GS|PGS|TSKH|TS|ThS|Ths|BS ?CK ?(?:II|I|2|1)?|CK(?:II|I|2|1)|BS"
    r"|DS|KS|CN|LS|KTS|CVC|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy))"
    r"(?!\w)[., :]*)*"
)
_POSITIONS = "|".join(sorted(_tables.positions(), key=len, reverse=True))
_HEADS = {"tm": "TM.", "kt": "KT.", "tl": "TL.", "tuq": "TUQ.", "t/m": "T/M", "t/l": "T/L", "k/t": "K/T"}
_STROKES = str.maketrans({"1": "t", "i": None, ".": None, " ": None})

RULES = (
    Rule(
        "signer.authority",
        r"^\W{0,3}(?P<part>(?P<head>t ?[/.i]? ?m|k ?[/.]? ?[t1]|t ?[/.]? ?l|t ?[/.]? ?u ?q)(?: ?[.,;:] ?| )"
        r"(?P<whom>[a-z].*))$",
        reads="KT. CHỦ TỊCH",
        gives="KT. CHỦ TỊCH",
        refuses=("PHÓ CHỦ TỊCH", "QUYẾT ĐỊNH:", "TM. 7 Z"),
        zones=ZONES,
    ),
    Rule(
        "signer.position",
        rf"^\W{{0,3}}(?P<part>(?:q\. ?|quyen )?(?:{_POSITIONS})\b[a-z ,-]*)\W*$",
        reads="PHÓ CHỦ TỊCH",
        gives="PHÓ CHỦ TỊCH",
        refuses=("KT. CHỦ TỊCH", "Lê Văn An"),
        zones=ZONES,
    ),
    Rule(
        "signer.deputy",
        rf"^\W{{0,3}}(?P<part>PHÓ (?:[{UPPER}]{{2,}} ?[,–-]? ?){{2,8}})\W*$",
        reads="PHÓ TRƯỞNG THUẾ TỈNH",
        gives="PHÓ TRƯỞNG THUẾ TỈNH",
        refuses=("KT. TRƯỞNG THUẾ TỈNH", "PHÓ GIÁM ĐỐC Lê Văn An", "PHỐ CHU VĂN AN"),
        zones=ZONES,
        on="text",
    ),
    Rule(
        "signer.position-and-name",
        rf"^\W{{0,3}}(?P<part>[{UPPER}][{UPPER} ,-]{{5,50}}) (?P<name>{NAME}(?: {NAME}){{1,4}})\W*$",
        reads="PHÓ CHỦ TỊCH Lê Văn An",
        gives="PHÓ CHỦ TỊCH | Lê Văn An",
        refuses=("PHÓ CHỦ TỊCH", "Lê Văn An"),
        zones=ZONES,
        on="text",
    ),
    Rule(
        "signer.name",
        rf"^\W{{0,3}}{_RANK}(?P<part>{NAME}(?: {NAME}){{1,4}}(?: [{UPPER}])?)\W*$",
        reads="Đại tá Lê Văn An",
        gives="Lê Văn An",
        refuses=("PHÓ CHỦ TỊCH", "n An", "Đã Ký"),
        zones=ZONES,
        on="text",
    ),
    Rule(
        "signer.highland-name",
        rf"^\W{{0,3}}{_RANK}(?P<part>(?:{NAME} ){{0,2}}(?:[YA] (?=[{UPPER}])|[{UPPER}][^\W\d_]{{0,3}}['’] ?)"
        rf"[{UPPER}]\w+(?: [{UPPER}][\w'’]+){{0,3}})\W*$",
        reads="K'Brếu",
        gives="K'Brếu",
        refuses=("Lê Văn An", "PHÓ CHỦ TỊCH", "Y tế"),
        zones=ZONES,
        on="text",
    ),
)
_SPECK = re.compile(r" [^\W\d_A-ZĐ]$")
_WORD = re.compile(r"\S+")
AUTHORITY, POSITION, DEPUTY, BOTH, NAME_ALONE, HIGHLAND_NAME = RULES
_SIGNS = "\"'`´‘’“”~^*_.,:;|\\/<>()[]{}=+-–—"
_INITIAL = re.compile(r"\W*(?:[QYA]\b|[A-ZĐ]['’])")
"""What is no debris though it is short: "Q." and the first letters of names of the highlands."""
_LETTER_NAME = re.compile(rf"(?:^|[^\w ]) ?{NAME} {NAME} [{UPPER}]$")
"""A name with a letter in its third place: "Nguyễn Văn B"."""


def value(hit: Hit) -> str:
    """The part, with single blanks; of a line with position and name both. ValueError where it is debris."""
    part = _SPECK.sub("", clean(hit.printed("part")).strip(" .,;:"))
    if hit.rule is AUTHORITY:
        return _authority(hit)
    if hit.rule is NAME_ALONE:
        return _name(part)
    if hit.rule is DEPUTY:
        known = _tables.nearest_position(fold(part))
        return known.upper() if known else part
    if hit.rule is BOTH:
        if not fold(part).startswith(tuple(_tables.positions())):
            raise ValueError(f"no position: {part!r}")
        return f"{part} | {_name(clean(hit.printed('name')))}"
    return part


def _authority(hit: Hit) -> str:
    printed = fold(hit.printed("head"))
    head = _HEADS.get(printed.replace(" ", ""), _HEADS.get(printed.translate(_STROKES)))
    kept = _legible(hit.printed("whom").split())
    if not kept or head is None:
        raise ValueError(f"no authority: {hit.printed()!r}")
    return f"{head} {spelt(' '.join(kept))}"


def _legible(words: list[str]) -> list[str]:
    """The words before the first that is debris; single letters at the end are debris too."""
    kept = []
    for word in words:
        bare = word.strip(".,;:()")
        if bare not in ("-", "–", "&", "") and not (is_syllable(bare) or (bare.isalpha() and bare.isupper())):
            break
        kept.append(word)
    while kept and (len(kept[-1].strip(".,;:-–&")) < 2 or not kept[-1].strip(".,;:")):
        kept.pop()
    return kept


def all_legible(line: str) -> bool:
    words = line.split()
    return len(words) > 1 and len(_legible(words)) == len(words)


def _name(printed: str) -> str:
    words = printed.split()
    if fold(printed) in ("da ky", "noi nhan") or not (words[0] in _tables.surnames() or all(map(is_syllable, words))):
        raise ValueError(f"no name: {printed!r}")
    return printed


def spelt(part: str) -> str:
    """A position or body by the tables, where its letters agree: "PHO CHU TỊCH" is "PHÓ CHỦ TỊCH"."""
    known = _tables.position_names().get(fold(part)) or _tables.bodies().get(fold(part))
    return known.upper() if known and part.isupper() else part


def _is_debris(word: str) -> bool:
    """Whether a word is what a recogniser makes of a seal: no letter, a digit among them, or a letter alone."""
    bare = word.strip(_SIGNS)
    return sum(c.isalpha() for c in bare) < 2 or any(c.isdigit() for c in bare) or bool(set(bare) & set("|\\~=<>{}*€"))


def core_of(view: View) -> tuple[View, str]:
    """A line without the debris at its ends, and the letters or digits of the debris before it."""
    words = list(_WORD.finditer(view.text))
    start, end = 0, len(words)
    while start < end and _is_debris(words[start][0]) and not _INITIAL.match(words[start][0]):
        start += 1
    while end > start and _is_debris(words[end - 1][0]) and not _LETTER_NAME.search(view.text, 0, words[end - 1].end()):
        end -= 1
    if start == end:
        return view, ""
    signs = len(words[start][0]) - len(words[start][0].lstrip(_SIGNS))
    spans = view.document_spans(Span(words[start].start() + signs, words[end - 1].end()))
    lost = " ".join(word[0] for word in words[:start] if any(c.isalnum() for c in word[0]))
    return View(view.source, spans), lost


def read_line(line: View, core: View) -> Hit | None:
    """What a line is; ``core`` is the line without debris."""
    return first(RULES[:1], (line,), reads(value)) or first(RULES[1:], (core,), reads(value))


def opens(line: View) -> bool:
    """Whether a line is an authority or a position, with which the block of a signer opens."""
    hit = read_line(line, core_of(line)[0])
    return hit is not None and hit.rule in (AUTHORITY, POSITION, DEPUTY, BOTH)
