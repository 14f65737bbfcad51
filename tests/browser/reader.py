"""One reader with a real browser, for whom nothing but this machine exists."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from playwright.sync_api import TimeoutError as GivenUp

from tests.browser.layout import settle

FOREIGN = re.compile(r"^(?!(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:)")
PROBES = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Streamlit looks for its own endpoints below the address of a page first; a 404 there is its way."""
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
LIMIT = 60_000
"""Milliseconds until a test gives up waiting; the first page of a server takes long on a busy machine."""


class Desk:
    """A browser of a kind: every foreign request is blocked.

    A page of the server stays open in it: the next one runs in the same process then, which has compiled
    the scripts of Streamlit, and takes half of the time.
    """

    def __init__(self, browser: Browser, base: str, **options: object) -> None:
        chosen: dict[str, Any] = {
            "viewport": {"width": 1440, "height": 900},
            "locale": "en-GB",
            "reduced_motion": "reduce",
        }
        self.base = base
        self.context: BrowserContext = browser.new_context(**(chosen | options))
        self.context.set_default_timeout(LIMIT)
        self.context.route(FOREIGN, lambda route: route.abort())
        self.kept = self.context.new_page()
        self.kept.goto(f"{base}/_stcore/health")

    def clear(self) -> None:
        """Leave nothing to the next reader: no page, no cookie, nothing stored."""
        for page in self.context.pages:
            if page is not self.kept:
                page.close()
        self.context.clear_cookies()
        self.kept.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")


class Reader:
    """A page at a desk, where every request and every error of the console is noted."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.base = desk.base
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.context = desk.context
        self.context.on("request", self._note_request)
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note)

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBES.search(message.location.get("url", "")):
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def open(self, path: str) -> Page:
        """Go to a page of the app and wait until it is complete."""
        self.page.goto(self.base + path)
        return self.complete()

    def complete(self) -> Page:
        """Wait until the script has run, the page has its heading and every chart is drawn."""
        self.page.locator("h1").first.wait_for()
        self.page.locator(DONE).wait_for()
        return settle(self.page)

    def query(self) -> dict[str, list[str]]:
        """What the address of the page says after the question mark."""
        return parse_qs(urlsplit(self.page.url).query)

    def wait_for_query(self, **expected: str | list[str] | None) -> None:
        """Wait until keys of the address have their values (None: are not there)."""
        for key, value in expected.items():
            wanted = value if isinstance(value, list) else [] if value is None else [value]
            self.page.wait_for_function(
                """([key, wanted]) => JSON.stringify(new URLSearchParams(location.search).getAll(key))
                    === JSON.stringify(wanted)""",
                arg=[key, wanted],
            )
        self.complete()

    def choose(self, label: str, option: str) -> None:
        """Choose an option of the select box with a label."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        box.evaluate("(one) => one.scrollIntoView({ block: 'center' })")  # a scroll would close the list
        wanted = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(3):
            box.fill(option)  # a long list holds only what is in sight
            try:
                wanted.click(timeout=LIMIT / 6)
            except GivenUp:
                continue  # an answer that came meanwhile drew the box anew and closed its list
            return
        wanted.click()

    @property
    def foreign(self) -> list[str]:
        """Every request that was not for this machine."""
        return [url for url in self.requests if FOREIGN.match(url)]

    def close(self) -> None:
        """Leave the desk; what a reader must never see is a failure here."""
        self.context.remove_listener("request", self._note_request)
        self.desk.clear()
        assert not self.foreign, f"requests left the machine: {self.foreign}"
        assert self.requests, "nothing was recorded"
        assert not self.errors, f"errors of the console: {self.errors}"
