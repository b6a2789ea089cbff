"""Frequent mangled forms with their candidates, searched once when the model is made and looked up ever after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from diacritics.candidates import Case

STEP = 1 / 8
"""Nats per quantisation step of a stored log-probability."""

Query = tuple[str, Case]
Found = list[tuple[int, float]]


@dataclass(frozen=True)
class Forms:
    """Candidates (word id, log P(seen | cased word)) of queries; row ``i`` is ``words[offsets[i]:offsets[i + 1]]``."""

    rows: dict[Query, int]
    offsets: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint16]
    logs: npt.NDArray[np.uint8]

    def get(self, query: Query) -> Found | None:
        """The candidates of a query, the likeliest first; None where it was not searched."""
        row = self.rows.get(query)
        if row is None:
            return None
        low, high = int(self.offsets[row]), int(self.offsets[row + 1])
        logs = (self.logs[low:high].astype(np.float64) * -STEP).tolist()
        return list(zip(self.words[low:high].tolist(), logs, strict=True))

    @classmethod
    def load(cls, folder: Path) -> Forms:
        """Open what ``write`` wrote."""
        names = (folder / "forms.txt").read_text(encoding="utf-8").splitlines()
        rows = {(name[1:], Case(int(name[0]))): row for row, name in enumerate(names)}
        offsets, words, logs = (
            np.load(folder / f"forms_{part}.npy", mmap_mode="r").view(np.ndarray) for part in _PARTS
        )
        return cls(rows, offsets, words, logs)


_PARTS = ("offsets", "words", "logs")


def write(folder: Path, found: Iterable[tuple[Query, Found]]) -> None:
    """Write searched queries to ``folder``."""
    names, sizes, words, logs = [], [0], [], []
    for (form, case), candidates in found:
        names.append(f"{case.value}{form}\n")
        sizes.append(len(candidates))
        words += [word for word, _ in candidates]
        logs += [min(255, round(-log / STEP)) for _, log in candidates]
    (folder / "forms.txt").write_text("".join(names), encoding="utf-8")
    arrays: tuple[npt.NDArray[np.generic], ...]
    arrays = (np.cumsum(sizes, dtype=np.uint32), np.array(words, dtype=np.uint16), np.array(logs, dtype=np.uint8))
    for part, array in zip(_PARTS, arrays, strict=True):
        np.save(folder / f"forms_{part}.npy", array, allow_pickle=False)
