"""The context of the map: eleven metro stations in order and the five official polycentres."""

import re
from itertools import pairwise

import pytest
from pyproj import Geod
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.layers import metro_stations, polycentres

LINE_1 = [
    *("Райымбек батыра", "Жибек жолы", "Алмалы", "Абая", "Байконур", "Театр имени Мухтара Ауэзова"),
    *("Алатау", "Сайран", "Москва", "Сарыарка", "Бауыржана Момышулы"),
]


def test_the_eleven_metro_stations_stand_in_the_order_of_the_line() -> None:
    stations = metro_stations()
    assert list(stations["name_ru"]) == LINE_1
    assert list(stations["order"]) == list(range(1, 12))


def test_metro_stations_are_named_in_three_languages() -> None:
    for language in ("kk", "ru", "en"):
        names = metro_stations()[f"name_{language}"]
        assert names.str.strip().ne("").all()
        assert names.nunique() == 11


def test_metro_stations_lie_in_the_district_they_name(drawn: dict[str, BaseGeometry]) -> None:
    assert metro_stations().crs.to_epsg() == 4326
    for district, point in zip(metro_stations()["district_id"], metro_stations().geometry, strict=True):
        assert drawn[district].contains(point)


def test_a_metro_station_is_a_walk_or_two_from_the_next() -> None:
    points = metro_stations().geometry
    for one, other in pairwise(points):
        _, _, metres = Geod(ellps="WGS84").inv(one.x, one.y, other.x, other.y)
        assert 500 < metres < 2500


def test_there_are_five_polycentres_and_south_west_has_no_point() -> None:
    points = {one.id: one.point for one in polycentres()}
    assert list(points) == ["north", "eastern_gates", "west", "south_west", "historical"]
    assert [key for key, point in points.items() if point is None] == ["south_west"]


def test_polycentres_with_a_point_lie_in_the_city(city: BaseGeometry) -> None:
    for one in polycentres():
        assert one.point is None or city.contains(Point(one.point)), one.id


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_polycentres_are_told_in_three_languages(language: str) -> None:
    for one in polycentres():
        for words in (one.name, one.location, one.specialisation):
            assert words is None or words[language].strip(), one.id
    assert len({one.name[language] for one in polycentres()}) == 5


def test_every_polycentre_names_its_document() -> None:
    for one in polycentres():
        assert one.source.strip()
        assert one.url.startswith("https://")
        assert re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2]))?", one.completion)
