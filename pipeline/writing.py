"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TEMPORARY = ".vanthu-"
"""How the names of files begin that are being written."""


class StoreError(Exception):
    """The run folder cannot be used or written; the message says why and what to do."""


def write_bytes(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write a file so that it is there whole or not at all; ``StoreError`` where it cannot be written.

    ``durable``: it is forced to the disk before it is renamed.
    """
    with writing(path, durable=durable) as temporary:
        temporary.write_bytes(data)


@contextmanager
def writing(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """A temporary file to be written; it takes its place when the context ends well, and is gone when it does not."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        if durable:
            _force(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _force(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
