"""Thousands of reruns of one session: whether the server's memory stays flat.

The session does what people do (see mix.py). Memory is read while it rests; the slope is a straight line
through all readings after the first fifth, in which what is drawn for the first time is kept on purpose.
"""

import asyncio
from collections.abc import Iterator
from statistics import linear_regression

from tests.bench.mix import Mix
from tests.bench.page import PageUnderTest
from tests.bench.report import Pair
from tests.bench.server import Server, serving
from tests.bench.session import open_session

READINGS = 50
WARMING = 0.2
REST = 0.2
"""Seconds between the end of a rerun and a reading."""

Reading = tuple[int, int]
"""Reruns made, KB held."""


async def _soak(page: PageUnderTest, server: Server, reruns: int) -> list[Reading]:
    mix, readings = Mix(page, number=0), []
    async with await open_session(server.port, page.route, page.query) as session:
        await session.run()
        for done in range(reruns + 1):
            if done % max(1, reruns // READINGS) == 0:
                await asyncio.sleep(REST)
                readings.append((done, server.memory_kb()))
            if done < reruns:
                await mix.interact(session)
    return readings


def measure(pages: Pair[PageUnderTest], reruns: int) -> Iterator[str]:
    """Run our page again and again and yield the line with its memory; the naive page is left out."""
    with serving(pages.ours) as server:
        readings = asyncio.run(_soak(pages.ours, server, reruns))
    warm = [one for one in readings if one[0] >= WARMING * reruns]
    slope = 1000 * linear_regression(*zip(*warm, strict=True)).slope
    first, begin, end = readings[0][1], warm[0][1], warm[-1][1]
    yield (
        f"memory over {reruns} reruns of one session, MB: {first / 1024:.1f} at the start, "
        f"{begin / 1024:.1f} after {warm[0][0]}, {end / 1024:.1f} at the end; "
        f"slope after {warm[0][0]}: {slope:.0f} KB per 1000 reruns"
    )
