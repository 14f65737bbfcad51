"""Requests of each page to other hosts: none of them is let through."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Route

from tests.bench import assets
from tests.bench.browser import AT_REST, new_context
from tests.bench.page import PageUnderTest
from tests.bench.report import Pair, compare
from tests.bench.server import HOST, Server, serving

AFTER_MS = 2000
"""How long a page that has come to rest is still listened to."""
LOAD_LIMIT_MS = 30_000


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != HOST


def _asked(context: BrowserContext, address: str) -> list[str]:
    """Open one page and return the addresses on other hosts that it asked for."""
    asked: list[str] = []

    def note(url: str) -> None:
        if _is_foreign(url):
            asked.append(url)

    context.on("request", lambda request: note(request.url))
    tab = context.new_page()
    tab.on("websocket", lambda socket: note(socket.url))
    tab.goto(address)
    tab.wait_for_function(AT_REST, timeout=LOAD_LIMIT_MS)
    tab.wait_for_timeout(AFTER_MS)
    return asked


def _refuse(route: Route) -> None:
    if _is_foreign(route.request.url):
        route.abort()
    else:
        route.continue_()


def _asked_by(
    browser: Browser, server: Server, paths: tuple[str, ...], *, hand_over: bool
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        context = new_context(browser)
        if hand_over:
            assets.hand_over(context)
        else:
            context.route("**/*", _refuse)
        found[path] = _asked(context, server.address + path)
        context.close()
    return found


def measure(browser: Browser, pages: Pair[PageUnderTest], paths: tuple[str, ...]) -> Iterator[str]:
    """Yield the line with the requests to other hosts, then ours one by one."""
    with serving(pages.naive) as server:
        path = pages.naive.path
        naive = _asked_by(browser, server, (path,), hand_over=True)[path]
    with serving(pages.ours) as server:
        ours = _asked_by(browser, server, paths, hand_over=False)
    total = sum(map(len, ours.values()))
    yield compare("requests to other hosts, all pages", [total], [len(naive)])
    for path, addresses in ours.items():
        yield from (f"  {path} asked for {address}" for address in addresses)
