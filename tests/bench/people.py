"""How many people one process holds: real sessions, one interaction every 5 s, as mix.py draws them."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import quantiles

from tests.bench.mix import Mix
from tests.bench.page import PageUnderTest
from tests.bench.report import Pair, compare
from tests.bench.server import serving
from tests.bench.session import Session, open_session

EVERY = 5.0
"""Seconds between two interactions of one person."""
LIMIT = 1.0
"""The 95th percentile of the answer times must stay under this many seconds."""
SAMPLES = 60
"""Fewer answers than this make no percentile: a small crowd is watched longer."""
ARRIVING = 4
"""Sessions that open at the same time while the crowd gathers."""


@dataclass(slots=True)
class Person:
    """One session and what it will do."""

    session: Session
    mix: Mix

    async def interact(self, begin: float, end: float) -> list[float]:
        """Interact about every 5 s from `begin` to `end`; the answer times in seconds.

        People are not clocks: each pause is 4 to 6 s, drawn evenly. Each time is
        counted from the moment it was due, so that a late answer also lengthens
        the ones that had to wait for it.
        """
        times: list[float] = []
        due = begin + EVERY * self.mix.chance.random()
        while due < end:
            await asyncio.sleep(due - time.perf_counter())
            await self.mix.interact(self.session)
            times.append(time.perf_counter() - due)
            due += EVERY * self.mix.chance.uniform(0.8, 1.2)
        return times


@dataclass(slots=True)
class Crowd:
    """The people connected to one server; only as many act as a trial asks for."""

    page: PageUnderTest
    port: int
    stack: AsyncExitStack
    seconds: float
    people: list[Person] = field(default_factory=list)

    async def gather(self, count: int) -> None:
        """Let sessions arrive, a few at a time, until there are `count`."""
        gate = asyncio.Semaphore(ARRIVING)

        async def arrive(number: int) -> Person:
            async with gate:
                session = await open_session(self.port, self.page.route, self.page.query)
                await self.stack.enter_async_context(session)
                await session.run()
            return Person(session, Mix(self.page, number))

        missing = range(len(self.people), count)
        self.people += await asyncio.gather(*map(arrive, missing))

    async def holds(self, count: int) -> bool:
        """Whether so many people are answered in time.

        A trial that fails narrowly is made once more: other work on the machine
        is not to decide.
        """
        await self.gather(count)
        p95 = await self._p95(count)
        if LIMIT <= p95 < 2 * LIMIT:
            p95 = await self._p95(count)
        return p95 < LIMIT

    async def _p95(self, count: int) -> float:
        """Let `count` people interact for a while; 95th percentile in seconds."""
        begin = time.perf_counter() + 0.2
        end = begin + max(self.seconds, EVERY * SAMPLES / count)
        times = await asyncio.gather(*(person.interact(begin, end) for person in self.people[:count]))
        p95 = quantiles([t for person in times for t in person], n=20)[-1]
        print(f"  {self.page.name}: {count} people, p95 {p95:.3f} s", file=sys.stderr)
        return p95


async def largest(crowd: Crowd, start: int, most: int, step: float) -> int:
    """Return the largest number of people that the server holds, up to `most`.

    Doubles from `start` until a trial fails, then halves the gap until it is
    below `step` times the number.
    """
    good, bad = 0, 0
    count = start
    while not bad and good < most:
        if await crowd.holds(count):
            good, count = count, min(count * 2, most)
        else:
            bad = count
    while bad and bad - good > max(1, step * good):
        middle = (good + bad) // 2
        if await crowd.holds(middle):
            good = middle
        else:
            bad = middle
    return good


async def _capacity(page: PageUnderTest, seconds: float, most: int, step: float) -> int:
    with serving(page) as server:
        async with AsyncExitStack() as stack:
            crowd = Crowd(page, server.port, stack, seconds)
            return await largest(crowd, 8, most, step)


def measure(pages: Pair[PageUnderTest], seconds: float, most: int, step: float) -> Iterator[str]:
    """Yield the line with the people that each page's process holds."""
    ours, naive = (asyncio.run(_capacity(page, seconds, most, step)) for page in pages)
    name = "people on one process, p95 under 1 s"
    yield compare(name, [ours], [naive], more_is_better=True)
