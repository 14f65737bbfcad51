"""Measure the dashboard beside a naive page, one `name: ours, naive, ratio` a line.

    python -m tests.bench                    every measurement
    python -m tests.bench --quick change     a short run of one of them

Ratios tell how many times better ours is. What is measured and how is written in
the modules of the same names. Everything runs on this machine.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.bench import (
    assets,
    change,
    embed,
    foreign,
    image,
    load,
    people,
    points,
    republish,
    soak,
    step,
    visit,
)
from tests.bench.browser import chromium
from tests.bench.page import PageUnderTest
from tests.bench.pages import NAIVE, OUR_PATHS, explore, ours
from tests.bench.report import Pair


@dataclass(frozen=True, slots=True)
class Effort:
    """How long each measurement takes its time."""

    rounds: int
    changes: int
    visits: int
    people_seconds: float
    people_most: int
    people_step: float
    reruns: int


FULL = Effort(
    rounds=5,
    changes=5,
    visits=5,
    people_seconds=15,
    people_most=1024,
    people_step=0.1,
    reruns=5000,
)
QUICK = Effort(
    rounds=2,
    changes=3,
    visits=1,
    people_seconds=10,
    people_most=512,
    people_step=0.3,
    reruns=300,
)

Measurement = Callable[[Pair[PageUnderTest], Effort], Iterator[str]]


def _change(pages: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    ours = (pages.ours,) if pages.ours is NAIVE else (explore(), pages.ours)
    for one in ours:
        # Where one of the two cannot be panned, neither is.
        both = Pair(one, replace(NAIVE, pans=one.pans))
        with chromium() as browser:
            yield from change.measure(browser, both, effort.rounds, effort.changes)


def _step(pages: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    with chromium() as browser:
        yield from step.measure(browser, pages, effort.rounds)


def _load(pages: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    with chromium() as browser:
        yield from load.measure(browser, pages, effort.visits)


def _soak(pages: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    return soak.measure(pages, effort.reruns)


def _people(pages: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    return people.measure(pages, effort.people_seconds, effort.people_most, effort.people_step)


def _visit(pages: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    return visit.measure(pages, effort.visits)


def _foreign(pages: Pair[PageUnderTest], _: Effort) -> Iterator[str]:
    with chromium() as browser:
        yield from foreign.measure(browser, pages, OUR_PATHS)


def _points(_: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    return points.measure(effort.rounds)


def _embed(pages: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    with chromium() as browser:
        yield from embed.measure(browser, pages, effort.rounds)


def _image(_: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    return image.measure(effort.rounds)


def _republish(_: Pair[PageUnderTest], effort: Effort) -> Iterator[str]:
    return republish.measure(effort.rounds)


MEASUREMENTS: dict[str, Measurement] = {
    "step": _step,
    "change": _change,
    "load": _load,
    "visit": _visit,
    "people": _people,
    "soak": _soak,
    "foreign": _foreign,
    "points": _points,
    "image": _image,
    "embed": _embed,
    "republish": _republish,
}


def main(arguments: list[str]) -> int:
    """Run the measurements that were named, or all of them."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    known = ", ".join(MEASUREMENTS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=known)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument(
        "--baseline",
        action="store_true",
        help="the naive page on both sides: how far two equal pages differ",
    )
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {known}")
    assets.install()
    pages = Pair(NAIVE if chosen.baseline else ours(), NAIVE)
    effort = QUICK if chosen.quick else FULL
    print("name: ours, naive, ratio (times better)")
    for name in chosen.names or MEASUREMENTS:
        for line in MEASUREMENTS[name](pages, effort):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
