"""All stages together: one document (``process``, ``process_file``), a folder of them (``run``), run folders."""

from pipeline.options import Options
from pipeline.process import Processed, Tools, process, process_file, tools
from pipeline.run import exit_code, run
from pipeline.store import Store, StoreError
from schemas.run import Done, Failure, Run

__all__ = [
    "Done",
    "Failure",
    "Options",
    "Processed",
    "Run",
    "Store",
    "StoreError",
    "Tools",
    "exit_code",
    "process",
    "process_file",
    "run",
    "tools",
]
