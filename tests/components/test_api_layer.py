"""The districts as GeoJSON: what the files say at a period, and that QGIS's reader opens the address."""

import csv
import socket
import threading
import time
from urllib.parse import urlencode

import pandas as pd
import pyogrio
import pytest
import shapely
import uvicorn

from data.dataset import DATA
from geo.districts import DISTRICTS, Level, districts
from tests.components.visiting import API, Answer, ask

LEVELS: tuple[Level, ...] = ("full", "map", "thumbnail")
PATH = "/api/v1/districts.geojson"


def read(key: str, period: str) -> dict[str, tuple[float, str]]:
    """Value and status by area, with nothing but the csv module."""
    with (DATA / "tables" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["period"] == period and row["value"]]
    return {row["area"]: (float(row["value"]), row["obs_status"]) for row in rows}


def told(**asked: str) -> Answer:
    return ask(f"{PATH}?{urlencode(asked)}")


def properties(**asked: str) -> dict[str, dict]:
    answer = told(**asked)
    assert answer.status == 200, answer.body
    return {one["id"]: one["properties"] for one in answer.json()["features"]}


@pytest.mark.parametrize("detail", LEVELS)
def test_a_layer_of_rfc_7946(detail):
    answer = told(detail=detail)
    layer = answer.json()
    assert answer.headers["content-type"] == "application/geo+json"
    assert layer["type"] == "FeatureCollection"
    assert "crs" not in layer
    assert "OpenStreetMap" in layer["attribution"]
    shapes = districts(detail)
    assert layer["bbox"] == pytest.approx(list(shapes.total_bounds))
    assert [one["id"] for one in layer["features"]] == list(DISTRICTS)
    for one in layer["features"]:
        shape = shapely.geometry.shape(one["geometry"])
        assert shape.equals(shapes.geometry[one["id"]])
        for part in getattr(shape, "geoms", [shape]):
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)
        assert set(one["properties"]) == {"id", "name_kk", "name_ru", "name_en", "class", "area_km2"}
    assert told().body == told(detail="full").body


def test_values_ranks_and_missing_are_those_of_the_file():
    wages = read("avg_wage", "2023")
    found = properties(indicator="avg_wage", detail="thumbnail")
    order = sorted((wages[area][0] for area in DISTRICTS if area in wages), reverse=True)
    unranked = len(DISTRICTS) - len(order)
    assert unranked, "the source has no wage of Almaly"
    for area, one in found.items():
        value, status = wages.get(area, (None, None))
        assert (one["value"], one["obs_status"], one["period"]) == (value, status, "2023")
        assert one["unit"] == "tenge a month"
        best = order.index(value) + 1 if value else None
        assert (one["rank_best"], one["rank_worst"]) == (best, best and best + unranked)
    assert (found["almaly"]["value"], found["almaly"]["few"]) == (None, False)


def test_few_cases_are_not_ranked(dataset):
    counted = [key for key, one in dataset.indicators.items() if one.counts and one.kind != "rate"]
    small = 0
    for key in counted:
        found = properties(indicator=key, detail="thumbnail")
        known = read(key, found["medeu"]["period"])
        for area, one in found.items():
            few = dataset.indicators[key].counts == "events" and area in known and known[area][0] < 20
            small += few
            assert one["few"] is few
            assert (one["rank_best"] is not None) == (area in known and not few)
    assert small > 5


def test_a_transform_is_worked_out_and_a_refused_period_is_null_and_says_why():
    firms, people = read("sme_active", "2023-12-31"), read("population", "2023-12-31")
    asked = {"indicator": "sme_active", "as": "per_1000", "detail": "map"}
    for area, one in properties(**asked, period="2023-12-31").items():
        assert one["value"] == pytest.approx(firms[area][0] / people[area][0] * 1000)
        assert one["refused"] is None
    for one in properties(**asked | {"indicator": "crimes_registered"}, period="2017").values():
        assert (one["value"], one["rank_best"], one["refused"]) == (None, None, "no_population")


@pytest.mark.parametrize(
    ("asked", "status", "nearest"),
    [
        ({"indicator": "avg_wag"}, 404, "avg_wage"),
        ({"indicator": "avg_wage", "period": "2024"}, 404, "2023"),
        ({"indicator": "avg_wage", "period": "yesterday"}, 400, None),
        ({"indicator": "avg_wage", "as": "per_km2"}, 404, None),
        ({"detail": "fine"}, 400, None),
    ],
)
def test_problems(asked, status, nearest):
    answer = told(**asked)
    assert answer.status == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    if nearest:
        assert answer.json()["nearest"][0] == nearest


@pytest.fixture(scope="module")
def served():
    """The address of a server of the bare routes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(API, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        free.listen()
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.mark.parametrize("detail", LEVELS)
@pytest.mark.parametrize("driver", ["", "/vsicurl/", "/vsicurl_streaming/"])
def test_gdal_opens_the_address(served, driver, detail):
    """QGIS hands an address to GDAL, which reads it in ranges of bytes or as a stream."""
    wages = read("avg_wage", "2023")
    layer = pyogrio.read_dataframe(f"{driver}{served}{PATH}?indicator=avg_wage&period=2023&detail={detail}")
    assert layer.crs.to_epsg() == 4326
    assert layer.geometry.is_valid.all()
    layer = layer.set_index("id")
    assert list(layer.index) == list(DISTRICTS)
    for area in DISTRICTS:
        value = layer.loc[area, "value"]
        assert value == wages[area][0] if area in wages else pd.isna(value)
    assert layer.loc["medeu", "name_kk"] == "Медеу ауданы"


def test_gdal_reads_the_bytes(tmp_path):
    path = tmp_path / "districts.geojson"
    path.write_bytes(told(indicator="births", detail="full").body)
    assert len(pyogrio.read_dataframe(path)) == len(DISTRICTS)


def test_ranks_are_whole_numbers_where_a_district_has_none():
    ranks = [
        one["rank_best"] for one in properties(indicator="avg_wage", period="2023", detail="map").values()
    ]
    assert None in ranks
    assert all(type(rank) is int for rank in ranks if rank is not None)
