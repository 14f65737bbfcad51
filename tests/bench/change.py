"""A change of indicator in the browser: time, frames, view, requests, bytes, CPU."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import fmean

from playwright.sync_api import Browser

from tests.bench.browser import DISTRICTS, MapTab, open_map
from tests.bench.page import PageUnderTest
from tests.bench.report import Pair, compare
from tests.bench.server import serving
from tests.bench.session import cycle
from tests.bench.wire import Wire, counting

SAME_PLACE = 1.5
"""Pixels a district may stand off and still count as where it was."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one change of indicator took."""

    milliseconds: float
    blank_frames: int
    view_kept: bool
    requests: int
    received: int
    wire_down: int
    wire_up: int
    cpu_ms: float


@dataclass(slots=True)
class Reader:
    """A reader of one page who changes the indicator again and again."""

    map: MapTab
    wire: Wire
    labels: Iterator[str]
    fills: str
    zoomed: bool = False
    step: int = 60

    def change(self) -> Change:
        """Pan (and zoom, where that is not yet done), change, and look."""
        tab = self.map
        if tab.page.pans:
            tab.move(self.step, self.step // 2, zoom=not self.zoomed)
            self.step = -self.step
            tab.settle()
        before = tab.call("places")
        label = next(self.labels)
        tab.point_at(label)
        tab.tab.wait_for_timeout(200)
        cpu, received, requests = (
            self.wire.server.cpu_seconds(),
            tab.received(),
            len(tab.requests),
        )
        down, up = self.wire.socket.down, self.wire.socket.up
        tab.call("start")
        tab.press(label)
        milliseconds, self.fills, samples = tab.recoloured(self.fills)
        self.zoomed = _same_place(before, tab.call("places"))
        return Change(
            milliseconds=milliseconds,
            blank_frames=sum(s["painted"] < DISTRICTS for s in samples),
            view_kept=self.zoomed,
            requests=len(tab.requests) - requests,
            received=tab.received() - received,
            wire_down=self.wire.socket.down - down,
            wire_up=self.wire.socket.up - up,
            cpu_ms=1000 * (self.wire.server.cpu_seconds() - cpu),
        )


def measure(browser: Browser, pages: Pair[PageUnderTest], rounds: int, changes: int) -> Iterator[str]:
    """Change the indicator in both pages by turns and yield the lines to print.

    Each round makes `changes` changes in ours, then as many in the naive page; a
    first change of each, not counted, warms both.
    """
    with ExitStack() as stack:
        readers: list[Reader] = []
        for page in pages:
            server = stack.enter_context(serving(page))
            wire = stack.enter_context(counting(server))
            opened = stack.enter_context(open_map(browser, page, wire.server))
            labels = cycle(page.indicators, 0)
            readers.append(Reader(opened, wire, labels, opened.settle()))
        made: tuple[list[Change], list[Change]] = ([], [])
        for reader in readers:
            reader.map.tab.bring_to_front()
            reader.change()
        for _ in range(rounds):
            for reader, list_of in zip(readers, made, strict=True):
                reader.map.tab.bring_to_front()
                list_of += [reader.change() for _ in range(changes)]
    yield from (f"{pages.ours.view}: {line}" for line in _lines(*made))


def _lines(ours: Sequence[Change], naive: Sequence[Change]) -> Iterator[str]:
    def pair(value: str) -> tuple[list[float], list[float]]:
        return (
            [float(getattr(change, value)) for change in ours],
            [float(getattr(change, value)) for change in naive],
        )

    yield compare("change of indicator until recoloured, ms", *pair("milliseconds"))
    yield compare("blank frames in a change", *pair("blank_frames"), of=max)
    yield compare(
        "changes that kept zoom and pan, %",
        *([100 * x for x in side] for side in pair("view_kept")),
        of=fmean,
        more_is_better=True,
    )
    yield compare("HTTP requests in a change", *pair("requests"), of=max)
    yield compare("websocket bytes in a change", *pair("received"))
    yield compare("websocket bytes on the wire in a change", *pair("wire_down"))
    yield compare("websocket bytes on the wire in a change, sent", *pair("wire_up"))
    yield compare("server CPU in a change, ms", *pair("cpu_ms"), of=fmean)


def _same_place(before: object, after: object) -> bool:
    if not isinstance(before, list) or not isinstance(after, list):
        return False
    return len(before) == len(after) and all(
        abs(old - new) <= SAME_PLACE
        for olds, news in zip(before, after, strict=True)
        for old, new in zip(olds, news, strict=True)
    )
