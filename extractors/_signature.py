"""The block of a signer as its lines are read: authority, position and name, their evidence and what is doubtful."""

from __future__ import annotations

import re

from extractors import _tables
from extractors._rules import Hit, View
from extractors._signing import (
    AUTHORITY,
    BOTH,
    HIGHLAND_NAME,
    NAME_ALONE,
    all_legible,
    core_of,
    read_line,
    spelt,
    value,
)
from extractors._values import clean
from schemas.record import Evidence, Note
from schemas.text import fold

_INFERRED = "signer.position-inferred"
_GUESSED = 82.0
"""Likeness (0 to 100) from which a line in capitals under "TL. ..." is a misread position."""
_NEAR_TITLE = 75.0
"""Likeness (0 to 100) from which the end of a misread line is the position that "KT." has named above it."""


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
        view, lost = core_of(line)
        hit = read_line(line, view)
        if hit is not None and hit.rule in (NAME_ALONE, HIGHLAND_NAME):
            if lost:  # the family name may be what was lost
                self._doubt(hit, lost)
                return
            self.name = value(hit)
            self.evidence = [e for e in self.evidence if e.of != "name"]
            self._prove(hit, "name")
        elif self.position is not None:
            self._deputy_below(hit)
        elif hit is None:
            self._carry_on(view)
        elif hit.rule is AUTHORITY:
            self._prove(hit, "authority")
            self.authority.append(value(hit))
        elif hit.rule is BOTH:
            self.position, self.name = value(hit).split(" | ")
            self._prove(hit, "position")
        else:
            self._take_position(hit, lost)

    def _deputy_below(self, hit: Hit | None) -> None:
        """A deputy right below the one whom he stands in for: "KT." before that position is what was lost."""
        deputy = _tables.deputy(fold(self.position or ""))
        if hit is None or hit.rule is AUTHORITY or self.name or deputy is None or fold(value(hit)) != fold(deputy):
            return
        for_whom = [e for e in self.evidence if e.of == "position"]
        self.evidence = [e for e in self.evidence if e.of != "position"]
        message = f"KT. {self.position} is likely above {spelt(value(hit))}; there {for_whom[-1].raw!r} was read"
        self.notes.append(Note(field="signer", kind="uncertain", message=message, evidence=tuple(for_whom)))
        self.position = spelt(value(hit))
        self._prove(hit, "position")

    def _prove(self, hit: Hit, of: str) -> None:
        self.evidence.extend(hit.cite("part", of))

    def _take_position(self, hit: Hit, lost: str) -> None:
        """A position. What stands alone where its deputy is due, or behind a word that is lost, may be half of one."""
        position, title = spelt(value(hit)), self._title()
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
        elif self.authority and view.text.isupper() and len(view.text) > 8 and all_legible(view.text):
            self.authority.append(clean(view.text))
            self.evidence.extend(view.cite(view.whole, "signer.authority", "authority"))


def _ends_with(words: list[str], title: str) -> bool:
    """Whether a line ends with a position, misread as it may be, or with the last word of it and no other word."""
    size = len(title.split())
    return _tables.is_near(" ".join(words[-size:]), title, _NEAR_TITLE) or words == title.split()[-1:]
