"""The eight districts cover the city without a gap or an overlap, at every level of detail."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise
from typing import get_args

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

from geo.districts import AREAS, CITY, DISTRICTS, Level, areas_km2, districts, label_points, neighbours

LEVELS = get_args(Level)
WGS84 = Geod(ellps="WGS84")
Segment = frozenset[tuple[float, float]]


def parts(shape: BaseGeometry) -> list[Polygon]:
    return list(getattr(shape, "geoms", [shape]))


def km2(shape: BaseGeometry) -> float:
    """Area on the ellipsoid: another way than the projection that the code uses."""
    return sum(abs(WGS84.geometry_area_perimeter(part)[0]) for part in parts(shape)) / 1e6


def segments(shape: BaseGeometry) -> list[Segment]:
    rings = [ring for part in parts(shape) for ring in (part.exterior, *part.interiors)]
    return [frozenset(ends) for ring in rings for ends in pairwise(ring.coords)]


def length(some: Iterable[Segment]) -> float:
    return sum(shapely.LineString(list(ends)).length for ends in some)


def adjacent(shapes: Mapping[str, BaseGeometry]) -> set[tuple[str, str]]:
    """Pairs that have a stretch of border in common, vertex for vertex."""
    edges = {key: set(segments(shape)) for key, shape in shapes.items()}
    return {(one, other) for one, other in combinations(sorted(shapes), 2) if edges[one] & edges[other]}


def gaps(shapes: Mapping[str, BaseGeometry], outlines: int) -> list[str]:
    """What speaks against a gapless cover: every segment is shared by two, or lies on the outer boundary."""
    times = Counter(segment for shape in shapes.values() for segment in segments(shape))
    union = shapely.union_all(list(shapes.values()))
    outer = [segment for segment, count in times.items() if count == 1]
    found = []
    if max(times.values()) > 2:
        found.append("a segment bounds more than two")
    if any(part.interiors for part in parts(union)) or len(parts(union)) != outlines:
        found.append("the union has holes or parts of its own")
    if length(outer) != pytest.approx(sum(part.exterior.length for part in parts(union)), rel=1e-9):
        found.append("segments within the union belong to one only")
    return found


def shapes_at(level: Level) -> dict[str, BaseGeometry]:
    return dict(districts(level).geometry.items())


@pytest.mark.parametrize("level", LEVELS)
def test_there_are_eight_valid_polygons_in_fixed_order(level: Level) -> None:
    layer = districts(level)
    assert list(layer.index) == list(DISTRICTS) == sorted(DISTRICTS)
    assert layer.crs.to_epsg() == 4326
    assert set(layer.geom_type) <= {"Polygon", "MultiPolygon"}
    assert layer.geometry.is_valid.all()
    assert all(part.area > 0 for shape in layer.geometry for part in parts(shape))


@pytest.mark.parametrize("level", LEVELS)
def test_no_two_districts_overlap(level: Level) -> None:
    for one, other in combinations(shapes_at(level).values(), 2):
        assert one.intersection(other).area == 0


@pytest.mark.parametrize("level", LEVELS)
def test_there_is_no_gap_between_districts(level: Level, city: BaseGeometry) -> None:
    assert gaps(shapes_at(level), outlines=len(parts(city))) == []
    assert shapely.coverage_is_valid(list(shapes_at(level).values()), gap_width=0.001)


def test_the_check_for_gaps_finds_them() -> None:
    west, east = box(0, 0, 1, 1), box(1, 0, 2, 1)
    assert gaps({"west": west, "east": east}, outlines=1) == []
    sliver = Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1.001, 0.5)])
    assert gaps({"west": west, "east": sliver}, outlines=1)
    assert gaps({"west": west, "east": box(1.1, 0, 2, 1)}, outlines=1)


@pytest.mark.parametrize(("level", "share_of_area"), [("full", 1e-6), ("map", 1e-3), ("thumbnail", 0.03)])
def test_the_union_is_the_city(level: Level, share_of_area: float, city: BaseGeometry) -> None:
    union = shapely.union_all(list(shapes_at(level).values()))
    assert union.symmetric_difference(city).area / city.area < share_of_area


def test_areas_are_those_of_the_ellipsoid_and_add_up(
    drawn: dict[str, BaseGeometry], city: BaseGeometry
) -> None:
    areas = areas_km2()
    assert set(areas) == set(AREAS)
    for district in DISTRICTS:
        assert areas[district] == pytest.approx(km2(drawn[district]), rel=1e-3)
    assert areas[CITY] == pytest.approx(sum(areas[district] for district in DISTRICTS))
    assert areas[CITY] == pytest.approx(km2(city), rel=1e-3)


@pytest.mark.parametrize(("level", "within"), [("full", 1e-6), ("map", 0.01), ("thumbnail", 0.03)])
def test_simplifying_keeps_the_area_of_each_district(
    level: Level, within: float, drawn: dict[str, BaseGeometry]
) -> None:
    for district, shape in shapes_at(level).items():
        assert km2(shape) == pytest.approx(km2(drawn[district]), rel=within)


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_states_the_area_of_the_full_polygons(level: Level) -> None:
    assert districts(level)["area_km2"].to_dict() == pytest.approx(dict(districts("full")["area_km2"]))


@pytest.mark.parametrize("level", LEVELS)
def test_all_fifteen_adjacencies_are_kept(level: Level, drawn: dict[str, BaseGeometry]) -> None:
    assert len(adjacent(drawn)) == 15
    assert adjacent(shapes_at(level)) == adjacent(drawn)


def test_neighbours_are_the_pairs_that_share_a_border(drawn: dict[str, BaseGeometry]) -> None:
    named = {(one, other) for one, others in neighbours().items() for other in others}
    pairs = adjacent(drawn)
    assert named == pairs | {(other, one) for one, other in pairs}
    assert set(neighbours()) == set(DISTRICTS)


@pytest.mark.parametrize(("level", "share"), [("full", 0.99999), ("map", 0.99), ("thumbnail", 0.75)])
def test_the_exclave_of_medeu_is_kept_in_its_place(
    level: Level, share: float, drawn: dict[str, BaseGeometry]
) -> None:
    small, large = sorted(parts(shapes_at(level)["medeu"]), key=lambda part: part.area)
    true, _ = sorted(parts(drawn["medeu"]), key=lambda part: part.area)
    assert small.disjoint(large)
    assert small.intersection(true).area / small.union(true).area > share


@pytest.mark.parametrize(("level", "bytes_at_most"), [("map", 80_000), ("thumbnail", 6_000)])
def test_a_level_is_small_enough_as_geojson(level: Level, bytes_at_most: int) -> None:
    features = [
        {"type": "Feature", "id": district, "properties": {}, "geometry": mapping(shape)}
        for district, shape in shapes_at(level).items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert 1_000 < len(text.encode()) <= bytes_at_most
    assert len(districts(level)[["geometry"]].to_json().encode()) <= bytes_at_most


def test_label_points_lie_inside_their_districts(drawn: dict[str, BaseGeometry]) -> None:
    assert set(label_points()) == set(DISTRICTS)
    for district, point in label_points().items():
        for shape in (drawn[district], shapes_at("map")[district]):
            assert max(parts(shape), key=lambda part: part.area).contains(shapely.Point(point)), district
