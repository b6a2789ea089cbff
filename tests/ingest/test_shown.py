"""Pages drawn for people: in few greys, and one alone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from ingest.shown import Look, picture


def test_one_page_in_few_greys_keeps_ink_and_drops_paper(tmp_path: Path) -> None:
    pixels = np.full((300, 200), 235, dtype=np.uint8)
    pixels[100:150, 50:150] = 30
    Image.fromarray(pixels).save(tmp_path / "page.png", dpi=(100, 100))
    image = Image.open(BytesIO(picture(tmp_path / "page.png", 1, Look(100, 2)))).convert("L")
    assert image.size == (100, 150)
    assert (image.getpixel((50, 62)), image.getpixel((5, 5))) == (0, 255)
