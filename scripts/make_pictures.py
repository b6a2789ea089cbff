"""The pictures of a report that the README shows: ``.venv/bin/python scripts/make_pictures.py RUN``.

RUN is a run of the samples. Needs chromium and chromedriver (Debian: chromium, chromium-driver).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DOCUMENT = "scan/ke-hoach-phong-chay-rung.pdf"
VALUE = "issuer"


def main() -> None:
    """Make the report of a run, open it, and keep two pictures of it."""
    run = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        command = [sys.executable, "-m", "cli", "report", str(run), "-o", str(report), "--lang", "en"]
        subprocess.run(command, cwd=ROOT, check=True)
        driver = browser(folder)
        try:
            driver.get(report.as_uri())
            keep(driver, "report-summary.png")
            rows = driver.execute_script("return JSON.parse(document.getElementById('data').textContent).rows")
            number = next(number for number, row in enumerate(rows) if row["file"] == DOCUMENT)
            driver.get(f"{report.as_uri()}#/d/{number}/{VALUE}")
            keep(driver, "report-document.png")
        finally:
            driver.quit()


def browser(folder: str) -> webdriver.Chrome:
    """A headless Chromium of the size of a laptop's screen."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("headless", "no-sandbox", "disable-gpu", "hide-scrollbars", "window-size=1280,860"):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={folder}/profile")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    size = {"width": 1280, "height": 860, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return driver


def keep(driver: webdriver.Chrome, name: str) -> None:
    """A picture of what is seen, in 256 colours."""
    time.sleep(2)
    image = Image.open(BytesIO(driver.get_screenshot_as_png())).convert("RGB")
    few = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(PICTURES / name, optimize=True)
    print(name, (PICTURES / name).stat().st_size)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    main()
