"""The first page of the report and its list: counts that grow document by document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from audit.report.document import Opened, Plain, Sheet
from audit.values import FIELDS
from schemas.record import Record
from schemas.run import Failure

SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
"""Where the columns of the plot of certainty are cut; the last is what counts as certain."""
COVERED = tuple(name for name in FIELDS if name not in ("notes", "agencies", "number", "symbol"))
MOST = 12
"""Bars of a plot; what is left is one more."""
WORST = 50
_PROVINCE = re.compile(
    r"\btỉnh ([^\W\d_a-z]\S*(?: (?:- )?\S+){0,4})$|thành phố (Hà Nội|Hải Phòng|Huế|Đà Nẵng|Cần Thơ|Hồ Chí Minh)$"
)


class Bar(NamedTuple):
    """A bar: its label (a key of the words of the report where ``known``), its number, its length as a share.

    ``asks`` is the filter of the list that a click sets, ``told`` what is written in the place of the count.
    """

    label: str
    number: int
    share: float
    known: bool = False
    asks: str = ""
    told: str = ""


@dataclass
class Summary:
    """Counts of a run, and a row of the list for each document and failure."""

    rows: list[Plain] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    certainty: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    gold: Counter[tuple[str, str]] = field(default_factory=Counter)
    worst: list[tuple[float, int, Plain]] = field(default_factory=list)

    def add(self, opened: Opened, sheet: Sheet, worst: int) -> None:
        """Count a document; ``worst`` is how many of the riskiest values are kept."""
        number = len(self.rows)
        record = next(iter(opened.records.values()), None)
        self.counts.update(documents=1, pages=opened.done.pages, ocr=opened.done.ocr_pages, values=len(sheet.values))
        self.counts["edits"] += sum(len(page.edits) for page in opened.pages.pages)
        for each in opened.records.values():
            self._add_record(each)
        row = self._row(opened, record, sheet)
        self.rows.append(row)
        for key in ("notes", "doubts"):
            self.counts[key] += row[key]
        for value in sheet.values:
            if "posterior" in value:
                self.certainty[sum(value["posterior"] >= share for share in SHARES)] += 1
            if "risk" in value:
                self.worst.append((value["risk"], number, value))
        self.worst.sort(key=lambda entry: (-entry[0], entry[1]))
        del self.worst[worst:]

    def fail(self, failure: Failure) -> None:
        """Count a file that gave no record."""
        self.counts["failed"] += 1
        self.kinds[failure.kind] += 1
        self.rows.append(
            {"file": failure.file, "failure": failure.kind, "message": failure.message, "remedy": failure.remedy}
        )

    def _add_record(self, record: Record) -> None:
        self.counts["records"] += 1
        self.types[record.doc_type.value if record.doc_type else ""] += 1
        self.provinces[province(record)] += 1
        self.months[record.date.value[:7] if record.date else ""] += 1
        self.covered.update(name for name in COVERED if getattr(record, name))

    def _row(self, opened: Opened, record: Record | None, sheet: Sheet) -> Plain:
        """What the list shows of a document, and what it is searched and filtered by."""
        row: Plain = {"file": opened.done.file, "pages": opened.done.pages}
        for name in ("doc_type", "code", "date", "issuer", "title"):
            cited = getattr(record, name, None)
            if cited is not None:
                row[name] = cited.value
        if record is not None and (where := province(record)):
            row["province"] = where
        row["notes"] = sum(len(each.notes) for each in opened.records.values())
        row["doubts"] = sum("doubt" in value for value in sheet.values)
        row["risk"] = max((value.get("risk", 0.0) for value in sheet.values), default=0.0)
        if found := sum(len(change.differences) for change in opened.changes):
            row["changes"] = found
            self.changes.update(each.kind for change in opened.changes for each in change.differences)
        if wrong := self._judge(sheet):
            row["wrong"] = wrong
        return row

    def _judge(self, sheet: Sheet) -> int:
        """Count what is right, wrong and missing by the gold; how much is wrong or missing."""
        before = sum(count for (_, verdict), count in self.gold.items() if verdict != "right")
        for value in sheet.values:
            if "gold" in value:
                self.gold[value["field"], "right" if value["gold"]["right"] else "wrong"] += 1
        for record in sheet.data["records"]:
            self.gold.update((gap["field"], "missing") for gap in record["missing"])
        return sum(count for (_, verdict), count in self.gold.items() if verdict != "right") - before


def province(record: Record) -> str:
    """The province that a document comes from, as its issuer, the body above or its agencies name it; "" for none."""
    names = (cited.value for cited in (record.issuer, record.issuer_parent) if cited)
    for name in (*names, *(agency.canonical for agency in record.agencies if agency.level == "province")):
        if match := _PROVINCE.search(name):
            return match[1] or match[2]
    return ""


def bars(counts: Mapping[str, int], asks: str = "", *, by_label: bool = False) -> list[Bar]:
    """The counts as bars, the greatest first (or by label), what is unknown last; beyond ``MOST`` together."""
    known = [(label, count) for label, count in counts.items() if label]
    known.sort(key=(lambda entry: (entry[0], 0)) if by_label else lambda entry: (-entry[1], entry[0]))
    shown, rest = (known[-2 * MOST :], known[: -2 * MOST]) if by_label else (known[:MOST], known[MOST:])
    most = max((*(count for _, count in shown), counts.get("", 0), 1))
    found = [Bar(label, count, count / most, asks=asks) for label, count in shown]
    if rest:
        together = sum(count for _, count in rest)
        found.append(Bar("others", together, min(1.0, together / most), known=True))
    if missing := counts.get("", 0):
        found.append(Bar("not-stated", missing, missing / most, known=True))
    return found


def coverage(summary: Summary) -> list[Bar]:
    """Of each field the share of records that have it."""
    records = summary.counts["records"] or 1
    return [
        Bar(f"f.{name}", count, count / records, known=True, told=f"{count / records:.0%}")
        for name, count in ((name, summary.covered[name]) for name in COVERED)
    ]


def certainty(summary: Summary) -> list[Bar]:
    """How many values have a least certain word of which probability."""
    most = max(summary.certainty.values(), default=0) or 1
    edges = ("0", *(f"{share:g}" for share in SHARES), "1")
    return [
        Bar(f"{edges[place]}–{edges[place + 1]}", summary.certainty[place], summary.certainty[place] / most)
        for place in range(len(SHARES) + 1)
    ]


def changes(summary: Summary) -> list[Bar]:
    """How many changes there are of each class."""
    most = max(summary.changes.values(), default=0) or 1
    return [Bar(f"kind.{kind}", count, count / most, known=True) for kind, count in summary.changes.most_common()]


def verdicts(summary: Summary) -> list[dict[str, Any]]:
    """By field what is right, wrong and missing, in the order of the record."""
    rows = []
    for name in dict.fromkeys(name for name, _ in sorted(summary.gold, key=lambda key: _order(key[0]))):
        counts = {verdict: summary.gold[name, verdict] for verdict in ("right", "wrong", "missing")}
        rows.append({"field": name, **counts, "all": sum(counts.values())})
    return rows


def _order(name: str) -> int:
    return FIELDS.index(name.partition(".")[0])


def failures(rows: Iterable[Plain]) -> list[Plain]:
    """The files that gave no record, by kind."""
    return sorted((row for row in rows if "failure" in row), key=lambda row: (row["failure"], row["file"]))
