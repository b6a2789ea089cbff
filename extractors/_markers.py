"""Markers of sections ("II.", "1.", "1.1.", "a)", "-", "+", "Điều 2.", "Phụ lục I") and the section path that they
make.

What a numeral must be is known from the one before it: so "I1I.", "II1." and "rrr." after II. are III., "V." after V.
is VI.
and "Điều L." before Điều 2. is Điều 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum

from schemas.text import fold


class Level(IntEnum):
    """How deep a marker stands; plain text is 0."""

    TEXT = 0
    APPENDIX = 1
    PART = 2
    ARTICLE = 3
    CAPITAL = 4
    ROMAN = 5
    ARABIC = 6
    DECIMAL = 7
    LETTER = 8
    DASH = 9
    PLUS = 10


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the head of a line: its length there, what is printed, its level, and what it adds to the path."""

    size: int
    printed: str
    level: Level
    part: str


_ROMANS = ("", *"I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split())
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_APPENDIX = re.compile(r"phu luc(?: +(?:so +)?([ivxl1]{1,5}|\d{1,2}|[a-h]))?\b[ .:]*")
_PART = re.compile(
    r"(?:phan|chuong|muc) +(?:thu +(?:nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)|[ivxl1]{1,5}|\d{1,2})\b[ .:]*"
)
_ARTICLE = re.compile(r"dieu +(\d{1,3}|[li])[a-z]?(?: ?[.:,]|$)")
_ROMAN = re.compile(r"([IVXivxl1!|rLTHUJ]{1,6})(?: ?[.,:/] ?|[-–] (?=\w{2}))(?=[^\W\d_]|[“\"])")
_ROMAN_BARE = re.compile(r"([IVXl1]{1,5}) (?=[^\W\d_]{2})")
_CAPITAL = re.compile(r"([A-H])[.–-] (?=[^\W\d_])")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})[.)]? ?(?=[^\W\d_]|[“\"])")
_ARABIC = re.compile(r"(\d{1,2}|[lIi])(?: ?[.)/] ?(?=[^\W\d_]|[“\"(]|\d+ ?%)|[-–] (?=[^\W\d_]{2}))")
_ARABIC_BARE = re.compile(r"(\d{1,2})(?: (?=[^\W\d_])|$)|([Il|])$")
_LETTER = re.compile(r"([a-zđồôáàéè]) ?([.)]) ?(?=\S)")
_LETTER_MISREAD = re.compile(r"[^\s(]\) ?(?=[^\W\d_])")
_DASH = re.compile(r"[-–—−•*~·] ?(?=\S)")
_PLUS = re.compile(r"[+] ?(?=\S)")
_STROKES = str.maketrans({**dict.fromkeys("l1!|irJTLt", "I"), "H": "II", "U": "II", "v": "V", "x": "X"})


@dataclass
class Outline:
    """Reads markers in order and keeps the section path."""

    _path: dict[Level, str] = field(default_factory=dict)
    _count: dict[Level, int] = field(default_factory=dict)

    @property
    def in_appendix(self) -> bool:
        """Whether an appendix has begun."""
        return Level.APPENDIX in self._path

    def path(self) -> str | None:
        """The printed path of the section that holds the next paragraph: "II.1", "Điều 2", "Phụ lục V.1.a"."""
        steps = [self._path[level] for level in sorted(self._path) if level is not Level.PART]
        if not steps:
            return None
        if steps[0] == "Phụ lục" and len(steps) > 1:
            return f"{steps[0]} {'.'.join(steps[1:])}"
        return ".".join(steps)

    def restart(self) -> None:
        """Forget the sections: an attached document begins."""
        self._path.clear()
        self._count.clear()

    def enter(self, marker: Marker) -> None:
        """Take a marker into the path: everything at its level and below it ends."""
        if marker.level >= Level.DASH or marker.level is Level.TEXT:
            return
        for level in [step for step in self._path if step >= marker.level]:
            del self._path[level]
        for level in [step for step in self._count if step > marker.level]:
            if not (marker.level is Level.PART and level is Level.ARTICLE):
                del self._count[level]
        if marker.level is Level.DECIMAL:
            self._path.pop(Level.ARABIC, None)
        self._path[marker.level] = marker.part
        self._count[marker.level] = _number(marker)
        if marker.level is Level.DECIMAL:
            self._count[Level.ARABIC] = int(marker.part.split(".")[0])

    def read(self, text: str, *, fresh: bool, capitals: bool) -> Marker | None:
        """The marker at the head of a line, if it is one.

        ``fresh``: the line before it has ended, so that a number here is no part of a sentence.
        """
        named = self._named(text, capitals) if fresh and text[:1].isupper() else None
        return (
            named
            or self._sign(text, fresh)
            or self._roman(text, fresh, capitals)
            or (self._decimal(text) if fresh else None)
            or self._arabic(text, fresh)
            or (self._letter(text) if fresh else None)
        )

    def _named(self, text: str, capitals: bool) -> Marker | None:
        """ "Phụ lục", "Chương", "Điều", with which the line before has ended."""
        folded = fold(text[:40])
        return self._appendix(text, folded, capitals) or self._article(text, folded)

    def _appendix(self, text: str, folded: str, capitals: bool) -> Marker | None:
        match = _APPENDIX.match(folded)
        if match and text[0] == "P" and (capitals or len(text) <= match.end() or text[match.end() :][:1] == "("):
            number = (match[1] or "").upper().translate(_STROKES) if match[1] and not match[1].isdigit() else match[1]
            return Marker(
                match.end(), text[: match.end()].strip(), Level.APPENDIX, f"Phụ lục {number}" if number else "Phụ lục"
            )
        match = _PART.match(folded)
        if match and (capitals or len(text) <= match.end()):
            printed = text[: match.end()].strip(" .:")
            return Marker(match.end(), printed, Level.PART, printed)
        return None

    def _article(self, text: str, folded: str) -> Marker | None:
        match = _ARTICLE.match(folded)
        if not match or text[0] not in "ĐD":
            return None
        number = match[1] if match[1].isdigit() else "1"
        return Marker(match.end(), f"Điều {number}.", Level.ARTICLE, f"Điều {number}")

    def _sign(self, text: str, fresh: bool) -> Marker | None:
        for pattern, level in ((_DASH, Level.DASH), (_PLUS, Level.PLUS)):
            match = pattern.match(text)
            if match:
                rest = text[match.end() :]
                return Marker(match.end(), match[0].strip(), level, "") if fresh or not rest[:1].islower() else None
        return None

    def _roman(self, text: str, fresh: bool, capitals: bool) -> Marker | None:
        match = _ROMAN.match(text)
        if not match and self.in_appendix and capitals:
            match = _ROMAN_BARE.match(text)
        if not match or not fresh:
            match = _CAPITAL.match(text) if fresh and capitals else None
            return Marker(match.end(), match[0].strip(), Level.CAPITAL, match[1]) if match else None
        value = self._roman_value(match[1], capitals, text[match.end() :][:1].islower())
        return Marker(match.end(), f"{_ROMANS[value]}.", Level.ROMAN, _ROMANS[value]) if value else None

    def _roman_value(self, seen: str, capitals: bool, lower: bool) -> int | None:
        now = self._count.get(Level.ROMAN, 0)
        if seen.isdigit() and (not capitals or len(seen) == 1 or int(seen) == self._count.get(Level.ARABIC, 0) + 1):
            return None
        if seen in _ROMANS:
            value = _ROMANS.index(seen)
            if now < value <= now + (4 if capitals or len(seen) > 1 else 2):
                return value
            if value == 1:
                return 1 if capitals and now > 1 else None
            return now + 1 if value == now and capitals else None
        upcoming = now + 1 < len(_ROMANS) and seen.translate(_STROKES) == _ROMANS[now + 1]
        return now + 1 if upcoming and not lower and (capitals or len(seen) > 1) else None

    def _decimal(self, text: str) -> Marker | None:
        match = _DECIMAL.match(text)
        now = self._count.get(Level.ARABIC, 0)
        if not match or (now and int(match[1].split(".")[0]) not in (now, now + 1)):
            return None
        return Marker(match.end(), match[0].strip(), Level.DECIMAL, match[1])

    def _arabic(self, text: str, fresh: bool) -> Marker | None:
        match = _ARABIC.match(text)
        bare = match is None and self.in_appendix
        if bare:
            match = _ARABIC_BARE.match(text)
        if not match or not (fresh or bare):
            return None
        number = int(match[1]) if (match[1] or "").isdigit() else 1
        now = self._count.get(Level.ARABIC, 0)
        if (bare and number != now + 1) or number > now + 6:
            return None
        if number != now + 1 and ")" in match[0] and self._count.get(Level.LETTER):
            return None
        if 1 < number <= now:
            number = now + 1
        return Marker(match.end(), match[0].strip(), Level.ARABIC, str(number))

    def _letter(self, text: str) -> Marker | None:
        now = self._count.get(Level.LETTER, 0)
        upcoming = _LETTERS[now] if now < len(_LETTERS) else ""
        match = _LETTER.match(text)
        if match is None and now and (misread := _LETTER_MISREAD.match(text)):
            return Marker(misread.end(), f"{upcoming})", Level.LETTER, upcoming) if upcoming else None
        if not match:
            return None
        letter = upcoming if fold(match[1]) == fold(upcoming) else match[1]
        if letter not in _LETTERS or (match[2] == "." and letter != upcoming):
            return None
        return Marker(match.end(), f"{letter}{match[2]}", Level.LETTER, letter)


def _number(marker: Marker) -> int:
    if marker.level is Level.ROMAN:
        return _ROMANS.index(marker.part)
    if marker.level is Level.ARABIC:
        return int(marker.part)
    if marker.level is Level.LETTER:
        return _LETTERS.index(marker.part) + 1
    return 0
