"""Points, lines and areas to districts, against arithmetic by hand and against geopandas."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geo.aggregate import NOWHERE, OUTSIDE, ROWS, aggregate, points_by_district
from geo.districts import DISTRICTS, districts

METRES_PER_DEGREE = 111_132.95
"""Of latitude, on average; at latitude φ: 111132.95 - 559.85 cos 2φ + 1.17 cos 4φ (WGS 84)."""


def north_metres(degrees: float, latitude: float) -> float:
    turn = math.radians(latitude)
    return degrees * (METRES_PER_DEGREE - 559.85 * math.cos(2 * turn) + 1.17 * math.cos(4 * turn))


def east_metres(degrees: float, latitude: float) -> float:
    turn = math.radians(latitude)
    return degrees * (111_412.88 * math.cos(turn) - 93.5 * math.cos(3 * turn) + 0.12 * math.cos(5 * turn))


def layer(*shapes: BaseGeometry | None, **columns: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)


def middle(district: str, drawn: dict[str, BaseGeometry]) -> tuple[float, float]:
    circle = shapely.maximum_inscribed_circle(drawn[district])
    return circle.coords[0]


def square(district: str, drawn: dict[str, BaseGeometry], side: float = 0.01) -> BaseGeometry:
    x, y = middle(district, drawn)
    found = box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    assert drawn[district].contains(found)
    return found


def many(drawn: dict[str, BaseGeometry]) -> np.ndarray:
    """100,000 places: over the box of the city, on borders of districts, in both parts of Medeu."""
    west, south, east, north = shapely.union_all(list(drawn.values())).bounds
    random = np.random.default_rng(2050)
    scattered = random.uniform((west - 0.02, south - 0.02), (east + 0.02, north + 0.02), (88_000, 2))
    corners = np.vstack([shapely.get_coordinates(shape) for shape in drawn.values()])
    small, large = sorted(drawn["medeu"].geoms, key=lambda part: part.area)
    parts = [random.uniform(part.bounds[:2], part.bounds[2:], (1_750, 2)) for part in (small, large)]
    places = np.vstack([scattered, corners, *parts])
    return places[random.permutation(len(places))][:100_000]


def test_districts_of_points_are_those_of_a_spatial_join(drawn: dict[str, BaseGeometry]) -> None:
    places = many(drawn)
    polygons = gpd.GeoDataFrame(geometry=[drawn[one] for one in DISTRICTS], crs=4326)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*places.T), crs=4326)
    joined = gpd.sjoin(points, polygons, predicate="intersects").reset_index()
    assert len(places) == 100_000
    assert joined["index"].duplicated().sum() > 1_000, "points on borders were meant to be among them"
    first = joined.groupby("index")["index_right"].min().reindex(range(len(places)), fill_value=-1)
    found = points_by_district(*places.T)
    assert found.dtype == np.int8
    assert (found == first.to_numpy()).all()
    small = min(drawn["medeu"].geoms, key=lambda part: part.area)
    assert (found[shapely.contains_xy(small, *places.T)] == DISTRICTS.index("medeu")).sum() > 500
    counts = aggregate(points)["count"]
    assert counts[list(DISTRICTS)].to_list() == [int((first == one).sum()) for one in range(8)]
    assert counts[OUTSIDE] == (first == -1).sum()
    assert counts.sum() == 100_000


def test_a_point_on_a_border_belongs_to_the_first_district(drawn: dict[str, BaseGeometry]) -> None:
    border = drawn["medeu"].intersection(drawn["bostandyk"])
    corner = shapely.get_coordinates(border)[5]
    assert drawn["medeu"].boundary.distance(shapely.Point(corner)) == 0
    assert points_by_district(corner[:1], corner[1:]).tolist() == [DISTRICTS.index("bostandyk")]


@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=20))
def test_every_pair_of_numbers_has_a_district_or_none(places: list[tuple[float, float]]) -> None:
    x, y = [one for one, _ in places], [one for _, one in places]
    city = shapely.union_all(districts("full").geometry.to_numpy())
    for a, b, found in zip(x, y, points_by_district(x, y), strict=True):
        inside = math.isfinite(a) and math.isfinite(b) and city.intersects(shapely.Point(a, b))
        assert (found >= 0) == inside


@pytest.mark.parametrize(("x", "y"), [([1.0], [1.0, 2.0]), ([[1.0]], [[1.0]]), (1.0, 1.0)])
def test_coordinates_that_do_not_pair_are_refused(x: object, y: object) -> None:
    with pytest.raises(ValueError, match="one dimension"):
        points_by_district(x, y)


def test_the_shared_polygons_stay_as_they_are() -> None:
    shared = districts("full").geometry.to_numpy()
    points_by_district([76.9], [43.25])
    aggregate(layer(box(76.9, 43.2, 76.91, 43.21)))
    assert not shapely.is_prepared(shared).any()


def test_mean_and_sum_of_points_leave_out_what_has_no_value(drawn: dict[str, BaseGeometry]) -> None:
    almaly, medeu = (shapely.Point(middle(one, drawn)) for one in ("almaly", "medeu"))
    values = [2.0, 5.0, math.nan, math.inf, math.nan, 7.0]
    found = aggregate(layer(*[almaly] * 4, medeu, shapely.Point(70, 50), v=values), "v")
    assert list(found.index) == list(ROWS)
    assert found.loc["almaly"].to_dict() == {"count": 4, "no_value": 2, "mean": 3.5, "sum": 7.0}
    assert found.loc[OUTSIDE].to_dict() == {"count": 1, "no_value": 0, "mean": 7.0, "sum": 7.0}
    assert found.loc["medeu", ["count", "no_value"]].to_list() == [1, 1]
    assert found.loc[["medeu", "turksib", NOWHERE], ["mean", "sum"]].isna().all(axis=None)
    assert found["count"].sum() == 6


def test_a_nullable_column_has_missing_values_too(drawn: dict[str, BaseGeometry]) -> None:
    point = shapely.Point(middle("almaly", drawn))
    found = aggregate(layer(point, point, v=pd.array([3, None], dtype="Int64")), "v")
    assert found.loc["almaly"].to_dict() == {"count": 2, "no_value": 1, "mean": 3.0, "sum": 3.0}


def test_several_points_in_one_feature_count_once_a_district(drawn: dict[str, BaseGeometry]) -> None:
    x, y = middle("almaly", drawn)
    one = shapely.MultiPoint([(x, y), (x + 1e-4, y), middle("medeu", drawn), (70, 50)])
    found = aggregate(layer(one, shapely.MultiPoint([(70, 50), (71, 50)]), None, v=[4, 1, 8]), "v")
    assert found["count"].to_dict() == {
        **dict.fromkeys(ROWS, 0),
        "almaly": 1,
        "medeu": 1,
        OUTSIDE: 1,
        NOWHERE: 1,
    }
    assert found.loc[["almaly", "medeu", OUTSIDE, NOWHERE], "sum"].to_list() == [4, 4, 1, 8]


def test_a_square_is_measured_where_it_is(drawn: dict[str, BaseGeometry]) -> None:
    found = aggregate(layer(*(square(one, drawn) for one in DISTRICTS)))
    for one in DISTRICTS:
        latitude = middle(one, drawn)[1]
        km2 = north_metres(0.01, latitude) * east_metres(0.01, latitude) / 1e6
        assert found.loc[one, "area_km2"] == pytest.approx(km2, rel=1e-3)
        assert found.loc[one, "count"] == 1
    assert found.loc[OUTSIDE].to_list() == [0, 0]
    assert math.isnan(found.loc[NOWHERE, "area_km2"])


def test_lines_are_measured_by_plain_trigonometry(drawn: dict[str, BaseGeometry]) -> None:
    x, y = middle("alatau", drawn)
    east = shapely.LineString([(x - 0.01, y), (x + 0.01, y)])
    slanted = shapely.LineString([(x, y), (x + 0.01, y + 0.01)])
    for shape, metres in (
        (east, east_metres(0.02, y)),
        (slanted, math.hypot(east_metres(0.01, y + 0.005), north_metres(0.01, y + 0.005))),
    ):
        assert aggregate(layer(shape)).loc["alatau", "length_km"] == pytest.approx(metres / 1000, rel=1e-3)


def test_a_line_across_the_city_is_cut_at_the_borders(drawn: dict[str, BaseGeometry]) -> None:
    line = shapely.segmentize(shapely.LineString([(76.7, 43.25), (77.2, 43.25)]), 0.001)
    found = aggregate(layer(line))
    inside = {one: line.intersection(drawn[one]).length for one in DISTRICTS}
    for one, degrees in inside.items():
        assert found.loc[one, "length_km"] == pytest.approx(
            east_metres(degrees, 43.25) / 1e3, rel=1e-3, abs=0.01
        )
        assert found.loc[one, "count"] == (degrees > 0)
    assert found["length_km"].sum() == pytest.approx(east_metres(0.5, 43.25) / 1e3, rel=1e-3)
    beyond = 0.5 - sum(inside.values())
    assert found.loc[OUTSIDE, "length_km"] == pytest.approx(east_metres(beyond, 43.25) / 1e3, rel=1e-3)
    assert found.loc[OUTSIDE, "count"] == 0, "a feature that touches the city is not outside of it"


def test_a_line_along_a_border_is_measured_once(drawn: dict[str, BaseGeometry]) -> None:
    border = shapely.line_merge(drawn["medeu"].intersection(drawn["bostandyk"]))
    line = max(getattr(border, "geoms", [border]), key=lambda part: part.length)
    found = aggregate(layer(line))
    whole = gpd.GeoSeries([line], crs=4326).to_crs(32643).length.sum() / 1e3
    assert found["length_km"].sum() == pytest.approx(whole, rel=1e-9)
    assert found.loc["bostandyk", "length_km"] == pytest.approx(whole, rel=1e-3)
    assert found.loc["medeu", "length_km"] == pytest.approx(0, abs=1e-3)
    assert found.loc[["bostandyk", "medeu"], "count"].to_list() == [1, 1]


def test_a_line_that_runs_there_and_back_is_measured_twice() -> None:
    line = shapely.LineString([(76.7, 43.25), (77.2, 43.25), (76.7, 43.25)])
    once = shapely.LineString([(76.7, 43.25), (77.2, 43.25)])
    twice, single = aggregate(layer(line))["length_km"], aggregate(layer(once))["length_km"]
    assert twice.to_numpy()[:-1] == pytest.approx(2 * single.to_numpy()[:-1])


def test_a_scribble_is_measured_without_searching_where_it_crosses_itself() -> None:
    places = np.random.default_rng(1).uniform((76.7, 43.0), (77.2, 43.4), (3_000, 2))
    found = aggregate(layer(shapely.LineString(places)))
    straight = gpd.GeoSeries([shapely.LineString(places)], crs=4326).to_crs(32643).length.sum() / 1e3
    assert found["length_km"].sum() == pytest.approx(straight, rel=1e-9)


def test_the_city_itself_is_its_areas(drawn: dict[str, BaseGeometry]) -> None:
    west, south, east, north = shapely.union_all(list(drawn.values())).bounds
    whole = box(west - 0.01, south - 0.01, east + 0.01, north + 0.01)
    found = aggregate(layer(whole))
    assert found["area_km2"].to_dict() == pytest.approx(
        {
            **districts("full")["area_km2"].to_dict(),
            OUTSIDE: gpd.GeoSeries([whole], crs=4326).to_crs(32643).area.sum() / 1e6
            - districts("full")["area_km2"].sum(),
            NOWHERE: math.nan,
        },
        rel=1e-6,
        nan_ok=True,
    )
    assert found["count"].to_list() == [1] * 8 + [0, 0]


@pytest.mark.parametrize("kind", ["lines", "areas"])
def test_counts_of_lines_and_areas_are_those_of_a_spatial_join(
    kind: str, drawn: dict[str, BaseGeometry]
) -> None:
    random = np.random.default_rng(7)
    places = random.uniform((76.72, 43.02), (77.19, 43.42), (400, 2))
    reach = random.uniform(0.001, 0.05, (400, 2))
    ends = np.hstack([places, places + reach])
    shapes = [box(*one) if kind == "areas" else shapely.LineString(one.reshape(2, 2)) for one in ends]
    some = layer(*shapes)
    polygons = gpd.GeoDataFrame(geometry=[drawn[one] for one in DISTRICTS], crs=4326).to_crs(32643)
    metric = some.to_crs(32643)
    joined = gpd.sjoin(metric, polygons, predicate="intersects")
    found = aggregate(some)
    assert found["count"].to_list()[:8] == joined["index_right"].value_counts().reindex(range(8)).to_list()
    assert found.loc[OUTSIDE, "count"] == 400 - joined.index.nunique()
    measure = "area_km2" if kind == "areas" else "length_km"
    clipped = [gpd.clip(metric, one) for one in polygons.geometry]
    expected = [one.area.sum() / 1e6 if kind == "areas" else one.length.sum() / 1e3 for one in clipped]
    assert found[measure].to_list()[:8] == pytest.approx(expected, rel=1e-9)
    whole = metric.area.sum() / 1e6 if kind == "areas" else metric.length.sum() / 1e3
    assert found[measure].sum() == pytest.approx(whole, rel=1e-9)


def test_what_has_no_usable_geometry_is_nowhere(drawn: dict[str, BaseGeometry]) -> None:
    bow = shapely.Polygon([(76.9, 43.2), (76.91, 43.21), (76.91, 43.2), (76.9, 43.21)])
    found = aggregate(layer(square("almaly", drawn), bow, shapely.Polygon(), None))
    assert found["count"].to_dict() == {**dict.fromkeys(ROWS, 0), "almaly": 1, NOWHERE: 3}
    points = aggregate(layer(shapely.Point(), None, shapely.Point(math.nan, 43)))
    assert points["count"].to_dict() == {**dict.fromkeys(ROWS, 0), NOWHERE: 3}


def test_another_reference_system_gives_the_same(drawn: dict[str, BaseGeometry]) -> None:
    for some in (layer(shapely.Point(middle("medeu", drawn))), layer(square("medeu", drawn))):
        here, there = aggregate(some), aggregate(some.to_crs(3857))
        assert np.allclose(here.to_numpy(dtype=float), there.to_numpy(dtype=float), equal_nan=True)


def test_no_rows_are_no_counts() -> None:
    assert aggregate(layer())["count"].to_list() == [0] * len(ROWS)


@pytest.mark.parametrize(
    ("shapes", "value", "says"),
    [
        ([shapely.Point(76.9, 43.2), box(76.9, 43.2, 77, 43.3)], None, "points, areas"),
        ([shapely.GeometryCollection([shapely.Point(76.9, 43.2)])], None, "several kinds"),
        ([box(76.9, 43.2, 77, 43.3)], "number", "for points"),
        ([shapely.Point(76.9, 43.2)], "word", "not numeric"),
    ],
)
def test_what_cannot_be_aggregated_is_refused(
    shapes: list[BaseGeometry], value: str | None, says: str
) -> None:
    some = layer(*shapes, number=[1] * len(shapes), word=["a"] * len(shapes))
    with pytest.raises(ValueError, match=says):
        aggregate(some, value)


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="speed"):
        aggregate(layer(shapely.Point(76.9, 43.2)), "speed")


def test_a_layer_without_reference_system_is_refused() -> None:
    with pytest.raises(ValueError, match="reference system"):
        aggregate(gpd.GeoDataFrame(geometry=[shapely.Point(76.9, 43.2)]))
