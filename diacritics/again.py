"""What further readers of the picture saw, weighed beside the channel: for readings that an atom has, and new ones.

Digits on which two readers differ are a doubt. On drawn and real pages the OCR had 2 of 58 such numbers right; where it
was not sure and the other reader was, that one had 23 of 28.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from diacritics.codes import repair_code, repair_numeral
from diacritics.language import Language
from diacritics.option import Option, Weights
from diacritics.tokens import EDGES, MARKER, Atom
from schemas.syllable import is_syllable, old_placement

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{1,3}|V)[.)]?|X{1,3}[.)]?")
_QUARTER = re.compile(r"(?:I{1,3}|IV)(?:/\d{4})?")
_CLEAN = re.compile(r"[\w/&-]+|[\d.,:/%–-]+")
_PARTS = re.compile(r"[-/&]")
_NUMBER = re.compile(r"\d[\d.,:/%–-]*")
_SAME_CASE = 0.93
"""The confidence of the first reader from which its digits and capitals are believed against another's."""
_CLEAR = -0.3
"""The log-probability of a reading whose digits are believed."""
_SURE = -1.0
"""The log-probability of a reading that may stand where the OCR read no number or no code."""


def words_again(readings: Sequence[Option], atom: Atom, language: Language, weights: Weights) -> list[Option]:
    """The readings of a word, each with what further readers give its text, and what only they offer."""
    if not atom.again:
        return list(readings)
    seen = {text.strip(EDGES): log for text, log in reversed(atom.again)}
    if strokes := _strokes(atom):
        seen[strokes] = max(_SURE, *seen.values())
    keys: dict[str, float] = {}
    for text, log in seen.items():
        keys[_key(text)] = max(log, keys.get(_key(text), -99.0))
    top = max(seen.values())
    case = weights.other_case if _is_unsure(atom) else weights.case

    def gain(text: str) -> float:
        core = text.strip(EDGES)
        log = max(seen.get(core, -99.0), keys.get(_key(core), -99.0) - case)
        return weights.again * max(log - top, -weights.unseen)

    found = [
        o._replace(score=o.score + gain(o.text), why="witness" if o.why == "split" and o.text in seen else o.why)
        for o in readings
    ]
    before, after = _edges(atom)
    for text, log in seen.items():
        for words, score in _offered(atom, text, log, readings, language, weights):
            found.append(
                Option(words, score + gain(text), before + text + after, "witness", text, atom.core or atom.text)
            )
    return found


def _strokes(atom: Atom) -> str | None:
    """A numeral read with "H" for "II", where another reader saw strokes too: of two alike it tends to make one."""
    core = atom.text.strip(EDGES)
    meant = core.replace("H", "II")
    heard = atom.again[0][0].strip(EDGES).partition("/")[0]
    return meant if meant != core and _QUARTER.fullmatch(meant) and set(heard) <= set("HIVl1") else None


def _is_unsure(atom: Atom) -> bool:
    """Whether the first reader was not sure of a word: capitals and small letters it confuses in such words alone."""
    return atom.confidence is not None and atom.confidence < _SAME_CASE


def _surprise(atom: Atom, weights: Weights) -> float:
    """Nats that it costs to believe that what was read has nothing to do with what is meant."""
    core = atom.core
    legal = is_syllable(core) or len(core) == 1 or core.isdigit()
    sure = 1.0 if atom.confidence is None else atom.confidence
    return weights.surprise * sure + weights.legal * legal


def _offered(
    atom: Atom, text: str, log: float, readings: Sequence[Option], language: Language, weights: Weights
) -> Iterator[tuple[tuple[int, ...], float]]:
    """The words of the language model that a text of another reader is, where no reading has it, with a score."""
    key = _key(text)
    same = [o for o in readings if _key(o.text) == key]
    if same:
        best = max(same, key=lambda o: (o.why != "left", o.score))
        if all(o.text.strip(EDGES) != text for o in same):
            yield best.words, best.score - (weights.case if _is_unsure(atom) else weights.other_case)
        return
    scores = [o.score for o in readings if o.why != "left"]
    strange = max(scores, default=-99.0) - _surprise(atom, weights)
    least = max(min(scores, default=-weights.leave), strange) - weights.offered
    parts = text.split()
    if parts and len(parts) <= 2 and all(is_syllable(part) and _key(part) in language.ids for part in parts):
        yield tuple(language.ids[_key(part)] for part in parts), least
    elif log >= _SURE and _NUMBER.fullmatch(text):
        yield (language.number,), max(least, *(o.score - weights.offered for o in readings if o.why == "left"))
    elif log >= _SURE and _ROMAN.fullmatch(text):
        yield (language.unknown,), least
    elif log >= _SURE and any(map(str.isalnum, text)) and not text.islower():
        left = [o.score for o in readings if o.why == "left"]
        yield from [((language.unknown,), score - weights.offered) for score in left]


def number_again(atom: Atom, language: Language, weights: Weights) -> list[Option]:
    """A number as the OCR read it, and as another reader did: that wins where it is sure and the OCR was not."""
    best, log = atom.again[0] if atom.again else (atom.text, 0.0)
    if _digits(best) == _digits(atom.text):
        return [Option((language.number,), 0.0, atom.text, "number")]
    better = _is_unsure(atom) and log >= _CLEAR and _NUMBER.fullmatch(best.strip(EDGES))
    rival = weights.other_digits if better else -weights.other_digits
    return [
        Option((language.number,), 0.0, atom.text, "number", seen=atom.core),
        Option((language.number,), rival, best, "number", seen=atom.core),
    ]


def code_again(atom: Atom, language: Language, weights: Weights, parts: Mapping[str, int]) -> list[Option]:
    """A code as the OCR read it, and as another reader did: that is better where more of its parts are known."""
    read = repair_code(atom.text, parts)
    if not atom.again or atom.again[0][1] < _SURE or " " in atom.again[0][0]:
        return [Option((language.code,), 0.0, read, "code")]
    before, after = _edges(atom)
    other = before + repair_code(atom.again[0][0].strip(EDGES), parts) + after
    if other == read:
        return [Option((language.code,), 0.0, read, "code")]
    alike = _digits(other) == _digits(read)
    gain = weights.other_digits * (_strange(read, parts) - _strange(other, parts)) if alike else 0.0
    return [
        Option((language.code,), 0.0, read, "code", seen=atom.core),
        Option((language.code,), gain or -weights.other_digits, other, "code", seen=atom.core),
    ]


def marker_again(atom: Atom) -> str:
    """A section marker as another reader surely saw it, where it is a roman numeral or no marker was read; repaired."""
    if atom.again and atom.again[0][1] >= _SURE and not atom.text[0].isdigit():
        text = atom.again[0][0]
        numeral = _ROMAN.fullmatch(text) is not None
        if numeral or not (MARKER.match(atom.text) or (atom.capitals and _ROMAN.fullmatch(atom.text))):
            return text
    return repair_numeral(atom.text.replace("H", "II") if atom.capitals else atom.text)


def _strange(code: str, parts: Mapping[str, int]) -> int:
    """How many parts of a code are neither numbers nor known."""
    core = code.strip(EDGES)
    odd = not _CLEAN.fullmatch(core)
    return odd + sum(not part.isdigit() and part not in parts for part in _PARTS.split(core))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _edges(atom: Atom) -> tuple[str, str]:
    """What stands before and after the core of an atom."""
    low = len(atom.text) - len(atom.text.lstrip(EDGES))
    return (atom.text[:low], atom.text[low + len(atom.core) :]) if atom.core else ("", "")


def _key(text: str) -> str:
    """A text as a word to compare: without edges, in small letters, in the old placement of tones."""
    return old_placement(text.strip(EDGES)).lower()
