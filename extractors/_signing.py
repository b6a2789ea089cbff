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
from schemas.record import Evidence, Note
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
_AUTHORITY, _POSITION, _DEPUTY, _BOTH, _NAME, _HIGHLAND = RULES
_SIGNS = "\"'`´‘’“”~^*_.,:;|\\/<>()[]{}=+-–—"
_INITIAL = re.compile(r"\W*(?:[QYA]\b|[A-ZĐ]['’])")
"""What is no debris though it is short: "Q." and the first letters of names of the highlands."""
_LETTER_NAME = re.compile(rf"(?:^|[^\w ]) ?{NAME} {NAME} [{UPPER}]$")
"""A name with a letter in its third place: "Nguyễn Văn B"."""
_INFERRED = "signer.position-inferred"
_GUESSED = 82.0
"""Likeness (0 to 100) from which a line in capitals under "TL. ..." is a misread position."""
_NEAR_TITLE = 75.0
"""Likeness (0 to 100) from which the end of a misread line is the position that "KT." has named above it."""


def value(hit: Hit) -> str:
    """The part, with single blanks; of a line with position and name both. ValueError where it is debris."""
    part = _SPECK.sub("", clean(hit.printed("part")).strip(" .,;:"))
    if hit.rule is _AUTHORITY:
        return _authority(hit)
    if hit.rule is _NAME:
        return _name(part)
    if hit.rule is _DEPUTY:
        known = _tables.nearest_position(fold(part))
        return known.upper() if known else part
    if hit.rule is _BOTH:
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
    return f"{head} {_spelt(' '.join(kept))}"


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


def _all_legible(line: str) -> bool:
    words = line.split()
    return len(words) > 1 and len(_legible(words)) == len(words)


def _name(printed: str) -> str:
    words = printed.split()
    if fold(printed) in ("da ky", "noi nhan") or not (words[0] in _tables.surnames() or all(map(is_syllable, words))):
        raise ValueError(f"no name: {printed!r}")
    return printed


def _spelt(part: str) -> str:
    """A position or body by the tables, where its letters agree: "PHO CHU TỊCH" is "PHÓ CHỦ TỊCH"."""
    known = _tables.position_names().get(fold(part)) or _tables.bodies().get(fold(part))
    return known.upper() if known and part.isupper() else part


def _is_debris(word: str) -> bool:
    """Whether a word is what a recogniser makes of a seal: no letter, a digit among them, or a letter alone."""
    bare = word.strip(_SIGNS)
    return sum(c.isalpha() for c in bare) < 2 or any(c.isdigit() for c in bare) or bool(set(bare) & set("|\\~=<>{}*€"))


class Block:
    """The parts as the lines are read; ``evidence`` proves them, ``notes`` are doubts."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self.authority: list[str] = []
        self.position: str | None = None
        self.name: str | None = None
        self.evidence: list[Evidence] = []
        self.notes: list[Note] = []

    @property
    def signed(self) -> bool:
        """Whether it has a name under an authority or a position: what opens another block is another signer's."""
        return self.name is not None and (bool(self.authority) or self.position is not None)

    def printed(self) -> str:
        """Authority, position and name in one line."""
        return " ".join(filter(None, (*self.authority, self.position, self.name)))

    def take(self, line: View) -> None:
        """Read one line more; of several names the last is the signer's (initials and stamps stand above it)."""
        view, lost = _core(line)
        hit = _read(line, view)
        if hit is not None and hit.rule in (_NAME, _HIGHLAND):
            if lost:  # the family name may be what was lost
                self._doubt(hit, lost)
                return
            self.name = value(hit)
            self.evidence = [e for e in self.evidence if e.of != "name"]
            self._prove(hit, "name")
        elif self.position is not None:
            return
        elif hit is None:
            self._carry_on(view)
        elif hit.rule is _AUTHORITY:
            self._prove(hit, "authority")
            self.authority.append(value(hit))
        elif hit.rule is _BOTH:
            self.position, self.name = value(hit).split(" | ")
            self._prove(hit, "position")
        else:
            self._take_position(hit, lost)

    def _prove(self, hit: Hit, of: str) -> None:
        self.evidence.extend(hit.cite("part", of))

    def _take_position(self, hit: Hit, lost: str) -> None:
        """A position. What stands alone where its deputy is due, or behind a word that is lost, may be half of one."""
        position, title = _spelt(value(hit)), self._title()
        if title is not None and fold(position) == title:
            self._infer(hit.view, title)
        elif lost and _tables.deputy(fold(position)):
            self._doubt(hit, lost)
        else:
            self._prove(hit, "position")
            self.position = position

    def _doubt(self, hit: Hit, lost: str) -> None:
        message = f"what stands before {value(hit)!r} is not legible: {lost!r}"
        self.notes.append(Note(field="signer", kind="uncertain", message=message, evidence=hit.cite("part")))

    def _title(self) -> str | None:
        """The position (folded) for which "KT." says that another signs."""
        heads = [fold(part)[4:] for part in self.authority if part.startswith(("KT.", "K/T"))]
        known = [name for name in _tables.positions() if heads and f"{heads[-1]} ".startswith(f"{name} ")]
        return max(known, key=len, default=None)

    def _infer(self, view: View, title: str) -> None:
        """The deputy, where the position that "KT." names is seen again below it, its first word lost."""
        deputy = _tables.deputy(title)
        if deputy is None:
            return
        self.position = deputy.upper()
        proof = view.cite(view.whole, _INFERRED, "position")
        self.evidence.extend(proof)
        message = f"{deputy.upper()} is inferred from {self.authority[-1]}; below it {view.text!r} was read"
        self.notes.append(Note(field="signer", kind="inferred", message=message, evidence=proof))

    def _guess(self, view: View, words: list[str]) -> bool:
        """A position in capitals that is misread, under an authority that asks for one: with a note."""
        near = _tables.nearest_position(" ".join(words), _GUESSED) if view.text.isupper() else None
        if near is not None:
            self.position = near.upper()
            proof = view.cite(view.whole, _INFERRED, "position")
            self.evidence.extend(proof)
            message = f"{self.position} is inferred; below {self.authority[-1]} {view.text!r} was read"
            self.notes.append(Note(field="signer", kind="inferred", message=message, evidence=proof))
        return near is not None

    def _carry_on(self, view: View) -> None:
        """A misread position, or a second line of an authority: "TM. BAN CHỈ ĐẠO / PHÒNG THỦ DÂN SỰ"."""
        words = re.findall(r"[^\W\d_]+", view.folded)
        if not words:
            return
        title = self._title()
        near = _tables.nearest_position(" ".join(words)) if view.text.isupper() else None
        if near is not None and fold(near) != title:
            self.position = near.upper()
            self.evidence.extend(view.cite(view.whole, "signer.position", "position"))
        elif self.authority and title is None and self._guess(view, words):
            return
        elif title is not None and _ends_with(words, title) and view.text.split()[-1].isupper():
            self._infer(view, title)
        elif self.authority and view.text.isupper() and len(view.text) > 8 and _all_legible(view.text):
            self.authority.append(clean(view.text))
            self.evidence.extend(view.cite(view.whole, "signer.authority", "authority"))


def _read(line: View, core: View) -> Hit | None:
    """What a line is; ``core`` is the line without debris."""
    return first(RULES[:1], (line,), reads(value)) or first(RULES[1:], (core,), reads(value))


def opens(line: View) -> bool:
    """Whether a line is an authority or a position, with which the block of a signer opens."""
    hit = _read(line, _core(line)[0])
    return hit is not None and hit.rule in (_AUTHORITY, _POSITION, _DEPUTY, _BOTH)


def _ends_with(words: list[str], title: str) -> bool:
    """Whether a line ends with a position, misread as it may be, or with the last word of it and no other word."""
    size = len(title.split())
    return _tables.is_near(" ".join(words[-size:]), title, _NEAR_TITLE) or words == title.split()[-1:]


def _core(view: View) -> tuple[View, str]:
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
