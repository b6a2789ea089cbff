"""N-gram counts -> the tables of ``diacritics.language``: interpolated absolute discounting, quantised.

The counts of administrative text are mixed with those of general text at a small weight. Counts below 3 were cut
before they came here; the counts of the contexts are whole, so the mass of what was cut goes to the back-off.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from diacritics.language import NgramTable, mix, pack, quantise

Counts = npt.NDArray[np.float64]
DISCOUNT = (0.0, 0.7, 0.8)
GENERAL_WEIGHT = 0.2
RARE_COUNT = 30.0
"""How often a word counts that must be known."""
NAME_COUNT = 5.0
"""How often each official unit ("xã Tịnh Khê") is counted on top."""
BUCKET_LOAD = 2.5


def read_counts(path: Path, vocabulary: dict[str, int]) -> tuple[npt.NDArray[np.int64], Counts]:
    """Rows of ids (n by order) and their counts; n-grams with a word outside the vocabulary are left out."""
    rows: list[list[int]] = []
    counts: list[int] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            gram, count = line.rstrip("\n").split("\t")
            ids = [vocabulary.get(word, -1) for word in gram.split(" ")]
            if min(ids) >= 0:
                rows.append(ids)
                counts.append(int(count))
    return np.array(rows, dtype=np.int64), np.array(counts, dtype=np.float64)


def merged(
    folder: Path, order: int, vocabulary: dict[str, int], weight: float, units: Path | None
) -> tuple[npt.NDArray[np.int64], Counts]:
    """Administrative counts plus ``weight`` times the general ones, plus the names of ``units``."""
    rows, counts = read_counts(folder / f"admin.{order}gram.tsv.gz", vocabulary)
    more, extra = read_counts(folder / f"general.{order}gram.tsv.gz", vocabulary)
    names, times = named(units, order, vocabulary) if units else (rows[:0], counts[:0])
    rows, counts = np.concatenate((rows, more, names)), np.concatenate((counts, extra * weight, times))
    keys = pack(*rows.T)
    keys, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return rows[first], np.bincount(where, weights=counts, minlength=len(keys)).astype(np.float64)


def named(units: Path, order: int, vocabulary: dict[str, int]) -> tuple[npt.NDArray[np.int64], Counts]:
    """The n-grams of the official units, kind and name; the current ones and those of before July 2025."""
    rows = []
    for line in units.read_text(encoding="utf-8").splitlines()[1:]:
        _, kind, name, *_ = line.split("\t")
        words = [vocabulary.get(word, -1) for word in f"{kind} {name}".lower().split()]
        rows += [words[at : at + order] for at in range(len(words) - order + 1)]
    known = [row for row in rows if min(row) >= 0]
    return np.array(known, dtype=np.int64).reshape(-1, order), np.full(len(known), NAME_COUNT)


def vocabulary(folder: Path, minimum: int = 8) -> list[str]:
    """The classes, then each word that administrative text has ``minimum`` times, or general text ten times that."""
    counts: dict[str, float] = {}
    for name, weight in (("admin", 1.0), ("general", 0.1)):
        with gzip.open(folder / f"{name}.1gram.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                word, count = line.rstrip("\n").split("\t")
                counts[word] = counts.get(word, 0.0) + weight * int(count)
    syllables = set((folder / "lexicon.txt").read_text(encoding="utf-8").split())
    kept = [w for w, c in counts.items() if c >= minimum or w in syllables]
    return sorted(kept, key=lambda w: (not w.startswith("<"), -counts[w], w))


def hashed(keys: npt.NDArray[np.uint64]) -> tuple[NgramTable, npt.NDArray[np.int64]]:
    """The table of ``keys``, and the order in which their values must be stored."""
    buckets = max(1, round(len(keys) / BUCKET_LOAD))
    hashes = mix(keys)
    bucket = (hashes >> np.uint64(32)) % np.uint64(buckets)
    order = np.argsort(bucket, kind="stable")
    offsets = np.zeros(buckets + 1, dtype=np.uint32)
    offsets[1:] = np.cumsum(np.bincount(bucket.astype(np.int64), minlength=buckets))
    prints = (hashes[order] & np.uint64(0xFFFF)).astype(np.uint16)
    return NgramTable(offsets, prints), order


def build(
    counts: Path, out: Path, units: Path | None = None, weight: float = GENERAL_WEIGHT, more: Sequence[str] = ()
) -> None:
    """Write ``words.txt`` and the ``.npy`` tables to ``out``.

    ``units`` is the table of official units, ``more`` are words that the counts have too rarely.
    """
    words = vocabulary(counts)
    words += sorted(set(more) - set(words))
    ids = {word: index for index, word in enumerate(words)}
    size = len(words)
    rows1, count1 = merged(counts, 1, ids, weight, units)
    unigram = np.full(size, 0.1)
    unigram[rows1[:, 0]] = count1
    rare = [ids[word] for word in more]
    unigram[rare] = np.maximum(unigram[rare], RARE_COUNT)
    p1 = unigram / unigram.sum()

    rows2, count2 = merged(counts, 2, ids, weight, units)
    kept2 = np.maximum(count2 - DISCOUNT[1], 0)
    context = unigram[rows2[:, 0]]
    used = np.bincount(rows2[:, 0], weights=kept2, minlength=size)
    back1 = np.clip(1 - used / unigram, 1e-4, 1)
    p2 = kept2 / context + back1[rows2[:, 0]] * p1[rows2[:, 1]]

    rows3, count3 = merged(counts, 3, ids, weight, units)
    keys2 = pack(*rows2.T)
    order2 = np.argsort(keys2)
    sorted2 = keys2[order2]

    def row2(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        keys = pack(first, second)
        at = np.minimum(np.searchsorted(sorted2, keys), len(sorted2) - 1)
        return np.where(sorted2[at] == keys, order2[at], -1)

    head, tail = row2(rows3[:, 0], rows3[:, 1]), row2(rows3[:, 1], rows3[:, 2])
    keep = (head >= 0) & (tail >= 0)
    rows3, count3, head, tail = rows3[keep], count3[keep], head[keep], tail[keep]
    kept3 = np.maximum(count3 - DISCOUNT[2], 0)
    total = np.maximum(count2, np.bincount(head, weights=count3, minlength=len(count2)))
    used = np.bincount(head, weights=kept3, minlength=len(count2))
    back2 = np.clip(1 - used / total, 1e-4, 1)
    p3 = kept3 / total[head] + back2[head] * p2[tail]

    out.mkdir(parents=True, exist_ok=True)
    (out / "words.txt").write_text("\n".join(words), encoding="utf-8")
    _save(out, "uni", np.log(p1).astype(np.float16))
    _save(out, "uni_back", np.log(back1).astype(np.float16))
    table2, order = hashed(keys2)
    _save_table(out, "bi", table2)
    _save(out, "bi_log", quantise(np.log(np.maximum(p2, 1e-9)))[order])
    _save(out, "bi_back", quantise(np.log(back2))[order])
    table3, order = hashed(pack(*rows3.T))
    _save_table(out, "tri", table3)
    _save(out, "tri_log", quantise(np.log(p3))[order])


def _save(out: Path, name: str, values: npt.NDArray[np.generic]) -> None:
    np.save(out / f"{name}.npy", values, allow_pickle=False)


def _save_table(out: Path, name: str, table: NgramTable) -> None:
    _save(out, f"{name}_offsets", table.offsets)
    _save(out, f"{name}_prints", table.prints)
