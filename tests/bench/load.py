"""The first load: bytes on the wire and the moment the map is drawn, from an empty cache.

On loopback, then at 10 Mbit/s with 60 ms of delay (DevTools' own throttle). What the naive page loads
from other hosts is handed over at once, neither delayed nor counted: to its advantage.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.bench import assets
from tests.bench.browser import AT_REST, new_context, open_map
from tests.bench.page import PageUnderTest
from tests.bench.report import Pair, compare
from tests.bench.server import serving
from tests.bench.wire import Wire, counting

BITS_PER_SECOND = 10_000_000
DELAY_MS = 60
SLOW = {
    "offline": False,
    "latency": DELAY_MS,
    "downloadThroughput": BITS_PER_SECOND / 8,
    "uploadThroughput": BITS_PER_SECOND / 8,
}
AFTER_MS = 1500
"""How long a page that has come to rest is still counted."""
CHART = ".js-plotly-plot .main-svg"
LIMIT_MS = 60_000


@dataclass(frozen=True, slots=True)
class Load:
    """What one first load took: once without the proxy, once through it and throttled."""

    here_ms: float
    slow_ms: float
    megabytes: float


def _load(browser: Browser, page: PageUnderTest, wire: Wire) -> Load:
    with open_map(browser, page, wire.origin) as opened:
        here = opened.drawn()
    before = wire.total
    with open_map(browser, page, wire.server, SLOW) as opened:
        slow = opened.drawn()
        opened.tab.wait_for_timeout(AFTER_MS)
    return Load(here, slow, (wire.total - before) / 1e6)


def _chart_megabytes(browser: Browser, path: str, wire: Wire) -> float:
    """Load a page with a chart until it is drawn and at rest."""
    before = wire.total
    context = new_context(browser)
    assets.hand_over(context)
    try:
        tab = context.new_page()
        tab.goto(wire.server.address + path)
        tab.locator(CHART).first.wait_for(timeout=LIMIT_MS)
        tab.wait_for_function(AT_REST, timeout=LIMIT_MS)
        tab.wait_for_timeout(AFTER_MS)
    finally:
        context.close()
    return (wire.total - before) / 1e6


def measure(browser: Browser, pages: Pair[PageUnderTest], rounds: int) -> Iterator[str]:
    """Load both pages by turns, after a load of each that is not counted, and yield the lines."""
    with ExitStack() as stack:
        wires = [stack.enter_context(counting(stack.enter_context(serving(page)))) for page in pages]
        loads = [
            [_load(browser, page, wire) for page, wire in zip(pages, wires, strict=True)]
            for _ in range(rounds + 1)
        ]
        charts = [
            f"  first load of ours at {path}, MB on the wire: {_chart_megabytes(browser, path, wires[0]):.2f}"
            for path in pages.ours.chart_paths
        ]
    ours, naive = zip(*loads[1:], strict=True)
    for name, value in (
        ("first load until the map is drawn, loopback, ms", "here_ms"),
        ("first load until the map is drawn, 10 Mbit/s and 60 ms, ms", "slow_ms"),
        ("first load of the map page, MB on the wire", "megabytes"),
    ):
        yield compare(name, [getattr(load, value) for load in ours], [getattr(load, value) for load in naive])
    yield from charts
