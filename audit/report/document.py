"""What the report holds of one document, as plain data: its pages, its values, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.diff import Changes, Difference
from audit.report.judged import Judged
from audit.review import risks
from audit.values import Value, values
from audit.words import Stretch, differing
from schemas.record import Agency, Evidence, Note, Record
from schemas.run import Done, EditRow, PageRow, PagesFile

RISKY = 0.2
"""The probability of being wrong from which a value is shown as doubtful."""

Plain = dict[str, Any]


@dataclass(frozen=True)
class Opened:
    """A document of a run as the report takes it. ``origin`` says whether its original is there.

    ``records`` stand under their run-relative paths; ``pictures`` (WebP) under their page numbers.
    """

    done: Done
    records: Mapping[str, Record]
    pages: PagesFile
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    origin: str = "found"
    changes: tuple[Changes, ...] = ()
    judged: Mapping[str, Judged] = field(default_factory=dict)


class Places:
    """The evidence of a document, each piece once; values name it by its number."""

    def __init__(self) -> None:
        """No evidence yet."""
        self.rows: list[list[Any]] = []
        self._known: dict[tuple[Any, ...], int] = {}

    def numbers(self, evidence: Sequence[Evidence]) -> list[int]:
        """The number of each piece: page, start, end, box, rule, posterior."""
        return [self._number(piece) for piece in evidence]

    def _number(self, piece: Evidence) -> int:
        row = (piece.page, piece.start, piece.end, piece.bbox, piece.rule, piece.posterior)
        if row not in self._known:
            self._known[row] = len(self.rows)
            self.rows.append([*row[:3], piece.bbox and [round(edge, 1) for edge in piece.bbox], *row[4:]])
        return self._known[row]


@dataclass(frozen=True)
class Sheet:
    """A document made plain: ``data`` is its block of the report, ``values`` what its values are worth."""

    data: Plain
    values: tuple[Plain, ...]


def sheet(opened: Opened) -> Sheet:
    """The data of a document."""
    places = Places()
    records = [_record(path, record, opened, places) for path, record in opened.records.items()]
    data = {
        "file": opened.done.file,
        "sha256": opened.done.sha256,
        "origin": opened.origin,
        "records": records,
        "places": places.rows,
        "pages": [_page(page, page.source.number in opened.pictures) for page in opened.pages.pages],
    }
    return Sheet(data, tuple(value for record in records for value in record["values"]))


def _record(path: str, record: Record, opened: Opened, places: Places) -> Plain:
    risk = {ranked.value.path: ranked.probability for ranked in risks(record, opened.pages)}
    judged = opened.judged.get(path)
    changes = [change for change in opened.changes if change.after == path]
    changed = {each.after.path: each for change in changes for each in change.differences if each.after}
    rows: list[Plain] = []
    for value in values(record):
        if value.field.startswith(("notes", "agencies")):
            continue
        row = _value(value, places, risk.get(value.path))
        change = changed.pop(value.path, None) or changed.pop(value.path.partition(".")[0], None)  # of a whole item
        if change:
            row["change"] = _change(change)
        if judged and (verdict := judged.of(value)):
            row["gold"] = verdict
        rows.append(row)
    return {
        "path": path,
        "stage": next((change.stage for change in changes), None),
        "values": rows,
        "notes": [_note(note, places) for note in record.notes],
        "agencies": [_agency(agency) for agency in record.agencies],
        "gone": [_gone(each) for change in changes for each in change.differences if not each.after],
        "missing": [{"field": name, "text": text} for name, text in judged.missing] if judged else [],
    }


def _value(value: Value, places: Places, risk: float | None) -> Plain:
    row: Plain = {"path": value.path, "field": value.field, "text": value.text, "at": places.numbers(value.evidence)}
    posterior = min((e.posterior for e in value.evidence if e.posterior is not None), default=None)
    if value.own and posterior is not None:
        row["posterior"] = posterior
    if not value.own:
        row["shared"] = True
    if risk is not None:
        row["risk"] = round(risk, 4)
        if risk >= RISKY:
            row["doubt"] = True
    return row


def _change(each: Difference) -> Plain:
    """A difference: its class, and the earlier text with the words that differ marked in both."""
    told: Plain = {"kind": each.kind}
    if each.verdict:
        told["verdict"] = each.verdict
    if each.before and each.after and each.before.text != each.after.text:
        before, after = differing(each.before.text, each.after.text)
        told |= {"before": _marks(before), "after": _marks(after)}
    if each.before and each.before.evidence:
        told["page"] = each.before.evidence[0].page
    return told


def _marks(stretches: Sequence[Stretch]) -> list[list[Any]]:
    return [[stretch.text, int(stretch.differs)] for stretch in stretches]


def _gone(each: Difference) -> Plain:
    """A value that only the earlier run has."""
    return {"field": each.field, "kind": each.kind, "text": each.before.text if each.before else "", "item": each.item}


def _note(note: Note, places: Places) -> Plain:
    return {"field": note.field, "kind": note.kind, "text": note.message, "at": places.numbers(note.evidence)}


def _agency(agency: Agency) -> list[str | None]:
    return [agency.printed, agency.canonical, agency.unit_code]


def _page(page: PageRow, has_picture: bool) -> Plain:
    source = page.source
    return {
        "number": source.number,
        "width": round(page.width, 1),
        "height": round(page.height, 1),
        "turn": source.rotation,
        "picture": has_picture,
        "from": source.text_from,
        "confidence": source.confidence,
        "note": source.note,
        "text": page.text,
        "edits": [_edit(edit, page) for edit in page.edits],
        "doubts": [
            [*doubt.raw, doubt.posterior, doubt.runner_up] for doubt in page.doubts or () if _open(doubt.raw, page)
        ],
    }


def _open(raw: tuple[int, int], page: PageRow) -> bool:
    """Whether no repair covers a raw span: a repaired word is marked as such."""
    return not any(edit.raw[0] < raw[1] and raw[0] < edit.raw[1] for edit in page.edits)


def _edit(edit: EditRow, page: PageRow) -> list[Any]:
    """A repair: where (raw), what it is now, why, how certain, the next likely reading; and its box."""
    boxes = [word.box for word in page.words if word.span[0] < edit.raw[1] and edit.raw[0] < word.span[1]]
    box = None
    if boxes:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        box = [round(edge, 1) for edge in (min(lefts), min(tops), max(rights), max(bottoms))]
    return [*edit.raw, edit.after, edit.why, round(edit.posterior, 3), edit.runner_up, box]
