"""Where a list of bodies ends in a sentence: before what they do, not at a comma or "và" inside a name."""

from __future__ import annotations

import re
from itertools import islice

from extractors._heads import CAPPED_RE, PERSON_RE, SHARING, TOKEN_RE, bare, begins, capital, known, own_name, proper
from extractors._heads import kinds as kinds_at
from extractors._verbs import PAIRS, is_verb
from schemas.text import fold

_SHARING_HEAD_RE = re.compile(rf"(?:^|\s)cac ({SHARING})$")
_SHARED_LIST_RE = re.compile(rf"(?:[^,;:.]{{1,40}} )?cac {SHARING} ?:")
_LOOSE_RE = re.compile(
    r"(?:ban chi dao|bcd|hoi dong|trung tam|ban quan ly|to|quy|ban chi huy|lien minh|hoi|luc luong)\b"
)
_AFTER_KIND = frozenset(
    "quan ly,chuyen mon,bao chi,cung cap,cung ung,tien hanh,dieu tra,truyen thong,thong tin".split(",")
)
_REACH = 800
"""Letters of the longest list that is looked at in a sentence."""
_CLOSES_NAME = frozenset("xã tỉnh phường thôn hội quan bàn huyện thể phố".split())
_LEVELS = frozenset("xã tỉnh phường huyện phố vực".split())
_GOES_ON = frozenset("hội ven miền biên vùng có trên lân trực thuộc liên nơi trọng khó đảo của ủy đoàn nơi".split())
"""Small words that may follow the level in the name of one body ("các tổ chức chính trị - xã hội", "xã ven biển")."""
_OF_FIELD = frozenset(
    "tỉnh xã phường thành huyện thị đặc cấp các của thuộc quận khu trung và khối địa ở trên liên".split()
)
"""Small words that may follow a field known as a whole ("Sở Y tế tỉnh", "Hội Nông dân các cấp")."""
_PLACES_RE = re.compile(r"(?:thon|ap|ban|to|doi|doan|bao|hop tac xa|truong|quy) ")
_COMPOUNDS = frozenset(("việc làm", "công lập", "dân lập", "tư lập", "hậu cần", "trật tự", "trợ giúp"))
"""Words whose second half looks like a deed ("Trung tâm Dịch vụ việc làm")."""
_FIELDS = frozenset(("dau tu", "phat trien", "thi dau", "xay dung", "ho tro", "xuc tien", "bao ton", "bao ve"))
_FIELDS |= {"chuyen giao", "giai phong", "quan ly", "phuc vu", "dao tao"}
"""Deeds that institutions are named after ("Trung tâm Hỗ trợ phát triển doanh nghiệp")."""
_INSTITUTION_RE = re.compile(r"(?:trung tam|quy|ban quan ly|vien|cong ty|hiep hoi|chi cuc|ban) ")
_LOOSE_END_RE = re.compile(r"(?:[\s,;-]|\b(?:và|cùng|với)\s*$)+$")
_JOINERS = ("va", "và", "-", "+", "với", "cùng")


def scan(text: str, at: int = 0) -> int:
    """Where the list of bodies that begins at ``at`` ends in a sentence; ``at`` if no body begins there.

    The name ends at what the body does ("tổ chức", "xây dựng"), at a full stop, colon or bracket, and at a
    comma after which no body begins.
    """
    end = _Scan(text[at : at + _REACH]).end()
    return at + len(_LOOSE_END_RE.sub("", text[at : at + end])) if end else at


class _Scan:
    """Reads the words of a sentence from the first body on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold(text)
        self._coming = TOKEN_RE.finditer(text)
        self._tokens: list[tuple[str, int, int]] = []
        self._start = 0
        self._inside = 0
        self._anchor = 0
        self._field = 0

    def end(self) -> int:
        """Where the last word of the list ends; 0 if no body begins the text."""
        if not self._word(0) or not self._enter(self._tokens[0][1]):
            return 0
        end = index = 0
        while word := self._word(index):
            _, low, high = self._tokens[index]
            if low >= self._inside and word != "-" and not self._continues(index):
                break
            end = high if word != "-" else end
            index += 1
        return end

    def _word(self, index: int) -> str:
        """A word, read when it is asked for; "" behind the last."""
        while index >= len(self._tokens):
            match = next(self._coming, None)
            if match is None:
                return ""
            self._tokens.append((match[0], *match.span()))
        return self._tokens[index][0]

    def _enter(self, at: int) -> bool:
        """Take the body that begins at ``at``, if one does."""
        if begins(self._text, self._folded, at):
            self._anchor = at
        elif bare(self._folded, at) == at:
            return False
        self._start, self._inside = at, self._head_end(at)
        head = CAPPED_RE.match(self._folded, at)
        self._field = known(self._folded, head.end(), head.group().strip()) if head else 0
        if head and self._folded.startswith("ban to chuc", at):
            self._field = 0
        self._field = own_name(self._folded, at) or self._field
        return True

    def _continues(self, index: int) -> bool:
        """Whether the list goes on with this word."""
        word, low, high = self._tokens[index]
        after = self._word(index + 1)
        folded = self._folded[low:high]
        if word in ",;" or folded == "va" or (folded == "cung" and after.islower()):
            return self._next_body(index)
        if word == ":" and self._names_follow(index):
            self._inside = max(self._inside, high)
            return True
        if word[0].islower() and f"{self._word(index - 1).lower()} {word}" in _COMPOUNDS:
            return True
        if not word[0].isalnum() or self._new_line(index) or self._over(index):
            return False
        return not is_verb(word, after) or self._noun(index)

    def _noun(self, index: int) -> bool:
        """Whether a deed is part of an institution's name ("Ban Quản lý dự án đầu tư xây dựng tỉnh lập ..."): the level
        or the true deed follows.
        """
        pair = f"{fold(self._word(index))} {fold(self._word(index + 1))}"
        named = index > 0 and self._word(index - 1)[:1].isupper()
        if named or pair not in _FIELDS or not _INSTITUTION_RE.match(self._folded, self._anchor):
            return False
        for ahead in range(index + 2, index + 6):
            word = self._word(ahead)
            if word in _LEVELS or (ahead > index + 3 and is_verb(word, self._word(ahead + 1))):
                return True
            if not word or not word[0].isalnum():
                return False
        return False

    def _over(self, index: int) -> bool:
        """Whether the name is whole before this small word: after a known field, or after the level of one body."""
        word, low, _ = self._tokens[index]
        if not word[0].islower() or not index:
            return False
        before, _, end = self._tokens[index - 1]
        if end == self._field:
            return word not in _OF_FIELD
        one = " cac " not in self._folded[self._anchor : low] and kinds_at(self._folded, self._anchor) == self._anchor
        return one and before in _LEVELS and word not in _GOES_ON and not is_territory(word)

    def _next_body(self, index: int) -> bool:
        """Whether a body, or more of this one's name, follows a comma or "và"."""
        following = index + 1
        while self._word(following) in _JOINERS:
            following += 1
        word = self._word(following)
        if not word:
            return False
        there = self._tokens[following][1]
        if self._enter(there):
            return True
        if self._word(index) == ";":
            return False
        if proper(self._text, self._folded, self._start) == self._start and not _SHARED_LIST_RE.match(
            self._folded, self._start
        ):
            return False
        if capital(self._text, there):
            return True
        return bool(_LOOSE_RE.match(self._folded, self._start)) and not is_verb(word, self._word(following + 1))

    def _new_line(self, index: int) -> bool:
        """Whether a capital verb after the end of a name begins the task ("... chính trị - xã hội Vận động ...")."""
        word, after = self._word(index), self._word(index + 1)
        closed = index > 0 and self._word(index - 1) in _CLOSES_NAME
        return closed and word[0].isupper() and after.islower() and is_verb(word.lower(), after)

    def _names_follow(self, index: int) -> bool:
        """Whether proper names, not deeds, follow the colon after "các Sở", "UBND các xã"."""
        head = _SHARING_HEAD_RE.search(self._folded[self._start : self._tokens[index][1]].strip())
        if head is None or not self._word(index + 1)[:1].isupper():
            return False
        there = self._tokens[index + 1][1]
        following = self._word(index + 2) or ","
        return known(self._folded, there, head[1]) > there or following[0].isupper() or following in ",;"

    def _head_end(self, at: int) -> int:
        """The end of what is surely name: the head of the body, and after some heads two words more."""
        if person := PERSON_RE.match(self._text, at):
            return person.end()
        if own := own_name(self._folded, at):
            return own
        named = proper(self._text, self._folded, at)
        end = max(named, kinds_at(self._folded, at), bare(self._folded, at))
        more = [m[0] for m in islice(TOKEN_RE.finditer(self._text[end : end + 50]), 3)]
        if len(more) > 1 and named > at and more[0].istitle() and more[1].islower() and self._of_two(at, more):
            return end + 1 + len(more[0]) + 1 + len(more[1])
        if len(more) < 2 or not more[0].islower() or not more[1].islower() or more[0] in (*_CLOSES_NAME, "tự"):
            return end
        pair = " ".join(map(fold, more[:2]))
        if named > at:
            loose = _LOOSE_RE.match(self._folded, at) and (pair not in PAIRS or pair in _FIELDS)
            goes_on = loose and not is_verb(more[1], more[2] if len(more) > 2 else "")
        else:
            goes_on = pair in _AFTER_KIND and self._text[:end].endswith(("quan", "vị", "chức", "lượng", "sở", "nghiệp"))
        return end + 1 + len(more[0]) + 1 + len(more[1]) if goes_on else end

    def _of_two(self, at: int, more: list[str]) -> bool:
        """Whether the field of a body is a word of two syllables, the second small ("Phòng Hậu cần")."""
        pair = " ".join(map(fold, (*more[1:], "")[:2])) if len(more) > 2 else ""
        return _PLACES_RE.match(self._folded, at) is None and pair not in PAIRS


def is_territory(word: str) -> bool:
    """Whether a small word is the kind of an administrative unit ("UBND tỉnh", "UBND thành phố")."""
    return word in ("tỉnh", "thành", "xã", "phường", "huyện", "thị", "đặc", "quận", "thôn", "khu", "cấp", "ấp")
