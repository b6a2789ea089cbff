"""Gold: the plain values that a document's record should have, written by a reader of the document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.record import Comparator


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldReference(_Gold):
    """A cited document; an ``optional`` one counts neither way."""

    type: str
    code: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    role: Literal["basis", "mention"] = "mention"
    optional: bool = False


class GoldTarget(_Gold):
    """A quantified goal."""

    period: str | None = None
    value: float
    value_max: float | None = None
    unit: str | None = None
    direction: Literal["up", "down"] | None = None
    comparator: Comparator = "="
    population: str | None = None
    statement: str


class GoldAssignment(_Gold):
    """A duty."""

    task: str
    lead: tuple[str, ...] = ()
    advise: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str | None = None
    deadline_date: str | None = None
    section: str | None = None


class GoldSigner(_Gold):
    """Who signed; a part that is absent is not scored."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None


class Gold(_Gold):
    """A field that was not set (``model_fields_set``) is not scored.

    ``null_ok`` names fields (handwritten ones) where no value is as good as the right one; ``optional_targets``
    are phrases whose targets count neither way.
    """

    doc_type: str | None = None
    code: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    references: tuple[GoldReference, ...] = ()
    targets: tuple[GoldTarget, ...] = ()
    assignments: tuple[GoldAssignment, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: GoldSigner | None = None
    null_ok: tuple[str, ...] = ()
    optional_targets: tuple[str, ...] = ()
