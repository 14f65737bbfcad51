"""What is drawn of a layer stands for all of it, however many corners it has."""

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.aggregate import GeometryKind
from geo.uploads import preview
from geo.uploads.reader import Layer

WEST, EAST, SOUTH = 76.7, 77.1, 43.2
MAX_DRAWN, MAX_CORNERS = 300, 2000


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of what is drawn, since a zigzag takes time by the square of its corners."""
    monkeypatch.setattr(preview, "MAX_DRAWN", MAX_DRAWN)
    monkeypatch.setattr(preview, "MAX_CORNERS", MAX_CORNERS)


def zigzag(corners: int, west: float = WEST, east: float = EAST, high: float = 0.1) -> BaseGeometry:
    """A line in which no corner can be spared: each is 11 km from the next, or as many degrees."""
    return shapely.linestrings(np.linspace(west, east, corners), SOUTH + high * (np.arange(corners) % 2))


def corners(drawn: list[Any]) -> NDArray[np.float64]:
    """All corners, latitude and longitude."""
    while isinstance(drawn[0][0], list):
        drawn = [one for some in drawn for one in some]
    return np.array(drawn)


def drawn(kind: GeometryKind, *geometry: BaseGeometry) -> list[Any]:
    table = gpd.GeoDataFrame(geometry=list(geometry), crs=4326)
    found: list[Any] = preview.survey(Layer(table, kind, ()), by_district=False, value=None)["drawn"]
    assert len(corners(found)) <= MAX_CORNERS
    return found


def test_a_line_of_too_many_corners_is_drawn_from_end_to_end() -> None:
    found = corners(drawn("lines", zigzag(MAX_CORNERS + 100)))
    assert len(found) == MAX_CORNERS
    assert found[[0, -1], 1].tolist() == [WEST, EAST]
    assert len(drawn("lines", zigzag(MAX_CORNERS + 100, high=0.0005))) == 1


def test_many_lines_are_drawn_evenly_whether_they_are_rows_or_parts_of_one() -> None:
    many = [zigzag(12, west, west + 0.001) for west in np.linspace(WEST, EAST, 1200)]
    rows, one = drawn("lines", *many), drawn("lines", shapely.multilinestrings(many))
    assert 200 < len(rows) <= MAX_DRAWN
    assert len(one) == 1
    for found in (rows, one):
        in_quarters, _ = np.histogram(corners(found)[:, 1], 4, (WEST, EAST))
        assert in_quarters.min() > 0.9 * in_quarters.max()


def test_a_line_of_many_corners_leaves_room_for_the_others() -> None:
    assert len(drawn("lines", zigzag(MAX_CORNERS), *[zigzag(2)] * 200)) == 201


def test_areas_of_too_many_corners_keep_their_extent() -> None:
    west = WEST + np.arange(225) % 15 * 0.02
    south = SOUTH + np.arange(225) // 15 * 0.02
    squares = shapely.box(west, south, west + 0.01, south + 0.01)
    holes = shapely.get_exterior_ring(np.r_[squares, shapely.transform(squares, lambda xy: xy + 0.01)])
    around = shapely.box(WEST - 0.1, SOUTH - 0.1, EAST + 0.1, SOUTH + 0.5)
    pierced = shapely.polygons(shapely.get_exterior_ring(around), holes)
    for some in (squares.tolist(), [pierced]):
        rounded = [shapely.buffer(one, 0.001) for one in some]
        found = drawn("areas", *rounded)
        assert len(found) == len(some)
        extent = [*corners(found).min(axis=0)[::-1], *corners(found).max(axis=0)[::-1]]
        assert extent == pytest.approx(shapely.total_bounds(rounded), abs=0.002)
