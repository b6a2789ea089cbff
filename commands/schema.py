"""``vanthu schema``: the JSON Schema of a record."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema (2020-12) of a record.

    \b
    Example:
      vanthu schema > record.schema.json
    """
    from schemas.record import SCHEMA_VERSION, Record

    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:vanthu:record:{SCHEMA_VERSION}"}
    body = Record.model_json_schema(mode="serialization")
    typer.echo(json.dumps(head | body, ensure_ascii=False, indent=2))
