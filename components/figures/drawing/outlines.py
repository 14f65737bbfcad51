"""The districts as SVG outlines in a picture of fixed width."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import cos, radians

from geo.districts import Level, districts, label_points

WIDTH = 1000
"""Width of every picture of the city, in its own units."""


@cache
def _frame(level: Level) -> tuple[float, float, float, float, float]:
    """Return west and north edge in degrees, cosine of the latitude, units per degree, and height."""
    west, south, east, north = districts(level).total_bounds
    shrink = cos(radians((south + north) / 2))
    unit = WIDTH / ((east - west) * shrink)
    return west, north, shrink, unit, (north - south) * unit


def project(level: Level, longitude: float, latitude: float) -> tuple[int, int]:
    """Return where a place lies in the picture.

    Equirectangular with the cosine of the city's latitude: within the city shapes stay true to 0.3 %.
    """
    west, north, shrink, unit, _ = _frame(level)
    return round((longitude - west) * shrink * unit), round((north - latitude) * unit)


@cache
def outlines(level: Level) -> tuple[Mapping[str, str], Mapping[str, tuple[int, int]], int]:
    """Return the SVG path data of each district, its label point, and the height of the picture."""
    paths = {}
    for district, shape in districts(level).geometry.items():
        parts = getattr(shape, "geoms", [shape])
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        paths[str(district)] = "".join(_path(ring, level) for ring in rings)
    labels = {district: project(level, *point) for district, point in label_points().items()}
    return paths, labels, round(_frame(level)[-1])


def _path(ring: object, level: Level) -> str:
    points = [project(level, x, y) for x, y in ring.coords]  # type: ignore[attr-defined]
    steps = [
        f"{x - before_x},{y - before_y}"
        for (before_x, before_y), (x, y) in pairwise(points[:-1])
        if (x, y) != (before_x, before_y)
    ]
    return f"M{points[0][0]},{points[0][1]}l" + " ".join(steps) + "z"
