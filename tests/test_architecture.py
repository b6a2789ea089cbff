"""Who may import whom, who may make evidence, and which names are not used: the table is the test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = {
    "schemas": set(),
    "ingest": {"schemas"},
    "diacritics": {"schemas"},
    "extractors": {"schemas"},
    "audit": {"schemas"},
    "export": {"schemas", "pipeline"},
    "pipeline": {"schemas", "ingest", "diacritics", "extractors"},
    "commands": {"schemas", "pipeline", "diacritics", "audit", "export"},
    "cli": {"commands", "pipeline"},
}
"""A package of ours (or module), and what else of ours it may import."""

READERS = ("ingest/", "diacritics/build")
ONLY_IN = {
    "pytesseract": READERS,
    "pdfplumber": READERS,
    "pypdfium2": READERS,
    "pikepdf": READERS,
    "PIL": READERS,
    "typer": ("cli.py", "commands/"),
    "rapidfuzz": ("audit/", "extractors/_tables.py"),
}
"""A library, and the files that may import it."""

VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


def modules() -> list[Path]:
    """Every module of the packages in the table."""
    found = [path for name in ALLOWED for path in (ROOT / name).rglob("*.py")]
    return sorted([*found, ROOT / "cli.py"])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Each import of a module, wherever it stands: the module, and the name taken from it ("" for none)."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((module, alias.name) for alias in node.names)


def test_there_is_something_to_test() -> None:
    names = {name_of(path) for path in modules()}
    assert {"cli.py", "schemas/text.py", "pipeline/process.py"} <= names


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    owner = name_of(path).split("/")[0].removesuffix(".py")
    ours = {module.split(".")[0] for module, _ in imports(path)} & (ALLOWED.keys() | {"samples", "bench", "tests"})
    assert ours <= ALLOWED[owner] | {owner}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_libraries_stay_in_their_place(path: Path) -> None:
    used = {module.split(".")[0] for module, _ in imports(path)} & ONLY_IN.keys()
    assert [library for library in used if not name_of(path).startswith(ONLY_IN[library])] == []


@pytest.mark.parametrize("path", sorted((ROOT / "extractors").glob("[!_]*.py")), ids=name_of)
def test_no_extractor_imports_another(path: Path) -> None:
    taken = [f"{module}.{name}".strip(".").split(".") for module, name in imports(path)]
    assert [parts for parts in taken if parts[0] == "extractors" and not parts[1].startswith("_")] == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_cite_makes_evidence(path: Path) -> None:
    made = 0
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            named = ast.unparse(node.func).split(".")
            made += named[-1] == "Evidence" or named[-2:-1] == ["Evidence"]
    assert made == (1 if name_of(path) == "schemas/text.py" else 0)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_names_say_something(path: Path) -> None:
    assert not set(path.relative_to(ROOT).with_suffix("").parts) & VAGUE


@pytest.mark.parametrize("path", sorted((ROOT / "export").glob("*.py")), ids=name_of)
def test_export_reads_runs_through_the_store_alone(path: Path) -> None:
    taken = {module for module, _ in imports(path) if module.startswith("pipeline")}
    assert taken <= {"pipeline.store", "pipeline.writing"}


def test_tests_have_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
