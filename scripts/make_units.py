"""Makes ``extractors/tables/units.tsv`` from a list of the official administrative units (facts of public decisions).

    python scripts/make_units.py SOURCE.tsv

SOURCE has a head row and the columns code, kind, name, parent, valid, successors; ``valid`` is "current" since 1 July
2025.
"""

from __future__ import annotations

import sys
from pathlib import Path

KINDS = {
    "tỉnh": "t",
    "thành phố": "tp",
    "quận": "q",
    "huyện": "h",
    "thị xã": "tx",
    "xã": "x",
    "phường": "p",
    "thị trấn": "tt",
    "đặc khu": "dk",
}
TARGET = Path(__file__).parents[1] / "extractors" / "tables" / "units.tsv"


def main(source: Path) -> None:
    """Write the table: code, kind (short), name, parent's code, "c" current or "o" old; sorted."""
    found = []
    for line in source.read_text(encoding="utf-8").splitlines()[1:]:
        code, kind, name, parent, valid, *_ = line.split("\t")
        found.append("\t".join((code, KINDS[kind], name, parent, "c" if valid == "current" else "o")))
    TARGET.write_text("code\tkind\tname\tparent\tvalid\n" + "\n".join(sorted(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
