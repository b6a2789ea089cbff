"""Small runs written out: which document is which, what failed, what the gold says of it, and how it is told."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from audit.diff import Changes
from audit.rows import COLUMNS, as_csv, as_json, as_markdown
from audit.runs import RunError, compare, match_documents, open_run
from audit.terminal import document, summary
from audit.totals import Totals, chosen
from audit.values import values
from cli import app
from schemas.record import Record
from schemas.run import Done
from tests.audit.records import cited, edited

HOSTILE = '=cmd|"/c calc"!A1 <script>|`x` \x1b[31m\u202e'
Failures = dict[str, str]


def run(root: Path, records: dict[str, Record | Sequence[Record]], failures: Failures | None = None) -> Path:
    """A run folder of records by file; a file's content is named by its record's source."""
    documents = []
    for file, held in records.items():
        made = [held] if isinstance(held, Record) else held
        paths = [f"records/{file}.json", *(f"records/{file}.{number}.json" for number in range(2, len(made) + 1))]
        for path, record in zip(paths, made, strict=True):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(record.dump_json(), "utf-8")
        documents.append(done(file, made[0].source.sha256, paths).model_dump())
    root.mkdir(exist_ok=True)
    head = {"started": "", "seconds": 0, "versions": {}, "options": {}, "inputs": [], "documents": documents}
    (root / "run.json").write_text(json.dumps({"schema_version": "1", **head, "failures": len(failures or {})}))
    rows = [{"file": file, "kind": kind, "message": "why", "remedy": "what"} for file, kind in (failures or {}).items()]
    (root / "failures.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return root


def done(file: str, sha256: str, records: Sequence[str] = ()) -> Done:
    return Done(file=file, sha256=sha256, records=tuple(records), pages=1, ocr_pages=0, notes=0)


def content(sha256: str, *edits: tuple[str, Any]) -> Record:
    """A plan whose file has this content."""
    return edited(("source.sha256", sha256), *edits)


def compared(before: Path, after: Path, **more: Any) -> list[Changes]:
    return list(compare(open_run(before), open_run(after), **more))


def vanthu(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return run(
        tmp_path / "before",
        {
            "same.pdf": content("s"),
            "old-name.pdf": content("n"),
            "rescanned.pdf": content("r1"),
            "gone.pdf": content("g"),
            "breaks.pdf": content("b"),
        },
        {"heals.pdf": "ocr-missing", "both.pdf": "timeout", "alike.pdf": "damaged"},
    )


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return run(
        tmp_path / "after",
        {
            "same.pdf": content("s"),
            "new-name.pdf": content("n", ("source.file", "new-name.pdf"), ("code.value", "46/KH-UBND")),
            "rescanned.pdf": content("r2", ("title.value", "Trông cây phân tán năm 2026"), ("trace.input", "x")),
            "come.pdf": content("c"),
            "heals.pdf": content("h"),
        },
        {"breaks.pdf": "damaged", "both.pdf": "too-large", "alike.pdf": "damaged"},
    )


def test_documents_are_matched_by_content_then_by_path(before: Path, after: Path) -> None:
    found = {each.file: each for each in compared(before, after)}
    assert found["same.pdf"].differences == ()
    assert [(d.field, d.kind) for d in found["new-name.pdf"].differences] == [("code", "changed")]
    assert found["new-name.pdf"].before == "records/old-name.pdf.json"
    assert [(d.field, d.kind) for d in found["rescanned.pdf"].differences] == [("title", "diacritics")]
    assert found["rescanned.pdf"].stage == "input"
    whole = {
        each.file: each.differences[0].kind for each in found.values() if each.before is None or each.after is None
    }
    assert whole == {
        "gone.pdf": "removed",
        "come.pdf": "added",
        "breaks.pdf": "failed",
        "heals.pdf": "succeeded",
        "both.pdf": "changed",
    }


def test_a_failure_tells_its_kind(before: Path, after: Path) -> None:
    (failed,) = next(each for each in compared(before, after) if each.file == "breaks.pdf").differences
    assert failed.before is not None
    assert failed.after is not None
    assert (failed.before.text, failed.after.text) == (
        "kế hoạch | 45/KH-UBND | Trồng cây phân tán năm 2026",
        "damaged: why",
    )
    assert (failed.before.size, failed.after.size) == (sum(1 for _ in values(edited())), 0)


def test_the_same_content_under_two_names_is_matched_by_name() -> None:
    pairs = match_documents([done("a", "1"), done("b", "1")], [done("b", "1"), done("c", "1"), done("d", "2")])
    assert [(old and old.file, new and new.file) for old, new in pairs] == [("b", "b"), ("a", "c"), (None, "d")]


def test_records_of_one_file_are_matched_by_their_pages(tmp_path: Path) -> None:
    def part(*pages: int) -> Record:
        rows = [{"number": page, "text_from": "ocr", "quality": "none"} for page in pages]
        return edited(("source.pages", rows), ("title.value", f"from page {pages[0]}"))

    one = run(tmp_path / "one", {"a.pdf": [part(1, 2), part(3, 4)]})
    other = run(tmp_path / "other", {"a.pdf": [part(1, 2), part(3), part(4)]})
    found = compared(one, other)
    assert [(each.before, each.after) for each in found] == [
        ("records/a.pdf.json", "records/a.pdf.json"),
        ("records/a.pdf.2.json", "records/a.pdf.2.json"),
        (None, "records/a.pdf.3.json"),
    ]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("run.json", None, "no run folder"),
        ("run.json", '{"schema_version": "7"}', "written in schema 7, and this vanthu reads schema 1"),
        ("run.json", "[]", "damaged"),
        ("records/same.pdf.json", "{}", "no record of schema 1"),
        ("records/same.pdf.json", None, "cannot be read"),
        ("records/same.pdf.json", edited(("schema_version", "7")).dump_json(), "written in schema 7"),
    ],
)
def test_what_is_no_run_is_refused_with_a_reason(before: Path, file: str, content: str | None, message: str) -> None:
    (before / file).unlink()
    if content is not None:
        (before / file).write_text(content)
    with pytest.raises(RunError, match=message):
        compared(before, before)
    told = vanthu(before, before)
    assert told.exit_code == 2
    assert "Traceback" not in told.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 0),
        (["--fail-on", "changed"], 1),
        (["--fail-on", "case,moved"], 0),
        (["--fail-on", "failed, moved"], 1),
        (["--fail-on", "any"], 1),
        (["--fail-on", "failed", "--document", "*name.pdf"], 0),
        (["--fail-on", "any", "--document", "same.pdf"], 0),
        (["--fail-on", "any", "--field", "signer"], 0),
        (["--fail-on", "diacritics", "--class", "changed"], 0),
        (["--fail-on", "nothing"], 2),
        (["--field", "nothing"], 2),
        (["--class", "nothing"], 2),
        (["--json", "--csv"], 2),
        (["--text", "--gold", "."], 2),
        (["--html", "x.html", "--field", "code"], 2),
    ],
)
def test_exit_code(before: Path, after: Path, arguments: list[str], code: int) -> None:
    assert vanthu(before, after, *arguments).exit_code == code


def test_pages_that_cannot_be_read_are_told(before: Path) -> None:
    pages(before, "same.pdf", "", "")
    for content in (b"no gzip", gzip.compress(b"{}")):
        (before / "pages" / "same.pdf.json.gz").write_bytes(content)
        assert vanthu(before, "--text", "--document", "same.pdf").exit_code == 2


def test_html_is_the_report_of_the_second_run_against_the_first(tmp_path: Path) -> None:
    one = run(tmp_path / "one", {"a.pdf": content("a")})
    other = run(tmp_path / "other", {"a.pdf": content("a", ("code.value", "46/KH-UBND"))})
    for root in (one, other):
        pages(root, "a.pdf", "", "")
    told = vanthu(one, other, "--html", tmp_path / "diff.html", "--fail-on", "changed")
    assert told.exit_code == 1
    assert "46/KH-UBND" in (tmp_path / "diff.html").read_text("utf-8")


def test_one_run_alone_needs_text(before: Path) -> None:
    assert vanthu(before).exit_code == 2


def test_json_of_the_command_is_whole(before: Path, after: Path) -> None:
    told = json.loads(vanthu(before, after, "--json", "--class", "changed", "--class", "diacritics").stdout)
    assert [each["file"] for each in told["documents"]] == ["new-name.pdf", "rescanned.pdf", "both.pdf"]
    assert told["totals"]["classes"] == {"changed": 2, "diacritics": 1}
    assert told["totals"]["documents"] == 8
    (code,) = told["documents"][0]["differences"]
    assert code["before"]["evidence"][0]["raw"] == "45/KH-UBND"
    assert code["after"]["value"] == "46/KH-UBND"


@pytest.fixture
def hostile(tmp_path: Path) -> list[Changes]:
    one = run(tmp_path / "1", {"a.pdf": content("a")})
    return compared(
        one,
        run(tmp_path / "2", {"a.pdf": content("a", ("title.value", HOSTILE), ("recipients.3", cited(HOSTILE, 70)))}),
    )


def test_hostile_text_is_text_everywhere(hostile: list[Changes]) -> None:
    totals = Totals()
    found = list(chosen(hostile, totals))
    screen = Console(file=io.StringIO(), width=200, force_terminal=False)
    screen.print(document(found[0]), summary(totals))
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "<script>|`x`" in shown
    rows = list(csv.reader(io.StringIO("".join(as_csv(found)))))
    assert rows[0] == list(COLUMNS)
    assert [row[COLUMNS.index("after_value")] for row in rows[1:]] == [f"'{HOSTILE}"] * 2
    assert json.loads("".join(as_json(found, totals)))["documents"][0]["differences"][0]["after"]["value"] == HOSTILE
    for line in as_markdown(found, totals).splitlines():
        if "script" in line:
            assert "`=cmd¦\"/c calc\"!A1 <script>¦'x' \ufffd[31m\ufffd`" in line
            assert line.count("|") == 6


def test_markdown_is_short(tmp_path: Path) -> None:
    many = [cited(f"Thôn số {number}, xã Tịnh Khê", 70 + number) for number in range(200)]
    one = run(tmp_path / "1", {"a.pdf": content("a")})
    other = run(tmp_path / "2", {"a.pdf": content("a", ("recipients", many))})
    totals = Totals()
    told = as_markdown(chosen(compared(one, other), totals), totals)
    assert len(told.splitlines()) < 50
    assert told.endswith("and 173 more\n")


def test_words_that_differ_are_marked(before: Path, after: Path) -> None:
    screen = Console(file=io.StringIO(), width=200, force_terminal=True, color_system="standard")
    screen.print(document(next(each for each in compared(before, after) if each.file == "rescanned.pdf")))
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[1;7;31mTrồng\x1b[0m\x1b[31m cây phân tán năm 2026" in shown
    assert "\x1b[1;7;32mTrông\x1b[0m\x1b[32m cây phân tán năm 2026" in shown


def pages(root: Path, file: str, raw: str, repaired: str) -> None:
    """The pages of a document of a run."""
    source = {"number": 1, "text_from": "ocr", "quality": "none"}
    page = {"source": source, "width": 0, "height": 0, "text": raw, "repaired": repaired, "edits": [], "words": []}
    path = root / "pages" / f"{file}.json.gz"
    path.parent.mkdir(exist_ok=True)
    whole = {"file": file, "sha256": "", "pages": [page | {"lines": []}]}
    path.write_bytes(gzip.compress(json.dumps(whole).encode()))


def test_texts_are_compared_line_by_line(tmp_path: Path) -> None:
    one, other = (run(tmp_path / name, {"a.pdf": content("a")}) for name in ("one", "other"))
    pages(one, "a.pdf", "Kinh gửi\nCông an xã\nNhư trên", "Kính gửi\nCông an xã\nNhư trên")
    pages(other, "a.pdf", "", "Kính gửi\nSố 5\nCông an xả\nNhư trên")
    rows = [json.loads(line) for line in vanthu(one, "--text", "--json").stdout.splitlines()]
    assert [(row["file"], row["line_after"], row["before"], row["after"]) for row in rows] == [
        ("a.pdf", 1, "Kinh gửi", "Kính gửi")
    ]
    rows = [json.loads(line) for line in vanthu(one, other, "--text", "--json").stdout.splitlines()]
    assert [(row["line_before"], row["line_after"], row["before"], row["after"]) for row in rows] == [
        (None, 2, None, "Số 5"),
        (2, 3, "Công an xã", "Công an xả"),
    ]
    assert "Công an xả" in vanthu(one, other, "--text", "--document", "a.pdf").stdout
    assert vanthu(one, other, "--text", "--document", "b.pdf").stdout == ""
