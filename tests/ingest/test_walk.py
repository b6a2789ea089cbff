from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Unreadable, walk


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return folder


def test_a_folder_is_walked_in_posix_order_without_hidden_files_and_links(tmp_path: Path) -> None:
    root = put(tmp_path / "in", "b.pdf", "a/z.txt", "a.pdf", ".hidden.pdf", ".git/x.pdf", "B.pdf")
    put(tmp_path / "else", "secret.pdf")
    (root / "link.pdf").symlink_to(tmp_path / "else" / "secret.pdf")
    (root / "linked").symlink_to(tmp_path / "else")
    assert [item.file for item in walk([root]).inputs] == ["B.pdf", "a.pdf", "a/z.txt", "b.pdf"]


def test_files_that_are_no_documents_are_skipped_but_unsupported_ones_are_not(tmp_path: Path) -> None:
    root = put(tmp_path / "in", "a.pdf", "letter.doc", "all.zip", "noext", "gold/a.json", "README.md", "Thumbs.db")
    found = walk([root])
    assert [item.file for item in found.inputs] == ["a.pdf", "all.zip", "letter.doc", "noext"]
    assert found.skipped == ("README.md", "Thumbs.db", "gold/a.json")


def test_a_file_named_on_its_own_is_always_read(tmp_path: Path) -> None:
    root = put(tmp_path, "a.md")
    assert [item.file for item in walk([root / "a.md"]).inputs] == ["a.md"]


def test_of_several_paths_the_roots_name_comes_first_and_is_unique(tmp_path: Path) -> None:
    one, two = put(tmp_path / "x" / "plans", "a.pdf"), put(tmp_path / "y" / "plans", "a.pdf", "c.pdf")
    files = [item.file for item in walk([one, two, two / "c.pdf"]).inputs]
    assert files == ["plans/a.pdf", "plans~2/a.pdf", "plans~2/c.pdf", "c.pdf"]


def test_a_path_that_does_not_exist_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="does not exist"):
        walk([tmp_path / "nothing"])


def test_an_empty_folder_has_no_inputs(tmp_path: Path) -> None:
    assert walk([tmp_path]) == ((), ())
