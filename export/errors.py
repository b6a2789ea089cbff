"""What stops an export before it begins."""

from __future__ import annotations


class ExportError(Exception):
    """The export cannot be made; the message says why and what to do."""
