"""Polygons that leave the dashboard: OpenStreetMap is named wherever they go, rings turn as RFC 7946 says."""

import json
from collections.abc import Callable

import pandas as pd
import pyogrio
import pytest
import shapely

from components.export.files import district_layers, figure_tables, own_layer
from components.export.files.indicator_layers import every_period
from components.figures.registry import draw
from components.view import View
from data.dataset import Dataset
from geo.districts import DISTRICTS

ADDRESS = "https://almaty.example/f/map"
MAP = View(lang="en", indicator="avg_wage")


def counted() -> pd.DataFrame:
    return pd.DataFrame({"count": range(len(DISTRICTS))}, index=list(DISTRICTS))


LAYERS = {
    "table.geojson": lambda dataset: district_layers.geojson(every_period(dataset, "avg_wage")),
    "table.gpkg": lambda dataset: district_layers.geopackage(every_period(dataset, "avg_wage"), "wages"),
    "figure.geojson": lambda dataset: figure_tables.geojson(draw("map", MAP, dataset), ADDRESS),
    "figure.gpkg": lambda dataset: figure_tables.geopackage(draw("map", MAP, dataset), ADDRESS),
    "own.gpkg": lambda _: own_layer.geopackage(counted()),
}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_opens_names_openstreetmap_and_turns_its_rings(name, dataset, tmp_path):
    make: Callable[[Dataset], bytes] = LAYERS[name]
    path = tmp_path / name
    path.write_bytes(make(dataset))
    if name.endswith("gpkg"):
        said = pyogrio.read_info(path)["layer_metadata"]["DESCRIPTION"]
    else:
        said = json.loads(path.read_bytes())["attribution"]
    assert "© OpenStreetMap contributors, ODbL 1.0" in said
    layer = pyogrio.read_dataframe(path)
    assert list(layer["id"]) == list(DISTRICTS)
    for part in shapely.get_parts(layer.geometry.to_numpy()):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)
    assert make(dataset) == path.read_bytes()
