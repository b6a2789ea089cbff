from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit import Scores, score
from audit.columns import THRESHOLDS
from schemas.record import Cited, Evidence, Record, Source, Trace

TRACE = Trace(input="", pages="", text="", rules="")


def cited(value: str) -> Cited[str]:
    proof = Evidence(page=1, start=0, end=len(value), raw=value, bbox=None, rule="test")
    return Cited[str](value=value, evidence=(proof,))


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of four files; one of them holds two documents."""
    for name, place in {
        "a.pdf": "An Lộc",
        "2025/b.pdf": "Bình Hải",
        "2025/b.pdf.2": "Bình Hải",
        "2025/c.txt": "Sai",
        "d.txt": "D",
    }.items():
        source = Source(file=name, sha256="", media_type="text/plain", pages=())
        record = Record(place=cited(place), doc_type=cited("kế hoạch"), source=source, trace=TRACE)
        write(tmp_path / "run/records", f"{name}.json", record.dump_json())
    return tmp_path / "run"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    for name, place in {
        "a.pdf.json": "An Lộc",
        "b.json": "Bình Hải",
        "2025/c.json": "Cam Hà",
        "2024/c.json": "Sai",
        "z.json": "Z",
    }.items():
        write(tmp_path / "gold", name, json.dumps({"place": place, "doc_type": "kế hoạch"}))
    return tmp_path / "gold"


@pytest.fixture
def scores(run: Path, gold: Path) -> Scores:
    return score(run, gold)


def test_gold_is_matched_by_path_then_by_stem_in_the_nearest_folder(scores: Scores) -> None:
    assert {document.record: document.gold for document in scores.documents} == {
        "a.pdf.json": "a.pdf.json",
        "2025/b.pdf.json": "b.json",
        "2025/c.txt.json": "2025/c.json",
    }


def test_the_unmatched_are_listed(scores: Scores) -> None:
    assert scores.records_without_gold == ("2025/b.pdf.2.json", "d.txt.json")
    assert scores.gold_without_record == ("2024/c.json", "z.json")


def test_two_gold_files_of_one_stem_elsewhere_match_nothing(run: Path, gold: Path) -> None:
    write(gold, "x/d.json", "{}")
    write(gold, "y/d.json", "{}")
    assert "d.txt.json" in score(run, gold).records_without_gold


def test_means(scores: Scores) -> None:
    assert scores.fields == pytest.approx({"doc_type": 1.0, "place": 2 / 3})
    assert scores.macro == pytest.approx((1 + 1 + 0.5) / 3)


def test_text(scores: Scores) -> None:
    assert scores.as_text() == (
        "document         macro  worst field\n"
        "2025/b.pdf.json  1.000\n"
        "2025/c.txt.json  0.500  place 0.000\n"
        "a.pdf.json       1.000\n"
        "\n"
        "field     mean\n"
        "doc_type  1.000\n"
        "place     0.667\n"
        "\n"
        "3 documents, MACRO 0.833\n"
        "\n"
        "field       strict P  R      F1     lenient P  R      F1     wanted  found\n"
        "doc_type    1.000     1.000  1.000  1.000      1.000  1.000  3       3\n"
        "place       0.667     0.667  0.667  0.667      0.667  0.667  3       3\n"
        "all fields  0.833     0.833  0.833  0.833      0.833  0.833  6       6\n"
        "\n"
        f"{THRESHOLDS}\n"
        "\n"
        "2025/c.txt.json\n"
        "field  strict P  R      F1     lenient P  R      F1     wanted  found\n"
        "place  0.000     0.000  0.000  0.000      0.000  0.000  1       1\n"
        "\n"
        "record without gold: 2025/b.pdf.2.json\n"
        "record without gold: d.txt.json\n"
        "\n"
        "gold without record: 2024/c.json\n"
        "gold without record: z.json\n"
    )


def test_json(scores: Scores) -> None:
    plain = json.loads(scores.as_json())
    assert plain["macro"] == scores.macro
    counts = plain["documents"][1].pop("counts")
    assert counts["place"]["strict"] == {"right": 0, "found": 1, "wanted": 1, "precision": 0, "recall": 0, "f1": 0}
    assert plain["counts"]["all fields"]["lenient"]["right"] == 5
    assert plain["lenient"]["title"] == 93
    assert plain["documents"][1] == {
        "record": "2025/c.txt.json",
        "gold": "2025/c.json",
        "macro": 0.5,
        "fields": {"doc_type": 1.0, "place": 0.0},
    }
    assert plain["gold_without_record"] == ["2024/c.json", "z.json"]


def test_markdown(scores: Scores) -> None:
    markdown = scores.as_markdown()
    assert "| document | macro |\n| --- | --- |\n| 2025/b.pdf.json | 1.000 |" in markdown
    assert "| `place` | 0.667 |\n| MACRO | 0.833 |" in markdown
    assert "| place | 0.667 | 0.667 | 0.667 |" in markdown
    assert "| 2025/c.txt.json | place | 0.000 |" in markdown
    assert THRESHOLDS in markdown
    assert "- record without gold: d.txt.json" in markdown


def test_nothing_to_score(tmp_path: Path, run: Path) -> None:
    (tmp_path / "empty").mkdir()
    scores = score(run, tmp_path / "empty")
    assert scores.macro == 0.0
    assert scores.documents == ()
    assert "0 documents" in scores.as_text()


def test_a_missing_folder_is_named(run: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no-gold"):
        score(run, tmp_path / "no-gold")


def test_gold_that_is_no_gold_is_refused(run: Path, tmp_path: Path) -> None:
    write(tmp_path / "bad", "a.json", '{"colour": "red"}')
    with pytest.raises(ValueError, match="colour"):
        score(run, tmp_path / "bad")
