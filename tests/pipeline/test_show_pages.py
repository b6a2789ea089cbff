from __future__ import annotations

import io
from pathlib import Path
from typing import cast

import pytest
from rich.console import Console

from pipeline import Store, StoreError
from pipeline.show_pages import pages_table
from schemas.record import PageSource
from schemas.run import CellRow, Done, MarkRow, PageRow, PagesFile, Run

ROW = PageRow(
    source=PageSource(number=1, text_from="ocr", quality="none", note="a picture without a text layer; dust removed"),
    width=595, height=842, text="", repaired="", edits=(), words=(), lines=(),
    marks=(MarkRow(kind="seal", box=(1, 2, 3, 4)), MarkRow(kind="incoming stamp", box=(1, 2, 3, 4), text="CV ĐẾN [b]")),
    tables=(((CellRow(text="Chủ trì"), CellRow(text="Thời gian")), (CellRow(text="Phòng [red]"), CellRow(text=""))),),
)  # fmt: skip


class OneDocument:
    root = Path("run")

    def read_run(self) -> Run:
        done = Done(file="a.pdf", sha256="", records=(), pages=1, ocr_pages=1, notes=0)
        return Run(started="", seconds=0, versions={}, options={}, inputs=(), documents=(done,), failures=0)

    def read_pages(self, file: str) -> PagesFile:
        return PagesFile(file=file, sha256="", pages=(ROW,))


def test_pages_are_shown_with_their_reasons_marks_and_tables() -> None:
    out = io.StringIO()
    Console(file=out, width=200).print(pages_table(cast(Store, OneDocument()), "a.pdf"))
    for text in ("dust removed", "seal; incoming stamp: CV ĐẾN [b]", "page 1, table 1", "Chủ trì", "Phòng [red]"):
        assert text in out.getvalue()


def test_a_document_that_is_not_there() -> None:
    with pytest.raises(StoreError, match=r"it has: a\.pdf"):
        pages_table(cast(Store, OneDocument()), "b.pdf")
