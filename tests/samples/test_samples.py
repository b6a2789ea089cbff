"""The samples: gold that is valid and stands in the text, all files in place, small enough for git."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samples import markup
from samples.forms import tcvn3
from samples.sheet import FontError, width
from schemas.gold import Gold

ROOT = Path(__file__).resolve().parents[2] / "samples"
NAMES = sorted(path.stem for path in (ROOT / "documents").glob("*.txt"))
ENDINGS = {
    "scan": "pdf",
    "garbled": "pdf",
    "digital": "pdf",
    "tiff": "tif",
    "png": "png",
    "text": "txt",
    "tcvn3": "txt",
}


def gold(name: str) -> Gold:
    return Gold.model_validate_json((ROOT / "gold" / f"{name}.json").read_text("utf-8"))


def flow(name: str) -> str:
    """The clean text as one line, without page numbers and footnotes."""
    text = (ROOT / "clean" / f"{name}.txt").read_text("utf-8")
    pages = [re.sub(r"^\d+\n", "", page) for page in text.split("\f")]
    pages = [re.sub(r"(?ms)^1 (Theo|Công văn) .*\Z", "", page) for page in pages]
    return " ".join(" ".join(pages).split())


def whole(name: str) -> str:
    return " ".join((ROOT / "clean" / f"{name}.txt").read_text("utf-8").split())


def test_there_are_samples_of_every_kind() -> None:
    kinds = {gold(name).doc_type for name in NAMES}
    assert len(NAMES) >= 9
    assert {"kế hoạch", "báo cáo", "quyết định", "công văn", "chỉ thị", "thông báo"} <= kinds


@pytest.mark.parametrize("folder", ["gold", "clean", "files/scan"])
def test_every_document_has_gold_text_and_scan(folder: str) -> None:
    assert sorted(path.stem for path in (ROOT / folder).iterdir()) == NAMES


def test_files_are_those_that_the_sources_name() -> None:
    wanted = {f"scan/{name}.pdf" for name in NAMES}
    for name in NAMES:
        forms = markup.read(ROOT / "documents" / f"{name}.txt").options("forms")
        wanted |= {f"{form}/{name}.{ENDINGS[form]}" for form in forms}
    found = {path.relative_to(ROOT / "files").as_posix() for path in (ROOT / "files").rglob("*") if path.is_file()}
    assert found == wanted
    assert {path.split("/")[0] for path in found} == set(ENDINGS)


def test_readme_names_every_document() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in NAMES if f"`{name}`" not in readme] == []


def test_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in ROOT.rglob("*") if path.is_file()) < 12_000_000


@pytest.mark.parametrize("name", NAMES)
def test_header_values_stand_in_the_text(name: str) -> None:
    record = gold(name)
    assert record.code
    assert record.title
    assert record.place
    assert all(value in flow(name) for value in (record.code, record.title, record.place))
    assert record.issuer
    assert record.issuer.casefold() in whole(name).casefold()
    assert record.signer
    assert record.signer.name
    assert all(part in whole(name) for part in (record.signer.position, record.signer.name) if part)


@pytest.mark.parametrize("name", NAMES)
def test_list_values_stand_in_the_text(name: str) -> None:
    record, text, full = gold(name), flow(name), whole(name)
    cited = [part for item in record.references for part in (item.code, item.subject) if part]
    assert [part for part in cited if part not in full] == []
    spoken = [part for item in record.targets for part in (item.statement, item.population, item.unit) if part]
    spoken += [part for item in record.assignments for part in (item.task, item.deadline) if part]
    assert [part for part in spoken if part not in text and not _cut(part, text)] == []
    assert [part for part in record.recipients if part not in full] == []


def _cut(part: str, text: str) -> bool:
    """Whether a long item stands in the text in two halves (a table row that runs over a page)."""
    halves = [(part[:at], part[at + 1 :]) for at in range(20, len(part) - 20) if part[at] == " "]
    return any(first in text and second in text for first, second in halves)


def test_between_them_they_use_every_part_of_the_record() -> None:
    records = [gold(name) for name in NAMES]
    targets = [target for record in records for target in record.targets]
    duties = [duty for record in records for duty in record.assignments]
    assert {target.comparator for target in targets} == {"=", ">=", ">", "<=", "<"}
    assert any(target.value_max for target in targets)
    assert any(target.direction == "down" for target in targets)
    assert {"2026", "2026-2030"} <= {target.period for target in targets}
    assert any(duty.advise for duty in duties)
    assert any(len(duty.lead) > 1 for duty in duties)
    assert any((duty.section or "").startswith("Phụ lục") for duty in duties)
    assert any((duty.section or "").startswith("Điều") for duty in duties)
    assert {reference.role for record in records for reference in record.references} == {"basis", "mention"}


def test_tcvn3_has_small_letters_for_capitals_with_a_tone() -> None:
    assert tcvn3("Cộng hòa xã hội chủ nghĩa Việt Nam") == "Céng hßa x· héi chñ nghÜa ViÖt Nam"
    assert tcvn3("ĐẢNG ỦY") == "§¶NG ñY"


def test_a_missing_glyph_is_an_error() -> None:
    with pytest.raises(FontError):
        width("漢", "Regular", 12)
