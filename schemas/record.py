"""The record of a document: what it states, every value with its evidence. Pydantic, frozen, nothing extra."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1"

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points from the top left of the page as a viewer shows it."""

PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""ISO 8601 in the precision that is certain: "2025-11-13", "2025-11", "2025"."""

TextFrom = Literal["text-layer", "repaired-text-layer", "converted-text-layer", "text-file", "ocr", "both", "none"]
Quality = Literal["good", "garbled", "legacy", "foreign", "none"]
Comparator = Literal["=", ">=", "<=", ">", "<"]


class Model(BaseModel):
    """The base of all our pydantic types."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Evidence(Model):
    """Where a value stands on the page: ``raw`` is exactly ``page.text[start:end]`` of the RAW text of that page.

    ``posterior`` is the repair's own probability of the least certain word of ``raw``; None where nothing was decoded.
    """

    page: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    raw: str
    bbox: Box | None
    rule: str
    of: str | None = None
    posterior: float | None = None


Proof = Annotated[tuple[Evidence, ...], Field(min_length=1)]
"""Evidence that cannot be missing."""

T = TypeVar("T")


class Cited(Model, Generic[T]):
    """A value with its evidence."""

    value: T
    evidence: Proof


class Reference(Model):
    """A document cited by this one (văn bản viện dẫn)."""

    type: str
    code: str | None = None
    date: PartialDate | None = None
    issuer: str | None = None
    subject: str | None = None
    role: Literal["basis", "mention"]
    evidence: Proof


class Target(Model):
    """A quantified goal (chỉ tiêu)."""

    period: str | None = None
    value: float
    value_max: float | None = None
    unit: str | None = None
    direction: Literal["up", "down"] | None = None
    comparator: Comparator = "="
    population: str | None = None
    statement: str
    evidence: Proof


class Assignment(Model):
    """A duty with the bodies that lead, advise and support (phân công)."""

    task: str
    lead: tuple[str, ...] = ()
    advise: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str | None = None
    deadline_date: PartialDate | None = None
    section: str | None = None
    evidence: Proof


class Signer(Model):
    """Who signed (người ký)."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None
    evidence: Proof


class Agency(Model):
    """A body named in the document: as printed, in canonical form, with the official unit code where it is certain."""

    printed: str
    canonical: str
    kind: str | None = None
    level: str | None = None
    unit_code: str | None = None


class Note(Model):
    """A doubt as data: which field, what kind of doubt, in words, and where."""

    field: str
    kind: str
    message: str
    evidence: tuple[Evidence, ...] = ()


class PageSource(Model):
    """Where a page's text came from, and the figures by which its text layer was judged.

    Shares are of letters (``diacritic_share``) and of word tokens (``legal_share``); ``confidence`` is the mean of the
    OCR's word confidences, 0 to 1.
    """

    number: int = Field(ge=1)
    text_from: TextFrom
    quality: Quality
    letters: int = 0
    diacritic_share: float | None = None
    legal_share: float | None = None
    confidence: float | None = None
    rotation: int = 0
    note: str | None = None


class Source(Model):
    """The file a record was made from."""

    file: str
    sha256: str
    media_type: str
    pages: tuple[PageSource, ...]


class Trace(Model):
    """SHA-256 of each stage's product: the first that differs between two runs names the stage that changed."""

    input: str
    pages: str
    text: str
    rules: str


class Record(Model):
    """What one document states."""

    schema_version: str = SCHEMA_VERSION
    doc_type: Cited[str] | None = None
    code: Cited[str] | None = None
    number: Cited[str] | None = None
    symbol: Cited[str] | None = None
    issuer: Cited[str] | None = None
    issuer_parent: Cited[str] | None = None
    place: Cited[str] | None = None
    date: Cited[PartialDate] | None = None
    title: Cited[str] | None = None
    addressee: tuple[Cited[str], ...] = ()
    urgency: Cited[str] | None = None
    secrecy: Cited[str] | None = None
    references: tuple[Reference, ...] = ()
    targets: tuple[Target, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    recipients: tuple[Cited[str], ...] = ()
    signer: Signer | None = None
    agencies: tuple[Agency, ...] = ()
    notes: tuple[Note, ...] = ()
    source: Source
    trace: Trace

    def plain(self) -> dict[str, Any]:
        """The plain values under the keys of the gold: no evidence, no notes, no source."""
        return {name: _plain(getattr(self, name)) for name in PLAIN_FIELDS}

    def dump_json(self) -> str:
        """UTF-8 JSON with a fixed key order, two blanks of indent and a final newline."""
        return self.model_dump_json(indent=2) + "\n"


PLAIN_FIELDS = (
    "doc_type",
    "code",
    "issuer",
    "issuer_parent",
    "place",
    "date",
    "title",
    "references",
    "targets",
    "assignments",
    "recipients",
    "signer",
)


def _plain(value: Any) -> Any:
    if isinstance(value, Cited):
        return value.value
    if isinstance(value, Model):
        return {k: _plain(v) for k, v in value if k != "evidence"}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
