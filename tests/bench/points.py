"""A million points to districts: `points_by_district` beside `geopandas.sjoin`.

Each side runs in a process of its own, by turns, on the same points, after a few points that warm it.
What each starts from is there before the clock: two arrays of degrees, a GeoDataFrame of points. Extra
memory is the highest resident memory in between (VmHWM) above that at the start.

    python -m tests.bench.points within 1000000    one run of one side, as JSON
"""

import ctypes
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np

from geo.aggregate import points_by_district
from geo.districts import DISTRICTS, districts
from tests.bench.report import compare

COUNT = 1_000_000
WARMING = 1_000
SEED = 2050
MARGIN = 0.02
"""Degrees around the city in which points lie as well."""

Counts = list[int]


@dataclass(frozen=True, slots=True)
class Run:
    """What one side took."""

    milliseconds: float
    megabytes: float
    counts: Counts


def _places(count: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    west, south, east, north = districts("full").total_bounds
    low, high = (west - MARGIN, south - MARGIN), (east + MARGIN, north + MARGIN)
    return np.random.default_rng(SEED).uniform(low, high, (count, 2))


def _ours(count: int) -> Callable[[], Counts]:
    longitude, latitude = (np.ascontiguousarray(one) for one in _places(count).T)

    def run() -> Counts:
        found = points_by_district(longitude, latitude)
        return [int((found == position).sum()) for position in range(len(DISTRICTS))]

    return run


def _sjoin(predicate: str, count: int) -> Callable[[], Counts]:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*_places(count).T), crs=4326)
    shapes = districts("full")
    polygons = gpd.GeoDataFrame({"id": list(shapes.index)}, geometry=shapes.geometry.to_numpy(), crs=4326)

    def run() -> Counts:
        joined = gpd.sjoin(points, polygons, predicate=predicate)
        found = joined["id"].value_counts()
        return [int(found.get(district, 0)) for district in DISTRICTS]

    return run


SIDES: dict[str, Callable[[int], Callable[[], Counts]]] = {
    "ours": _ours,
    "within": partial(_sjoin, "within"),
    "intersects": partial(_sjoin, "intersects"),
}
"""The join both ways: `within` is fast and large, `intersects`, its default, slow and small."""


def _resident_kb(field: str) -> int:
    found = re.search(rf"^{field}:\s+(\d+)", Path("/proc/self/status").read_text(), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"/proc/self/status has no {field}")
    return int(found[1])


def run_here(side: str, count: int) -> Run:
    """Run one side in this process."""
    SIDES[side](WARMING)()
    run = SIDES[side](count)
    ctypes.CDLL(None).malloc_trim(0)  # what making the points has freed is not to be used again
    Path("/proc/self/clear_refs").write_text("5")  # the highest resident memory starts anew
    held, begin = _resident_kb("VmRSS"), time.perf_counter()
    counts = run()
    took = time.perf_counter() - begin
    return Run(1000 * took, (_resident_kb("VmHWM") - held) / 1024, counts)


def _run(side: str) -> Run:
    command = [sys.executable, "-m", "tests.bench.points", side, str(COUNT)]
    project = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=project, check=True, stdout=subprocess.PIPE, timeout=600)
    return Run(**json.loads(done.stdout))


def measure(rounds: int) -> Iterator[str]:
    """Run both by turns, compare their counts, and yield the lines to print."""
    runs = [[_run(side) for side in SIDES] for _ in range(rounds)]
    ours, *joined = zip(*runs, strict=True)
    for predicate, theirs in zip(list(SIDES)[1:], joined, strict=True):
        for name, value in (("ms", "milliseconds"), ("extra MB", "megabytes")):
            yield compare(
                f"a million points to districts, sjoin {predicate}, {name}",
                [getattr(run, value) for run in ours],
                [getattr(run, value) for run in theirs],
            )
    if any(one.counts != run[0].counts for run in runs for one in run):
        raise AssertionError(f"counts by district differ: {[one.counts for one in runs[0]]}")
    yield f"  counts by district equal, {sum(ours[0].counts)} of {COUNT} inside"


if __name__ == "__main__":
    print(json.dumps(asdict(run_here(sys.argv[1], int(sys.argv[2])))))
