"""The first visitor of a fresh server, and what a second one still waits for."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.page import PageUnderTest
from tests.bench.report import Pair, compare
from tests.bench.server import Server, serving
from tests.bench.session import open_session

IDLE = 3.0
"""Seconds between the first healthy answer and the first visitor."""


@dataclass(frozen=True, slots=True)
class Visits:
    """What the first visitor of a fresh server met."""

    first_ms: float
    second_ms: float
    modules: int
    """Compiled modules that were loaded while the first visitor waited."""


def _visit(page: PageUnderTest) -> Visits:
    with serving(page) as server:
        time.sleep(IDLE)
        before = server.native_modules()
        first = asyncio.run(_until_finished(page, server))
        modules = len(server.native_modules() - before)
        second = asyncio.run(_until_finished(page, server))
    return Visits(1000 * first, 1000 * second, modules)


async def _until_finished(page: PageUnderTest, server: Server) -> float:
    """Return the seconds from the connection to the end of the first script run."""
    begin = time.perf_counter()
    async with await open_session(server.port, page.route, page.query) as session:
        answer = await session.run()
    if not answer.maps:
        raise RuntimeError(f"{page.name}: the first visit brought no map")
    return time.perf_counter() - begin


def measure(pages: Pair[PageUnderTest], rounds: int) -> Iterator[str]:
    """Start each page afresh by turns and yield the lines to print."""
    visits = [[_visit(page) for page in pages] for _ in range(rounds)]
    ours, naive = zip(*visits, strict=True)
    for name, value in (
        ("first visitor until script finished, ms", "first_ms"),
        ("second visitor until script finished, ms", "second_ms"),
        ("compiled modules loaded while the first visitor waits", "modules"),
    ):
        yield compare(
            name,
            [getattr(visit, value) for visit in ours],
            [getattr(visit, value) for visit in naive],
        )
