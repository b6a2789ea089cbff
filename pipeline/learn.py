"""A folder of mangled documents into the style of their engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import diacritics
from pipeline.find import find
from pipeline.process import read_layer
from pipeline.summary import count, failure_line
from schemas.run import Failure
from schemas.text import Document


@dataclass(frozen=True)
class Lesson:
    """What was learnt (None where no page could be learnt from), and the files that could not be read."""

    learnt: diacritics.Learnt | None
    failures: tuple[Failure, ...]


def learn(paths: Sequence[Path], out: Path) -> Lesson:
    """Learn a style from the garbled pages of every document under ``paths``, and write it to ``out``.

    Text layers are read as they are; nothing is OCRed. Raises ``OSError`` where ``out`` cannot be written.
    """
    outcomes = [read_layer(item.path, item.file) for item in find(paths, None).items]
    documents = [outcome for outcome in outcomes if isinstance(outcome, Document)]
    failures = tuple(outcome for outcome in outcomes if isinstance(outcome, Failure))
    try:
        channel, learnt = diacritics.learn_style(documents, diacritics.load())
    except diacritics.StyleError:
        return Lesson(None, failures)
    diacritics.write_style(out, channel, learnt)
    return Lesson(learnt, failures)


def exit_code(lesson: Lesson) -> int:
    """4 nothing to learn from; 1 some files could not be read; 0 all done."""
    return 4 if lesson.learnt is None else 1 if lesson.failures else 0


def lesson_text(lesson: Lesson, out: Path) -> str:
    """What was learnt from what, and how to use it."""
    told = [f"  {failure_line(failure)}" for failure in lesson.failures]
    lines = [f"{count(len(told), 'file')} could not be read:", *told] if told else []
    found = lesson.learnt
    if found is None:
        return "\n".join(["nothing to learn from: no page has a garbled text", *lines])
    head = (
        f"learnt from {count(found.words, 'word')} on {count(found.pages, 'page')} of "
        f"{count(found.documents, 'document')}; strangeness {found.before:.2f} before, {found.after:.2f} after"
    )
    return "\n".join([head, *lines, f"use: vanthu ingest PATH --out RUN --style {out}"])
