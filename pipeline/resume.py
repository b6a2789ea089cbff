"""What is left to do in a run folder: a document whose file, recipe and products are as they were is not done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.find import Item, sha256_of
from pipeline.journal import Outcome
from pipeline.recipe import Recipe
from pipeline.store import Store
from schemas.run import Done


class Resumed(NamedTuple):
    """What is still true of earlier runs, the files that are to be done, the documents that have lost their file."""

    kept: tuple[Outcome, ...]
    items: tuple[Item, ...]
    vanished: tuple[Done, ...]


def resume(
    store: Store,
    earlier: Mapping[str, Outcome],
    items: Sequence[Item],
    recipe: Recipe,
    only: Callable[[str], bool],
    *,
    retry_failed: bool,
) -> Resumed:
    """Divide the files. Every file that an earlier run knows is read, for its hash: times of files may lie.

    Of files for whose names ``only`` is false nothing is done or looked at.
    """
    kept: list[Outcome] = []
    left: list[Item] = []
    keys = {ocr: recipe.key(ocr=ocr) for ocr in (False, True)}
    for item in items:
        known = earlier.get(item.file)
        if not only(item.file):
            kept += [known] if known else []
        elif known is None or not _holds(store, known, item.path, keys, retry_failed):
            left.append(item)
        else:
            kept.append(known)
    present = {item.file for item in items}
    gone = tuple(each for file, each in sorted(earlier.items()) if isinstance(each, Done) and file not in present)
    return Resumed(tuple(kept), tuple(left), gone)


def _holds(store: Store, known: Outcome, path: Path, keys: Mapping[bool, str], retry_failed: bool) -> bool:
    if isinstance(known, Done):
        same = known.recipe == keys[known.ocr_pages > 0]
        return same and sha256_of(path) == known.sha256 and store.holds(known)
    return not retry_failed and known.recipe == keys[True] and sha256_of(path) == known.sha256
