"""References that another document of the same run resolves: ``RUN/links.jsonl``.

A record depends on its file alone, so links stand beside the records. A link is made where exactly one document fits:
its code is the one that is cited and its date or issuer says so too; or, where its number is not certain, its symbol,
its full date and its issuer are those that are cited, so that the citation is a witness for the number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from schemas.run import Link
from schemas.text import fold

_COMMITTEE = re.compile(r"^(?:chu tich|thuong truc|ban thuong vu) ")


class _Card(NamedTuple):
    """What a document is known by."""

    path: str
    code: str | None
    symbol: str | None
    date: str | None
    issuer: str | None


def links(paths: Sequence[str], read: Callable[[str], dict[str, Any]]) -> Iterator[Link]:
    """The links among records, in the order of their paths and of their references.

    ``paths`` are those of the records in the run folder; ``read`` gives one as plain JSON. Each is read twice, so that
    only what documents are known by is held in memory, not what they cite.
    """
    cards: dict[str, list[_Card]] = {}
    for path in paths:
        card = _card(path, read(path))
        for key in {card.code, card.symbol} - {None}:
            cards.setdefault(str(key), []).append(card)
    for path in sorted(paths):
        for number, reference in enumerate(read(path)["references"]):
            if (link := _link(path, number, reference, cards)) is not None:
                yield link


def _card(path: str, record: Mapping[str, Any]) -> _Card:
    def of(field: str) -> str | None:
        cited = record[field]
        return None if cited is None else str(cited["value"])

    return _Card(path, _key(of("code")), _key(of("symbol")), of("date"), of("issuer"))


def _key(code: str | None) -> str | None:
    return re.sub(r"\s", "", code).upper() if code else None


def _link(path: str, number: int, reference: Mapping[str, Any], cards: Mapping[str, Sequence[_Card]]) -> Link | None:
    code = _key(reference["code"])
    if code is None:
        return None
    same = [(card, by) for card in cards.get(code, ()) if card.code == code and (by := _agree(reference, card))]
    if not same:
        symbol = code.split("/", 1)[-1] if "/" in code.split("-", 1)[0] else code.split("-", 1)[-1]
        open_cards = [card for card in cards.get(symbol, ()) if card.code is None]
        same = [(c, by) for c in open_cards if c.path != path and set(by := _agree(reference, c)) == {"date", "issuer"}]
        same = [(c, by) for c, by in same if c.date == reference["date"] and len(c.date or "") == 10]
        return _made(path, number, reference, same, "symbol")
    return _made(path, number, reference, same, "code")


def _made(
    path: str, number: int, reference: Mapping[str, Any], same: Sequence[tuple[_Card, tuple[str, ...]]], first: str
) -> Link | None:
    if len(same) != 1 or same[0][0].path == path:
        return None
    ((card, by),) = same
    return Link(record=path, reference=number, code=reference["code"] or "", document=card.path, by=(first, *by))


def _agree(reference: Mapping[str, Any], card: _Card) -> tuple[str, ...]:
    """What of date and issuer is the same in both, as far as both tell; nothing where one of them contradicts."""
    by: list[str] = []
    if reference["date"] and card.date:
        size = min(len(reference["date"]), len(card.date))
        if reference["date"][:size] != card.date[:size]:
            return ()
        by += ["date"] if size > 4 else []
    if reference["issuer"] and card.issuer:
        said, own = (_COMMITTEE.sub("", fold(name)) for name in (reference["issuer"], card.issuer))
        if not own.startswith(said) and not said.startswith(own):
            return ()
        by.append("issuer")
    return tuple(by)
