"""Set a sample on pages by the layout of Nghị định 30/2020/NĐ-CP (party documents: by the Party's own)."""

from __future__ import annotations

from samples.grid import table
from samples.markup import Source, pieces
from samples.sheet import BOTTOM, LEFT, ROOM, TOP, WIDTH, Line, Sheet, Word, wrap

INDENT = 34.0
STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
PARTY = ["ĐẢNG CỘNG SẢN VIỆT NAM"]


class Setter:
    """Fills pages from top to bottom, and keeps room for footnotes."""

    def __init__(self, source: Source) -> None:
        """Start with an empty first page."""
        self.source = source
        self.sheets = [Sheet()]
        self.size = float(source.head.get("size", "14"))
        self.lead = self.size * 1.28
        self.y = TOP
        self.notes: list[list[Line]] = []

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    def floor(self) -> float:
        """How far down the body may reach on this page."""
        return self.sheet.height - BOTTOM - sum(len(note) * 12.0 for note in self.notes) - (10.0 if self.notes else 0.0)

    def put(self, line: Line, x: float, size: float) -> None:
        """Place a set line at the current height (its baseline)."""
        for dx, text, face, kind in line.words:
            note = kind == "note"
            height, scale = (size * 0.35, 0.65) if note else (0.0, 1.0)
            self.sheet.words.append(Word(x + dx, self.y - height, text, face, size * scale, kind))

    def centred(self, text: str, middle: float, room: float, size: float, face: str, lead: float | None = None) -> None:
        """Place lines around a middle, and note their text."""
        for line in wrap(pieces(text, face), size, room, justify=False):
            self.y += lead or size * 1.25
            self.put(line, middle - line.width / 2, size)
            self.sheet.lines.append(line.text)

    def turn(self, landscape: bool | None = None) -> None:
        """Write the footnotes of this page and begin the next, numbered at its head; it lies as this one does."""
        self.foot()
        self.sheets.append(Sheet(landscape=self.sheet.landscape if landscape is None else landscape))
        self.y = TOP - 14
        self.centred(str(len(self.sheets)), self.sheet.width / 2, 100, 13, "Regular")
        self.y = TOP + 12

    def foot(self) -> None:
        """Write the footnotes at the foot of the page."""
        if self.notes:
            self.y = self.sheet.height - BOTTOM - sum(len(note) * 12.0 for note in self.notes) + 2
            self.sheet.rules.append((LEFT, self.y - 4, LEFT + 140, self.y - 4))
            for note in self.notes:
                for line in note:
                    self.y += 12.0
                    self.put(line, LEFT, 10)
                    self.sheet.lines.append(line.text)
        self.notes = []

    def paragraph(self, text: str, face: str, keep: float = 0.0) -> None:
        """Set a justified paragraph, breaking pages; ``keep`` points must be free below its first line."""
        lines = wrap(pieces(text, face), self.size, ROOM, INDENT)
        self.y += 4.0
        for number, line in enumerate(lines):
            notes = [wrap(pieces(f"^{mark}^ {self.source.footnotes[mark]}"), 10, ROOM) for mark in line.notes]
            ahead = keep + self.lead * min(2, len(lines) - 1) if number == 0 else 0.0
            need = self.lead + ahead + sum(len(note) * 12.0 + 10 for note in notes)
            if self.y + need > self.floor():
                self.turn()
            self.notes.extend(notes)
            self.y += self.lead
            self.put(line, LEFT, self.size)
            self.sheet.lines.append(line.text)

    def letterhead(self) -> None:
        """The two columns at the head of the document, its type and its title."""
        head, sheet = self.source, self.sheet
        left, right = LEFT + ROOM * 0.2, LEFT + ROOM * 0.71
        party = head.head.get("motto") == "party"
        for text in head.lines("parent"):
            self.centred(text, left, ROOM * 0.46, 12.5, "Regular", 16)
        for text in head.lines("issuer"):
            self.centred(text, left, ROOM * 0.46, 12.5, "Bold", 16)
        if party:
            self.centred("*", left, 50, 13, "Regular", 13)
        else:
            sheet.rules.append((left - 34, self.y + 5, left + 34, self.y + 5))
        bottom, self.y = self.y, TOP
        for number, text in enumerate(PARTY if party else STATE):
            self.centred(text, right, ROOM, 12.5 if number == 0 else 13.5, "Bold", 16)
        half = 82 if party else 84
        sheet.rules.append((right - half, self.y + 5, right + half, self.y + 5))
        self.y = start = max(bottom, self.y) + 10
        self.centred(head.head["number"], left, ROOM, 13, "Regular", 16)
        if about := head.head.get("about"):
            self.centred(about, left, ROOM * 0.44, 12, "Regular", 14)
        bottom, self.y = self.y, start
        self.centred(head.head["dateline"], right, ROOM, 13.5, "Italic", 16)
        self.y = max(bottom, self.y) + 12

    def heading(self) -> None:
        """Type and title, or the addressee of a công văn."""
        head = self.source
        if kind := head.head.get("type"):
            self.centred(kind, WIDTH / 2 + 20, ROOM, 14, "Bold", 19)
            for text in head.lines("title"):
                self.centred(text, WIDTH / 2 + 20, ROOM, 14, "Bold", 17)
            self.sheet.rules.append((WIDTH / 2 - 30, self.y + 6, WIDTH / 2 + 70, self.y + 6))
            self.y += 12
        for number, text in enumerate(head.lines("to")):
            if number == 0:
                self.centred(text, WIDTH / 2, ROOM, 14, "Regular", 20)
            else:
                self.y += 18
                self.put(wrap(pieces(text), 14, ROOM)[0], LEFT + 150, 14)
                self.sheet.lines.append(text)
        self.y += 6

    def end_height(self) -> float:
        """How much room recipients and signature take."""
        head = self.source
        signers = len(head.lines("authority")) + len(head.lines("position"))
        return max(len(head.lines("recipients")) * 13.5 + 28, signers * 17 + 126)

    def close(self) -> None:
        """Recipients on the left, signature on the right, kept on one page."""
        head = self.source
        names = head.lines("recipients")
        above = [*head.lines("authority"), *head.lines("position")]
        if self.y + self.end_height() > self.floor():
            self.turn()
        self.y += 14
        start = self.y
        for number, text in enumerate(["Nơi nhận:", *names]):
            face, size = ("BoldItalic", 12) if number == 0 else ("Regular", 11)
            line = wrap(pieces(text, face), size, ROOM)[0]
            self.y += 13.5
            self.put(line, LEFT, size)
            self.sheet.lines.append(line.text)
        bottom, self.y = self.y, start
        middle = LEFT + ROOM * 0.74
        for text in above:
            self.centred(text, middle, ROOM * 0.6, 13.5, "Bold", 17)
        self.sheet.seal = (middle - 44, self.y + 47)
        self.y += 90
        self.centred(head.head["name"], middle, ROOM, 14, "Bold", 17)
        self.y = max(bottom, self.y)


def typeset(source: Source) -> list[Sheet]:
    """All pages of a sample."""
    setter = Setter(source)
    setter.letterhead()
    setter.heading()
    body = list(source.body)
    while body:
        text = body.pop(0)
        mark, _, rest = text.partition(" ")
        if mark == "@table":
            rows = []
            while body and body[0].startswith("|"):
                rows.append(body.pop(0))
            table(setter, rest, rows)
        elif mark == "@end":
            setter.close()
        elif mark in ("@page", "@landscape"):
            setter.turn(landscape=mark == "@landscape")
        elif mark in ("=", "^"):
            setter.y += 4
            setter.centred(rest, setter.sheet.width / 2 + 20, ROOM, setter.size, "Bold" if mark == "=" else "Italic")
        else:
            face = {"#": "Bold", "/": "Italic"}.get(mark, "Regular")
            below = setter.end_height() if body and body[0] == "@end" else 0.0
            setter.paragraph(rest if face != "Regular" else text, face, 2 * setter.lead if mark == "#" else below)
    setter.foot()
    return setter.sheets
