"""What a visitor is shown of their layer: how much it holds, a drawing of it, and its counts by district."""

from math import ceil
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.aggregate import GeometryKind, aggregate
from geo.uploads.reader import Layer

MAX_DRAWN = 3000
"""Features drawn, evenly spread over the layer: a browser is sent a map, not a file."""
MAX_CORNERS = 20_000
"""Corners of lines and areas that are drawn together."""
TOLERANCE = 0.0002
"""Degrees, about 20 m: finer than a pixel of the whole city."""
COARSER = tuple(TOLERANCE * 4**times for times in range(1, 4))
"""Degrees, up to about 1.3 km, for lines and areas that have too many corners together."""


def survey(layer: Layer, by_district: bool, value: str | None) -> dict[str, Any]:
    """Return the fields of ``geo.uploads.reader.UploadSummary`` as plain values that JSON can hold."""
    numeric = [str(name) for name in layer.table if pd.api.types.is_numeric_dtype(layer.table[name])]
    counted = aggregate(layer.table, value) if by_district else None
    return {
        "kind": layer.kind,
        "count": len(layer.table),
        "columns": numeric,
        "remarks": [(remark.code, dict(remark.values)) for remark in layer.remarks],
        "drawn": _drawn(layer),
        "by_district": None if counted is None else counted.to_json(orient="split", double_precision=15),
    }


def _drawn(layer: Layer) -> list[list[Any]]:
    """Coordinates as leaflet takes them, latitude first: a point, lines, or areas of rings."""
    geometry = _spread(layer.table.geometry.to_numpy())
    if layer.kind == "points":
        return [_places(geometry_part)[0] for geometry_part in geometry]
    simple = _simplified(geometry, TOLERANCE, layer.kind)
    parts, owners = shapely.get_parts(simple, return_index=True)
    if shapely.get_num_coordinates(parts).sum() > MAX_CORNERS:
        parts, owners = _coarser(_spread(parts), layer.kind), _spread(owners)
    drawn: dict[int, list[Any]] = {}
    for part, owner in zip(parts, owners.tolist(), strict=True):
        drawn.setdefault(owner, []).append(_part(part))
    return list(drawn.values())


def _spread(some: NDArray[Any]) -> NDArray[Any]:
    return some[:: ceil(len(some) / MAX_DRAWN)]


def _simplified(some: NDArray[np.object_], tolerance: float, kind: GeometryKind) -> NDArray[np.object_]:
    """Areas keep their rings; lines may cross, for the track of a vehicle would never become simple."""
    return np.asarray(shapely.simplify(some, tolerance, preserve_topology=kind == "areas"))


def _coarser(parts: NDArray[np.object_], kind: GeometryKind) -> NDArray[np.object_]:
    """Return the parts in ``MAX_CORNERS`` corners; those with more than their share of them lose some."""
    share = MAX_CORNERS // len(parts)
    for tolerance in COARSER:
        corners = shapely.get_num_coordinates(parts)
        if corners.sum() <= MAX_CORNERS:
            return parts
        parts[corners > share] = _simplified(parts[corners > share], tolerance, kind)
    large = shapely.get_num_coordinates(parts) > share
    parts[large] = [_thinned(part, share) for part in parts[large]]
    return parts


def _thinned(part: BaseGeometry, most: int) -> BaseGeometry:
    """Return a line, or an area without holes, by ``most`` corners, evenly spread; it may not be simple."""
    polygon = part.geom_type == "Polygon"
    corners = shapely.get_coordinates(part.exterior if polygon else part)
    kept = corners[np.linspace(0, len(corners) - 1, min(most, len(corners))).round().astype(int)]
    return shapely.polygons(kept) if polygon else shapely.linestrings(kept)


def _part(part: BaseGeometry) -> list[Any]:
    if part.geom_type == "Polygon":
        return [_places(ring) for ring in (part.exterior, *part.interiors)]
    return _places(part)


def _places(line: BaseGeometry) -> list[list[float]]:
    return [[round(y, 5), round(x, 5)] for x, y in shapely.get_coordinates(line).tolist()]
