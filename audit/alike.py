"""When two readings of a value are alike: typography and tone placement do not count, some letters may differ."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

_PLAIN = str.maketrans({"–": "-", "—": "-", "…": "...", **dict.fromkeys("“”„″", '"'), **dict.fromkeys("‘’`´", "'")})
_OLD = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
_NEW = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()
_PLACEMENT = {
    case(new): case(old) for new, old in zip(_NEW, _OLD, strict=True) for case in (str.lower, str.upper, str.capitalize)
}
_NEW_PLACEMENT = re.compile("|".join(_PLACEMENT))
_BODIES = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "BCĐ": "Ban Chỉ đạo",
}
_BODY = re.compile(rf"\b({'|'.join(_BODIES)})\b")


def canonical(text: str | None) -> str:
    """NFC, plain quotes and dashes, old tone placement (hòa, ủy), single blanks; "" for None."""
    plain = unicodedata.normalize("NFC", text or "").translate(_PLAIN)
    return " ".join(_NEW_PLACEMENT.sub(lambda match: _PLACEMENT[match[0]], plain).split())


def folded(text: str | None) -> str:
    """``canonical`` without capitals."""
    return canonical(text).casefold()


def key(text: str | None) -> str:
    """The letters, digits and "&" of a value: equal for two ways of printing one code."""
    return re.sub(r"[^0-9a-zà-ỹđ&]+", "", folded(text))


def likeness(one: str | None, other: str | None) -> float:
    """0 to 100, capitals aside."""
    return fuzz.ratio(folded(one), folded(other))


def contains(text: str | None, phrase: str, least: float) -> bool:
    """Whether some stretch of ``text`` is at least ``least`` alike to ``phrase``."""
    return fuzz.partial_ratio(folded(phrase), folded(text)) >= least


def is_alike(one: str | None, other: str | None, least: float) -> bool:
    """Whether both are there and their likeness is at least ``least``."""
    return bool(folded(one) and folded(other)) and likeness(one, other) >= least


def body(name: str | None) -> str:
    """An issuing body's name with the usual abbreviations written out."""
    return _BODY.sub(lambda match: _BODIES[match[0]], canonical(name))
