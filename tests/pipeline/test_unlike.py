"""Documents unlike ours: an English contract, noise, an empty page, through all stages. No value is invented."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from pipeline import Failure, Tools, process, tools

CONTRACT = """SERVICE AGREEMENT
No. 27/SA-2025

This Agreement is made on 12 September 2025 between Green Leaf Company Limited, a company
incorporated under the laws of England, and the Blue River Foundation, registered under No. 1234.

1. SERVICES
1.1 The Contractor shall deliver at least 95% of the reports by 30 June 2026.
1.2 The Client shall pay USD 12,500 within 30 days of each invoice, under the decision dated 10/11/2025.
2. TERM
This Agreement begins on 1 October 2025 and ends on 30 September 2027, unless terminated earlier:
- by either party on 60 days' notice; or
- by the Client, if the Contractor fails to reach 80% of the targets in Annex A.
3. GOVERNING LAW
This Agreement is governed by the laws of Singapore, Law No. 72/2020 not being applicable.

IN WITNESS WHEREOF the parties have signed this Agreement.
For and on behalf of                       For and on behalf of
GREEN LEAF COMPANY LIMITED                 BLUE RIVER FOUNDATION
DIRECTOR                                   CHAIRMAN
John Smith                                 Mary Ann Brown
cc: Ministry of Finance; Department of Health
"""
FRENCH = """CONVENTION DE PARTENARIAT
Entre la Ville de Lyon et l'Université, signée le 12 septembre 2025.
Article 1. Objet
Le présent accord a pour objet d'augmenter de 25% le nombre d'élèves avant le 30/6/2026.
Article 2. Durée
La convention est conclue pour 3 ans. Pour la Ville : le Maire, Jean Dupont
"""
SMUDGES = "abcdeghiklmnopqrstuvxy ,.;:-'|/\\~^*()[]{}<>0123456789ABCDEGHKLMNTX§€¢£"
LETTERS = "abceghiklmnoprstuvy    "
CAPITALS = "ỦÂNĐDXÃTHCGIKLMOPQRSƯ.,:/-12345    "


def noise(letters: str, seed: int) -> str:
    """A page of letters drawn at random."""
    drawn = random.Random(seed)
    return "\n".join("".join(drawn.choice(letters) for _ in range(drawn.randint(3, 80))) for _ in range(60))


PAGES = {
    "contract": CONTRACT,
    "contract, its lines cut": "\n".join(line[: len(line) * 2 // 3] for line in CONTRACT.splitlines()),
    "french": FRENCH,
    "smudges": noise(SMUDGES, 1),
    "letters": noise(LETTERS, 2),
    "capitals": noise(CAPITALS, 3),
    "page numbers": "\f".join(f"\n{number}\n" for number in range(1, 9)),
    "two empty pages": "x\f \n\n\f",
}


@cache
def kit() -> Tools:
    return tools("never")


@pytest.mark.parametrize("printed", PAGES.values(), ids=PAGES.keys())
def test_no_value_is_invented(tmp_path: Path, printed: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(printed, "utf-8")
    done = process(path, path.name, kit())
    assert not isinstance(done, Failure)
    (record,) = done.records
    assert {name: value for name, value in record.plain().items() if value} == {}
    assert (record.agencies, record.addressee, record.secrecy, record.urgency) == ((), (), None, None)
