"""Which sections tell of goals, of what is to come, or of what has been: followed heading by heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors import _quantities
from extractors._layout import Level, Paragraph
from extractors._rules import View

_GOAL_RE = re.compile(r"(?:\w+ ){0,3}?(?:muc tieu|chi tieu)\b")
_FUTURE_RE = re.compile(
    r"(?!ket qua|tinh hinh|danh gia|kiem diem|cong tac lanh dao)(?:\w+ ){0,4}?(?:nhiem vu|phuong huong|giai phap"
    r"|ke hoach|muc tieu|chi tieu|chuong trinh cong tac|cong tac trong tam)\b.{0,80}"
    r"(?:20\d\d|thoi gian toi|nam toi|trong tam|sap toi|cuoi nam|tiep theo|quy|thang)"
)
_LONGEST_HEADING = 160


@dataclass(slots=True)
class Scope:
    """Where the reader stands. ``muted_by`` are the words of headings below which nothing is read; ``deepest`` is the
    deepest level whose headings count; in a ``report`` only what is to come is read.
    """

    report: bool
    muted_by: re.Pattern[str]
    deepest: Level
    goal: int | None = None
    muted: int | None = None
    future: int | None = None
    _part: bool = False
    _periods: dict[int, str] = field(default_factory=dict)

    def enter(self, paragraph: Paragraph, view: View) -> None:
        """Follow a paragraph, which may be a heading."""
        text, folded = view.text.strip(), view.folded.strip()
        level: int = paragraph.level
        if level == Level.PART and not text:
            self._leave(level)
            self._part = True
            return
        if self._part and text.isupper():
            level = Level.PART
        self._part = False
        heading = len(text) < _LONGEST_HEADING and not text.endswith((".", ";"))
        if not level:
            if not (heading and text.endswith(":")):
                return
            level = Level.PLUS + 1
        self._leave(level)
        if heading:
            self._heading(level, folded, text)

    def _leave(self, level: int) -> None:
        """End the sections at this level and below it."""
        self._periods = {k: v for k, v in self._periods.items() if k < level}
        self.goal = self.goal if self.goal is not None and self.goal < level else None
        self.muted = self.muted if self.muted is not None and self.muted < level else None
        self.future = self.future if self.future is not None and self.future < level else None

    def _heading(self, level: int, folded: str, text: str) -> None:
        if (years := _quantities.period(folded)) and not any(True for _ in _quantities.percents(folded)):
            self._periods[level] = years
        if level <= self.deepest:
            outside = self.goal is None and self.muted is None and self.future is None
            if _GOAL_RE.match(folded) and not folded.startswith("ket qua") and self.goal is None:
                self.goal = level
            if outside and self.muted_by.match(folded):
                self.muted = level
        if self.report and level <= Level.LETTER and _FUTURE_RE.match(folded):
            self.future, self.muted = level, None

    @property
    def silent(self) -> bool:
        """Whether what stands here is a purpose, a result or the like."""
        return self.muted is not None or (self.report and self.future is None)

    @property
    def period(self) -> str | None:
        """The years of the nearest heading."""
        return self._periods[max(self._periods)] if self._periods else None
