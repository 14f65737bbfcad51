"""The polygons of the districts with the rows of a table: GeoJSON and GeoPackage, one writer for each.

Every layer has ``id``, ``name_kk``, ``name_ru``, ``name_en``, ``class`` and ``area_km2`` of the district,
then the columns of its table; one of those names in a table becomes ``value_…``.
"""

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from components.export.files.spreadsheets import EPOCH
from components.export.records.json_records import Record, as_json
from geo.districts import BOUNDARY_DATE, Level, districts

ATTRIBUTION = f"Boundaries: © OpenStreetMap contributors, ODbL 1.0, as of {BOUNDARY_DATE}"


@cache
def oriented(level: Level) -> gpd.GeoDataFrame:
    """Return the districts, outer rings counterclockwise, holes clockwise (RFC 7946, 3.1.6); read-only."""
    shapes = districts(level)
    return shapes.set_geometry(shapes.geometry.orient_polygons())


def layer(rows: pd.DataFrame, level: Level = "full") -> gpd.GeoDataFrame:
    """Return the eight districts in the fixed order with the rows of a table by district id; EPSG:4326."""
    shapes = oriented(level)
    clashing = {name: f"value_{name}" for name in shapes.columns.intersection(rows.columns)}
    return shapes.join(rows.rename(columns=clashing)).reset_index(names="id")


def feature_collection(rows: pd.DataFrame, level: Level = "full") -> Record:
    """Return a layer as GeoJSON (RFC 7946); None where a district has no value."""
    table = layer(rows, level).drop(columns="geometry").astype(object)
    geometries = _geometries(level)
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "bbox": [round(float(edge), 7) for edge in oriented(level).total_bounds],
        "features": [
            {
                "type": "Feature",
                "id": properties["id"],
                "properties": properties,
                "geometry": geometries[properties["id"]],
            }
            for properties in table.where(table.notna(), None).to_dict("records")
        ],
    }


@cache
def _geometries(level: Level) -> Mapping[str, Any]:
    features = json.loads(oriented(level)[["geometry"]].to_json())["features"]
    return {feature["id"]: feature["geometry"] for feature in features}


def geojson(rows: pd.DataFrame) -> bytes:
    """Return a layer on full geometry as the bytes of a GeoJSON file."""
    return as_json(feature_collection(rows)).encode()


def geopackage(rows: pd.DataFrame, name: str) -> bytes:
    """Return a layer on full geometry as a GeoPackage; its description says where the polygons are from."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{EPOCH.isoformat()}.000Z"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.gpkg"
        layer(rows).to_file(path, layer=name, driver="GPKG", layer_options={"DESCRIPTION": ATTRIBUTION})
        return path.read_bytes()
