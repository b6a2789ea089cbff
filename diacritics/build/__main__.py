"""Make the files of ``diacritics/data`` from language statistics and from pages that are drawn and read here.

    python -m diacritics.build --counts FOLDER [--units units.tsv] [--pages 400] [--out diacritics/data]

FOLDER holds ``{admin,general}.{1,2,3}gram.tsv.gz``, ``lexicon.txt``, ``case.tsv``, ``abbr.tsv``, ``codeparts.tsv`` and
``heldout-render.txt.gz`` (paragraphs kept out of the counts, one per line); ``units.tsv`` names the official units.
Readings that exist are used again: delete them to draw anew. Needs Tesseract with ``eng`` and ``vie``, and Debian's
fonts-liberation2, fonts-texgyre and fonts-freefont-ttf.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from collections import Counter
from pathlib import Path

from diacritics.adapt import WIDE
from diacritics.build.counts import build
from diacritics.build.pages import write_readings
from diacritics.build.pairs import pairs
from diacritics.channel import Channel, learn
from diacritics.decode import Decoder
from diacritics.forms import write
from diacritics.model import DATA, load
from diacritics.option import Weights
from diacritics.variants import cased, variants
from schemas.text import fold

SEEDS = (1, 2)
LANGUAGES = ("eng", "vie")
# Parts of codes and abbreviations in official use that the counts have too rarely (Nghị định 30/2020/NĐ-CP; party
# practice).
MORE_CODE_PARTS = "ĐU ĐUK BCĐ CĐS CV KL TU HU BTV VPTU QyĐ TTr CTr PA ĐA DA BB CĐ BGN BTT GUQ GM GGT PG PC".split()
MORE_ABBREVIATIONS = "AI IT CBCCVC CĐS CCHC BCĐ THCS TNCS PCCC PCTT TKCN ANTT".split()


def main() -> None:
    """Read the command line and make the files."""
    parser = argparse.ArgumentParser(prog="python -m diacritics.build", description=__doc__.split("\n")[0])
    parser.add_argument("--counts", type=Path, required=True, help="folder of language statistics")
    parser.add_argument("--units", type=Path, help="table of the official units: code, kind, name")
    parser.add_argument("--pages", type=int, default=400, help="pages to draw and read")
    parser.add_argument("--out", type=Path, default=Path("diacritics/data"))
    parser.add_argument("--readings", type=Path, default=Path("build/readings"))
    arguments = parser.parse_args()
    arguments.readings.mkdir(parents=True, exist_ok=True)
    build(arguments.counts, arguments.out, arguments.units, more=[word.lower() for word in MORE_ABBREVIATIONS])
    (arguments.out / "VERSION").write_text("in the making\n", encoding="utf-8")
    copy_tables(arguments.counts, arguments.out)
    readings = draw(arguments.counts / "heldout-render.txt.gz", arguments.readings, arguments.pages)
    counts = {name: sum((pairs(path, name) for path in readings), Counter[tuple[str, str]]()) for name in LANGUAGES}
    for language in LANGUAGES:
        learn_channel(counts[language], arguments.out / f"channel-{language}.json")
    strip_channel().dump(arguments.out / "channel-plain.json")
    remember_forms(counts["eng"], arguments.out)
    (arguments.out / "VERSION").write_text(version(arguments.out) + "\n", encoding="utf-8")


def copy_tables(counts: Path, out: Path) -> None:
    """The lexicon, the habits of capitals, the abbreviations, the parts of codes, and the surnames, kept by hand."""
    if out.resolve() != DATA:
        shutil.copyfile(DATA / "surnames.txt", out / "surnames.txt")
    shutil.copyfile(counts / "lexicon.txt", out / "lexicon.txt")
    shutil.copyfile(counts / "case.tsv", out / "case.tsv")
    _table(counts / "abbr.tsv", out / "abbreviations.tsv", MORE_ABBREVIATIONS)
    _table(counts / "codeparts.tsv", out / "codeparts.tsv", MORE_CODE_PARTS)


def _table(source: Path, target: Path, more: list[str], count: int = 50) -> None:
    rows = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        key, *rest = line.split("\t")
        rows[key] = int(rest[0]) if rest else count
    for key in more:
        rows[key] = max(rows.get(key, 0), count)
    target.write_text("".join(f"{key}\t{n}\n" for key, n in sorted(rows.items())), encoding="utf-8")


def draw(source: Path, folder: Path, pages: int) -> list[Path]:
    """Files of readings, made where they do not exist."""
    files = []
    for seed in SEEDS:
        path = folder / f"{seed}.jsonl"
        if not path.exists():
            partial = path.with_suffix(".partial")
            write_readings(source, partial, pages // len(SEEDS), seed, LANGUAGES)
            partial.replace(path)
        files.append(path)
    return files


def learn_channel(counts: Counter[tuple[str, str]], out: Path) -> None:
    """Learn a channel from aligned tokens, and write it."""
    words = [
        (meant, seen, float(n))
        for (meant, seen), n in sorted(counts.items())
        if " " not in meant + seen and not any(c.isdigit() for c in meant)
    ]
    learn(words).dump(out)


def strip_channel() -> Channel:
    """The style of text without any marks: each letter is seen as its base letter, its case kept."""
    letters = {c for word in (DATA / "lexicon.txt").read_text(encoding="utf-8") for c in (word, word.upper())}
    return Channel({c: {fold(c).upper() if c.isupper() else fold(c): 1000.0} for c in sorted(letters) if c.isalpha()})


def remember_forms(counts: Counter[tuple[str, str]], out: Path) -> None:
    """Search the seen forms, and write their candidates."""
    for stale in out.glob("forms*"):
        stale.unlink()
    seen = {v.form for _, text in counts for token in text.split() for v in variants(token)}
    queries = [query for form in sorted(seen) for query in cased(form)]
    model = load(out)
    found = Decoder(model.language, model.lexicon, model.channel, Weights(margin=WIDE)).search(queries)
    write(out, ((query, found[query]) for query in queries))


def version(folder: Path) -> str:
    """A hash of all model files, by name."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name not in ("VERSION", "README.md"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
