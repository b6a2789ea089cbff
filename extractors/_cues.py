"""The zones of a document and the words by which each is found. Patterns are for folded text."""

from __future__ import annotations

import re
from enum import StrEnum

from extractors import _tables
from extractors._lines import Row, folded_words
from schemas.syllable import is_syllable
from schemas.text import fold


class Zone(StrEnum):
    """The parts of a document by Nghị định 30/2020/NĐ-CP."""

    LETTERHEAD = "letterhead"
    TITLE = "title"
    ADDRESSEE = "addressee"
    BASIS = "basis"
    BODY = "body"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    APPENDIX = "appendix"
    FOOTNOTE = "footnote"
    NOISE = "noise"


HEAD = 60
"""Lines from the top in which the letterhead and the heading are looked for."""

_CITED = (
    r"(?:(?:cac|noi dung|tinh than|mot so) )*(?:so|luat|bo luat|hien phap|phap lenh|nghi dinh"
    r"|nghi quyet|quyet dinh|ke hoach|chuong trinh"
    r"|cong van|chi thi|thong bao|thong tu|ket luan|huong dan|de an|cong dien|to trinh|y kien|chi"
    r" dao|de nghi|quy dinh|quy che|van ban"
    r"|chuc nang|nhiem vu|su chi dao)\b"
)
BASIS_WORDS = re.compile(
    r"[-–]? ?(?:can cu|xet|theo de nghi|tren co so|thi hanh|chap hanh|thuc thi"
    rf"|(?:tiep tuc |de )?(?:thuc hien|trien khai|trien khai thuc hien|theo|tiep theo|phuc dap|cu the hoa) {_CITED})\b"
)
MOTTO = re.compile(r"cong h\w{1,2} xa h|chu nghia viet nam\W*$|\bdoc lap ?[-–—. ]+ ?tu do\b|^\W*dang cong san viet")
_MOTTO_WORDS = ("viet", "lap", "xa h")
"""One of these stands in every motto."""
PLACE_DATE = re.compile(r"ngay\b.{0,12}\bthang\b.{0,10}\bn[aă]m\b ?\d|, ?ngay .{0,14}\bnam\b ?\d{4}$")
CODE_LINE = re.compile(r"\W*s[o06]\s?[:.;]|\W*so +\d{0,5} ?[-/]")
ABOUT = re.compile(r"\W*(?:v ?[/1l!] ?[vw]|v[vw])\b")
"""V/v, also misread: "Vv", "V1v\"."""
_BODY_HEADS = (
    "uy ban|ubnd|hoi dong|hdnd|so|bo|phong|ban|van phong|dang bo|dang uy|dang doan|tinh uy|thanh"
    " uy|huyen uy|quan uy|thi uy|cong an"
    "|truong|trung tam|chi cuc|cuc|tong cuc|vu|thanh tra|chinh phu|thu tuong|quoc hoi|vien|toa"
    " an|kho bac|bao hiem|mat tran|doan"
    "|hoi|hiep hoi|lien hiep|lien doan|lien minh|cong doan|tinh doan|thanh doan|ngan hang|cong ty|tong cong ty|tap doan"
    "|chi bo|benh vien|tram|hat|quy|bch|bcd|btv|tieu ban|to|doi|khoi|co quan|chi nhanh|hoc vien|thue|hai quan|bao tang"
    "|thuong truc|thu vien|nha (?:van hoa|thieu nhi|hat|xuat ban)|dai|bao|tap chi|vuon quoc gia|ubmttq|ubmt"
)
BODY_HEAD = re.compile(rf"(?:{_BODY_HEADS})\b(?! ?,)")
"""How the name of an issuing body begins."""
MARK = re.compile(r"\W*(?:tuyet mat|toi mat|mat|thuong khan|khan|hoa toc(?: hen gio)?)\W*$")
"""Secrecy and urgency, stamped beside the letterhead."""
KINH_GUI = re.compile(r"\W*kinh ?g[uư]i\b")
NOI_NHAN = re.compile(r"\W*n\w?[oi]i? ?nhan\b(?!.{24})(?:[^;]*:|\W*$)")
SIGNING = re.compile(
    r"\W{0,3}(?:(?:t ?[/.]? ?m|k ?[/.]? ?t|t ?[/.]? ?l|t ?[/.]? ?u ?q)(?: ?[.,;:] ?| )|(?:tim|k1)\. ?|q\. ?)(?=[a-z])"
)
_E_SIGN = re.compile(r"\W*(?:nguoi ky|ky boi|ky ngay|thoi gian ky|ngay ky|duoc ky boi) ?:|\W*digitally signed")
E_SIGN_PART = re.compile(r"\W*(?:email|co quan|to chuc|noi ky|chuc vu|ngay ky|thoi gian) ?:")
STAMP_HEAD = re.compile(r".{0,30}\b(?:cong van|cv|van ban|so) den\b|\W*den\W*$|\W*den +so ?[:.]")
STAMP_LINE = re.compile(
    r"\W*(?:so(?!.*/ ?[a-z])|ngay|chuyen|gio|luu ho so so|so va ky hieu hs|kinh chuyen|sao gui)"
    r" ?[:.].{0,24}$|\W*den\W*$|\W*ngay ?\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{2,4}\W*$"
)
PAGE_NUMBER = re.compile(r"\W*(?:trang )?\d{1,3}(?:[^\w%]*$| ?/ ?\d{1,3}[^\w%.]*$)")
APPENDIX_HEAD = re.compile(r"\W{0,2}(?:phu luc|bieu(?: mau)? so|danh muc)\b")
ENACTING = re.compile(
    r"(?:uy ban nhan dan|hoi dong|chu tich|giam doc|bo truong|truong ban|thu tuong|ban thuong vu"
    r"|ban chap hanh|tong giam doc|cuc truong|hieu truong|chanh|chinh phu|quoc hoi|thong doc"
    r"|truong phong|bi thu|tong cuc truong)\b"
)
MARKED = re.compile(r"(?:[IVX]{1,4}|[A-H]|\d{1,2})[.)] ?[^\W\d_]|Điều \d")
NAME_LINE = 5


def has_motto(folded: str) -> bool:
    """Whether a line holds a line of the motto."""
    return any(word in folded for word in _MOTTO_WORDS) and MOTTO.search(folded) is not None


def is_signed(folded: str) -> bool:
    """Whether a line opens an electronic signature."""
    return _E_SIGN.match(folded) is not None or "signature not verified" in folded


def is_heading(row: Row) -> str | None:
    """The folded type name, where a line is the heading of a document ("KẾ HOẠCH", or "BÁO CÁO TỔNG KẾT ...")."""
    if not row.capitals and not row.text[:1].isupper():
        return None
    words = _JOINTLY.sub("", folded_words(row.folded))
    if words in _tables.doc_types():
        return words
    if not row.capitals:
        return None
    return _TIGHT.get(words.replace(" ", ""))


_JOINTLY = re.compile(r" (?:lien tich|lien nganh)$")
"""What a document of several bodies adds to its kind: "KẾ HOẠCH LIÊN TỊCH"."""


def is_name(text: str) -> bool:
    """Whether a line is a person's name: two to five legal syllables, each with a capital and small letters."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word.istitle() and len(word) > 1 and is_syllable(word) for word in words)


def is_vietnamese(text: str) -> bool:
    """Whether most words are legal syllables and some carry a mark: neither another language nor noise."""
    words = [word for word in ("".join(c for c in token if c.isalpha()) for token in text.split()) if len(word) > 1]
    return sum(map(is_syllable, words)) > 0.7 * len(words) and fold(text) != text.lower()


_TIGHT = {name.replace(" ", ""): name for name in _tables.doc_types()}


def starts_with_type(row: Row) -> bool:
    if not row.capitals:
        return False
    words = folded_words(row.folded)
    return any(words.startswith(name + " ") for name in _tables.doc_types())
