"""No rule and no text can make extraction slow: 100 kB of each rule's own worst fragments, in a process that is killed.

A pattern that blows up holds the interpreter and could not be stopped within it, so the rules are tried in processes of
their own, which end after ten seconds of their own work, however busy the machine is.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIMIT = 10
"""Seconds of work after which a process is killed."""
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_CPU, ({0}, {0}))\n"
SIZE = 100_000

RULES = """
import sys
import extractors
from extractors._rules import view_of

def fragments(rule):
    refused = (rule.refuses,) if isinstance(rule.refuses, str) else rule.refuses
    for line in (rule.reads, *refused):
        yield line
        yield line[: len(line) * 2 // 3]
        yield line.split()[0]
        yield line.split()[-1] + ","

def worst(fragment, size):
    for joint in (" ", "", ", "):
        yield ((fragment + joint) * (size // (len(fragment) + len(joint)) + 1))[:size]

for rule in extractors.modules()[sys.argv[1]].RULES:
    for fragment in dict.fromkeys(fragments(rule)):
        for line in worst(fragment, int(sys.argv[2])):
            view = view_of(line)
            sum(1 for _ in rule.matches(view))
            print(rule.name, flush=True)
"""
TEXT = """
import sys
import extractors
from tests.extractors.documents import document

line, joint, size = sys.argv[1].replace("\\\\n", "\\n"), sys.argv[2].replace("\\\\n", "\\n"), int(sys.argv[3])
extractors.extract_all(document(((line + joint) * (size // (len(line) + len(joint)) + 1))[:size]))
print("done", flush=True)
"""
FIELDS = (
    *("addressee", "assignments", "code", "date", "doc_type", "issuer", "issuer_parent", "place", "recipients"),
    *("references", "secrecy", "signer", "targets", "title", "urgency"),
)
LINES = (
    "Nơi nhận:\\n- Sở Y tế (b/c); KT. CHỦ TỊCH",
    "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    "Giao Sở Y tế chủ trì, phối hợp với Công an xã, Sở Nội vụ và",
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 12/9/2025 của Ủy ban nhân dân xã về",
    "đến năm 2030 tỷ lệ đạt từ 80% đến 85%,",
    "I. 1. a) - + Điều 1.",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSố: 1/KH-UBND\\nSuối Khê, ngày 1 tháng 1 năm 2025",
    "~ . ,:^ '|",
    "aaaa",
    "(((",
    "Ủy ban nhân dân xã Tịnh Khê",
)


def run(script: str, *arguments: str, limit: int = LIMIT) -> str:
    """What a process has printed; fails where it has to be killed."""
    command = [sys.executable, "-c", LIMITED.format(limit) + script, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30 * limit, check=False)
    told = done.stdout.split()
    if done.returncode < 0:
        pytest.fail(f"still busy after {limit} s with what follows {told[-1] if told else 'nothing'}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("field", FIELDS)
def test_rules_on_their_worst_fragments(field: str) -> None:
    told = run(RULES, field, str(SIZE))
    assert told.count(f"{field}.") >= 12


@pytest.mark.parametrize("line", LINES)
def test_a_long_document_of_one_fragment(line: str) -> None:
    """In lines, and in a single line."""
    for joint in ("\\n", " "):
        assert run(TEXT, line, joint, str(SIZE)) == "done\n"


def test_a_process_that_hangs_is_killed() -> None:
    with pytest.raises(pytest.fail.Exception, match="still busy"):
        run("import re; re.match('(a|a)*b', 'a' * 64)", limit=1)


def test_each_field_is_tried() -> None:
    import extractors

    assert set(extractors.FIELDS) == set(FIELDS)
