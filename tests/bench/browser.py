"""The browser of the benchmark and one map page open in it."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as BrowserPage

from tests.bench import assets
from tests.bench.page import PageUnderTest
from tests.bench.server import Server
from tests.browser.chromium import ARGUMENTS

DISTRICTS = 8
SAMPLER = Path(__file__).with_name("sampler.js")
SETTLED_MS = 500
"""The page counts as settled after this long without a rerun or a new fill."""
SETTLE_LIMIT_MS = 60_000

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

AT_REST = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  return app?.dataset.testScriptState === "notRunning"
    && app.dataset.testConnectionState === "CONNECTED";
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, or the one that Playwright installed."""
    system = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", system), args=ARGUMENTS
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

    def recoloured(self, old_fills: str) -> tuple[float, str, list[dict[str, Any]]]:
        """Wait for the end of a change that is being sampled.

        Returns
        -------
        Milliseconds from the press to the last fills, these fills, and the samples since the press.
        """
        final = self.settle(old_fills)
        seen = self.tab.evaluate("() => window.bench.stop()")
        samples = [one for one in seen["samples"] if one["at"] >= seen["selected"]]
        last = next(s["at"] for s in samples if s["painted"] >= DISTRICTS and s["fills"] == final)
        return last - seen["selected"], final, samples

    def call(self, name: str, *others: object) -> Any:
        """Call a function of the sampler with the page's selectors and other arguments."""
        arguments = json.dumps([*self.selectors, *others])[1:-1]
        return self.tab.evaluate(f"() => window.bench.{name}({arguments})")

    def received(self) -> int:
        """Bytes of websocket messages received since the page was opened."""
        return int(self.tab.evaluate("() => window.bench.received"))

    def sent(self) -> int:
        """Websocket messages sent since the page was opened."""
        return int(self.tab.evaluate("() => window.bench.sent"))

    def drawn(self) -> float:
        """Milliseconds from the start of the page until its eight districts were first painted."""
        return float(self.tab.evaluate("() => window.bench.drawn"))

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
def open_map(
    browser: Browser, page: PageUnderTest, server: Server, network: dict[str, Any] | None = None
) -> Iterator[MapTab]:
    """Open a page's map, over a throttled network if asked, and wait until it is painted."""
    context = new_context(browser)
    assets.hand_over(context)
    watched = json.dumps([page.frame, page.districts, DISTRICTS])[1:-1]
    watch = f"\nif (window === window.top) window.bench.watch({watched});"
    context.add_init_script(SAMPLER.read_text(encoding="utf-8") + watch)
    requests: list[str] = []
    context.on(
        "request",
        lambda request: requests.append(request.url) if request.url.startswith("http") else None,
    )
    tab = context.new_page()
    if network:
        devtools = context.new_cdp_session(tab)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", network)
    try:
        tab.goto(server.address + page.path)
        opened = MapTab(page, tab, requests)
        opened.settle()
        yield opened
    finally:
        context.close()
