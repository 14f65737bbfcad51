"""What a visitor is shown of their layer: how much it holds, a drawing of it, and its counts by district."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.aggregate import aggregate
from geo.uploads import Layer

MOST_DRAWN = 3000
"""Features drawn, evenly spread over the layer: a browser is sent a map, not a file."""
MOST_CORNERS = 20_000
"""Corners of lines and areas that are drawn together."""
TOLERANCE = 0.0002
"""Degrees, about 20 m: finer than a pixel of the whole city."""


def survey(layer: Layer, by_district: bool, value: str | None) -> dict[str, Any]:
    """The fields of ``geo.uploads.Reading`` as plain values that JSON can hold."""
    numeric = [str(name) for name in layer.table if pd.api.types.is_numeric_dtype(layer.table[name])]
    drawn = list(_drawn(layer))
    counted = aggregate(layer.table, value) if by_district else None
    return {
        "kind": layer.kind,
        "count": len(layer.table),
        "columns": numeric,
        "remarks": [(one.code, dict(one.values)) for one in layer.remarks],
        "drawn": drawn,
        "by_district": None if counted is None else counted.to_json(orient="split", double_precision=15),
    }


def _drawn(layer: Layer) -> Iterator[list[Any]]:
    """Coordinates as leaflet takes them, latitude first: a point, lines, or areas of rings."""
    geometry = layer.table.geometry.iloc[:: -(-len(layer.table) // MOST_DRAWN)].to_numpy()
    if layer.kind != "points":
        geometry = shapely.simplify(geometry, TOLERANCE)
    corners = 0
    for one in geometry:
        corners += shapely.get_num_coordinates(one)
        if corners > MOST_CORNERS:
            return
        if one.is_empty:
            continue
        parts = [_part(part) for part in getattr(one, "geoms", [one])]
        yield parts[0] if layer.kind == "points" else parts


def _part(part: BaseGeometry) -> list[Any]:
    if part.geom_type == "Polygon":
        return [_places(ring) for ring in (part.exterior, *part.interiors)]
    places = _places(part)
    return places[0] if part.geom_type == "Point" else places


def _places(line: BaseGeometry) -> list[list[float]]:
    return [[round(y, 5), round(x, 5)] for x, y in shapely.get_coordinates(line).tolist()]
