"""A run as tables and metadata for other programs: workbooks, CSV, JSON lines, Parquet, archive metadata, edXML."""

from export.errors import ExportError
from export.write import FORMS, Exported, Labels, write

__all__ = ["FORMS", "ExportError", "Exported", "Labels", "write"]
