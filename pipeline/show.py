"""Records and runs as tables for a terminal. Text of documents is shown as text: no markup, no control characters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from pipeline.store import Store, StoreError
from schemas.record import Assignment, Cited, Evidence, Record
from schemas.run import Done
from schemas.text import printable as printable

SCALARS = ("doc_type", "code", "issuer", "issuer_parent", "place", "date", "title", "urgency", "secrecy")
NO_AGENCY = "(no lead agency)"


def run_table(store: Store) -> RenderableType:
    """One row for each document of a run, and one for each failure."""
    run = store.read_run()
    table = _table(f"{store.root}: documents", "file", "type", "code", "date", "issuer", "title", "duties", "notes")
    for done, record in _records(store, run.documents):
        scalars = [_value(getattr(record, name)) for name in ("doc_type", "code", "date", "issuer", "title")]
        _row(table, done, *scalars, str(len(record.assignments)), str(len(record.notes)))
    failed = _table("failures", "file", "kind", "message", "what to do")
    for failure in store.read_failures():
        _row(failed, failure.file, failure.kind, failure.message, failure.remedy)
    return Group(table, failed) if failed.rows else table


def document_table(store: Store, file: str) -> RenderableType:
    """Everything that the records of one document say."""
    run = store.read_run()
    chosen = [done for done in run.documents if file in (done.file, *done.records)] or [
        done for done in run.documents if done.file.endswith("/" + file)
    ]
    if len(chosen) != 1:
        known = ", ".join(done.file for done in (chosen or run.documents)[:10])
        raise StoreError(f"{file} names {len(chosen) or 'no'} documents of {store.root}; it has: {known}")
    tables = [part for name, record in _records(store, chosen) for part in record_tables(name, record)]
    return Group(*tables, *_links_table(store, {path for done in chosen for path in done.records}))


def _links_table(store: Store, records: Collection[str]) -> Iterator[RenderableType]:
    """Which documents of the run these records cite, and which cite them."""
    table = _table("in this run", "", "document", "as", "what agrees")
    for link in store.read_links():
        if link.record in records:
            _row(table, "cites", link.document, link.code, ", ".join(link.by))
        if link.document in records:
            _row(table, "is cited by", link.record, link.code, ", ".join(link.by))
    if table.rows:
        yield table


def duties_table(store: Store) -> RenderableType:
    """The duties of all documents of a run, by agency and deadline."""
    duties = [(name, a) for name, record in _records(store, store.read_run().documents) for a in record.assignments]
    return _duties(duties, with_file=True)


def record_tables(name: str, record: Record) -> Iterator[RenderableType]:
    """A record: its header with the place of each value, its lists, and its doubts."""
    head = _table(name, "field", "value", "page", "as read")
    for field in SCALARS:
        cited: Cited[str] | None = getattr(record, field)
        if cited is not None:
            _row(head, field, cited.value, *_where(cited.evidence))
    for addressee in record.addressee:
        _row(head, "addressee", addressee.value, *_where(addressee.evidence))
    if record.signer is not None:
        signer = " / ".join(filter(None, (record.signer.authority, record.signer.position, record.signer.name)))
        _row(head, "signer", signer, *_where(record.signer.evidence))
    yield head
    yield from _lists(record)
    if record.assignments:
        yield _duties([(name, duty) for duty in record.assignments], with_file=False)
    if record.notes:
        notes = _table("notes", "field", "kind", "message")
        for note in record.notes:
            _row(notes, note.field, note.kind, note.message)
        yield notes


def _lists(record: Record) -> Iterator[RenderableType]:
    if record.references:
        table = _table("references", "role", "type", "code", "date", "issuer", "subject")
        for r in record.references:
            _row(table, r.role, r.type, r.code, r.date, r.issuer, r.subject)
        yield table
    if record.targets:
        table = _table("targets", "period", "goal", "who or what", "statement")
        for t in record.targets:
            amount = f"{t.value:g}" if t.value_max is None else f"{t.value:g} - {t.value_max:g}"
            goal = " ".join(filter(None, (t.direction, t.comparator, amount, t.unit)))
            _row(table, t.period, goal, t.population, t.statement)
        yield table
    if record.recipients:
        table = _table("recipients", "recipient")
        for recipient in record.recipients:
            _row(table, recipient.value)
        yield table


def _duties(duties: Sequence[tuple[str, Assignment]], *, with_file: bool) -> Table:
    """A duty that two agencies lead stands under both. Dated deadlines come first, then others, then none."""
    rows = sorted(
        (agency == NO_AGENCY, agency, duty.deadline_date or "9", duty.deadline or "\uffff", order, file, duty)
        for order, (file, duty) in enumerate(duties)
        for agency in duty.lead or (NO_AGENCY,)
    )
    columns = ("agency", "deadline", "task", "with", "section")
    table = _table("duties by agency and deadline", *columns, *(("file",) if with_file else ()))
    shown = None
    for _, agency, _, _, _, file, duty in rows:
        partners = "; ".join((*duty.advise, *duty.support))
        cells = ("" if agency == shown else agency, duty.deadline, duty.task, partners, duty.section)
        _row(table, *cells, *((file,) if with_file else ()))
        shown = agency
    return table


def _records(store: Store, documents: Iterable[Done]) -> Iterator[tuple[str, Record]]:
    """Each record with the name of its document; the second of a file has a number."""
    for done in documents:
        for number, path in enumerate(done.records, start=1):
            yield (done.file if number == 1 else f"{done.file}#{number}", store.read_record(path))


def _value(cited: Cited[str] | None) -> str | None:
    return None if cited is None else cited.value


def _where(evidence: Sequence[Evidence]) -> tuple[str, str]:
    """The page, and the raw text; of one line as it stands, of several joined by a mark."""
    return str(evidence[0].page), " ⏎ ".join(piece.raw for piece in evidence)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Styled(printable(title), "bold"), title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _row(table: Table, *cells: str | None) -> None:
    table.add_row(*(Styled(printable(cell or "")) for cell in cells))
