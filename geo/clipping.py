"""Lines and areas clipped by the districts and measured, in metres (UTM 43N)."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.districts import DISTRICTS, UTM_43N, districts


def own_polygons(crs: int) -> NDArray[np.object_]:
    """Return copies of the full polygons in the order of ``DISTRICTS``: preparing changes a geometry."""
    shapes = districts("full").geometry
    copied: NDArray[np.object_] = shapely.from_wkb(shapely.to_wkb(shapes.to_numpy()))
    return copied if crs == 4326 else gpd.GeoSeries(copied, crs=4326).to_crs(crs).to_numpy()


def clipped(geometry: NDArray[np.object_], areas: bool) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How many features touch each district, and their metres or square metres within it.

    Parameters
    ----------
    geometry : lines, or valid areas, in UTM 43N.

    Returns
    -------
    Two arrays of nine: the districts, then what lies outside the city (features no part of which touches
    it, and the measure of all that is outside).
    """
    polygons = own_polygons(UTM_43N)
    touched = np.zeros((len(DISTRICTS), len(geometry)), dtype=bool)
    whole = np.zeros(len(geometry), dtype=bool)
    measure = np.zeros(len(DISTRICTS) + 1)
    size = shapely.area if areas else shapely.length
    for position, polygon in enumerate(polygons):
        shapely.prepare(polygon)
        touched[position] = shapely.intersects(polygon, geometry)
        within = touched[position] & ~whole
        within[within] = shapely.contains_properly(polygon, geometry[within])
        measure[position] = size(geometry[within]).sum()
        whole |= within
    outside = ~touched.any(axis=0)
    measure[-1] = size(geometry[outside]).sum()
    clip = _areas if areas else _lines
    measure += clip(geometry[~whole & ~outside], polygons)
    return np.append(touched.sum(axis=1), outside.sum()), measure


def _lines(lines: NDArray[np.object_], polygons: NDArray[np.object_]) -> NDArray[np.float64]:
    """Metres in each polygon and outside all of them; what runs along a border is in the first that has it.

    The lines are cut into their straight segments. Clipping a whole line would first find where it
    crosses itself: what runs twice would be measured once, and a scribble would take minutes.
    """
    ends, owner = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    first = np.flatnonzero(owner[:-1] == owner[1:])
    rest = shapely.linestrings(np.stack([ends[first], ends[first + 1]], axis=1))
    metres = np.zeros(len(polygons))
    for position, polygon in enumerate(polygons):
        near = shapely.intersects(polygon, rest)
        metres[position] = shapely.length(shapely.intersection(rest[near], polygon)).sum()
        rest[near] = shapely.difference(rest[near], polygon)
    return np.append(metres, shapely.length(rest).sum())


def _areas(areas: NDArray[np.object_], polygons: NDArray[np.object_]) -> NDArray[np.float64]:
    """Square metres in each polygon and outside all of them; the polygons have no area in common."""
    metres = np.zeros(len(polygons))
    left = shapely.area(areas)
    noise = left * 1e-9
    for position, polygon in enumerate(polygons):
        near = shapely.intersects(polygon, areas)
        within = shapely.area(shapely.intersection(areas[near], polygon))
        metres[position] = within.sum()
        left[near] -= within
    return np.append(metres, left[left > noise].sum())
