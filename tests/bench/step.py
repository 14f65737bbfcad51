"""One time step: ours painted in the browser, the naive page's by its own slider.

Ours is the `input` event of the slider, dispatched by a script: its script time, after which the fills
are looked at, and the time until the next frame (60 a second) has been painted. The naive page's is the
key press on Streamlit's slider until the fills have changed. A drag with the mouse, at the end of each
round, tells what the server hears of ours before and after the button is released.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import cycle
from statistics import fmean, median, quantiles

from playwright.sync_api import Browser

from tests.bench.browser import MapTab, open_map
from tests.bench.page import PageUnderTest
from tests.bench.report import Pair, compare
from tests.bench.server import Server, serving

AT_ONCE = 20
"""Steps of ours for each of the naive page's: a step of less than a millisecond needs many."""
HEARD_MS = 3000
"""How long the server may take to hear of a drag."""
THUMB = "[data-testid=stSlider] input[type=range]"


@dataclass(frozen=True, slots=True)
class Step:
    """What one time step took."""

    milliseconds: float
    drawn_ms: float


@dataclass(slots=True)
class Reader:
    """A reader of one page who moves its slider to the first period and back."""

    map: MapTab
    server: Server
    fills: str
    steps: list[Step] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    drags: list[tuple[int, int, int]] = field(default_factory=list)
    """Of each drag: periods passed, messages sent before its end, and after."""

    def walk(self) -> None:
        """Step through all periods; server time and messages a step are those of the whole walk."""
        cpu, sent = self.server.cpu_seconds(), self.map.sent()
        steps = self._in_browser() if self.map.page.slider else self._by_server()
        self.steps += steps
        self.cpu_ms.append(1000 * (self.server.cpu_seconds() - cpu) / len(steps))
        self.sent.append((self.map.sent() - sent) / len(steps))

    def forget(self) -> None:
        """Drop what was measured: it only warmed the page."""
        self.steps, self.cpu_ms, self.sent = [], [], []

    def _in_browser(self) -> list[Step]:
        slider = self.map.tab.locator(self.map.page.slider)
        last, now = int(slider.get_attribute("max") or 0), int(slider.input_value())
        path = cycle([*range(last - 1, -1, -1), *range(1, last + 1)])
        steps = []
        for at in path:
            if at == now:
                continue
            now = at
            step = self.map.call("slide", self.map.page.slider, at)
            if not step["changed"]:
                raise RuntimeError(f"{self.map.page.name}: step to {at} changed no fill")
            steps.append(Step(step["script"], step["drawn"]))
            self.map.tab.wait_for_timeout(7)
            if len(steps) >= 2 * last * AT_ONCE and at == last:
                return steps
        return steps

    def _by_server(self) -> list[Step]:
        thumb = self.map.tab.locator(THUMB)
        count = int(thumb.get_attribute("max") or 0)
        steps = []
        for key in [*["ArrowLeft"] * count, *["ArrowRight"] * count]:
            thumb.focus()
            self.map.call("start")
            self.map.tab.keyboard.press(key)
            took, self.fills, _ = self.map.recoloured(self.fills)
            steps.append(Step(took, took))
        return steps

    def drag(self) -> None:
        """Drag a slider painted in the browser from its end to its start, then wait for the server."""
        slider = self.map.tab.locator(self.map.page.slider)
        slider.scroll_into_view_if_needed()
        area = slider.bounding_box()
        if area is None:
            raise RuntimeError(f"{self.map.page.name}: the slider has no place on the page")
        start = int(slider.input_value())
        y, before = area["y"] + area["height"] / 2, self.map.sent()
        self.map.tab.mouse.move(area["x"] + area["width"] - 8, y)
        self.map.tab.mouse.down()
        self.map.tab.mouse.move(area["x"] + 8, y, steps=30)
        self.map.tab.wait_for_timeout(1000)
        during = self.map.sent() - before
        self.map.tab.mouse.up()
        self.map.tab.wait_for_timeout(HEARD_MS)
        if not (passed := start - int(slider.input_value())):
            raise RuntimeError(f"{self.map.page.name}: the mouse did not move the slider")
        self.drags.append((passed, during, self.map.sent() - before - during))


def measure(browser: Browser, pages: Pair[PageUnderTest], rounds: int) -> Iterator[str]:
    """Step through the periods of both pages by turns and yield the lines to print."""
    with ExitStack() as stack:
        readers = []
        for page in pages:
            start = replace(page, path=page.step_path)
            server = stack.enter_context(serving(start))
            opened = stack.enter_context(open_map(browser, start, server))
            if page.step_label:
                old = opened.settle()
                opened.point_at(page.step_label)
                opened.press(page.step_label)
                opened.settle(old)
            readers.append(Reader(opened, server, opened.settle()))
        for reader in readers:
            reader.map.tab.bring_to_front()
            reader.walk()
            reader.forget()
        for _ in range(rounds):
            for reader in readers:
                reader.map.tab.bring_to_front()
                reader.walk()
                if reader.map.page.slider:
                    reader.drag()
    yield from _lines(*readers)


def _lines(ours: Reader, naive: Reader) -> Iterator[str]:
    def pair(value: str) -> tuple[list[float], list[float]]:
        return [getattr(step, value) for step in ours.steps], [getattr(step, value) for step in naive.steps]

    yield compare("time step until a fill has changed, ms", *pair("milliseconds"))
    yield compare("time step until the frame is painted, ms", *pair("drawn_ms"))
    yield compare("server CPU of a time step, ms", ours.cpu_ms, naive.cpu_ms, of=fmean)
    yield compare("websocket messages sent in a time step", ours.sent, naive.sent, of=fmean)
    if ours.map.page.slider:
        yield f"  script of a step of ours, ms: {_spread([step.milliseconds for step in ours.steps])}"
    for passed, during, after in dict.fromkeys(ours.drags):
        yield f"  a drag over {passed} steps sent {during} messages, its end {after}"


def _spread(values: Sequence[float]) -> str:
    return f"median {median(values):.2f}, p95 {quantiles(values, n=20)[-1]:.2f}, most {max(values):.2f}"
