"""A visitor's file to a layer; run as a program, the confined process that ``geo.uploads.reader`` asks.

A question is a line of JSON and the bytes of a file on the standard input; the answer is JSON on the
standard output.
"""

import codecs
import json
import os
import re
import sys
from typing import Any, BinaryIO

import geopandas as gpd
import pandas as pd
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from geo.aggregate import GeometryKind
from geo.districts import UTM_43N
from geo.uploads import delimited_text, shapefile_zip
from geo.uploads.preview import survey
from geo.uploads.reader import DRIVERS, MAX_FEATURES, MAX_NAME, Format, Layer, Remark, Unreadable, recognised
from geo.uploads.validation import CANDIDATES, judged

MEMORY = 2 * 2**30
"""Bytes of address space of the process; about 0.5 GiB of it are libraries."""
FAILURES = (
    DataSourceError,
    DataLayerError,
    shapely.errors.ShapelyError,
    ValueError,
    OverflowError,
    IndexError,
)
"""What the libraries raise at a file that is not what it says."""


def read(
    name: str, content: bytes, *, kind: GeometryKind | None = None, repair: bool = False, swap: bool = False
) -> Layer:
    """Read a file as a layer, in this process and unconfined; see ``geo.uploads.reader.read``."""
    expected = recognised(name, content)
    try:
        table, told = _rows(expected, content)
        if len(table) > MAX_FEATURES:
            raise Unreadable("too_many", limit=MAX_FEATURES)
        return judged(table, told, kind, repair, swap)
    except pyproj.exceptions.CRSError as error:
        named = str(error).removeprefix("Invalid projection: ").split(": (")[0]
        raise Unreadable("unknown_crs", crs=named[:MAX_NAME]) from None
    except FAILURES as error:
        if re.search("memory|bad_alloc", str(error), re.IGNORECASE):
            raise MemoryError from None
        foreign = "supported file format" in str(error)
        raise Unreadable("not_this_format" if foreign else "damaged", expected=expected) from None


def _rows(expected: Format, content: bytes) -> tuple[gpd.GeoDataFrame, tuple[Remark, ...]]:
    """Return what stands in a file, one feature a row; without a reference system where it names none."""
    if expected == "csv":
        return delimited_text.read(content)
    if expected == "geojson":
        text, told = delimited_text.decoded(content)
        return _features(text.encode("utf-8", "replace") if told else content), told
    if expected == "shapefile":
        parts, encoding, told = shapefile_zip.shapefile(content)
        return _recoded(_features(parts), encoding), told
    content = content[:18] + b"\1\1" + content[20:]  # written with a log or not: there is none here
    names = [str(name) for name, of_type in pyogrio.list_layers(content) if of_type]
    if not names:
        raise Unreadable("empty")
    several = {"taken": names[0][:MAX_NAME], "layers": ", ".join(other[:MAX_NAME] for other in names[:10])}
    told = (Remark("several_layers", dict(several)),) if len(names) > 1 else ()
    return _features(content, layer=names[0]), told


def _recoded(table: gpd.GeoDataFrame, encoding: str) -> gpd.GeoDataFrame:
    """Return the table with its texts, of which every byte was taken for a letter of Latin-1, decoded."""

    def text(latin: object) -> str:
        return str(latin).encode("latin-1", "replace").decode(encoding, "replace")

    for name in table.columns.drop("geometry"):
        if not pd.api.types.is_numeric_dtype(table[name]):
            table[name] = table[name].map(text, na_action="ignore")
    return table.rename(columns=text)


def _features(content: bytes, **options: Any) -> gpd.GeoDataFrame:
    table = pyogrio.read_dataframe(
        content,
        max_features=MAX_FEATURES + 1,
        on_invalid="ignore",
        datetime_as_string=True,
        force_2d=True,
        **options,
    )
    if not isinstance(table, gpd.GeoDataFrame):
        raise Unreadable("nothing_readable", count=len(table))
    return table


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
    for encoding in (*shapefile_zip.ENCODINGS, "utf-16-le", "utf-16-be"):
        codecs.lookup(encoding)
    sample = gpd.GeoDataFrame({"a": ["b"]}, geometry=gpd.points_from_xy([666_000], [4_790_000]), crs=UTM_43N)
    layer = read("a.geojson", sample.to_json(to_wgs84=False).encode())
    survey(layer, by_district=True, value=None)
    read("a.csv", "ы,lon,lat\nы,76.9,43.2\n".encode("cp1251"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _main(question: BinaryIO, answer: BinaryIO) -> None:
    asked = json.loads(question.readline())
    _confine(asked["seconds"])
    try:
        layer = read(asked["name"], question.read(), **asked["options"])
        said = survey(layer, **asked["survey"])
    except Unreadable as no:
        said = {"refused": no.code, "values": no.values}
    except MemoryError:
        said = {"refused": "too_demanding", "values": {"seconds": asked["seconds"]}}
    answer.write(json.dumps(said).encode())
    answer.flush()


if __name__ == "__main__":
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not the answer
    _main(sys.stdin.buffer, out)
