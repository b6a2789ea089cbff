"""Stages that need no libraries: what a file holds says what becomes of it. Run as a script, it is a whole batch.

As a script (IN OUT JOBS [OPTIONS as JSON]) it runs ``pipeline.run`` with these stages in real worker processes, which
import it again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import diacritics
import extractors
import ingest
import pipeline.process
import pipeline.recipe
from ingest import Extent
from ingest.errors import Encrypted, OcrMissing
from schemas.record import Cited, Note, PageSource, Record, Source, Trace
from schemas.text import Change, Document, Line, Page, Span, Text, Word, apply_changes


def read(path: Path, file: str, ocr: object = None, engine: object = None, only: range | None = None) -> Document:
    """Form feeds cut pages. Some contents are orders: crash, boom, slow, encrypted, scan."""
    content = path.read_text("utf-8")
    _obey(content)
    texts = enumerate(content.split("\f"), start=1)
    pages = tuple(_page(number, text) for number, text in texts if only is None or number in only)
    return Document(file, hashlib.sha256(content.encode()).hexdigest(), "text/plain", pages)


def _obey(content: str) -> None:  # noqa: C901  (a table of orders)
    match content.strip():
        case "crash":
            os._exit(7)
        case "boom":
            raise ValueError("no such glyph")
        case "slow":
            tempfile.mkstemp()
            time.sleep(60)
        case "stuck":  # in C, where no other thread of Python runs
            re.match(r"(a+)+$", "a" * 64 + "b")
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "greedy":
            len(bytearray(1_500_000_000))
        case "wide":
            with tempfile.TemporaryFile() as file:
                os.truncate(file.fileno(), 3_000_000_000)
        case "full":
            raise OSError(28, "No space left on device")
        case "program":  # one that would go on when its parent is ended
            with subprocess.Popen(["sleep", "60"]) as program:
                Path(os.environ["PROGRAM"]).write_text(str(program.pid))
        case "memory":
            raise MemoryError
        case "encrypted":
            raise Encrypted("it asks for a password")
        case "scan":
            raise OcrMissing("Tesseract is not installed")


def _page(number: int, text: str) -> Page:
    lines = []
    start = 0
    for line in text.splitlines():
        lines.append(Line(Span(start, start + len(line))))
        start += len(line) + 1
    words = (Word(Span(0, 3), (1.0, 2.0, 3.0, 4.0), 0.5),) if len(text) > 3 else ()
    source = PageSource(number=number, text_from="text-file", quality="good", letters=len(text))
    return Page(number, text, source, words=words, lines=tuple(lines))


def repair(document: Document, _: object, **__: object) -> Text:
    """Every "xa" becomes "xã"."""
    pages = []
    for page in document.pages:
        starts = [i for i in range(len(page.text)) if page.text.startswith("xa", i)]
        pages.append(apply_changes(page, [Change(Span(i, i + 2), "xa", "xã", "channel", 2.5) for i in starts]))
    return Text(document, tuple(pages))


def extract(text: Text, tables: object = None) -> Record:
    """The first line is the title, whatever it says."""
    document = text.document
    line = text.lines[0].span
    evidence = text.cite(line, "title.first-line")
    return Record(
        title=Cited(value=text.text[line.start : line.end], evidence=evidence),
        notes=(Note(field="code", kind="missing", message="no code", evidence=evidence),),
        source=Source(
            file=document.file,
            sha256=document.sha256,
            media_type=document.media_type,
            pages=tuple(page.source for page in document.pages),
        ),
        trace=Trace(input=document.sha256, pages="p", text="t", rules="r"),
    )


STAGES: tuple[tuple[Any, str, Any], ...] = (
    (ingest, "read", read),
    (diacritics, "load", lambda: SimpleNamespace(version="fake")),
    (diacritics, "repair", repair),
    (extractors, "extract", extract),
    (sys.modules["pipeline.process"], "Tesseract", lambda *_: SimpleNamespace(identity=lambda: "fake")),
    (sys.modules["pipeline.workers"], "extent", lambda path: Extent(path.read_text("utf-8").count("\f") + 1, True)),
    (sys.modules["pipeline.recipe"], "engine_versions", dict),
    (sys.modules["pipeline.recipe"], "_code", lambda: "fake"),
)
"""Module, name, and what stands there instead."""

if __name__ in ("__main__", "__mp_main__"):  # a worker process imports the script under the second name
    for module, name, fake in STAGES:
        setattr(module, name, fake)

if __name__ == "__main__":
    from pipeline import Options, exit_code, run
    from pipeline.progress import line

    source, target, jobs, *more = sys.argv[1:]
    options = Options(jobs=int(jobs), **(json.loads(more[0]) if more else {}))
    try:
        done = run([Path(source)], Path(target), options, lambda *news: print(line(*news), flush=True))
    except pipeline.StoreError as error:
        sys.exit(str(error))
    failures = pipeline.Store(Path(target)).read_failures()
    sys.exit(exit_code(done, failures))
