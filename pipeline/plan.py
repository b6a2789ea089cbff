"""What a run would do: what each file and page is, and which pages would be OCRed. Nothing is recognised or written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import OcrMode, PageSurvey, Survey
from pipeline.find import find
from pipeline.process import survey
from pipeline.show import printable
from pipeline.summary import count, failure_line
from schemas.run import Failure


@dataclass(frozen=True)
class Plan:
    """The files of a run in their order: what each is, or why it would fail."""

    files: tuple[Survey | Failure, ...]
    skipped: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 where a file would fail, 4 where there is nothing to read, else 0."""
        if any(isinstance(each, Failure) for each in self.files):
            return 1
        return 0 if self.files else 4

    def as_text(self) -> str:
        """A line for each file and, under it, one for each of its pages; at the end the totals."""
        lines = [line for each in self.files for line in _lines(each)]
        lines += [f"{printable(file)}: passed over, no document" for file in self.skipped]
        read = [each for each in self.files if not isinstance(each, Failure)]
        pages = [page for each in read for page in each.pages]
        ocr = sum(page.would_ocr for page in pages)
        totals = (
            f"{len(read)} files, {len(pages)} pages, {ocr} of them by OCR; {len(self.files) - len(read)} would fail"
        )
        return "\n".join([*lines, totals])

    def as_json(self) -> str:
        """The same as JSON."""
        plain = {"files": [_plain(each) for each in self.files], "skipped": self.skipped}
        return json.dumps(plain, ensure_ascii=False, indent=2)


def plan(paths: Sequence[Path], out: Path | None, ocr: OcrMode) -> Plan:
    """Look at every file that a run would do."""
    found = find(paths, out)
    return Plan(tuple(survey(path, file, ocr) for path, file in found.items), found.skipped)


def _lines(each: Survey | Failure) -> Iterator[str]:
    if isinstance(each, Failure):
        yield f"would fail: {failure_line(each)}"
        yield f"  what to do: {each.remedy}"
        return
    yield f"{printable(each.file)}: {each.media_type}, {count(len(each.pages), 'page')}"
    yield from map(_page_line, each.pages)


def _page_line(page: PageSurvey) -> str:
    source = page.source
    shares = {"diacritics": source.diacritic_share, "legal syllables": source.legal_share}
    figures = "".join(f", {name} {share:.2f}" for name, share in shares.items() if share is not None)
    deed = "OCR" if page.would_ocr else f"no OCR ({source.text_from})"
    return f"  page {source.number}: text {source.quality}, {source.letters} letters{figures}: {deed}"


def _plain(each: Survey | Failure) -> dict[str, object]:
    if isinstance(each, Failure):
        return each.model_dump()
    pages = [{**page.source.model_dump(), "would_ocr": page.would_ocr} for page in each.pages]
    return {"file": each.file, "media_type": each.media_type, "pages": pages}
