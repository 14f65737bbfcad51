"""What the tests of this room share: the files as they are, read without the code under test."""

import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from tests.geo.files import CSV, files, package, points, zipped

LAYERS = Path(__file__).parents[2] / "geo" / "layers"


@pytest.fixture(scope="session")
def drawn() -> dict[str, BaseGeometry]:
    """The polygons of districts.geojson by id, degrees."""
    collection = json.loads((LAYERS / "districts.geojson").read_text(encoding="utf-8"))
    return {one["properties"]["id"]: shape(one["geometry"]) for one in collection["features"]}


@pytest.fixture(scope="session")
def city() -> BaseGeometry:
    """The boundary of the city, drawn apart from the districts, degrees."""
    collection = json.loads((LAYERS / "city_boundary.geojson").read_text(encoding="utf-8"))
    return shapely.union_all([shape(one["geometry"]) for one in collection["features"]])


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same three places in every format."""
    folder = tmp_path_factory.mktemp("good")
    table = points(имя=["Абай", "Сәтбаев", "x"], number=[1, 2, 3])
    return {
        "a.geojson": table.to_json().encode(),
        "a.gpkg": package(folder, first=table),
        "a.zip": zipped(files(table, folder, encoding="utf-8")),
        "a.CSV": CSV.encode(),
    }
