"""A visitor's file to a layer; run as a program, the confined process that ``geo.uploads`` asks.

A question is a line of JSON and the bytes of a file on the standard input; the answer a line of JSON and
the bytes of a table (Feather) on the standard output.
"""

import io
import json
import os
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from geo import archive, attributes, delimited
from geo.aggregate import KINDS, Kind, aggregate, kinds, points_by_district
from geo.districts import UTM_43N, districts
from geo.uploads import (
    DRIVERS,
    MAX_FEATURES,
    MAX_NAME,
    REMARKS,
    Format,
    Layer,
    Remark,
    Unreadable,
    recognised,
)

MEMORY = 3 * 2**30
"""Bytes of address space of the process; about 0.5 GiB of it are libraries."""
CANDIDATES = (4326, UTM_43N, 3857)
"""Reference systems tried, in this order, where a file names none."""
NEAR = 0.25
"""Degrees around the city's box that are still near it."""

Box = tuple[float, float, float, float]


def read(
    name: str, content: bytes, *, kind: Kind | None = None, repair: bool = False, swap: bool = False
) -> Layer:
    """``geo.uploads.read`` in this process, without its confinement."""
    expected = recognised(name, content)
    try:
        table, told = _rows(expected, content)
    except pyproj.exceptions.CRSError as error:
        raise Unreadable("unknown_crs", crs=str(error)[:MAX_NAME]) from None
    except DataSourceError as error:
        foreign = "supported file format" in str(error)
        raise Unreadable("not_this_format" if foreign else "damaged", expected=expected) from None
    except (DataLayerError, shapely.errors.ShapelyError, ValueError, OverflowError):
        raise Unreadable("damaged", expected=expected) from None
    if len(table) > MAX_FEATURES:
        raise Unreadable("too_many", limit=MAX_FEATURES)
    return _judged(table, told, kind, repair, swap)


def _rows(expected: Format, content: bytes) -> tuple[gpd.GeoDataFrame, tuple[Remark, ...]]:
    """What stands in a file, one feature a row; without a reference system where it names none."""
    if expected == "csv":
        return delimited.read(content)
    if expected == "geojson":
        text, told = delimited.decoded(content)
        return _features(text.encode("utf-8", "replace") if told else content), told
    if expected == "shapefile":
        parts, encoding, told = archive.shapefile(content)
        return _features(parts, encoding=encoding), told
    content = content[:18] + b"\1\1" + content[20:]  # written with a log or not: there is none here
    names = [str(name) for name, of_type in pyogrio.list_layers(content) if of_type]
    if not names:
        raise Unreadable("empty")
    several = {"taken": names[0][:MAX_NAME], "layers": ", ".join(one[:MAX_NAME] for one in names[:10])}
    told = (Remark("several_layers", dict(several)),) if len(names) > 1 else ()
    return _features(content, layer=names[0]), told


def _features(content: bytes, **options: Any) -> gpd.GeoDataFrame:
    try:
        table = pyogrio.read_dataframe(
            content,
            max_features=MAX_FEATURES + 1,
            on_invalid="ignore",
            datetime_as_string=True,
            force_2d=True,
            **options,
        )
    except (DataSourceError, DataLayerError) as error:
        if "memory" in str(error).lower():
            raise MemoryError from None
        raise
    if not isinstance(table, gpd.GeoDataFrame):
        raise Unreadable("nothing_readable", count=len(table))
    return table


def _judged(
    table: gpd.GeoDataFrame, told: Iterable[Remark], kind: Kind | None, repair: bool, swap: bool
) -> Layer:
    """Judge rows by geometry, kind, reference system and place."""
    remarks = _Remarks(told)
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
    columns, more = attributes.plain(pd.DataFrame(table.drop(columns=table.geometry.name))[chosen])
    for one in more:
        remarks.add(one)
    made = gpd.GeoDataFrame(columns.reset_index(drop=True), geometry=geometry, crs=4326)
    return Layer(made, kept, remarks.ordered())


class _Remarks:
    """Remarks on their way: one a code, counts of the same code added."""

    def __init__(self, told: Iterable[Remark]) -> None:
        self._found: dict[str, Remark] = {}
        for one in told:
            self.add(one)

    def add(self, remark: Remark) -> None:
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
        return tuple(self._found[code] for code in REMARKS if code in self._found)


def _finite(geometry: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which geometries are there, with a number in every coordinate."""
    there = ~shapely.is_missing(geometry) & ~shapely.is_empty(geometry)
    measured = shapely.bounds(geometry).sum(axis=1) + shapely.length(geometry)
    return np.asarray(there & np.isfinite(measured))


def _kind(geometry: NDArray[np.object_], asked: Kind | None, remarks: _Remarks) -> Kind:
    """The kind to keep; what is of another one, or a collection of several, is told."""
    found = kinds(geometry)
    counts: dict[Kind, int] = {one: int((found == position).sum()) for position, one in enumerate(KINDS)}
    kept = next((one for one in KINDS if counts[one] == len(geometry)), None) if asked is None else asked
    if kept is None or not counts[kept]:
        raise Unreadable("mixed", **counts)
    remarks.count("other_kinds", len(geometry) - counts[kept], kept=kept)
    return kept


def _single(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Several points that are one, as that point."""
    geometry = shapely.force_2d(geometry)
    alone = (shapely.get_type_id(geometry) == 4) & (shapely.get_num_geometries(geometry) == 1)
    geometry[alone] = shapely.get_geometry(geometry[alone], 0)
    return geometry


def _exchanged(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.transform(geometry, lambda xy: xy[:, ::-1]), dtype=object)


def _system(named: pyproj.CRS | None, geometry: NDArray[np.object_], remarks: _Remarks) -> pyproj.CRS:
    """The reference system of a layer: the one it names, unless that is degrees and these cannot be."""
    degrees = bool(_in_degrees(geometry).mean() > 0.5)
    wgs84 = named is not None and named.equals(pyproj.CRS(4326), ignore_axis_order=True)
    if named is not None and (not wgs84 or degrees):
        return named
    middle = shapely.bounds(geometry).reshape(-1, 2, 2).mean(axis=1)
    fitting = (one for one in CANDIDATES if _near(middle, pyproj.CRS(one)).mean() > 0.5)
    assumed = next(fitting, 4326 if degrees else None)
    if assumed is None:
        raise Unreadable("no_crs")
    remarks.add(Remark("assumed_crs", {"crs": f"EPSG:{assumed}"}))
    return pyproj.CRS(assumed)


def _degrees(geometry: NDArray[np.object_], crs: pyproj.CRS, remarks: _Remarks) -> NDArray[np.object_]:
    """The geometries in EPSG:4326; infinite coordinates where that has no such place."""
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


def _valid(geometry: NDArray[np.object_], repair: bool, remarks: _Remarks) -> NDArray[np.object_]:
    """The areas, invalid ones made valid if that is asked; one that encloses nothing becomes empty."""
    wrong = ~shapely.is_valid(geometry)
    if not repair:
        remarks.count("invalid_geometries", int(wrong.sum()))
        return geometry
    for position in np.flatnonzero(wrong):
        whole = shapely.make_valid(geometry[position], method="structure", keep_collapsed=False)
        parts = [one for one in shapely.get_parts(shapely.get_parts(whole)) if one.geom_type == "Polygon"]
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


def _confine(seconds: int) -> None:
    """Give up what reading bytes needs not: time, memory, files, network.

    Without a free descriptor nothing can be opened, neither a file nor a connection; a small file is read
    before, so that what opens lazily (the database of reference systems) is open.
    """
    import resource  # only here: not every system has it, and none without it may read

    os.nice(10)
    if not set(pyogrio.list_drivers()) <= DRIVERS:
        raise RuntimeError("drivers of GDAL that nobody asked for")
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    for crs in CANDIDATES:
        gpd.GeoSeries.from_xy([0], [0], crs=crs).to_crs(4326)
    "".encode("cp1251"), "".encode("kz1048"), "".encode("cp866"), "".encode("utf-16-le")
    sample = gpd.GeoDataFrame({"a": ["b"]}, geometry=gpd.points_from_xy([666_000], [4_790_000]), crs=UTM_43N)
    layer = read("a.geojson", sample.to_json(to_wgs84=False).encode())
    layer.table.to_feather(io.BytesIO())
    read("a.csv", "ы,lon,lat\nы,76.9,43.2\n".encode("cp1251"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _said(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """Head and table that answer a question."""
    made = io.BytesIO()
    task = asked.pop("task")
    if task == "aggregate":
        counted = aggregate(gpd.read_feather(io.BytesIO(content)))
        counted.rename_axis("area").reset_index().to_feather(made)
        return {}, made.getvalue()
    layer = read(content=content, **asked)
    layer.table.to_feather(made, compression="uncompressed")
    return {"kind": layer.kind, "remarks": [(one.code, one.values) for one in layer.remarks]}, made.getvalue()


def _main(question: BinaryIO, answer: BinaryIO) -> None:
    asked = json.loads(question.readline())
    seconds = asked.pop("seconds")
    _confine(seconds)
    try:
        head, body = _said(asked, question.read())
    except Unreadable as no:
        head, body = {"refused": no.code, "values": no.values}, b""
    except MemoryError:
        head, body = {"refused": "too_demanding", "values": {"seconds": seconds}}, b""
    answer.write(json.dumps(head).encode() + b"\n")
    answer.write(body)
    answer.flush()


if __name__ == "__main__":
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not the answer
    _main(sys.stdin.buffer, out)
