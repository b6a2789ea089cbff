"""Other witnesses of a number or a day that is not certain: candidates in notes, never values.

They are the name of the file, the time of the electronic signature, the latest date that is cited, and what says
"kèm theo Kế hoạch số ..." in the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors._fragments import DOC_TYPE
from extractors._values import iso_date
from schemas.record import Note, Record
from schemas.text import Span, Text, fold

_ATTACHED_TO = re.compile(rf"kem theo {DOC_TYPE} so ?:? ?(?P<code>\d{{1,5}}[a-z]? ?[/-] ?[a-z&/\-]{{2,20}})")
_SIGNED_AT = re.compile(
    r"(?:thoi gian ky|ngay ky|ky ngay|signing (?:time|date)|date) ?: ?(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b"
)


def witnesses(record: Record, text: Text) -> Iterator[Note]:
    """What speaks for a number or a date beside the letterhead."""
    yield from _other_codes(record, text)
    if record.code is None:
        yield from _file_name(record)
    if record.date is not None and len(record.date.value) < 10:
        yield from _latest_cited(record)
        yield from _signed(record, text)


def _file_name(record: Record) -> Iterator[Note]:
    """ "45_KH-UBND.signed.pdf", where the symbol is KH-UBND."""
    if record.symbol is None:
        return
    name = re.sub(r"[^a-z0-9]", "", fold(record.source.file.rsplit("/", 1)[-1]))
    symbol = re.sub(r"[^a-z0-9]", "", fold(record.symbol.value))
    match = re.search(rf"(?<!\d)(\d{{1,5}}){symbol}", name)
    if match:
        message = f"the number may be {int(match[1])}: the file is named {record.source.file.rsplit('/', 1)[-1]}"
        yield Note(field="code", kind="candidate", message=message, evidence=record.symbol.evidence)


def _latest_cited(record: Record) -> Iterator[Note]:
    cited = [r for r in record.references if r.date is not None and len(r.date) == 10]
    latest = max(cited, key=lambda r: r.date or "", default=None)
    if latest is not None and record.date is not None and (latest.date or "").startswith(record.date.value):
        message = f"not before {latest.date}, the latest date that it cites"
        yield Note(field="date", kind="candidate", message=message, evidence=latest.evidence)


def _signed(record: Record, text: Text) -> Iterator[Note]:
    for match in _SIGNED_AT.finditer(text.folded):
        try:
            date = iso_date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        message = f"signed electronically on {date}"
        yield Note(
            field="date", kind="candidate", message=message, evidence=text.cite(Span(*match.span()), "date.signed")
        )
        return


def _other_codes(record: Record, text: Text) -> Iterator[Note]:
    """The document's code as its appendix cites it ("Kèm theo Kế hoạch số 5/KH-UBND ..."): another one, or a candidate
    where the number is not certain.
    """
    if record.symbol is None:
        return
    for match in _ATTACHED_TO.finditer(text.folded):
        span = Span(*match.span("code"))
        printed = re.sub(r"\s", "", text.text[span.start : span.end]).rstrip(".,;)")
        number = re.match(r"\d+[a-zA-Z]?[/-]", printed)
        if number is None or fold(printed[number.end() :]) != fold(record.symbol.value):
            continue
        proof = text.cite(span, "code.attached-to")
        if record.code is None:
            message = f"{printed} by what is attached to the document"
            yield Note(field="code", kind="candidate", message=message, evidence=proof)
        elif fold(printed) != fold(record.code.value):
            message = f"{record.code.value} in the letterhead, {printed} where something is attached to it"
            yield Note(field="code", kind="contradiction", message=message, evidence=proof)
