"""What is not printed: numbers and days by hand, stamps, electronic signatures: ``python -m bench.stamps``.

First pages are drawn with a number and a day that are printed or written by hand (``bench.pen``: many hands, blue and
black), scanned in five ways, each with a stamp of incoming mail, an electronic signature's mark, a stamp of urgency or
secrecy, or none. Counted are values that hold a word of a stamp, handwritten numbers and days that are stated as
certain, printed ones that are doubted or wrong, and marks of urgency and secrecy that reach their fields. Standard
quality; readings are kept in build/stamps. Where VANTHU_REFERENCE names the folder of reference documents, its real
ones are counted too, by what their pages show to the eye. ``--pages N`` draws N pages of each kind and scan;
``--seed WORD`` draws others; ``--failures`` lists what is counted as a fault. ``--write FILE`` puts the table between
the marks "stamps:begin" and "stamps:end" of FILE.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from bench import pen
from bench.figures import table
from bench.page import put
from bench.pen import BLACK, BLUE, RED, Box, Stamp
from bench.reading import ROOT
from ingest import Cache
from pipeline import Failure, Processed, Tools, process, tools
from samples import draw, markup, scanner
from samples.sheet import Sheet, Word
from samples.typeset import typeset
from schemas.record import Record
from schemas.text import Span

DOCUMENTS = Path(draw.__file__).parent / "documents"
NAMES = (
    "ke-hoach-an-toan-thuc-pham",
    "chi-thi-phong-chong-thien-tai",
    "cong-van-tiem-chung",
    "ke-hoach-ket-nap-dang-vien",
    "quyet-dinh-to-so-hoa",
    "bao-cao-cai-cach-hanh-chinh",
)
INCOMING = (
    ("CÔNG VĂN ĐẾN", "Số: 2770", "Ngày: 04/4/26", "Chuyển: ........"),
    ("ĐẾN", "Số: ...1186...", "Ngày: 16/3/2026", "Chuyển: VHXH"),
    ("CV ĐẾN Số: 512", "Ngày: 12/5/26", "Chuyển: KT"),
    ("TRUNG TÂM CÔNG BÁO", "CV ĐẾN Số: 94", "Ngày: 21/3/26", "Chuyển:"),
)
SIGNED = (
    (
        "Ký bởi: Văn phòng điện tử",
        "Email: vanthu@donvi.gov.vn",
        "Cơ quan: Tỉnh Mẫu",
        "Thời gian ký: 16.03.2026 09:12:33 +07:00",
    ),
    ("Người ký: Văn phòng điện tử", "Thời gian ký: 16.03.2026 14:02:51"),
)
MARKS = ("HỎA TỐC", "KHẨN", "THƯỢNG KHẨN", "MẬT", "TỐI MẬT", "HỎA TỐC", "KHẨN", "MẬT")
SECRET = ("MẬT", "TỐI MẬT")
PLACES = {
    "incoming": ((14.0, 4.0), (10.0, 118.0), (10.0, 134.0), (440.0, 112.0), (10.0, 190.0)),
    "signed": ((20.0, 4.0), (390.0, 4.0)),
    "mark": ((80.0, 112.0), (100.0, 122.0), (60.0, 136.0), (400.0, 112.0), (12.0, 70.0), (90.0, 6.0)),
}
"""Where stamps are put, in points: the first place that is free of print is taken, in any order."""
KINDS = ("plain", "incoming", "signed", "mark")


class Scanned(NamedTuple):
    """A way to scan: its name, the scanner's mode, resolution and slant."""

    name: str
    mode: str
    dpi: int
    skew: float


SCANS = (
    Scanned("colour, 300 dpi", "colour", 300, 0.2),
    Scanned("colour, 200 dpi", "colour", 200, -0.5),
    Scanned("grey, 300 dpi", "grey", 300, 0.4),
    Scanned("grey, 150 dpi", "grey", 150, 0.1),
    Scanned("black and white, 200 dpi", "bw", 200, -0.3),
)


class Fact(NamedTuple):
    """What a page shows: number, day and month by hand or printed, boxes of stamps by page, the mark on it.

    ``code`` and ``date`` are known of drawn pages.
    """

    by_hand: frozenset[str]
    stamps: tuple[tuple[int, Box], ...] = ()
    mark: str = ""
    code: str = ""
    date: str = ""


_BOTH = frozenset({"number", "day"})
REAL = {
    **{f"{name}.pdf": Fact(_BOTH) for name in (13, 16, 18, 19, 22, 23, 26)},
    "14.pdf": Fact(_BOTH, ((1, (5, 134, 127, 197)),)),
    "28.pdf": Fact(frozenset()),
    "40.pdf": Fact(_BOTH | {"month"}, ((4, (20, 750, 95, 790)),)),
    "44.pdf": Fact(frozenset()),
}
"""What is seen on the reference set's real documents; a box in points stands where a stamp or a clerk's note is."""
FAULTS = (
    "value with a stamp's word",
    "handwritten number stated",
    "handwritten day stated",
    "printed number doubted",
    "printed number wrong",
    "printed day doubted",
    "printed day wrong",
    "mark lost",
    "mark wrong or invented",
)
CASES = ("pages", "by hand", "printed", "marks")


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=8, metavar="N", help="drawn pages of each kind and scan (8)")
    parser.add_argument("--seed", default="stamps", metavar="WORD", help="what the pages are drawn from")
    parser.add_argument("--failures", action="store_true", help="list the faults on standard error")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into FILE")
    options = parser.parse_args()
    kit = tools(cache=Cache(ROOT / "build" / "stamps"))
    rows = [
        *drawn_rows(options.pages, options.seed, kit, tell=options.failures),
        *real_rows(kit, tell=options.failures),
    ]
    text = table(("scan", *CASES, *FAULTS), rows) + "\n"
    if options.write:
        put(text, "stamps", options.write)
    else:
        print(text, end="")


def drawn_rows(pages: int, seed: str, kit: Tools, *, tell: bool) -> Iterator[tuple[object, ...]]:
    """A row for each way to scan, and all of them."""
    whole: Counter[str] = Counter()
    for scan in SCANS:
        counts: Counter[str] = Counter()
        for number in range(2 * pages):
            name = f"{seed} {scan.name} {number}"
            picture, fact = drawn(number, scan, random.Random(name))
            counts += _counted(name, faults(_processed(picture, scan.dpi, kit), fact), fact, tell)
        whole += counts
        yield _row(scan.name, counts)
    yield _row("**all drawn**", whole)


def real_rows(kit: Tools, *, tell: bool) -> Iterator[tuple[object, ...]]:
    """A row for the reference set's real documents, where it is."""
    if not (reference := os.environ.get("VANTHU_REFERENCE")):
        return
    counts: Counter[str] = Counter()
    for name, fact in REAL.items():
        done = process(Path(reference, "real", name), name, kit)
        assert not isinstance(done, Failure), done
        counts += _counted(name, faults(done, fact), fact, tell)
    yield _row("real documents", counts)


def _row(name: str, counts: Counter[str]) -> tuple[object, ...]:
    return (name, *(counts[key] for key in (*CASES, *FAULTS)))


def _counted(name: str, found: Sequence[str], fact: Fact, tell: bool) -> Counter[str]:
    if tell and found:
        print(f"{name}: {'; '.join(found)}", file=sys.stderr)
    counts = Counter(fault.split(":")[0] for fault in found)
    counts["pages"] += 1
    hand = len(fact.by_hand & _BOTH)
    return counts + Counter({"by hand": hand, "printed": len(_BOTH) - hand, "marks": bool(fact.mark)})


def drawn(number: int, scan: Scanned, rng: random.Random) -> tuple[Image.Image, Fact]:
    """A first page as it is scanned: even numbers with number and day by hand, odd ones printed."""
    by_hand = _BOTH if number % 2 == 0 else frozenset[str]()
    source = markup.read(DOCUMENTS / f"{NAMES[rng.randrange(len(NAMES))]}.txt")
    digits, day = str(rng.choice((rng.randint(1, 99), rng.randint(100, 3999)))).zfill(2), f"{rng.randint(1, 28):02d}"
    symbol = source.head["number"].split("Số")[1].lstrip(": 0123456789")
    month, year = rng.randint(1, 12), rng.choice((2024, 2025, 2026))
    shown = [f"{{{text}}}" if by_hand else text for text in (digits, day)]
    head = source.head | {
        "number": f"Số: {shown[0]}{symbol}",
        "dateline": f"{source.head['dateline'].split(',')[0]}, ngày {shown[1]} tháng {month:02d} năm {year}",
    }
    sheet = typeset(replace(source, head=head, body=source.body[:6]))[0]
    words = pen.without_hand(sheet)
    picture, scale = draw.page(sheet, scan.dpi, rng, "X"), scan.dpi / 72
    how = pen.hand(rng, rng.choice((BLUE, BLACK)))
    for word in words:
        pen.write(picture, word, how, scale, rng)
    picture, boxes, mark = _stamped(picture, KINDS[number // 2 % len(KINDS)], sheet, scale, rng)
    fact = Fact(by_hand, boxes, mark, digits + symbol, f"{year}-{month:02d}-{day}")
    return scanner.scan(picture, scan.mode, scan.skew, rng), fact


def _stamped(
    picture: Image.Image, kind: str, sheet: Sheet, scale: float, rng: random.Random
) -> tuple[Image.Image, tuple[tuple[int, Box], ...], str]:
    """The page with one stamp of a kind: the picture, the stamp's page and box, and the mark that it is."""
    if kind == "plain":
        return picture, (), ""
    mark = rng.choice(MARKS) if kind == "mark" else ""
    if mark:
        stamp = Stamp((mark,), rng.choice((RED, RED, BLACK)), rng.choice((1, 1, 2, 0)), rng.uniform(13, 18))
    elif kind == "signed":
        stamp = Stamp(rng.choice(SIGNED), rng.choice((RED, BLUE, BLACK)), 0, rng.uniform(6.5, 8), "Sans")
    else:
        ink = rng.choice((RED, BLUE, BLACK, BLACK))
        stamp = Stamp(rng.choice(INCOMING), ink, rng.choice((0, 0, 1)), rng.uniform(8.5, 11))
    places = [(left + rng.uniform(0, 12), top + rng.uniform(0, 5)) for left, top in PLACES[kind]]
    rng.shuffle(places)
    for place in places:
        pressed, box = pen.press(picture, stamp, place, scale, rng, 0 if kind == "signed" else 3)
        if not any(_lies_on(word, box) for word in sheet.words):
            return pressed, () if mark else ((1, box),), mark.lower()
    return picture, (), ""


def _lies_on(word: Word, box: Box) -> bool:
    """Whether a printed word lies on a box, by its left, middle and right."""
    width = 0.5 * word.size * len(word.text)
    xs = (word.x, word.x + width / 2, word.x + width)
    return any(box[0] <= x <= box[2] for x in xs) and word.y > box[1] and word.y - word.size * 0.7 < box[3]


def _processed(picture: Image.Image, dpi: int, kit: Tools) -> Processed:
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        path = Path(folder) / "page.png"
        picture.save(path, dpi=(dpi, dpi))
        done = process(path, path.name, kit)
    assert not isinstance(done, Failure), done
    return done


def faults(done: Processed, fact: Fact) -> list[str]:
    """What a record says that its page does not, or leaves out though it is printed."""
    record = done.records[0]
    found = [f"{FAULTS[0]}: {path}" for path in stamped_values(done, fact.stamps)]
    code, date = (cited.value if cited else None for cited in (record.code, record.date))
    if "number" in fact.by_hand:
        found += [f"{FAULTS[1]}: {code} ({fact.code})"] if record.number or code else []
    elif fact.code:
        found += _printed(code, fact.code, 3)
    if "day" in fact.by_hand:
        found += [f"{FAULTS[2]}: {date} ({fact.date})"] if date and len(date) == 10 else []
    elif fact.date:
        found += _printed(date, fact.date, 5)
    elif not date or len(date) < 10:
        found.append(FAULTS[5])
    return found + _marks(record, fact.mark)


def _printed(value: str | None, right: str, first: int) -> list[str]:
    """Doubted or wrong, where something is printed; ``first`` is the place of that pair of faults."""
    if value == right:
        return []
    doubted = not value or right.startswith(value)
    return [f"{FAULTS[first if doubted else first + 1]}: {value} ({right})"]


def _marks(record: Record, mark: str) -> list[str]:
    secret = mark in map(str.lower, SECRET)
    wanted = {"secrecy": mark if secret else "", "urgency": "" if secret else mark}
    found = []
    for field, right in wanted.items():
        cited = getattr(record, field)
        value = cited.value if cited else ""
        if right and not value:
            found.append(f"{FAULTS[7]}: {right}")
        elif value != right:
            found.append(f"{FAULTS[8]}: {value} for {right or 'none'}")
    return found


def stamped_values(done: Processed, stamps: Sequence[tuple[int, Box]]) -> Iterator[str]:
    """The values with a word of their evidence on a stamp: its middle lies in a box of ``stamps`` (page, points)."""
    pages = {page.page.number: page for page in done.text.pages}
    record = done.records[0].model_dump()
    for field, value in record.items():
        if field in ("notes", "source", "trace", "agencies", "urgency", "secrecy"):
            continue
        for item in value if isinstance(value, (list, tuple)) else [value] if value else []:
            evidence = item["evidence"] if isinstance(item, dict) else ()
            for piece in evidence:
                words = pages[piece["page"]].words(Span(piece["start"], piece["end"]))
                if any(_lies_in(word.box, box) for word in words for page, box in stamps if page == piece["page"]):
                    yield f"{field} {piece['raw']!r}"
                    break


def _lies_in(word: Box, box: Box) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


if __name__ == "__main__":
    main()
