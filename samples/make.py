"""Draw every sample in all its forms: ``python -m samples.make [NAME ...]``.

Needs fonts-liberation2 and, for the forms that an English OCR makes, Tesseract with its ``eng`` data. The drawn files
depend on the sources alone; those of the OCR also on Tesseract's version.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PIL import Image

from samples import draw, forms, markup, scanner
from samples.markup import Source
from samples.sheet import FontError, Sheet
from samples.typeset import typeset

HERE = Path(__file__).resolve().parent
FILES = HERE / "files"


def main(names: list[str]) -> int:
    """Make the named samples, or all of them; 1 where a font or a glyph is missing."""
    try:
        for path in sorted((HERE / "documents").glob("*.txt")):
            if not names or path.stem in names:
                make(markup.read(path))
    except FontError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def make(source: Source) -> None:
    """Write the clean text of a sample and the files of its forms."""
    sheets = typeset(source)
    text = "\f".join("\n".join(sheet.lines) + "\n" for sheet in sheets)
    _path("clean", source.name, "txt", HERE).write_text(text, "utf-8")
    wanted = source.options("forms")
    dpi = int(source.options("scan").get("dpi", "200"))
    pages = scanned(source, sheets, dpi)
    forms.scan_pdf(pages, _path("scan", source.name, "pdf"), dpi)
    if "garbled" in wanted:
        forms.garbled_pdf(pages, _path("garbled", source.name, "pdf"), dpi)
    if "digital" in wanted:
        forms.digital_pdf(sheets, _path("digital", source.name, "pdf"), source.name)
    if "text" in wanted:
        forms.mangled_text(pages, _path("text", source.name, "txt"), dpi, wanted["text"] or "4")
    if "tiff" in wanted:
        forms.tiff(scanned(source, sheets, 300, "bw"), _path("tiff", source.name, "tif"), 300)
    if "png" in wanted:
        forms.png(pages[0], _path("png", source.name, "png"), dpi)
    if "tcvn3" in wanted:
        _path("tcvn3", source.name, "txt").write_text(forms.tcvn3(text), "utf-8")


def scanned(source: Source, sheets: list[Sheet], dpi: int, mode: str = "") -> list[Image.Image]:
    """The pages of a sample as a scanner gives them, by the options in its head."""
    options = source.options("scan")
    rng = random.Random(source.name)
    skew = float(options.get("skew", "0.3"))
    pages = []
    for number, sheet in enumerate(sheets, 1):
        kind = mode or options.get("mode", "grey")
        kind = "colour" if kind == "grey" and sheet.seal else kind
        picture = draw.page(sheet, dpi, rng, source.head["seal"])
        if number == 1 and (stamp := source.lines("stamp")):
            kind, picture = kind if kind == "bw" else "colour", scanner.incoming(picture, stamp, dpi)
        page = scanner.scan(picture, kind, skew, rng)
        pages.append(page.transpose(Image.Transpose.ROTATE_180) if str(number) == options.get("flip") else page)
        if str(number) == options.get("blank"):
            pages.append(scanner.empty(dpi, kind, rng))
    return pages


def _path(form: str, name: str, ending: str, root: Path = FILES) -> Path:
    folder = root / form
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.{ending}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
