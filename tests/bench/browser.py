"""The browser of the benchmark and one map page open in it."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as BrowserPage

from tests.bench import assets
from tests.bench.page import PageUnderTest
from tests.bench.server import Server

DISTRICTS = 8
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SAMPLER = Path(__file__).with_name("sampler.js")
SETTLED_MS = 500
"""The page counts as settled after this long without a rerun or a new fill."""
SETTLE_LIMIT_MS = 20_000

SETTLED = """async ([frame, districts, old, quiet, limit]) => {
  const app = () => document.querySelector("[data-testid=stApp]");
  const end = performance.now() + limit;
  let since = performance.now(), seen = null;
  while (performance.now() < end) {
    await new Promise((done) => setTimeout(done, 25));
    const { painted, fills } = window.bench.look(frame, districts);
    const running = app()?.dataset.testScriptState !== "notRunning";
    const now = `${painted} ${fills}`;
    if (running || now !== seen || painted < COUNT || fills === old) {
      since = performance.now();
      seen = now;
    } else if (performance.now() - since > quiet) return fills;
  }
  return null;
}""".replace("COUNT", str(DISTRICTS))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, or the one that Playwright installed."""
    system = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", system), args=list(FLAGS)
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class MapTab:
    """One page under test, open in a browser context of its own."""

    page: PageUnderTest
    tab: BrowserPage
    requests: list[str]
    """Every http address asked for since the page was opened."""

    @property
    def selectors(self) -> list[str]:
        """The CSS selectors that the sampler takes: frame, districts."""
        return [self.page.frame, self.page.districts]

    def settle(self, old_fills: str = "") -> str:
        """Wait until eight districts are painted anew and nothing moves; the fills."""
        fills = self.tab.evaluate(SETTLED, [*self.selectors, old_fills, SETTLED_MS, SETTLE_LIMIT_MS])
        if fills is None:
            look = self.call("look")
            raise RuntimeError(f"{self.page.name}: the map was not recoloured: {look}")
        return str(fills)

    def call(self, name: str) -> object:
        """Call a function of the sampler with the page's selectors."""
        arguments = json.dumps(self.selectors)[1:-1]
        return self.tab.evaluate(f"() => window.bench.{name}({arguments})")

    def received(self) -> int:
        """Bytes of websocket messages received since the page was opened."""
        return int(self.tab.evaluate("() => window.bench.received"))

    def point_at(self, label: str) -> None:
        """Open the list of indicators with one option in sight."""
        box = self.tab.get_by_test_id("stSelectbox").first
        box.locator("input").fill(label)
        self.tab.get_by_role("option", name=label, exact=True).first.hover()

    def press(self, label: str) -> None:
        """Choose the option that `point_at` brought into sight."""
        self.tab.get_by_role("option", name=label, exact=True).first.click()

    def move(self, right: int, down: int, *, zoom: bool) -> None:
        """Pan with the mouse, after one step out with the wheel if asked.

        Out, not in: the eight districts have to stay in sight to be counted.
        """
        element = self.tab.locator(self.page.frame).first
        element.scroll_into_view_if_needed()
        area = element.bounding_box()
        if area is None:
            raise RuntimeError(f"{self.page.name}: the map has no place on the page")
        x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
        self.tab.mouse.move(x, y)
        if zoom:
            self.tab.mouse.wheel(0, 120)
            self.tab.wait_for_timeout(600)
        self.tab.mouse.down()
        self.tab.mouse.move(x + right / 2, y + down / 2, steps=4)
        self.tab.mouse.move(x + right, y + down, steps=4)
        self.tab.wait_for_timeout(250)
        self.tab.mouse.up()
        self.tab.mouse.move(area["x"] + 4, max(area["y"] - 8, 0))


def new_context(browser: Browser) -> BrowserContext:
    """Return a context of desktop size and English language."""
    return browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-US", reduced_motion="reduce"
    )


@contextmanager
def open_map(browser: Browser, page: PageUnderTest, server: Server) -> Iterator[MapTab]:
    """Open a page's map and wait until its eight districts are painted."""
    context = new_context(browser)
    assets.hand_over(context)
    context.add_init_script(path=SAMPLER)
    requests: list[str] = []
    context.on(
        "request",
        lambda request: requests.append(request.url) if request.url.startswith("http") else None,
    )
    tab = context.new_page()
    try:
        tab.goto(server.address + page.path)
        opened = MapTab(page, tab, requests)
        opened.settle()
        yield opened
    finally:
        context.close()
