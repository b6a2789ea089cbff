"""The report as one HTML file, written document by document.

The data of documents stand behind the page in blocks of their own, which the browser keeps as text: a document is
unpacked when it is opened, a picture when its page comes into sight. Nothing in the file is run but one script and one
style sheet, both named by their hash in the content security policy; nothing may be fetched.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from audit.report import summary
from audit.report.document import Opened, sheet
from audit.report.labels import LANGUAGES, Language, labels
from audit.report.shown import shown
from schemas.run import Failure, Run

HERE = Path(__file__).parent
SCRIPTS = ("text", "data", "marks", "pages", "values", "list", "document", "keys", "start")
"""The parts of the script, in order."""


@dataclass(frozen=True)
class Report:
    """What a report is of: the run and its name; ``against`` and ``gold`` name what it is compared with.

    ``lost`` are the files of which only the earlier run has a record; ``worst`` is how many of the riskiest values
    of all documents are listed.
    """

    run: Run
    name: str
    failures: tuple[Failure, ...] = ()
    against: str | None = None
    gold: str | None = None
    lost: tuple[str, ...] = ()
    language: Language = "vi"
    worst: int = summary.WORST


def write(report: Report, documents: Iterable[Opened], out: BinaryIO) -> None:
    """Write the report. One document at a time is held; the same input gives the same bytes."""
    found = summary.Summary()
    with tempfile.TemporaryFile() as blocks:
        for opened in documents:
            _add(opened, found, report.worst, blocks)
        for failure in report.failures:
            found.fail(failure)
        blocks.seek(0)
        head, tail = _page(report, found).split("<!-- blocks -->\n")
        out.write(head.encode())
        shutil.copyfileobj(blocks, out)
        out.write(tail.encode())


def _add(opened: Opened, found: summary.Summary, worst: int, blocks: BinaryIO) -> None:
    number = len(found.rows)
    made = sheet(opened)
    found.add(opened, made, worst)
    packed = gzip.compress(json.dumps(made.data, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)
    blocks.write(_block(f"d{number}", packed))
    for page, picture in sorted(opened.pictures.items()):
        blocks.write(_block(f"d{number}p{page}", picture))


def _block(name: str, data: bytes) -> bytes:
    """Bytes as text that a browser neither runs nor shows."""
    return b'<script type="text/plain" id="%s">%s</script>\n' % (name.encode(), base64.b64encode(data))


def _page(report: Report, found: summary.Summary) -> str:
    """Everything but the documents' blocks."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    style = (HERE / "static" / "report.css").read_text("utf-8")
    parts = "\n".join((HERE / "static" / f"{part}.js").read_text("utf-8") for part in SCRIPTS)
    script = f'"use strict";\n(() => {{\n{parts}\n}})();\n'
    data = {
        "name": report.name,
        "language": report.language,
        "rows": found.rows,
        "worst": [[number, row["path"], row["field"], row["text"], row["risk"]] for _, number, row in found.worst],
        "labels": labels(),
    }
    return environment.get_template("report.html").render(
        report=report,
        found=found,
        plots=summary,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(script, style),
        data=_embedded(data),
        words=labels()[report.language],
        languages=LANGUAGES,
    )


def _policy(script: str, style: str) -> str:
    """Only this script and this style sheet; pictures only from the file itself; nothing else at all."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)]
    return (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; img-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _embedded(data: Any) -> Markup:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))
