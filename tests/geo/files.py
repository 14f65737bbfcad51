"""Files of a visitor, written by the libraries that visitors use, and what became of them."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.uploads.reader import Layer, Unreadable, UploadSummary
from geo.uploads.worker import read

PLACES = [(76.95, 43.25), (76.85, 43.22), (76.9, 43.3)]
"""Three places in the city."""
CSV = "имя,number,lat,lon\nАбай,1,43.25,76.95\nСәтбаев,2,43.22,76.85\nx,3,43.3,76.9\n"
Values = dict[str, Any]


def document(*features: tuple[Values, Any], **members: Any) -> bytes:
    """A GeoJSON document of pairs of attributes and geometry."""
    made = [{"type": "Feature", "properties": one, "geometry": shape} for one, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": made, **members}).encode()


def collection(*geometries: Any, **members: Any) -> bytes:
    """A GeoJSON document of these geometries, each with its number."""
    return document(*(({"number": number}, one) for number, one in enumerate(geometries)), **members)


def point(x: Any, y: Any) -> Values:
    return {"type": "Point", "coordinates": [x, y]}


def points(**columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*zip(*PLACES, strict=True)), crs=4326)


def files(table: gpd.GeoDataFrame, folder: Path, stem: str = "a", **options: Any) -> dict[str, bytes]:
    """The parts of a Shapefile as GDAL writes them."""
    table.to_file(folder / f"{stem}.shp", **options)
    return {one.name: one.read_bytes() for one in sorted(folder.glob(f"{stem}.*"))}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def package(folder: Path, **layers: gpd.GeoDataFrame) -> bytes:
    for name, table in layers.items():
        table.to_file(folder / "package.gpkg", layer=name)
    return (folder / "package.gpkg").read_bytes()


def altered(content: bytes, folder: Path, *statements: str) -> bytes:
    """The GeoPackage after some SQL."""
    path = folder / "altered.gpkg"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as base:
        for one in statements:
            base.execute(one)
        base.commit()
    return path.read_bytes()


def told(some: Layer | UploadSummary) -> dict[str, Values]:
    return {one.code: dict(one.values) for one in some.remarks}


def refusal(
    name: str, content: bytes, by: Callable[..., object] = read, **options: Any
) -> tuple[str, Values]:
    with pytest.raises(Unreadable) as caught:
        by(name, content, **options)
    return caught.value.code, dict(caught.value.values)


def same_places(some: Layer) -> bool:
    return np.allclose(shapely.get_coordinates(some.table.geometry.to_numpy()), PLACES, atol=1e-8)
