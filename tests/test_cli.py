"""The command as a user types it, on small files with the real stages."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from typer.main import get_command
from typer.testing import CliRunner, Result

from cli import app
from pipeline import Store
from schemas.record import Evidence, Model, Record

ROOT = Path(__file__).parent.parent
PLAN = """\
ỦY BAN NHÂN DÂN                         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HOA BIỂN                                 Độc lập - Tự do - Hạnh phúc
Số: 27/KH-UBND                            Hoa Biển, ngày 05 tháng 3 năm 2025

                               KẾ HOẠCH
                  Trồng cây phân tán năm 2025

Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh về trồng cây,
Ủy ban nhân dân xã Hoa Biển ban hành kế hoạch như sau:

I. MỤC TIÊU
1. Năm 2025 trồng ít nhất 1.200 cây.

II. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế: chủ trì, phối hợp với Công an xã cấp cây giống trước ngày 30/4/2025.

Nơi nhận:                                       TM. ỦY BAN NHÂN DÂN
- Như trên;                                          CHỦ TỊCH
- Lưu: VT.

                                                  Trần Văn Sóng
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An input folder with one good text document."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "plan.txt").write_text(PLAN, "utf-8")
    return made


def vanthu(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), input=stdin, catch_exceptions=False)


def ingest(folder: Path, *more: object) -> tuple[Result, Store]:
    out = folder.parent / "run"
    return vanthu("ingest", folder, "--out", out, "--jobs", 0, *more), Store(out)


def pdf(path: Path, *pages: str) -> Path:
    """A born-digital PDF with a font that has all Vietnamese letters."""
    fonts = sorted(Path("/usr/share/fonts").rglob("LiberationSerif-Regular.ttf"), reverse=True)  # liberation2 first
    if not fonts:
        pytest.skip("needs the font LiberationSerif-Regular.ttf (Debian: fonts-liberation2)")
    pdfmetrics.registerFont(TTFont("serif", str(fonts[0])))
    canvas = Canvas(str(path), invariant=True)
    for page in pages:
        canvas.setFont("serif", 11)
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(40, 800 - 15 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def scan(path: Path) -> Path:
    """A picture with something printed on it: a row of black bars."""
    picture = Image.new("L", (800, 600), 255)
    for left in range(100, 700, 40):
        picture.paste(0, (left, 200, left + 20, 240))
    picture.save(path, dpi=(300, 300))
    return path


def evidence_of(value: object) -> list[Evidence]:
    """Every piece of evidence under a value."""
    if isinstance(value, Evidence):
        return [value]
    parts = [part for _, part in value] if isinstance(value, Model) else value if isinstance(value, tuple) else ()
    return [evidence for part in parts for evidence in evidence_of(part)]


def test_a_text_becomes_a_record(folder: Path) -> None:
    result, store = ingest(folder)
    assert result.exit_code == 0, result.output
    record = store.read_record("records/plan.txt.json")
    assert record.code is not None and record.code.value == "27/KH-UBND"
    assert record.date is not None and record.date.value == "2025-03-05"
    assert "1 document done" in result.stdout
    assert f"vanthu show {store.root}" in result.stdout


def test_a_born_digital_pdf_becomes_a_record_without_ocr(folder: Path) -> None:
    pdf(folder / "plan.pdf", PLAN, "Trang hai của kế hoạch trồng cây")
    result, store = ingest(folder)
    assert result.exit_code == 0, result.output
    (done,) = [done for done in store.read_run().documents if done.file == "plan.pdf"]
    assert (done.pages, done.ocr_pages) == (2, 0)
    assert "trồng cây" in (store.root / "text/plan.pdf.txt").read_text("utf-8").split("\f")[1]


def test_every_value_of_a_run_obeys_the_evidence_law(folder: Path) -> None:
    pdf(folder / "plan.pdf", PLAN)
    (folder / "mangled.txt").write_text("S6: 27/KH-UBND\nKé hoach tréng cay nim 2025 cia xa Hoa Bién\n", "utf-8")
    _, store = ingest(folder)
    checked = 0
    for done in store.read_run().documents:
        pages = {page.source.number: page for page in store.read_pages(done.file).pages}
        for path in done.records:
            for evidence in evidence_of(store.read_record(path)):
                assert pages[evidence.page].text[evidence.start : evidence.end] == evidence.raw
                checked += 1
    assert checked > 20


def locked(path: Path) -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))


def without_pages(path: Path) -> None:
    with pikepdf.new() as made:
        made.save(path)


def truncated(path: Path) -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path)
    path.write_bytes(path.read_bytes()[:60])


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml" if path.suffix == ".docx" else "a.pdf", "x")


BAD: list[tuple[str, Callable[[Path], object], set[str]]] = [
    ("locked.pdf", locked, {"encrypted"}),
    ("truncated.pdf", truncated, {"damaged", "no-pages"}),
    ("nothing.pdf", Path.touch, {"empty"}),
    ("letter.pdf", lambda path: path.write_text("Kính gửi các phòng\n" * 9, "utf-8"), {"unsupported"}),
    ("without-pages.pdf", without_pages, {"no-pages"}),
    ("old.doc", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), {"unsupported"}),
    ("new.docx", zipped, {"unsupported"}),
    ("many.zip", zipped, {"unsupported"}),
    ("cut.png", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9)), {"damaged"}),
]


@pytest.mark.parametrize(("name", "make", "kinds"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_told_and_the_others_are_done(
    name: str, make: Callable[[Path], object], kinds: set[str], folder: Path
) -> None:
    make(folder / name)
    result, store = ingest(folder)
    assert result.exit_code == 1
    (failure,) = store.read_failures()
    assert failure.file == name
    assert failure.kind in kinds
    assert failure.message and failure.remedy
    assert failure.message in result.stdout and failure.remedy in result.stdout
    if failure.kind == "unsupported":
        assert "PDF" in failure.remedy
    assert (store.root / "records/plan.txt.json").exists()


@pytest.fixture
def without_rights() -> list[str]:
    """The words before a command that make files' permissions hold, for root too."""
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root reads everything, and setpriv is not installed")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def test_what_may_not_be_read_is_told_and_the_rest_is_done(folder: Path, without_rights: list[str]) -> None:
    (folder / "secret.txt").write_text("x")
    (folder / "secret.txt").chmod(0)
    (folder / "closed").mkdir(mode=stat.S_IWUSR)
    (folder / "listed").mkdir()
    (folder / "listed/plan.txt").write_text(PLAN, "utf-8")
    (folder / "listed").chmod(stat.S_IRUSR)
    out = folder.parent / "run"
    command = [*without_rights, sys.executable, str(ROOT / "cli.py"), "ingest", str(folder), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    store = Store(out)
    assert {failure.file: failure.kind for failure in store.read_failures()} == {
        "closed": "unreadable",
        "listed/plan.txt": "unreadable",
        "secret.txt": "unreadable",
    }
    assert all("permission" in failure.message.lower() for failure in store.read_failures())
    assert (out / "records/plan.txt.json").exists()


def test_a_run_folder_that_may_not_be_written_is_told(folder: Path, without_rights: list[str]) -> None:
    out = folder.parent / "closed"
    out.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    command = [*without_rights, sys.executable, str(ROOT / "cli.py"), "ingest", str(folder), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "ermission denied" in done.stderr and not list(out.iterdir())


def test_a_folder_without_documents_is_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/data.json").write_text("{}")
    result, _ = ingest(tmp_path / "in")
    assert result.exit_code == 4
    assert "nothing to read" in result.stdout
    assert "data.json" in result.stdout


def test_without_tesseract_texts_are_done_and_one_error_names_the_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(folder / "scan.png")
    scan(folder / "scan2.png")
    monkeypatch.setenv("PATH", str(folder))
    result, store = ingest(folder)
    assert result.exit_code == 3
    assert [failure.kind for failure in store.read_failures()] == ["ocr-missing", "ocr-missing"]
    assert result.stdout.count("tesseract-ocr-vie") == 1
    assert (store.root / "records/plan.txt.json").exists()


def test_ocr_never_leaves_a_picture_empty(folder: Path) -> None:
    scan(folder / "scan.png")
    result, store = ingest(folder, "--ocr", "never")
    assert result.exit_code == 0, result.output
    (page,) = store.read_pages("scan.png").pages
    assert (page.text, page.source.text_from) == ("", "none")
    assert page.source.note


def test_dry_run_says_what_would_be_done_and_does_nothing(folder: Path) -> None:
    scan(folder / "scan.png")
    result = vanthu("ingest", folder, "--dry-run")
    assert result.exit_code == 0
    assert "scan.png: image/png, 1 page\n" in result.stdout
    assert "2 files, 2 pages, 1 of them by OCR" in result.stdout
    assert [path.name for path in folder.parent.iterdir()] == ["in"]
    plain = json.loads(vanthu("ingest", folder, "--dry-run", "--json").stdout)
    assert [page["would_ocr"] for file in plain["files"] for page in file["pages"]] == [False, True]


def test_dry_run_tells_what_would_fail(folder: Path) -> None:
    (folder / "nothing.pdf").touch()
    result = vanthu("ingest", folder, "--dry-run")
    assert result.exit_code == 1
    assert "would fail: nothing.pdf" in result.stdout


def test_json_is_the_run_with_its_failures(folder: Path) -> None:
    (folder / "nothing.pdf").touch()
    result, _ = ingest(folder, "--json")
    plain = json.loads(result.stdout)
    assert [done["file"] for done in plain["documents"]] == ["plan.txt"]
    assert plain["failures"][0]["kind"] == "empty"


def test_quiet_tells_only_of_failures(folder: Path) -> None:
    assert ingest(folder, "--quiet")[0].output == ""
    (folder / "nothing.pdf").touch()
    result, _ = ingest(folder, "--quiet")
    assert result.stdout == ""
    assert "nothing.pdf" in result.stderr


def test_plain_progress_is_a_line_a_document_on_standard_error(folder: Path) -> None:
    assert ingest(folder)[0].stderr.startswith("[1/1] plan.txt: 1 page")


USAGE = [
    (["ingest", "IN"], "--out"),
    (["ingest", "nowhere", "--out", "RUN"], "nowhere"),
    (["ingest", "IN", "--out", "RUN", "--ocr", "perhaps"], "perhaps"),
    (["ingest", "IN", "--out", "IN"], "no run folder"),
    (["show", "IN"], "no run.json"),
    (["evaluate", "IN", "IN"], "records"),
    (["explain", "IN/plan.txt", "colour"], "colour"),
    (["nonsense"], "nonsense"),
]


@pytest.mark.parametrize(("arguments", "named"), USAGE, ids=[" ".join(arguments) for arguments, _ in USAGE])
def test_wrong_usage_is_named(arguments: list[str], named: str, folder: Path) -> None:
    places = {"IN": str(folder), "IN/plan.txt": str(folder / "plan.txt"), "RUN": str(folder.parent / "run")}
    result = vanthu(*(places.get(argument, argument) for argument in arguments))
    assert result.exit_code == 2
    assert named in result.stderr


def test_repair_keeps_the_lines_of_a_clean_file(folder: Path) -> None:
    result = vanthu("repair", folder / "plan.txt")
    assert result.exit_code == 0
    assert result.stdout == PLAN


def test_repair_is_a_filter() -> None:
    mangled = "UY BAN NHAN DAN xa Hoa Bién ban hanh Ké hoach tréng cay nim 2025\nPhong Kinh té chi tri\n"
    result = vanthu("repair", "-", stdin=mangled.encode())
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 2
    assert "2025" in result.stdout


def test_repair_explains_each_change(folder: Path) -> None:
    line = "Ké hoach tréng cay nim 2025 cia Uy ban nhan dan x4 Hoa Bién, Phong Kinh té chii tri thuc hién"
    (folder / "mangled.txt").write_text(f"{line}\n" * 9, "utf-8")
    result = vanthu("repair", folder / "mangled.txt", "--explain")
    assert result.exit_code == 0
    assert "gain" in result.stdout and "->" in result.stdout
    assert not result.stdout.rstrip().endswith(" 0 changes")
    assert vanthu("repair", folder / "plan.txt", "--explain").stdout == "0 changes\n"


def test_a_style_is_learnt_from_a_folder_and_used(folder: Path, tmp_path: Path) -> None:
    line = "Ké hoach tréng cay nim 2025 cia Uy ban nhan dan x4 Hoa Bién, Phong Kinh té chii tri thuc hién"
    (folder / "mangled.txt").write_text(f"{line}\n" * 9, "utf-8")
    style = tmp_path / "style.json"
    learnt = vanthu("learn", folder, "-o", style)
    assert learnt.exit_code == 0, learnt.output
    assert f"--style {style}" in learnt.stdout
    first = style.read_bytes()
    vanthu("learn", folder, "-o", style)
    assert style.read_bytes() == first
    assert "Kế hoạch trồng cây" in vanthu("repair", folder / "mangled.txt", "--style", style, "--no-adapt").stdout
    result, store = ingest(folder, "--style", style, "--no-adapt")
    assert result.exit_code == 0, result.output
    run = store.read_run()
    assert run.options == {"ocr": "auto", "quality": "standard", "adapt": "no", "style": "style.json"}
    assert "+" in run.versions["model"]


def test_nothing_to_learn_from_is_told(folder: Path, tmp_path: Path) -> None:
    result = vanthu("learn", folder, "-o", tmp_path / "style.json")
    assert result.exit_code == 4
    assert "nothing to learn from" in result.stdout


def test_what_is_no_style_is_wrong_usage(folder: Path, tmp_path: Path) -> None:
    for result in (
        vanthu("repair", folder / "plan.txt", "--style", folder / "plan.txt"),
        ingest(folder, "--style", folder / "plan.txt")[0],
    ):
        assert result.exit_code == 2
        assert "no style file" in result.stderr
    assert vanthu("learn", folder, "-o", tmp_path / "no" / "style.json").exit_code in (2, 4)


def test_repair_of_a_bad_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").touch()
    result = vanthu("repair", tmp_path / "nothing.txt")
    assert result.exit_code == 1
    assert result.stdout == "" and "zero bytes" in result.stderr


def test_explain_shows_hits_and_misses(folder: Path) -> None:
    result = vanthu("explain", folder / "plan.txt", "code")
    assert result.exit_code == 0
    assert "hit" in result.stdout and "miss" in result.stdout and "27/KH-UBND" in result.stdout


def test_own_tables_name_agencies(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    done = vanthu("explain", folder / "plan.txt", "agencies", "--tables", own)
    assert done.exit_code == 2
    assert "holds neither abbreviations.tsv nor agencies.tsv" in done.output
    rows = "name\tcanonical\tkind\tlevel\tunit_code\nPhòng Kinh tế\tPhòng Kinh tế liên xã\tphòng\tcommune\t777\n"
    (own / "agencies.tsv").write_text(rows, "utf-8")
    assert (
        "Phòng Kinh tế liên xã (phòng, commune, unit 777)"
        in vanthu("explain", folder / "plan.txt", "agencies", "--tables", own).output
    )
    run = tmp_path / "run"
    assert vanthu("ingest", folder, "--out", run, "--tables", own, "--jobs", 1).exit_code == 0
    (document,) = Store(run).read_run().documents
    agencies = Store(run).read_record(document.records[0]).agencies
    assert "777" in {agency.unit_code for agency in agencies}
    assert Store(run).read_run().options["tables"] == "own"


def test_show_lists_a_run_and_a_document(folder: Path) -> None:
    (folder / "nothing.pdf").touch()
    _, store = ingest(folder)
    listed = vanthu("show", store.root).stdout
    assert "plan.txt" in listed and "27/KH-UBND" in listed
    assert "nothing.pdf" in listed and "empty" in listed
    shown = vanthu("show", store.root, "plan.txt").stdout
    assert "27/KH-UBND" in shown and "duties by agency and deadline" in shown
    assert "Phòng Kinh tế" in vanthu("show", store.root, "--duties").stdout
    assert "text-file" in vanthu("show", store.root, "plan.txt", "--pages").stdout
    assert vanthu("show", store.root, "--pages").exit_code == 2
    unknown = vanthu("show", store.root, "other.txt")
    assert unknown.exit_code == 2 and "plan.txt" in unknown.stderr


def test_evaluate_matches_gold_and_lists_the_unmatched(folder: Path, tmp_path: Path) -> None:
    (folder / "other.txt").write_text(PLAN, "utf-8")
    _, store = ingest(folder)
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "plan.json").write_text('{"code": "27/KH-UBND"}')
    (gold / "missing.json").write_text('{"code": "1/KH-UBND"}')
    result = vanthu("evaluate", store.root, gold)
    assert result.exit_code == 0
    assert "plan.txt.json" in result.stdout
    assert "other.txt.json" in result.stdout and "missing.json" in result.stdout
    assert json.loads(vanthu("evaluate", store.root, gold, "--json").stdout)["macro"] == 1.0


def test_the_schema_is_that_of_the_records(folder: Path) -> None:
    schema = json.loads(vanthu("schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"]
    assert list(schema["properties"]) == list(Record.model_fields)
    _, store = ingest(folder)
    written = json.loads((store.root / "records/plan.txt.json").read_text("utf-8"))
    assert set(schema["required"]) == set(written)


def test_doctor_names_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = vanthu("doctor")
    assert result.exit_code == 3
    for word in ("python", "tesseract", "MISSING", "apt-get install", "dnf install", "brew install", "winget"):
        assert word in result.stdout
    rows = {row["name"]: row for row in json.loads(vanthu("doctor", "--json").stdout)}
    assert rows["vie"]["found"] is None and rows["python"]["found"]


def test_version_and_bare_command() -> None:
    assert vanthu("--version").stdout.startswith("vanthu ")
    assert "Exit codes" in vanthu("--help").stdout


COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


def test_all_commands_are_there() -> None:
    assert set(COMMANDS) >= {"ingest", "repair", "explain", "evaluate", "show", "schema", "doctor"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    shown = vanthu(command, "--help").stdout
    assert "Example" in shown
    assert f"  vanthu {command}" in shown.split("Example", 1)[1]


@pytest.mark.parametrize("code", ["0", "1", "2", "3", "4", "130"])
def test_the_exit_codes_are_in_the_help(code: str) -> None:
    assert f"\n    {code} " in vanthu("--help").stdout.split("Exit codes:", 1)[1]


def test_the_real_command_prints_utf8_whatever_the_locale(folder: Path) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    start = [sys.executable, "-X", "utf8=0", "-c", "import cli; cli.main()"]
    out = folder.parent / "run"

    def call(*arguments: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*start, *map(str, arguments)], env=env, capture_output=True, check=False, timeout=120)

    done = call("ingest", folder, "--out", out, "--jobs", 2)
    assert done.returncode == 0, done.stderr.decode()
    assert (out / "records/plan.txt.json").exists()
    assert "Trồng cây" in call("show", out).stdout.decode("utf-8")
    assert call("repair", folder / "plan.txt").stdout.decode("utf-8") == PLAN


def test_help_starts_without_the_stages() -> None:
    code = "import sys, cli; print(sorted({m.split('.')[0] for m in sys.modules} & {'ingest', 'numpy', 'pydantic'}))"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.check_output([sys.executable, "-c", code], env=env, text=True).strip() == "[]"


def test_a_picture_can_come_from_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    picture = scan(tmp_path / "scan.png").read_bytes()
    monkeypatch.setenv("PATH", str(tmp_path))
    result = vanthu("repair", "-", stdin=picture)
    assert result.exit_code == 3
    assert "tesseract-ocr-vie" in result.stderr
