"""What a document is, by its own words: a report tells what has been achieved, and is read otherwise than a plan."""

from __future__ import annotations

import re

from extractors._cues import CODE_LINE, MOTTO
from extractors._layout import Layout, Zone

_REPORT_RE = re.compile(r"bao cao\b")
_REPORT_END_RE = re.compile(r"tren (?:day )?la bao cao\b")


def is_official(layout: Layout) -> bool:
    """Whether anything shows an administrative document: a heading, a basis, a section, or the words of a letterhead.
    A private letter has none of these.
    """
    return any(
        p.level or p.zone in (Zone.TITLE, Zone.BASIS, Zone.ADDRESSEE, Zone.RECIPIENTS) for p in layout.paragraphs
    ) or any(MOTTO.search(view.folded) or CODE_LINE.match(view.folded) for view in layout.views(Zone.LETTERHEAD))


def is_report(layout: Layout) -> bool:
    """Whether the heading or the closing words say "báo cáo"."""
    if any(_REPORT_RE.match(view.folded) for view in layout.views(Zone.TITLE)[:2]):
        return True
    return any(_REPORT_END_RE.match(view.folded) for view in layout.views(Zone.BODY)[-6:])
