"""A run as one HTML file: a summary, a list, and each document with its pages, its values and their places."""

from audit.report.document import Opened
from audit.report.write import Report, write

__all__ = ["Opened", "Report", "write"]
