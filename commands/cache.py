"""``vanthu cache``: the readings that are kept."""

from __future__ import annotations

import json
import re
from typing import Annotated

import typer

from commands.arguments import CacheOption, JsonOption, cache_in, stop

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def _size(text: str) -> int:
    """A number of bytes, such as "500MB" or "2G"."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)B?", text.strip().upper())
    if not found:
        raise typer.BadParameter(f"{text!r} is no size: write it like 500MB or 2G")
    return int(float(found[1]) * UNITS[found[2]])


def cache(
    folder: CacheOption = None,
    clear: Annotated[bool, typer.Option("--clear", help="Remove all that is kept.")] = False,
    limit: Annotated[
        int | None, typer.Option(metavar="SIZE", parser=_size, help="Keep no more than that from now on (500MB, 2G).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what was recognised and is kept, so that no page is recognised twice; clear it, or set its limit.

    It is kept where the system has caches, or where VANTHU_CACHE or --cache says. Where the limit is passed, what was
    not used for the longest time goes first.

    \b
    Examples:
      vanthu cache
      vanthu cache --limit 500MB
      vanthu cache --clear

    \b
    Exit codes: 0 done, 2 the place cannot be written.
    """
    kept = cache_in(folder)
    assert kept is not None
    try:
        if limit is not None:
            kept.set_limit(limit)
    except OSError as error:
        stop(f"{kept.folder} cannot be written: {error.strerror}", 2)
    removed = kept.clear() if clear else None
    entries, size = kept.usage()
    if as_json:
        rows = {"place": str(kept.folder), "entries": entries, "bytes": size, "limit": kept.limit()}
        typer.echo(json.dumps(rows | ({"removed": removed.entries} if removed else {}), ensure_ascii=False))
        return
    if removed is not None:
        typer.echo(f"removed:  {removed.entries:,} readings, {removed.size / 1e6:,.1f} MB")
    typer.echo(f"place:    {kept.folder}")
    typer.echo(f"readings: {entries:,}, {size / 1e6:,.1f} MB of at most {kept.limit() / 1e6:,.0f} MB")
