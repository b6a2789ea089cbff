"""The Vietnamese syllable: onset, rhyme and tone; which strings are legal syllables, and how a syllable is spelt.

Source of the inventory: the spelling rules of Quốc ngữ as taught in schools (27 onsets, 162 rhymes, 6 tones).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ONSETS = frozenset(("", *"b c d đ g h k l m n p q r s t v x".split(), *"ch gh gi kh ng ngh nh ph qu th tr".split()))

# Rhymes without their tone. Those that end in a stop (c, ch, p, t) carry only the sharp or the heavy tone.
OPEN_RHYMES = frozenset(
    """a ai ao au ay ac ach am an ang anh ap at âu ây âm ân âng âc âp ât ă ăc ăm ăn ăng ăp ăt
    e eo ec em en eng ep et ê êu êch êm ên ênh êp êt i ia iu ich im in inh ip it iêc iêm iên iêng iêp iêt iêu
    o oi oa oai oao oay oac oach oam oan oang oanh oap oat oăc oăm oăn oăng oăt oe oeo oen oet oc om on ong op ot
    ooc oong ô ôi ôc ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt ơng u ua ui uc um un ung up ut uân uâng uât uây uê uêch
    uên uênh uêu ui uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyt uyu uyn uyp uau uao ư ưa ưc ưi ưm
    ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu""".split()
)
TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=65536)
def split_tone(syllable: str) -> tuple[str, str]:
    """The syllable without its tone (NFC), and the tone mark ("" for level)."""
    tone = ""
    kept = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in TONES:
            tone += char
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), tone


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (any case, NFC) is spelt as a Vietnamese syllable may be; "y" and "i" are both allowed."""
    bare, tone = split_tone(word.lower())
    if len(tone) > 1 or not bare:
        return False
    for size in (3, 2, 1, 0):
        onset, rhyme = bare[:size], bare[size:]
        if len(onset) == size and onset in ONSETS and _is_rhyme(onset, rhyme):
            return tone in ("\u0301", "\u0323") if rhyme.endswith(_STOPS) else True
    return False


def _is_rhyme(onset: str, rhyme: str) -> bool:
    if onset == "q":
        return False
    if onset == "qu":
        return (rhyme in OPEN_RHYMES and rhyme[0] in "aăâeêiơôy") or rhyme in ("ôc", "yên", "yêt", "ynh", "yt", "yp")
    if onset == "gi":
        return rhyme == "" or rhyme in OPEN_RHYMES or rhyme in ("êng", "êt", "êm", "ên", "êc")
    return rhyme in OPEN_RHYMES


_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_NEW_PLACEMENT = {
    unicodedata.normalize("NFC", first + second + mark): unicodedata.normalize("NFC", first + mark + second)
    for pair in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY")
    for first, second in (pair,)
    for mark in _MARKS
}


@lru_cache(maxsize=65536)
def old_placement(word: str) -> str:
    """``word`` with its tone where the old spelling puts it ("hoà" -> "hòa", "uỷ" -> "ủy"); "quý", "toàn" stay."""
    for new, old in _NEW_PLACEMENT.items():
        if word.endswith(new) and not word[: -len(new)].lower().endswith("q"):
            return word[: -len(new)] + old
    return word
