"""What decoding came to: the changes to a page, its doubts, and how well the text was read."""

from __future__ import annotations

from collections.abc import Iterable

from diacritics.again import marker_again
from diacritics.codes import join_date, repair_date
from diacritics.decode import Choice
from diacritics.tokens import Atom, Kind
from schemas.text import CERTAIN, Change, Doubt, Span, fold


def changes(segment: Iterable[Atom], choices: Iterable[Choice]) -> list[Change]:
    """The changes to the raw page that the choices for a segment make."""
    found = [
        Change(atom.span, atom.text, numeral, "numeral", 0.0)
        for atom in segment
        if atom.kind is Kind.MARKER and (numeral := marker_again(atom)) != atom.text
    ]
    before = ""
    for atoms, option, gain, posterior, runner_up in _dates_joined(choices):
        text, why = option.text, option.why
        if option.why == "number" and fold(before) == "ngay":
            core = atoms[0].core
            if (date := repair_date(core)) != core:
                text, why = text.replace(core, date), "date"
        elif option.why == "code" and atoms[0].glued and before[-1:] in ("", ":"):
            text = " " + text
        if atoms[0].parted and text == atoms[0].text:
            text, why = " " + text, "blank"
        read = atoms[0].text + "".join(("" if atom.glued else " ") + atom.text for atom in atoms[1:])
        if read != text:
            span = Span(atoms[0].span.start, atoms[-1].span.end)
            found.append(Change(span, read, text, why, round(gain, 2), round(posterior, 3), runner_up))
        before = text
    return sorted(found)


def _dates_joined(choices: Iterable[Choice]) -> list[Choice]:
    """The choices, the two halves of a date that a blank cuts ("14/1 1/2025" after "ngày") made one."""
    found: list[Choice] = []
    for choice in choices:
        if (
            len(found) > 1
            and choice.option.why == "number" == found[-1].option.why
            and fold(found[-2].option.text) == "ngay"
        ):
            first, second = found[-1].atoms[0], choice.atoms[0]
            whole = join_date(first.core, second.core)
            if whole and first.line == second.line and first.text.endswith(first.core):
                text = whole + second.text[len(second.core) :] if second.text.startswith(second.core) else ""
                if text:
                    option = choice.option._replace(text=text, why="date")
                    found[-1] = Choice((first, second), option, 0.0, choice.posterior, "")
                    continue
        found.append(choice)
    return found


def doubts(choices: Iterable[Choice]) -> list[Doubt]:
    """The readings that are not certain."""
    return [
        Doubt(Span(c.atoms[0].span.start, c.atoms[-1].span.end), round(c.posterior, 3), c.runner_up)
        for c in choices
        if c.posterior < CERTAIN and c.option.seen
    ]


def words_and_posteriors(chosen: Iterable[Iterable[Choice]]) -> list[list[tuple[int, float]]]:
    """The words of each segment with the posteriors of their readings."""
    return [[(word, c.posterior) for c in choices for word in c.option.words] for choices in chosen]


def legibility(choices: Iterable[Choice]) -> float:
    """The mean probability of the words read, a word that was left as it is counting nothing; 1.0 without words."""
    shares = [c.posterior if c.option.seen else 0.0 for c in choices if c.option.seen or c.option.why == "left"]
    return sum(shares) / len(shares) if shares else 1.0


def strangeness(chosen: Iterable[Iterable[Choice]]) -> float:
    """How unlike its style the channel finds a text: nats per seen character of the chosen words."""
    options = [c.option for choices in chosen for c in choices if c.option.seen]
    return -sum(o.score for o in options) / max(1, sum(len(o.seen) for o in options))


def likelihood(chosen: Iterable[Iterable[Choice]]) -> float:
    """log P(seen | read) of a text by the channel, words left as they are among it."""
    return sum(c.option.score for choices in chosen for c in choices)
