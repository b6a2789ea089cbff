"""Pictures that are no pages of an office: each has a clear outcome, soon and in little memory."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, TiffImagePlugin, features

import ingest
from ingest.errors import TooLarge, Unsupported
from ingest.ocr import Tesseract, engine_versions
from schemas.text import Page

needs_tesseract = pytest.mark.skipif(engine_versions()["vie"] in ("missing", None), reason="Tesseract is not installed")


def photograph() -> Image.Image:
    """Soft blobs and fur in colour: nothing that is a letter."""
    rng = np.random.default_rng(3)
    coarse = Image.fromarray(rng.integers(0, 255, (12, 9, 3), dtype=np.uint8)).resize(
        (900, 1200), Image.Resampling.BICUBIC
    )
    fur = rng.normal(0, 25, (1200, 900, 1))
    return Image.fromarray(np.clip(np.asarray(coarse, dtype=float) + fur, 0, 255).astype(np.uint8))


def text_page() -> Image.Image:
    """A line of rectangles."""
    image = Image.new("L", (620, 877), 255)
    pen = ImageDraw.Draw(image)
    for left in range(80, 540, 14):
        pen.rectangle((left, 200, left + 9, 212), fill=0)
    return image


def stream_pdf(path: Path, data: bytes, size: tuple[int, int], **entries: object) -> Path:
    """A PDF whose page is one picture with an encoded stream."""
    pdf = pikepdf.new()
    image = pdf.make_stream(data)
    kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": size[0], "Height": size[1]}
    for name, value in {**kind, **entries}.items():
        image[f"/{name}"] = value
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842], Resources=pikepdf.Dictionary(XObject={"/Im": image}),
        Contents=pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q"),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path)
    return path


def jbig2(image: Image.Image) -> bytes:
    """A picture of bits as an embedded JBIG2 stream: page information, and one region that is coded as fax (MMR)."""
    buffer = BytesIO()
    ImageChops.invert(image).convert("1").save(buffer, "TIFF", compression="group4", tiffinfo={278: image.height})
    with Image.open(BytesIO(buffer.getvalue())) as tiff:
        assert isinstance(tiff, TiffImagePlugin.TiffImageFile)
        offset, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
        assert len(tiff.tag_v2[273]) == 1 and tiff.tag_v2[262] == 1, "one strip, one is white"
    fax = buffer.getvalue()[offset : offset + length]
    width, height = (value.to_bytes(4, "big") for value in image.size)
    page = width + height + bytes(8) + b"\x00\x00\x00"
    region = width + height + bytes(8) + b"\x00" + b"\x01" + fax
    return _segment(0, 48, page) + _segment(1, 38, region)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return number.to_bytes(4, "big") + bytes([kind, 0, 1]) + len(data).to_bytes(4, "big") + data


def read(path: Path, engine: object) -> Page:
    (page,) = ingest.read(path, path.name, engine=engine).pages  # type: ignore[arg-type]
    return page


@pytest.mark.parametrize(
    ("image", "note"),
    [
        (Image.new("L", (1, 1), 255), "blank page"),
        (Image.new("L", (1, 1), 0), "a picture too small for text"),
        (Image.new("L", (5000, 2), 0), "a picture too small for text"),
        (Image.new("RGB", (1240, 1754), "black"), "dark page"),
        (Image.new("1", (1240, 1754), 0), "dark page"),
        (Image.new("RGB", (1240, 1754), "white"), "blank page"),
    ],
    ids=["a white pixel", "a black pixel", "a thread", "black", "black bits", "white"],
)
def test_what_holds_no_text_is_not_handed_to_the_engine(
    image: Image.Image, note: str, tmp_path: Path, plan: object, fake_engine: Callable[..., object]
) -> None:
    path = tmp_path / "a.png"
    image.save(path)
    engine = fake_engine(plan)
    page = read(path, engine)
    assert (page.text, page.source.note) == ("", note)
    assert engine.asked == []  # type: ignore[attr-defined]


def test_a_picture_of_twenty_thousand_pixels_a_side_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (20_000, 20_000), 1).save(path)
    with pytest.raises(TooLarge, match="pixels"):
        ingest.read(path, path.name)


def test_a_page_with_such_a_picture_is_refused_too(tmp_path: Path) -> None:
    path = stream_pdf(
        tmp_path / "a.pdf", b"\x00", (20_000, 20_000), ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8
    )
    with pytest.raises(TooLarge, match="20000 x 20000"):
        ingest.read(path, path.name)


@pytest.mark.parametrize("kind", ["JBIG2Decode", "JPXDecode", "DCTDecode"])
def test_each_coding_of_a_pdf_picture_is_decoded(
    kind: str, tmp_path: Path, plan: object, fake_engine: Callable[..., object]
) -> None:
    image, buffer = text_page(), BytesIO()
    if kind == "JBIG2Decode":
        data, space, bits = jbig2(image), pikepdf.Name.DeviceGray, 1
    elif kind == "JPXDecode":
        image.save(buffer, "JPEG2000")
        data, space, bits = buffer.getvalue(), pikepdf.Name.DeviceGray, 8
    else:
        image.convert("CMYK").save(buffer, "JPEG")
        data, space, bits = buffer.getvalue(), pikepdf.Name.DeviceCMYK, 8
    inverted = {"Decode": [1, 0] * 4} if kind == "DCTDecode" else {}
    entries = {"ColorSpace": space, "BitsPerComponent": bits, "Filter": pikepdf.Name(f"/{kind}"), **inverted}
    path = stream_pdf(tmp_path / "a.pdf", data, image.size, **entries)
    engine = fake_engine(plan)
    assert read(path, engine).text
    assert len(engine.asked) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("bare", [False, True], ids=["jp2", "code stream"])
def test_a_jpeg_2000_picture_is_read(
    bare: bool, tmp_path: Path, plan: object, fake_engine: Callable[..., object]
) -> None:
    path = tmp_path / ("a.j2k" if bare else "a.jp2")
    text_page().save(path, "JPEG2000", no_jp2=bare)
    engine = fake_engine(plan)
    assert read(path, engine).text
    assert len(engine.asked) == 1  # type: ignore[attr-defined]


def test_a_jpeg_2000_picture_needs_its_decoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jp2"
    text_page().save(path, "JPEG2000")
    monkeypatch.setattr(features, "check", lambda name: False)
    with pytest.raises(Unsupported, match="JPEG 2000") as caught:
        ingest.read(path, path.name)
    assert "PNG" in caught.value.remedy


def test_hundreds_of_little_pictures_make_one_page(
    tmp_path: Path, plan: object, fake_engine: Callable[..., object]
) -> None:
    pdf = pikepdf.new()
    strip = pdf.make_stream(bytes([255] * 40 + [0] * 20 + [255] * 40))
    for name, value in {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceGray"}.items():
        strip[f"/{name}"] = pikepdf.Name(value)
    strip.Width, strip.Height, strip.BitsPerComponent = 100, 1, 8
    content = "\n".join(f"q 595 0 0 1.05 0 {842 - number * 1.05:.2f} cm /Im Do Q" for number in range(1, 802))
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842], Resources=pikepdf.Dictionary(XObject={"/Im": strip}),
        Contents=pdf.make_stream(content.encode()),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(tmp_path / "a.pdf")
    engine = fake_engine(plan)
    assert read(tmp_path / "a.pdf", engine).text
    assert len(engine.asked) == 1  # type: ignore[attr-defined]


@needs_tesseract
def test_a_photograph_gives_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    photograph().save(path, dpi=(300, 300))
    page = read(path, Tesseract())
    assert page.text == ""
    assert page.source.note
