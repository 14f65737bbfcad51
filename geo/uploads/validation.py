"""What a visitor's rows are: their kind and reference system, where they lie, what is wrong with them."""

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from geo.aggregate import KINDS, GeometryKind, kinds, points_by_district
from geo.districts import UTM_43N, districts
from geo.uploads import columns
from geo.uploads.reader import MAX_NAME, REMARKS, Layer, Remark, Unreadable

CANDIDATES = (4326, UTM_43N, 3857)
"""Reference systems tried, in this order, where a file names none."""
NEAR = 0.25
"""Degrees around the city's box that are still near it."""


def judged(
    table: gpd.GeoDataFrame, told: Iterable[Remark], kind: GeometryKind | None, repair: bool, swap: bool
) -> Layer:
    """Return the rows as a layer, judged by geometry, kind, reference system and place.

    Parameters
    ----------
    table : rows as they stand in a file; ``crs`` None where it names none.
    told : what was found on the way to them.
    kind, repair, swap : see ``geo.uploads.reader.read``.

    Raises
    ------
    Unreadable : ``empty``, ``nothing_readable``, ``collections``, ``mixed``, ``no_crs``, ``unknown_crs``.
    """
    remarks = Remarks(told)
    if not len(table):
        raise Unreadable("empty")
    geometry = table.geometry.to_numpy()
    chosen = _finite(geometry)
    remarks.count("without_geometry", int((~chosen).sum()))
    if not chosen.any():
        raise Unreadable("nothing_readable", count=len(table))
    kept = _kind(geometry[chosen], kind, remarks)
    chosen[chosen] = kinds(geometry[chosen]) == KINDS.index(kept)
    geometry = _single(geometry[chosen])
    if swap:
        geometry = _exchanged(geometry)
        remarks.count("swapped", len(geometry))
    crs = _system(table.crs, geometry, remarks)
    middle = shapely.bounds(geometry).reshape(-1, 2, 2).mean(axis=1)
    turned = _near(middle[:, ::-1], crs).sum()
    remarks.count("swapped_coordinates", int(turned) if turned > _near(middle, crs).sum() else 0)
    geometry = _degrees(geometry, crs, remarks)
    if kept == "areas":
        geometry = _valid(geometry, repair, remarks)
    fits = _finite(geometry) & _in_degrees(geometry)
    remarks.count("without_geometry", int((~fits).sum()))
    chosen[chosen], geometry = fits, geometry[fits]
    if not len(geometry):
        raise Unreadable("nothing_readable", count=len(table))
    remarks.count("outside_city", _outside(geometry))
    plain, more = columns.plain(pd.DataFrame(table.drop(columns=table.geometry.name))[chosen])
    for remark in more:
        remarks.add(remark)
    layer = gpd.GeoDataFrame(plain.reset_index(drop=True), geometry=geometry, crs=4326)
    return Layer(layer, kept, remarks.ordered())


class Remarks:
    """Remarks on their way: one a code, counts of the same code added."""

    def __init__(self, told: Iterable[Remark]) -> None:
        self._found: dict[str, Remark] = {}
        for remark in told:
            self.add(remark)

    def add(self, remark: Remark) -> None:
        """Add a remark to what is known."""
        before = self._found.get(remark.code)
        values = dict(remark.values)
        if before is not None and "count" in values:
            values["count"] = int(values["count"]) + int(before.values["count"])
        self._found[remark.code] = Remark(remark.code, values)

    def count(self, code: str, count: int, **values: int | str) -> None:
        """Add a remark that counts something, if there is anything."""
        if count:
            self.add(Remark(code, {"count": count, **values}))

    def ordered(self) -> tuple[Remark, ...]:
        """All of them, in the order of ``REMARKS``."""
        return tuple(self._found[code] for code in REMARKS if code in self._found)


def _finite(geometry: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which geometries are there, with a number in every coordinate."""
    there = ~shapely.is_missing(geometry) & ~shapely.is_empty(geometry)
    measured = shapely.bounds(geometry).sum(axis=1) + shapely.length(geometry)
    return np.asarray(there & np.isfinite(measured))


def _kind(geometry: NDArray[np.object_], asked: GeometryKind | None, remarks: Remarks) -> GeometryKind:
    """Return the kind to keep; what is of another one, or a collection of several, is told."""
    positions = kinds(geometry)
    counts: dict[GeometryKind, int] = {
        name: int((positions == position).sum()) for position, name in enumerate(KINDS)
    }
    if not any(counts.values()):
        raise Unreadable("collections", count=len(geometry))
    kept = next((name for name in KINDS if counts[name] == len(geometry)), None) if asked is None else asked
    if kept is None or not counts[kept]:
        raise Unreadable("mixed", **counts)
    remarks.count("other_kinds", len(geometry) - counts[kept], kept=kept)
    return kept


def _single(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Several points that are one, as that point."""
    alone = (shapely.get_type_id(geometry) == 4) & (shapely.get_num_geometries(geometry) == 1)
    geometry[alone] = shapely.get_geometry(geometry[alone], 0)
    return geometry


def _exchanged(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.transform(geometry, lambda xy: xy[:, ::-1]), dtype=object)


def _system(named: pyproj.CRS | None, geometry: NDArray[np.object_], remarks: Remarks) -> pyproj.CRS:
    """Return the reference system of a layer: its own, unless that is degrees and these cannot be."""
    degrees = bool(_in_degrees(geometry).mean() > 0.5)
    wgs84 = named is not None and named.equals(pyproj.CRS(4326), ignore_axis_order=True)
    if named is not None and (not wgs84 or degrees):
        return named
    middle = shapely.bounds(geometry).reshape(-1, 2, 2).mean(axis=1)
    fitting = (crs for crs in CANDIDATES if _near(middle, pyproj.CRS(crs)).mean() > 0.5)
    assumed = next(fitting, 4326 if degrees else None)
    if assumed is None:
        raise Unreadable("no_crs")
    remarks.add(Remark("assumed_crs", {"crs": f"EPSG:{assumed}"}))
    return pyproj.CRS(assumed)


def _degrees(geometry: NDArray[np.object_], crs: pyproj.CRS, remarks: Remarks) -> NDArray[np.object_]:
    """Return the geometries in EPSG:4326; infinite coordinates where that has no such place."""
    if crs.equals(pyproj.CRS(4326), ignore_axis_order=True):
        return geometry
    remarks.add(Remark("converted", {"crs": crs.name[:MAX_NAME]}))
    try:
        return np.asarray(gpd.GeoSeries(geometry, crs=crs).to_crs(4326).to_numpy(), dtype=object)
    except pyproj.exceptions.ProjError:
        raise Unreadable("unknown_crs", crs=crs.name[:MAX_NAME]) from None


def _in_degrees(geometry: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which geometries can be degrees."""
    west, south, east, north = np.abs(shapely.bounds(geometry)).T
    return np.asarray((np.maximum(west, east) <= 180) & (np.maximum(south, north) <= 90))


def _near(places: NDArray[np.float64], crs: pyproj.CRS) -> NDArray[np.bool_]:
    """Which places, in some reference system, lie in or near the city."""
    x, y = places.T
    if not crs.equals(pyproj.CRS(4326), ignore_axis_order=True):
        try:
            x, y = pyproj.Transformer.from_crs(crs, 4326, always_xy=True).transform(x, y)
        except pyproj.exceptions.ProjError:
            raise Unreadable("unknown_crs", crs=crs.name[:MAX_NAME]) from None
    west, south, east, north = districts("full").total_bounds
    return np.asarray(
        (x >= west - NEAR) & (x <= east + NEAR) & (y >= south - NEAR) & (y <= north + NEAR), dtype=bool
    )


def _valid(geometry: NDArray[np.object_], repair: bool, remarks: Remarks) -> NDArray[np.object_]:
    """Return the areas, invalid ones made valid if that is asked; one that encloses nothing becomes empty."""
    wrong = ~shapely.is_valid(geometry)
    if not repair:
        remarks.count("invalid_geometries", int(wrong.sum()))
        return geometry
    for position in np.flatnonzero(wrong):
        whole = shapely.make_valid(geometry[position], method="structure", keep_collapsed=False)
        parts = [part for part in shapely.get_parts(shapely.get_parts(whole)) if part.geom_type == "Polygon"]
        geometry[position] = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    remarks.count("repaired", int((wrong & ~shapely.is_empty(geometry)).sum()))
    return geometry


def _outside(geometry: NDArray[np.object_]) -> int:
    """How many geometries have no part in the city; invalid areas are not asked."""
    if (shapely.get_type_id(geometry) == 0).all():
        return int((points_by_district(shapely.get_x(geometry), shapely.get_y(geometry)) < 0).sum())
    city = shapely.union_all(districts("full").geometry.to_numpy())
    shapely.prepare(city)
    return int((~shapely.intersects(city, geometry[shapely.is_valid(geometry)])).sum())
