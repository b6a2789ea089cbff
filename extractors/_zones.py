"""Which zone each line stands in, found by the words that open and close the parts of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors import _tables
from extractors._cues import (
    ABOUT,
    APPENDIX_HEAD,
    BASIS_WORDS,
    BODY_HEAD,
    CODE_LINE,
    E_SIGN_PART,
    ENACTING,
    HEAD,
    KINH_GUI,
    MARK,
    MARKED,
    MOTTO,
    NAME_LINE,
    NOI_NHAN,
    PLACE_DATE,
    SIGNING,
    STAMP_HEAD,
    STAMP_LINE,
    Zone,
    is_heading,
    is_name,
    is_signed,
    is_vietnamese,
    starts_with_type,
)
from extractors._lines import Row, folded_words, is_debris
from schemas.text import fold

_CENTRED = 12.0
"""Points by which the middle of a centred line may lie beside that of its heading."""


_DIGITS = re.compile(r"\d+")
_HEAD_LETTERS = 12
"""Letters of a running head that is found on two pages."""


class Zones:
    """The zone of every line. ``heading`` is the line of the type name, ``body`` the first line after the title."""

    def __init__(self, lines: Sequence[Row], full: Sequence[int]) -> None:
        """Find the anchors from the top down, then give each line its zone."""
        self._lines = lines
        self._full = full
        self.zones = [Zone.BODY] * len(lines)
        self.heading: int | None = None
        self._noise()
        self.body = self._head()
        self.tail, self.annex = self._tail()
        for index in range(self.annex, len(lines)):
            if self.zones[index] is Zone.BODY:
                self.zones[index] = Zone.APPENDIX

    def _set(self, start: int, end: int, zone: Zone) -> None:
        for index in range(start, end):
            if self.zones[index] is not Zone.NOISE:
                self.zones[index] = zone

    def _noise(self) -> None:
        stamp = signed = 0
        heads: dict[str, list[int]] = {}
        for index, row in enumerate(self._lines):
            stamp = 5 if index < HEAD and "den" in row.folded and STAMP_HEAD.match(row.folded) else stamp - 1
            signed = 4 if is_signed(row.folded) else signed - 1
            if (
                signed == 4
                or (signed > 0 and E_SIGN_PART.match(row.folded))
                or row.debris
                or (stamp > 0 and STAMP_LINE.match(row.folded))
                or stamp == 5
            ):
                self.zones[index] = Zone.NOISE
            if stamp == 5 and self._receives(index - 1):
                self.zones[index - 1] = Zone.NOISE
            if row.page and self._at_edge(index) and len(row.text) < 100:
                heads.setdefault(_DIGITS.sub("0", folded_words(row.folded)), []).append(index)
        for repeated in heads.values():
            if self._runs(repeated):
                for index in repeated:
                    self.zones[index] = Zone.NOISE

    def _at_edge(self, index: int) -> bool:
        """Whether a line is one of the first or last two of its page."""
        row, near = self._lines[index], (index - 2, index + 2)
        return any(not 0 <= i < len(self._lines) or self._lines[i].page != row.page for i in near)

    def _runs(self, repeated: Sequence[int]) -> bool:
        """Whether lines that are the same but for numbers are a running head or foot: on three pages, or a sentence's
        words on two; numbers are the same on all, or count the pages.
        """
        rows = [self._lines[index] for index in repeated]
        pages = len({row.page for row in rows})
        numbers = zip(*([int(number) for number in _DIGITS.findall(row.folded)] for row in rows), strict=True)
        counts = all(
            len(set(column)) == 1 or len({n - row.page for n, row in zip(column, rows, strict=True)}) == 1
            for column in numbers
        )
        if pages < len(rows) or not counts:
            return len({row.folded for row in rows}) == 1 and len(rows) >= 3
        words = sum(map(str.isalpha, rows[0].text)) >= _HEAD_LETTERS
        of_two = words and not rows[0].capitals and not APPENDIX_HEAD.match(rows[0].folded)
        return pages >= 3 or (pages == 2 and of_two)

    def _receives(self, index: int) -> bool:
        """Whether a line above "CÔNG VĂN ĐẾN" names who received it: a body below the motto, where another is above."""
        above = self._lines[max(index, 0) : index + 1]
        motto = next((i for i in range(index) if MOTTO.search(self._lines[i].folded)), 0)
        return (
            motto > 0
            and bool(above)
            and bool(BODY_HEAD.match(above[0].folded))
            and any(BODY_HEAD.match(row.folded) for row in self._lines[:motto])
        )

    # -- head ------------------------------------------------------------------------------------------------------

    def _find(self, pattern: re.Pattern[str], start: int, end: int) -> int | None:
        for index in range(start, min(end, len(self._lines))):
            if self.zones[index] is not Zone.NOISE and pattern.match(self._lines[index].folded):
                return index
        return None

    def _head(self) -> int:
        lines = self._lines
        limit = min(len(lines), HEAD)
        greeting = self._find(KINH_GUI, 0, limit)
        basis = self._find(BASIS_WORDS, 0, limit)
        stop = next((i for i in range(limit) if MARKED.match(lines[i].text)), limit)
        stop = min(stop, basis if basis is not None else limit)
        self.heading = next((i for i in range(stop) if is_heading(lines[i])), None)
        if self.heading is None:
            self.heading = next((i for i in range(stop) if starts_with_type(lines[i])), None)
        if self.heading is not None:
            self._set(0, self.heading, Zone.LETTERHEAD)
            end = self._title_end(self.heading + 1)
            self._set(self.heading, end, Zone.TITLE)
        elif greeting is not None:
            self._letter_head(greeting)
            end = greeting
        else:
            end = self._headless(stop)
        if greeting is not None and greeting == end:
            start, end = end, self._addressee_end(end)
            self._set(start, end, Zone.ADDRESSEE)
        return end

    def _title_end(self, start: int) -> int:
        """The title runs to a hard stop (basis, greeting, a section, the enacting body) or to the first full line of
        prose.
        """
        lines = self._lines
        for index in range(start, min(start + 12, len(lines))):
            row = lines[index]
            if self.zones[index] is Zone.NOISE:
                continue
            if KINH_GUI.match(row.folded) or MARKED.match(row.text) or set(row.text) <= set("-–—_* ."):
                return index
            if index == start:
                continue
            if BASIS_WORDS.match(row.folded) and not row.lower:
                return index
            before = lines[index - 1]
            if " " not in row.text and row.raw != row.text and is_debris(row.raw):
                self.zones[index] = Zone.NOISE
                continue
            if row.capitals and len(row.text) > 6 and not before.capitals:
                return index
            if before.ends and not row.lower:
                return index
            if self._prose(index, 0.85) if not row.lower else self._off_centre(index) and self._prose(index, 0.7):
                return index
        return min(start + 12, len(lines))

    def _off_centre(self, index: int) -> bool:
        """Whether a line is not centred as the heading is; False where the page has no boxes."""
        row, heading = self._lines[index], self._lines[self.heading or 0]
        if row.left is None or row.right is None or heading.left is None or heading.right is None:
            return False
        return row.page == heading.page and abs(row.left + row.right - heading.left - heading.right) > 2 * _CENTRED

    def _prose(self, index: int, full: float) -> bool:
        """Whether a paragraph of prose begins here: a line, so much of it full, that the next carry on to a stop."""
        row = self._lines[index]
        if row.capitals or len(row.text) < full * self._full[index]:
            return False
        for after in self._lines[index : index + 6]:
            if KINH_GUI.match(after.folded) or (
                after is not row and not after.lower and BASIS_WORDS.match(after.folded)
            ):
                return False
            if after.ends or ". " in after.text:
                return True
        return True

    def _letter_head(self, greeting: int) -> None:
        """A công văn: all above the greeting is letterhead, but for "V/v ..." and what carries it on in its column."""
        self._set(0, greeting, Zone.LETTERHEAD)
        rows = self._lines[:greeting]
        about = next((i for i, row in enumerate(rows) if ABOUT.match(row.folded) or ABOUT.match(fold(row.raw))), None)
        if about is None:
            return
        for index in range(about, greeting):
            row = self._lines[index]
            if index > about and (row.column != self._lines[about].column or PLACE_DATE.search(row.folded)):
                continue
            marked = row.capitals and MARK.match(row.folded)
            if marked or MOTTO.search(row.folded) or CODE_LINE.match(row.folded):
                continue
            self._set(index, index + 1, Zone.TITLE)

    def _headless(self, stop: int) -> int:
        """Neither heading nor greeting: what is no letterhead and stands above the basis is the title."""
        end = 0
        for index in range(stop):
            row = self._lines[index]
            known = MOTTO.search(row.folded) or CODE_LINE.match(row.folded) or PLACE_DATE.search(row.folded)
            if known or (row.capitals and ENACTING.match(row.folded)):
                self._set(0, index + 1, Zone.LETTERHEAD)
                end = index + 1
        titled = [i for i in range(end, stop) if self.zones[i] is not Zone.NOISE]
        if (
            0 < len(titled) <= 6
            and stop < len(self._lines)
            and not any(self._lines[i].ends for i in titled)
            and is_vietnamese(" ".join(self._lines[i].text for i in titled))
        ):
            self._set(end, stop, Zone.TITLE)
            return stop
        return end

    def _addressee_end(self, start: int) -> int:
        lines = self._lines
        for index in range(start + 1, min(start + 30, len(lines))):
            row, before = lines[index], lines[index - 1]
            if row.text.startswith(("-", "–", "+", "•")) or self.zones[index] is Zone.NOISE:
                continue
            if BASIS_WORDS.match(row.folded) and not row.lower:
                return index
            carried = row.lower or before.text.endswith((",", ":")) or (before.text.startswith("-") and not before.ends)
            if not carried or before.text.endswith("."):
                return index
        return min(start + 30, len(lines))

    # -- tail ------------------------------------------------------------------------------------------------------

    def signs(self, index: int) -> bool:
        """Whether a line is one of a signature block: an authority ("KT. CHỦ TỊCH") or a position alone."""
        row = self._lines[index]
        if len(row.text) > 70 or not row.capitals:
            return False
        return bool(SIGNING.match(row.folded)) or folded_words(row.folded) in _tables.positions()

    def _tail(self) -> tuple[int, int]:
        """The first line of recipients and signature, and the first line after them."""
        lines = self._lines
        start = next(
            (
                i
                for i in range(self.body, len(lines))
                if self.zones[i] is Zone.BODY and (NOI_NHAN.match(lines[i].folded) or self._closes(i))
            ),
            None,
        )
        if start is None:
            return self._tail_without_words()
        while start > self.body and lines[start].column and lines[start - 1].column and self._beside(start):
            start -= 1
        mode = Zone.SIGNATURE
        listed = False
        for index in range(start, len(lines)):
            row = lines[index]
            listed = listed or bool(NOI_NHAN.match(row.folded))
            if index > start and self._leaves(index, mode):
                return start, index
            if NOI_NHAN.match(row.folded):
                mode = Zone.RECIPIENTS
            elif row.column:
                mode = Zone.SIGNATURE if row.column == 2 else mode
            elif mode is Zone.SIGNATURE and row.text[:1] in "-–—" and len(row.text) > 4:
                mode = Zone.RECIPIENTS
            elif self.signs(index) or (mode is Zone.RECIPIENTS and self._list_over(index)):
                mode = Zone.SIGNATURE
            if self.zones[index] is Zone.BODY:
                signed = self.signs(index) or (not listed and is_name(row.text))
                self.zones[index] = Zone.RECIPIENTS if row.column == 1 and not signed else mode
        return start, len(lines)

    def _beside(self, index: int) -> bool:
        """Whether the line above stands in the two columns of the end too."""
        return self._lines[index - 1].page == self._lines[index].page and self.zones[index - 1] is Zone.BODY

    def _closes(self, index: int) -> bool:
        return self.signs(index) and not any(
            self._lines[i].ends and len(self._lines[i].text) > 60
            for i in range(index + 1, min(index + 4, len(self._lines)))
        )

    def _tail_without_words(self) -> tuple[int, int]:
        for index in range(self.body, len(self._lines)):
            row = self._lines[index]
            if APPENDIX_HEAD.match(row.folded) and row.text[0] == "P" and (row.capitals or len(row.text) < 20):
                return index, index
        return len(self._lines), len(self._lines)

    def _list_over(self, index: int) -> bool:
        """Whether the list of recipients has ended before this line: the archive line is through."""
        row, before = self._lines[index], self._lines[index - 1]
        if row.text.startswith(("-", "–", "—", "+", "•", "*")):
            return False
        archive = before.folded.lstrip("-–— +*•").startswith("luu")
        if archive and is_name(row.text):
            return True
        return (archive and not before.text.endswith(",")) or (before.text.endswith(".") and not row.lower)

    def _leaves(self, index: int, mode: Zone) -> bool:
        row = self._lines[index]
        if self.zones[index] is Zone.NOISE or NOI_NHAN.match(row.folded) or self.signs(index):
            return False
        if MOTTO.search(row.folded) or is_heading(row):
            return True
        if APPENDIX_HEAD.match(row.folded) and (row.capitals or len(row.text) < 20):
            return True
        if row.text.startswith(("-", "–", "—", "•")) and mode is Zone.RECIPIENTS:
            return False
        return mode is Zone.SIGNATURE and len(row.text.split()) > NAME_LINE + 7 and row.column == 0
