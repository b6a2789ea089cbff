"""Bad input: each kind of it gives one error with kind, message and remedy."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import ingest
from ingest import IngestError

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def failure(path: Path) -> IngestError:
    with pytest.raises(IngestError) as caught:
        ingest.read(path, path.name, ocr="never")
    error = caught.value
    assert path.name in error.message
    assert len(error.remedy) > 10
    with pytest.raises(type(error)):
        ingest.survey(path, path.name)
    return error


def test_zero_bytes(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    assert failure(path).kind == "empty"


def test_a_pdf_with_a_password(tmp_path: Path, make_pdf: Callable[..., Path], plan: object) -> None:
    secret = pikepdf.Encryption(owner="o", user="u")
    error = failure(make_pdf(tmp_path / "secret.pdf", [plan], encryption=secret))
    assert error.kind == "encrypted"
    assert "qpdf --decrypt" in error.remedy


def test_a_pdf_with_an_empty_password_is_read(tmp_path: Path, make_pdf: Callable[..., Path], plan: object) -> None:
    path = make_pdf(tmp_path / "open.pdf", [plan], encryption=pikepdf.Encryption(owner="o", user=""))
    assert "27/KH-UBND" in ingest.read(path, "open.pdf").pages[0].text


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_truncated_pdf_is_damaged(share: float, tmp_path: Path, make_pdf: Callable[..., Path], plan: object) -> None:
    noise = Image.effect_noise((400, 500), 80)
    whole = make_pdf(tmp_path / "whole.pdf", [plan] * 4, picture=noise).read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert failure(path).kind == "damaged"


def test_a_pdf_with_broken_cross_references_is_repaired(
    tmp_path: Path, make_pdf: Callable[..., Path], plan: object
) -> None:
    options = {"object_stream_mode": pikepdf.ObjectStreamMode.disable}
    data = make_pdf(tmp_path / "whole.pdf", [plan], **options).read_bytes()
    path = tmp_path / "broken.pdf"
    path.write_bytes(data[: data.rindex(b"xref\n", 0, data.rindex(b"startxref"))])
    assert "27/KH-UBND" in ingest.read(path, "broken.pdf").pages[0].text


def test_a_pdf_of_rubbish_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "rubbish.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    assert failure(path).kind == "damaged"


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    pikepdf.new().save(path)
    assert failure(path).kind == "no-pages"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.doc", DOC),
        ("named.pdf", DOC),
        ("text.pdf", "Kế hoạch".encode()),
        ("web.pdf", b"<!DOCTYPE html><html></html>"),
        ("program.txt", b"\x7fELF" + b"\0\1\2\3" * 100),
        ("noise.bin", bytes(range(256)) * 4),
        ("picture.gif", b"GIF89a" + b"\0" * 50),
    ],
)
def test_other_kinds_of_files_are_unsupported(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    error = failure(path)
    assert error.kind == "unsupported"
    assert "PDF" in error.remedy


@pytest.mark.parametrize(("name", "inside"), [("letter.docx", "word/document.xml"), ("all.zip", "a.txt")])
def test_zip_files_are_unsupported(name: str, inside: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "x")
    assert failure(path).kind == "unsupported"
    assert ("wordprocessingml" in ingest.sniff(path)) == (name == "letter.docx")


def test_a_picture_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    Image.effect_noise((300, 300), 90).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    assert failure(path).kind == "damaged"


def test_a_picture_of_too_many_pixels(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (20_000, 20_000)).save(path)
    assert failure(path).kind == "too-large"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.pdf"
    path.write_bytes(b"%PDF-1.7")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert failure(path).kind == "unreadable"


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert failure(tmp_path / "gone.pdf").kind == "unreadable"
