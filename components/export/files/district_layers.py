"""The polygons of the districts as GeoJSON and GeoPackage, attributed as their licence asks."""

import json
import tempfile
from functools import cache
from pathlib import Path

import geopandas as gpd
import pyogrio

from components.export.files.archives import EPOCH
from geo.districts import BOUNDARY_DATE, Level, districts

ATTRIBUTION = f"Boundaries: © OpenStreetMap contributors, ODbL 1.0, as of {BOUNDARY_DATE}"


@cache
def oriented(level: Level) -> gpd.GeoDataFrame:
    """``districts`` with outer rings counterclockwise, holes clockwise: the rule of RFC 7946, 3.1.6."""
    shapes = districts(level)
    return shapes.set_geometry(shapes.geometry.orient_polygons())


def geojson(layer: gpd.GeoDataFrame) -> bytes:
    """A layer of ``oriented`` districts as GeoJSON (RFC 7946)."""
    collection = {"type": "FeatureCollection", "attribution": ATTRIBUTION}
    return json.dumps(collection | layer.to_geo_dict(drop_id=True), ensure_ascii=False).encode()


def geopackage(layer: gpd.GeoDataFrame, name: str) -> bytes:
    """A GeoPackage with one layer, which says in its description where the polygons are from."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{EPOCH.isoformat()}.000Z"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.gpkg"
        layer.to_file(path, layer=name, driver="GPKG", layer_options={"DESCRIPTION": ATTRIBUTION})
        return path.read_bytes()
