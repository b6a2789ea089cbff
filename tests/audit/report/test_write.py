"""The file itself: what is in it, that it is the same each time, and that nothing in it can break out."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from audit.report import Opened, Report, write
from audit.report.document import sheet
from audit.report.labels import labels
from audit.report.write import HERE, SCRIPTS
from audit.values import FIELDS, values
from pipeline.store import Store
from schemas.record import Record

from .conftest import HOSTILE, HOSTILE_FILE, vanthu


class Elements(HTMLParser):
    """Every element with its attributes, and the text of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "script":
            self.scripts[-1] += data


@pytest.fixture(scope="module")
def elements(report: Path) -> Elements:
    return Elements(report.read_text("utf-8"))


def opened(run: Path, file: str) -> Opened:
    store = Store(run)
    done = next(done for done in store.read_run().documents if done.file == file)
    return Opened(done, {path: store.read_record(path) for path in done.records}, store.read_pages(file))


def blocks(elements: Elements) -> dict[str, bytes]:
    scripts = [attributes for tag, attributes in elements.found if tag == "script"]
    return {
        name: base64.b64decode(text)
        for attributes, text in zip(scripts, elements.scripts, strict=True)
        if (name := attributes.get("id")) and attributes.get("type") == "text/plain"
    }


def test_the_same_run_gives_the_same_bytes(run: Path, report: Path, tmp_path: Path) -> None:
    vanthu("report", run, "-o", tmp_path / "again.html", "--lang", "en")
    assert (tmp_path / "again.html").read_bytes() == report.read_bytes()


def test_only_one_script_runs_and_nothing_is_asked_for(elements: Elements) -> None:
    scripts = [attributes for tag, attributes in elements.found if tag == "script"]
    assert [attributes for attributes in scripts if attributes.get("type") is None] == [{}]
    policy = next(a["content"] for t, a in elements.found if t == "meta" and "http-equiv" in a)
    assert policy is not None
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    addresses = [a[name] for _, a in elements.found for name in ("src", "href", "action") if name in a]
    assert [address for address in addresses if not str(address).startswith("#")] == []
    assert [a for _, a in elements.found if any(name.startswith("on") or name == "style" for name in a)] == []


def test_hostile_text_opens_no_element(elements: Elements, report: Path) -> None:
    tags = {tag for tag, _ in elements.found}
    assert not tags & {"img", "iframe", "object", "embed", "link"}
    assert "<script>window" not in report.read_text("utf-8")
    data = json.loads(next(text for text in elements.scripts if text.startswith('{"name"')))
    rows = {row["file"]: row for row in data["rows"]}
    assert rows["ke-hoach-tuyen-sinh.pdf"]["title"] == HOSTILE
    assert HOSTILE_FILE in rows


def test_each_document_has_its_blocks(elements: Elements, run: Path) -> None:
    found = blocks(elements)
    assert {name for name in found if "p" not in name} == {"d0", "d1", "d2"}
    assert found["d2p1"][:4] == b"RIFF"
    data = json.loads(gzip.decompress(found["d2"]))
    assert data["file"] == "quyet-dinh-to-so-hoa.pdf"
    assert [page["picture"] for page in data["pages"]] == [True, True]


@pytest.mark.parametrize("file", [HOSTILE_FILE, "ke-hoach-tuyen-sinh.pdf", "quyet-dinh-to-so-hoa.pdf"])
def test_every_value_is_there_with_the_places_that_its_evidence_names(run: Path, file: str) -> None:
    given = opened(run, file)
    made = sheet(given)
    pages = {page["number"]: page["text"] for page in made.data["pages"]}
    (record,) = given.records.values()
    wanted = [value for value in values(record) if not value.field.startswith(("notes", "agencies"))]
    assert [(row["path"], row["text"]) for row in made.values] == [(value.path, value.text) for value in wanted]
    for row, value in zip(made.values, wanted, strict=True):
        places = [made.data["places"][number] for number in row["at"]]
        assert [pages[page][start:end] for page, start, end, *_ in places] == [piece.raw for piece in value.evidence]
    assert [note["text"] for note in made.data["records"][0]["notes"]] == [note.message for note in record.notes]


def test_repairs_applied_give_the_repaired_text(run: Path) -> None:
    given = opened(run, HOSTILE_FILE)
    made = sheet(given)
    assert sum(len(page["edits"]) for page in made.data["pages"]) > 5
    for page, row in zip(given.pages.pages, made.data["pages"], strict=True):
        text, done = "", 0
        for start, end, after, *_ in row["edits"]:
            text += row["text"][done:start] + after
            done = end
        assert text + row["text"][done:] == page.repaired


def test_a_list_of_many_documents_is_written_one_by_one(run: Path) -> None:
    given = opened(run, "quyet-dinh-to-so-hoa.pdf")
    held = 0

    def documents() -> Any:
        nonlocal held
        for _ in range(40):
            held += 1
            yield given

    out = io.BytesIO()
    write(Report(Store(run).read_run(), "many", worst=7), documents(), out)
    html = Elements(out.getvalue().decode())
    data = json.loads(next(text for text in html.scripts if text.startswith('{"name"')))
    assert (held, len(data["rows"]), len(data["worst"])) == (40, 40, 7)
    assert [entry[4] for entry in data["worst"]] == sorted((entry[4] for entry in data["worst"]), reverse=True)


def test_every_word_is_there_in_both_languages() -> None:
    asked = set()
    for path in [*HERE.glob("templates/*.html"), *HERE.glob("static/*.js")]:
        text = path.read_text("utf-8")
        asked |= set(re.findall(r"""\b(?:label|word|t|chip)\((?:"\w+", )?"([\w.-]+)"\)""", text))
        asked |= set(re.findall(r'data-(?:name|placeholder)="([\w-]+)"', text))
    asked |= {f"f.{name}" for name in FIELDS if name != "notes"}
    for item in ("Reference", "Target", "Assignment", "Signer"):
        parts = Record.model_json_schema()["$defs"][item]["properties"]
        asked |= {f"p.{part}" for part in parts if part != "evidence"}
    asked |= {f"kind.{kind}" for kind in "added removed changed diacritics case moved failed succeeded".split()}
    assert len(asked) > 100
    for language, words in labels().items():
        assert sorted(asked - words.keys()) == [], language
        assert [key for key, word in words.items() if not word] == []


def test_every_script_is_named() -> None:
    assert {path.stem for path in HERE.glob("static/*.js")} == set(SCRIPTS)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: int) -> None:
    style = (HERE / "static" / "report.css").read_text("utf-8")
    colors = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]))
    pairs = [(text, ground) for text in ("ink", "soft", "accent", "doubt") for ground in ("sheet", "ground", "hover")]
    groups = ("head", "references", "targets", "assignments", "people")
    pairs += [(text, "sheet") for text in (*groups, "right", "wrong", "missing")]
    pairs += [(name, f"{name}-soft") for name in ("doubt", "change", "wrong", "right", "accent")]
    pairs += [("ink", "place"), ("ink", "del"), ("ink", "ins")]
    assert len(pairs) > 20
    faint = {}
    for text, ground in pairs:
        one, other = sorted((luminance(colors[text]), luminance(colors[ground])), reverse=True)
        if (one + 0.05) / (other + 0.05) < 4.5:
            faint[text, ground] = round((one + 0.05) / (other + 0.05), 2)
    assert faint == {}
