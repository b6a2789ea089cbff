"""The model is made from toy counts and two drawn pages by the command that makes the shipped one."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

import diacritics
from diacritics.build.__main__ import version
from diacritics.build.counts import build, read_counts, vocabulary
from diacritics.build.pages import FAMILIES
from diacritics.build.pairs import align, pairs, strip_common
from diacritics.language import Language
from diacritics.model import DATA
from schemas.record import PageSource
from schemas.text import Document, Line, Page, Span

ROOT = Path(__file__).resolve().parents[3]
SENTENCES = (
    "trạm y tế xã tổ chức khám sức khỏe định kỳ cho người cao tuổi",
    "ủy ban nhân dân xã yêu cầu các thôn thực hiện nghiêm túc",
    "kinh phí thực hiện từ nguồn ngân sách xã và các nguồn hợp pháp khác",
    "hội liên hiệp phụ nữ xã phối hợp với các thôn vận động hội viên tham gia",
)
CLASSES = ("<num>", "<code>", "<unk>")


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of language statistics, counted from four sentences."""
    folder = tmp_path_factory.mktemp("counts")
    words = [["</s>", *sentence.split(), "</s>"] for sentence in SENTENCES]
    words += [["</s>", name, "</s>"] for name in CLASSES]
    for order in (1, 2, 3):
        grams = Counter(chain.from_iterable(zip(*(line[i:] for i in range(order)), strict=False) for line in words))
        text = "".join(f"{' '.join(gram)}\t{20 * count}\n" for gram, count in sorted(grams.items()))
        for name in ("admin", "general"):
            with gzip.open(folder / f"{name}.{order}gram.tsv.gz", "wt", encoding="utf-8") as file:
                file.write(text)
    syllables = sorted({word for sentence in SENTENCES for word in sentence.split()})
    (folder / "lexicon.txt").write_text("\n".join(syllables), "utf-8")
    (folder / "case.tsv").write_text("".join(f"{word}\t-0.1\t-2.5\t-4.5\n" for word in syllables), "utf-8")
    (folder / "abbr.tsv").write_text("UBND\t90\nHĐND\t80\n", "utf-8")
    (folder / "codeparts.tsv").write_text("UBND\t900\nKH\t800\nQĐ\t900\n", "utf-8")
    with gzip.open(folder / "heldout-render.txt.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(sentence.capitalize() for sentence in SENTENCES))
    return folder


def test_tables_give_back_the_counts(counts: Path, tmp_path: Path) -> None:
    build(counts, tmp_path)
    language = Language(tmp_path)
    assert set(language.words) >= {*CLASSES, "</s>", "khỏe"}
    ids = [language.id(word) for word in SENTENCES[0].split()]
    swapped = [ids[1], ids[0], *ids[2:]]
    assert language.score(ids) > -10 > language.score(swapped)
    rows, numbers = read_counts(counts / "admin.2gram.tsv.gz", dict(language.ids))
    log, _ = language.bigram(rows[:, 0], rows[:, 1])
    assert len(rows) > 40 and np.all(log > np.log(numbers / 20 / 500))


def test_words_of_neither_text_are_left_out(counts: Path) -> None:
    words = vocabulary(counts, minimum=10_000)
    assert words[:1] != [] and set(words) >= {"khỏe", "trạm"}
    assert "<num>" not in words


@pytest.mark.parametrize(("left", "right", "wanted"), [
    (["phát", "triển"], ["phat", "trién"], [("phát", "phat"), ("triển", "trién")]),
    (["phát", "triển", "kinh"], ["phattrién", "kinh"], [("phát triển", "phattrién"), ("kinh", "kinh")]),
    (["đường", "làng"], ["du", "dng", "lang"], [("đường", "du dng"), ("làng", "lang")]),
    (["đường", "★★★★★★★★", "làng"], ["dudng", "lang"], [("đường", "dudng"), ("làng", "lang")]),
    ([], [], []),
])  # fmt: skip
def test_tokens_are_paired(left: list[str], right: list[str], wanted: list[tuple[str, str]]) -> None:
    assert align(left, right, joins=True) == wanted


def test_common_edges_are_stripped() -> None:
    assert strip_common("(xã),", "(xa),") == ("xã", "xa")
    assert strip_common("xã.", "xa,") == ("xã.", "xa,")


def test_readings_become_pairs(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    path.write_text('{"truth": ["Trạm y tế xã,", "khác hẳn"], "eng": ["Tram y té xa,", "||| ~~"]}\n', "utf-8")
    assert pairs(path, "eng") == Counter({("Trạm", "Tram"): 1, ("y", "y"): 1, ("tế", "té"): 1, ("xã", "xa"): 1})


def missing() -> str:
    """What the machine lacks to draw and read pages."""
    fonts = [
        path for family, faces in FAMILIES.items() for face in faces if not (path := Path(family.format(face))).exists()
    ]
    if fonts:
        return f"needs fonts (Debian: fonts-liberation2, fonts-texgyre, fonts-freefont-ttf): {fonts[0]}"
    if not shutil.which("tesseract"):
        return "needs Tesseract"
    have = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout.split()
    return "" if {"eng", "vie"} <= set(have) else "needs Tesseract with eng and vie (Debian: tesseract-ocr-vie)"


def test_a_model_is_made_and_used(counts: Path, tmp_path: Path) -> None:
    if lack := missing():
        pytest.skip(lack)
    out, readings = tmp_path / "data", tmp_path / "readings"
    command = [sys.executable, "-m", "diacritics.build", "--counts", str(counts), "--pages", "2", "--out", str(out)]
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run([*command, "--readings", str(readings)], cwd=ROOT, env=env, check=True, timeout=120)
    assert len(list(readings.glob("*.jsonl"))) == 2
    model = diacritics.load(out)
    assert len(model.version) == 16 and model.forms is not None and len(model.forms.rows) > 30
    text = "Tram y té xa t6 chitc khdm stc khde dinh ky cho ngwoi cao tudi"
    source = PageSource(number=1, text_from="text-file", quality="garbled")
    page = Page(1, text, source, lines=(Line(Span(0, len(text))),))
    done = diacritics.repair(Document("x", "", "text/plain", (page,)), model)
    assert done.pages[0].text.lower() == SENTENCES[0]


def test_the_shipped_model_is_small_and_whole() -> None:
    assert (DATA / "VERSION").read_text("utf-8").strip() == version(DATA)
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 25_000_000
    assert not [path.name for path in DATA.iterdir() if path.suffix in (".pkl", ".pickle", ".npz")]
    assert all(np.load(path, allow_pickle=False, mmap_mode="r").size for path in DATA.glob("*.npy"))
