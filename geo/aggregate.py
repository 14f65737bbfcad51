"""Points, lines and areas of any layer to the eight districts.

A place on a border that two districts share belongs to one of them: the first in ``DISTRICTS``. So
counts of points, kilometres and square kilometres add up to what lies in the city, nothing twice.
"""

from typing import Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.clipping import clipped, own_polygons
from geo.districts import DISTRICTS, UTM_43N

GeometryKind = Literal["points", "lines", "areas"]
KINDS: tuple[GeometryKind, ...] = get_args(GeometryKind)
OUTSIDE = "outside"
NOWHERE = "nowhere"
ROWS = (*DISTRICTS, OUTSIDE, NOWHERE)
"""Index of an aggregate: the districts, what lies outside the city, and what has no usable geometry."""
AT_ONCE = 50_000
"""Points looked at together: what is computed on the way stays small."""


def kinds(geometry: NDArray[np.object_]) -> NDArray[np.int8]:
    """Position in ``KINDS`` of each geometry; -1 for missing and empty ones, -2 for collections."""
    of_type = np.array([0, 1, 1, 2, 0, 1, 2, -2, -1], dtype=np.int8)
    positions = np.empty(len(geometry), dtype=np.int8)
    for start in range(0, len(geometry), AT_ONCE):
        some = geometry[start : start + AT_ONCE]
        positions[start : start + AT_ONCE] = of_type[shapely.get_type_id(some)]
        positions[start : start + AT_ONCE][shapely.is_empty(some)] = -1
    return positions


def points_by_district(longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.int8]:
    """District in which each point lies, by the full polygons.

    A point on a border belongs to the first district in ``DISTRICTS`` that has it. A million points take
    about 0.3 s and a few bytes each; the polygons are copied, so that threads share nothing.

    Parameters
    ----------
    longitude, latitude : degrees (EPSG:4326), one-dimensional, of equal length; NaN lies nowhere.

    Returns
    -------
    int8 array of that length: position in ``DISTRICTS``, or -1 outside the city.

    Raises
    ------
    ValueError : the two differ in length or have more than one dimension.
    """
    x, y = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"longitude {x.shape} and latitude {y.shape}: one dimension and equal length needed")
    district = np.full(x.shape, -1, dtype=np.int8)
    for position, polygon in enumerate(own_polygons(4326)):
        west, south, east, north = polygon.bounds
        shapely.prepare(polygon)
        for start in range(0, len(x), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            a, b, free = x[some], y[some], district[some]
            near = np.flatnonzero((free < 0) & (a >= west) & (a <= east) & (b >= south) & (b <= north))
            free[near[shapely.intersects_xy(polygon, a[near], b[near])]] = position
        shapely.destroy_prepared(polygon)
    return district


def aggregate(layer: gpd.GeoDataFrame, value: str | None = None) -> pd.DataFrame:
    """Count and measure a layer by district.

    Lines and areas are projected to UTM 43N (corner by corner), clipped by the full polygons and measured
    there; a feature counts in every district that it touches. Areas that are not valid are not measured:
    they are ``nowhere``.

    Parameters
    ----------
    layer : points, lines or areas (single or multi) of one kind, with a coordinate reference system.
    value : a numeric column, for points only.

    Returns
    -------
    DataFrame indexed by ``ROWS``: eight districts; ``outside``, the features no part of which is in the
    city, with the km or km² outside of it; ``nowhere``, the features without a usable geometry. Columns:

    - ``count``: features; that of several points in one feature, or of lines and areas across a border,
      adds up to more than the layer has
    - ``length_km`` of lines, ``area_km2`` of areas; NaN in ``nowhere``
    - with ``value``: ``no_value``, how many of the features have none (missing or infinite), ``mean`` and
      ``sum`` of those that have one, NaN where none has

    Raises
    ------
    ValueError : no reference system; several kinds of geometry; ``value`` not numeric, or not for points.
    KeyError : no column ``value``.
    """
    if layer.crs is None:
        raise ValueError("a layer without a coordinate reference system cannot be placed")
    geometry = layer.geometry.to_numpy()
    kind = kinds(geometry)
    present = [position for position in range(len(KINDS)) if (kind == position).any()]
    if len(present) > 1 or (kind == -2).any():
        raise ValueError(
            "the layer has several kinds of geometry: " + ", ".join(KINDS[position] for position in present)
        )
    if value is not None and present and 0 not in present:
        raise ValueError("mean and sum are for points; lines and areas are measured")
    if len(present) == 0 or present[0] == 0:
        return _points(layer, value)
    return _measured(layer, KINDS[present[0]])


def _points(layer: gpd.GeoDataFrame, value: str | None) -> pd.DataFrame:
    """Count, mean and sum of points; a feature of several points counts once in each district it is in."""
    geometry = layer.geometry.to_crs(4326).to_numpy()
    numbers = None if value is None else _numbers(layer, value)
    row: NDArray[np.integer]
    if (shapely.get_type_id(geometry) == 4).any():
        row, feature = _several(geometry)
        numbers = None if numbers is None else numbers[feature]
    else:
        row = _rows(geometry)
    table = pd.DataFrame(
        {"count": [int((row == position).sum()) for position in range(len(ROWS))]}, index=list(ROWS)
    )
    return table if numbers is None else table.join(_statistics(numbers, row))


def _rows(points: NDArray[np.object_]) -> NDArray[np.int8]:
    """Position in ``ROWS`` of each point."""
    rows = np.empty(len(points), dtype=np.int8)
    for start in range(0, len(points), AT_ONCE):
        some = points[start : start + AT_ONCE].copy()
        some[shapely.is_empty(some)] = None
        x, y = shapely.get_x(some), shapely.get_y(some)
        row = points_by_district(x, y)
        row[row < 0] = ROWS.index(OUTSIDE)
        row[~(np.isfinite(x) & np.isfinite(y))] = ROWS.index(NOWHERE)
        rows[start : start + AT_ONCE] = row
    return rows


def _several(geometry: NDArray[np.object_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of position in ``ROWS`` and position of the feature; outside only where no point is inside."""
    points, feature = shapely.get_parts(geometry, return_index=True)
    row = _rows(points)
    best = np.full(len(geometry), ROWS.index(NOWHERE))
    np.minimum.at(best, feature, row)
    inside = row < len(DISTRICTS)
    alone = np.flatnonzero(best >= len(DISTRICTS))
    pairs = np.unique(np.stack([row[inside].astype(np.intp), feature[inside]]), axis=1)
    return np.append(pairs[0], best[alone]), np.append(pairs[1], alone)


def _numbers(layer: gpd.GeoDataFrame, column: str) -> NDArray[np.float64]:
    """Return the values of a numeric column; NaN where there is none."""
    if not pd.api.types.is_numeric_dtype(layer[column]):
        raise ValueError(f"column {column!r} is not numeric")
    numbers = layer[column].to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _statistics(numbers: NDArray[np.float64], row: NDArray[np.integer]) -> pd.DataFrame:
    """Mean and sum by row of an aggregate; where no number is, both are missing."""
    numeric = ~np.isnan(numbers)
    some = np.bincount(row[numeric], minlength=len(ROWS))
    total = np.bincount(row[numeric], weights=numbers[numeric], minlength=len(ROWS))
    total[some == 0] = np.nan
    return pd.DataFrame(
        {
            "no_value": np.bincount(row[~numeric], minlength=len(ROWS)),
            "mean": total / np.maximum(some, 1),
            "sum": total,
        },
        index=list(ROWS),
    )


def _measured(layer: gpd.GeoDataFrame, kind: GeometryKind) -> pd.DataFrame:
    """Features that touch each district, and their length or area within it."""
    geometry = shapely.force_2d(layer.geometry.to_crs(UTM_43N).to_numpy())
    usable = kinds(geometry) >= 0
    usable &= shapely.is_valid(geometry) if kind == "areas" else _finite(geometry)
    count, measure = clipped(geometry[usable], areas=kind == "areas")
    name, unit = ("area_km2", 1e6) if kind == "areas" else ("length_km", 1e3)
    return pd.DataFrame(
        {"count": np.append(count, (~usable).sum()), name: np.append(measure / unit, np.nan)},
        index=list(ROWS),
    )


def _finite(geometry: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Geometries whose every coordinate is a number."""
    return np.asarray(
        np.isfinite(shapely.bounds(geometry)).all(axis=1) & np.isfinite(shapely.length(geometry))
    )
