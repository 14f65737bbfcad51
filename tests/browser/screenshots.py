"""Take the pictures of the README, or of every page, language and width into a folder."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from components.text.strings import LANGS
from tests.browser.chromium import ARGUMENTS, path
from tests.inventory import VIEWS, address

PORT = 8511
README = {
    "overview-en": ("/?lang=en", 1440, 900),
    "map-kk": ("/map?lang=kk", 1440, 1000),
    "trends-ru": ("/trends?lang=ru", 1440, 900),
    "map-phone-kk": ("/map?lang=kk&indicator=sme_active", 375, 812),
}
EVERY = {
    f"{name.replace(', ', '-')}-{lang}-{width}": (address(path, lang), width, 0)
    for name, path in {**VIEWS, "polycentricity, sme": "polycentricity?indicator=sme_active"}.items()
    for lang in LANGS
    for width in (375, 1440)
}
TALLEST = 16_000
"""Pixels; what is taller is cut."""


@contextmanager
def served() -> Iterator[str]:
    """The dashboard on a port of its own, until the block ends."""
    process = subprocess.Popen(
        [Path(sys.executable).parent / "almaty2050", "serve"], env=os.environ | {"PORT": str(PORT)}
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_stcore/health")
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{PORT}"
    finally:
        process.terminate()
        process.wait(10)


def take(browser: Browser, address: str, file: Path, width: int, height: int) -> None:
    """One picture; height 0 means the whole page."""
    page = browser.new_page(viewport={"width": width, "height": height or 900}, locale="en-GB")
    page.goto(address)
    page.wait_for_selector("h1")
    page.wait_for_timeout(2500)
    if not height:
        whole = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(whole, TALLEST)})
        page.wait_for_timeout(600)
    page.screenshot(path=file)
    page.close()


def main(folder: Path, pictures: dict[str, tuple[str, int, int]]) -> None:
    """Take all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=ARGUMENTS)
        for name, (address, width, height) in pictures.items():
            take(browser, base + address, folder / f"{name}.png", width, height)


if __name__ == "__main__":
    every = "--every" in sys.argv
    folder = next(word for word in sys.argv[1:] if word != "--every")
    main(Path(folder), EVERY if every else README)
