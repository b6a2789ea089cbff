"""The report in a browser, opened from the file system."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import HOSTILE, HOSTILE_FILE, vanthu

pytestmark = pytest.mark.xdist_group("browser")


class Page:
    """A page of the report, spoken to in JavaScript."""

    def __init__(self, driver: Any, file: Path) -> None:
        self.driver = driver
        self.file = file

    def go(self, place: str = "") -> None:
        """Open the report anew at a place."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.file.as_uri()}{place}")

    def get(self, script: str) -> Any:
        return self.driver.execute_script(f"return {script}")

    def until(self, script: str) -> None:
        """Wait until an expression is true."""
        found = self.driver.execute_async_script(
            f"""const done = arguments[0]; const end = Date.now() + 8000;
            (function look() {{
              if ({script}) done(true); else if (Date.now() > end) done(false); else setTimeout(look, 15);
            }})();"""
        )
        assert found, script

    def click(self, query: str) -> None:
        """Click as a person does: at the middle of what is seen."""
        self.get(f"document.querySelector({json.dumps(query)}).scrollIntoView({{block: 'center'}})")
        self.driver.find_element("css selector", query).click()

    def press(self, keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(keys)

    def texts(self, query: str) -> list[str]:
        found: list[str] = self.get(f"[...document.querySelectorAll({json.dumps(query)})].map((e) => e.innerText)")
        return found

    def open(self, file: str) -> None:
        """Open a document by its file."""
        self.go("#/list")
        rows = self.get("JSON.parse(document.getElementById('data').textContent).rows")
        number = next(number for number, row in enumerate(rows) if row["file"] == file)
        self.go(f"#/d/{number}")
        self.until("document.querySelector('.value')")


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Page]:
    """The report; afterwards nothing was asked of any place but the file, and nothing was complained of."""
    browser.get_log("browser")
    browser.get_log("performance")
    yield Page(browser, report)
    assert browser.get_log("browser") == []
    assert [url for url in asked(browser) if not url.startswith(("file:", "data:", "about:"))] == []


def asked(browser: Any) -> list[str]:
    """Every address that was asked for."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]


def test_it_opens_with_a_summary(page: Page) -> None:
    page.go()
    assert page.texts("h1")[0] == "Audit report"
    assert "3 documents" in page.texts(".cards li")[0].replace("\n", " ")
    assert page.get("document.querySelectorAll('.plot rect').length") > 20
    assert "broken.pdf" in page.texts(".failures")[0]


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("ke hoach", {"ke-hoach-tuyen-sinh.pdf", HOSTILE_FILE}),
        ("KẾ HOẠCH hoa luong", {"ke-hoach-tuyen-sinh.pdf"}),
        ("318/QĐ", {"quyet-dinh-to-so-hoa.pdf"}),
        ("318/qd", {"quyet-dinh-to-so-hoa.pdf"}),
        ("không có gì", set()),
    ],
)
def test_search_needs_no_marks(page: Page, words: str, files: set[str]) -> None:
    page.go("#/list")
    page.driver.find_element("name", "find").send_keys(words)
    shown = page.texts("#rows small bdi:first-child")
    assert {file for file in files if file in shown} == files
    assert len(page.get("[...document.querySelectorAll('#rows .row')]")) == len(files)
    assert page.texts("#counted") == [f"{len(files)} of 4 documents"]


def test_filters(page: Page) -> None:
    page.go("#/list")
    every = page.texts("#rows .main")
    page.click("input[name=failed]")
    assert [text.split("\n")[0] for text in page.texts("#rows .main")] == ["broken.pdf"]
    page.click("input[name=failed]")
    page.click("input[name=doubts]")
    doubtful = page.texts("#rows small bdi:first-child")
    assert HOSTILE_FILE in doubtful and len(doubtful) < len(every)
    page.go("#/list?type=quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh")
    assert page.texts("#rows b") == ["quyết định"]


def in_sight(query: str, pane: str) -> str:
    """JavaScript: whether something is seen inside a pane."""
    return f"""(([a, b]) => a.top >= b.top - 1 && a.bottom <= b.bottom + 1)(
      [{query!r}, {pane!r}].map((one) => document.querySelector(one).getBoundingClientRect()))"""


def test_a_value_leads_to_its_box(page: Page) -> None:
    page.open("quyet-dinh-to-so-hoa.pdf")
    last = page.get("[...document.querySelectorAll('.value[data-path^=signer]')].at(-1).dataset.path")
    page.click(f'.value[data-path="{last}"]')
    page.until("document.querySelectorAll('.box.chosen').length")
    page.until(in_sight(".box.chosen", ".pages"))
    assert page.get("document.querySelector('.value[aria-pressed=true]').dataset.path") == last
    assert "rule signer" in page.texts(".proof")[0]
    page.until("document.querySelector('.page:last-child image').getAttribute('href')?.startsWith('data:image/webp')")


def test_a_box_leads_to_its_value(page: Page) -> None:
    page.open("quyet-dinh-to-so-hoa.pdf")
    page.get("document.querySelectorAll('.box')[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    page.until("document.querySelector('.value[aria-pressed=true]')")
    page.until(in_sight(".value[aria-pressed=true]", ".side"))
    assert page.get("document.querySelectorAll('.box.chosen').length") >= 1
    place = page.get("document.querySelector('.box.chosen').dataset.place")
    box = page.driver.find_element("css selector", f'.box[data-place="{place}"]')
    assert box.size["width"] > 10


def test_a_place_in_a_text_leads_to_its_value(page: Page) -> None:
    page.open(HOSTILE_FILE)
    page.click(".sheet .place")
    page.until("document.querySelector('.value[aria-pressed=true]') && document.querySelector('.sheet .chosen')")
    page.click("button[data-side=text]")
    page.until("document.querySelector('.text-page ins') && document.querySelector('.text-page del')")
    assert page.get("document.querySelector('.line .raw').innerText.includes('UY BAN')")
    assert page.get("document.querySelector('.line .mended').innerText.includes('ỦY BAN')")


def test_keys(page: Page) -> None:
    page.go("#/list")
    page.press("]")
    page.until("document.querySelector('.value')")
    page.press("j")
    page.press("j")
    pressed = "document.querySelector('.value[aria-pressed=true]')?.dataset.path"
    second = page.get(pressed)
    page.press("k")
    assert page.get(pressed) not in (None, second)
    page.press("t")
    page.until("document.querySelector('.panes').dataset.side === 'text'")
    page.press("?")
    page.until("document.querySelector('#keys').open")
    page.press("\ue00c")  # Escape
    page.until("!document.querySelector('#keys').open")
    before = page.get("location.hash")
    page.press("]")
    page.until(f"location.hash !== {json.dumps(before)}")
    page.press("d")
    page.until("document.querySelector('.value.doubtful[aria-pressed=true]')")
    page.press("l")
    page.until("!document.querySelector('#list').hidden")
    page.press("s")
    page.until("!document.querySelector('#summary').hidden")
    page.press("/")
    page.until("document.activeElement.name === 'find'")
    page.press("s")
    assert page.get("document.activeElement.value") == "s"


def test_hostile_text_is_text(page: Page) -> None:
    page.open("ke-hoach-tuyen-sinh.pdf")
    title = page.get("document.querySelector('.value[data-path=title] bdi').textContent")
    assert title == HOSTILE.replace("\u202e", "U+202E").replace("\u202c", "U+202C")
    for place in ("", "#/list", "#/check"):
        page.go(place)
        assert page.get("[window.harm, document.querySelectorAll('img, main script').length]") == [None, 0]
        assert page.get("/[\\u202a-\\u202e]/.test(document.querySelector('main').innerText)") is False


def test_both_languages(page: Page) -> None:
    page.open("quyet-dinh-to-so-hoa.pdf")
    page.click(".value[data-path=code]")
    page.click("[data-language=vi]")
    assert page.get("document.documentElement.lang") == "vi"
    assert page.get("document.querySelector('.value[aria-pressed=true]').dataset.path") == "code"
    assert "Phần đầu" in page.texts(".field h3")
    assert page.texts("nav a")[0] == "Tổng quan"


def test_everything_that_is_pressed_has_a_name(page: Page) -> None:
    page.open("quyet-dinh-to-so-hoa.pdf")
    for query in ("button", "a", "input", "select", "[role=region]", "svg[role=img]"):
        nameless = page.get(
            f"""[...document.querySelectorAll({query!r})].filter((e) =>
            !(e.innerText?.trim() || e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML)"""
        )
        assert [html for html in nameless if "hidden" not in html] == []


def test_a_printed_document_shows_values_and_pages(page: Page) -> None:
    page.open("quyet-dinh-to-so-hoa.pdf")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = "[...document.querySelectorAll({})].map((e) => e.getClientRects().length > 0)"
    try:
        assert set(page.get(seen.format("'.bar, .tools, .crumbs'"))) == {False}
        assert set(page.get(seen.format("'.value, .page'"))) == {True}
        printed = page.driver.execute_cdp_cmd("Page.printToPDF", {})
        assert len(printed["data"]) > 20_000
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_phone_has_one_pane(page: Page) -> None:
    size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page.open("quyet-dinh-to-so-hoa.pdf")
        assert page.get("document.querySelector('.pages').offsetParent") is None
        page.click(".value[data-path=code]")
        page.until("document.querySelector('.pages').offsetParent && !document.querySelector('.side').offsetParent")
        assert page.get("document.documentElement.scrollWidth") <= 390
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture
def another(browser: Any, run: Path, tmp_path: Path) -> Callable[..., Page]:
    """A report made with other options, opened."""

    def made(*options: object, name: str = "run") -> Page:
        out = tmp_path / "other.html"
        vanthu("report", run.parent / name, "-o", out, "--lang", "en", *options)
        return Page(browser, out)

    return made


def test_changes_stand_side_by_side(another: Callable[..., Page], run: Path, tmp_path: Path) -> None:
    from .conftest import edit

    before = tmp_path / "before"
    shutil.copytree(run, before)

    def older(record: Any) -> None:
        record["title"]["value"] = record["title"]["value"].replace("thành lập", "thanh lap")
        record["place"] = None
        record["recipients"].append({**record["recipients"][0], "value": "Phòng Tư pháp xưa"})

    edit(before, "quyet-dinh-to-so-hoa.pdf", older)
    page = another("--against", before)
    page.open("quyet-dinh-to-so-hoa.pdf")
    assert page.texts(".value[data-path=title] ins") == ["thành", "lập"]
    assert page.texts(".value[data-path=title] del") == ["thanh", "lap"]
    assert "diacritics only" in page.texts(".value[data-path=title] .chips")[0]
    assert "added" in page.texts(".value[data-path=place] .chips")[0]
    assert "Phòng Tư pháp xưa" in "".join(page.texts(".gap"))


def test_gold_says_what_is_wrong_and_missing(another: Callable[..., Page], tmp_path: Path) -> None:
    gold = {"code": "318/QĐ-UBND", "date": "2020-01-01", "recipients": ["Một nơi rất xa"]}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "quyet-dinh-to-so-hoa.json").write_text(json.dumps(gold), "utf-8")
    page = another("--gold", tmp_path / "gold")
    page.open("quyet-dinh-to-so-hoa.pdf")
    assert page.get("document.querySelector('.value[data-path=code] .tickmark').title") == "right"
    assert "wrong" in page.texts(".value[data-path=date] .chips")[0]
    assert "2020-01-01" in page.texts(".value[data-path=date] .beside")[0]
    assert "Một nơi rất xa" in "".join(page.texts(".gap"))


def test_without_its_original_a_document_has_blank_pages(another: Callable[..., Page], run: Path) -> None:
    moved = run.parent / "moved"
    shutil.copytree(run, moved)
    held = json.loads((moved / "run.json").read_text("utf-8"))
    (moved / "run.json").write_text(json.dumps({**held, "inputs": ["nowhere"]}), "utf-8")
    page = another(name="moved")
    page.open("quyet-dinh-to-so-hoa.pdf")
    assert "no longer there" in page.texts(".banner")[0]
    assert page.get("document.querySelector('image').hasAttribute('href')") is False
    assert page.get("document.querySelectorAll('.box').length") > 5
    assert page.get("document.querySelector('.page svg').getBoundingClientRect().height") > 300
    page = another("--originals", run.parent / "in", name="moved")
    page.open("quyet-dinh-to-so-hoa.pdf")
    page.until("document.querySelector('image').hasAttribute('href')")
    shutil.rmtree(moved)


def test_nothing_can_be_fetched(browser: Any, report: Path) -> None:
    Page(browser, report).go()
    fetched = browser.execute_async_script(
        "const done = arguments[0]; fetch('data:text/plain,x').then(() => done('fetched'), () => done('refused'))"
    )
    assert fetched == "refused"
    assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))
