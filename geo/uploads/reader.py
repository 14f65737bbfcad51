"""A visitor's own file as a layer, read by a confined process of its own (``geo.uploads.worker``).

Nothing of a file reaches a disk or this process before it has become plain columns and coordinates; nothing
is kept after a call or shared between calls.
"""

import codecs
import io
import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.aggregate import GeometryKind

MAX_BYTES = 50 * 2**20
MAX_FEATURES = 1_000_000
MAX_NAME = 60
"""Characters of a name told or kept: of a file, a column, a layer."""
SECONDS = 120
"""Time that reading may take, by the clock and of the processor."""

Format = Literal["csv", "geojson", "gpkg", "shapefile"]
FORMATS: Mapping[str, Format] = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".zip": "shapefile",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
}
"""Format of each suffix: the name says which, and the content must be that."""
DRIVERS = frozenset({"GeoJSON", "ESRI Shapefile", "GPKG"})
"""The drivers of GDAL that a visitor's bytes may reach."""
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
"""Byte order marks, and the encoding that each names."""

REFUSALS: Mapping[str, tuple[str, ...]] = {
    "too_large": ("size_mb", "limit_mb"),
    "too_many": ("limit",),
    "unknown_format": ("name",),
    "not_this_format": ("expected",),
    "empty": (),
    "damaged": ("expected",),
    "zip_bomb": ("limit_mb",),
    "path_in_archive": ("member",),
    "encrypted": ("member",),
    "no_shapefile_in_archive": (),
    "missing_part": ("part",),
    "no_coordinates": ("columns",),
    "nothing_readable": ("count",),
    "no_crs": (),
    "unknown_crs": ("crs",),
    "collections": ("count",),
    "mixed": ("points", "lines", "areas"),
    "too_demanding": ("seconds",),
}
"""Every code of ``Unreadable`` and the names of its values; ``expected`` is a ``Format``."""

REMARKS: Mapping[str, tuple[str, ...]] = {
    "assumed_crs": ("crs",),
    "converted": ("crs",),
    "decoded": ("encoding",),
    "columns_taken": ("longitude", "latitude"),
    "columns_left_out": ("count", "kept"),
    "texts_shortened": ("count", "limit"),
    "several_layers": ("taken", "layers"),
    "without_geometry": ("count",),
    "other_kinds": ("kept", "count"),
    "invalid_geometries": ("count",),
    "repaired": ("count",),
    "swapped_coordinates": ("count",),
    "swapped": ("count",),
    "outside_city": ("count",),
}
"""Every code of a ``Remark`` and the names of its values, in the order in which a layer has them."""


def _declared(code: str, values: Mapping[str, int | str], codes: Mapping[str, tuple[str, ...]]) -> None:
    if code not in codes or set(values) != set(codes[code]):
        raise ValueError(f"{code}: {sorted(values)} given, {codes.get(code)} declared")


@dataclass(frozen=True)
class Remark:
    """One thing the reader must be told: a code of ``REMARKS`` with its values, put into words elsewhere."""

    code: str
    values: Mapping[str, int | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _declared(self.code, self.values, REMARKS)


class Unreadable(Exception):  # noqa: N818 - read as a sentence: "raise Unreadable"
    """A file that is refused: a code of ``REFUSALS`` with its values, put into words elsewhere."""

    def __init__(self, code: str, **values: int | str) -> None:
        _declared(code, values, REFUSALS)
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, eq=False)
class Layer:
    """A visitor's layer.

    ``table``: attributes and ``geometry``, EPSG:4326, none empty, all of one ``kind``; ``remarks``: what the
    reader must be told, in the order of ``REMARKS``, each code once.
    """

    table: gpd.GeoDataFrame
    kind: GeometryKind
    remarks: tuple[Remark, ...]

    def remark(self, code: str) -> Remark | None:
        """Return the remark with this code, if there is one."""
        return next((remark for remark in self.remarks if remark.code == code), None)


@dataclass(frozen=True, eq=False)
class UploadSummary:
    """What a visitor hears and sees of their file; its own rows stay in the confined process.

    ``count`` features of one ``kind``; ``columns`` are the numeric ones; ``drawn`` holds the coordinates of
    as many of them as a map shows, latitude first, a feature each: a point, lines, or areas of rings;
    ``by_district`` as ``geo.aggregate.aggregate`` returns it, where it was asked for.
    """

    kind: GeometryKind
    count: int
    columns: tuple[str, ...]
    remarks: tuple[Remark, ...]
    drawn: list[list[Any]]
    by_district: pd.DataFrame | None


def marked(content: bytes) -> tuple[bytes, str]:
    """Return the byte order mark at the start of a text and the encoding it names; both empty without one."""
    return next((mark for mark in MARKS if content.startswith(mark[0])), (b"", ""))


def recognised(name: str, content: bytes) -> Format:
    """Format of a file by the suffix of its name, if the first bytes can be that.

    Raises
    ------
    Unreadable : ``too_large``, ``unknown_format``, ``empty``, ``not_this_format``.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable("too_large", size_mb=math.ceil(len(content) / 2**20), limit_mb=MAX_BYTES >> 20)
    expected = FORMATS.get(PurePath(name).suffix.lower())
    if expected is None:
        raise Unreadable("unknown_format", name=PurePath(name).name[:MAX_NAME])
    mark, encoding = marked(content)
    start = content[len(mark) : 4096].decode(encoding or "utf-8", "replace").lstrip()
    if not start and not content.strip():
        raise Unreadable("empty")
    fits = {
        "geojson": start.startswith("{"),
        "gpkg": content.startswith(b"SQLite format 3\0") and b"gpkg_contents" in content,
        "shapefile": content.startswith((b"PK\3\4", b"PK\5\6")),
        "csv": not start.startswith(("{", "[", "<", "PK\3\4", "SQLite", "%PDF")),
    }
    if not fits[expected]:
        raise Unreadable("not_this_format", expected=expected)
    return expected


def read(
    name: str,
    content: bytes,
    *,
    kind: GeometryKind | None = None,
    repair: bool = False,
    swap: bool = False,
    by_district: bool = False,
    value: str | None = None,
) -> UploadSummary:
    """Read a file, and count it by district where that is wanted; all of it in the confined process.

    Parameters
    ----------
    name : file name; only its suffix matters.
    content : the whole file, at most ``MAX_BYTES`` with at most ``MAX_FEATURES`` features.
    kind : which kind to keep of a file that mixes points, lines and areas; such a file is refused if None.
    repair : make invalid areas valid; they are only counted otherwise.
    swap : exchange the two coordinates of every place.
    by_district : count the features by district, and measure lines and areas there.
    value : a numeric column of points whose mean and sum by district are wanted.

    Raises
    ------
    Unreadable : with a code of ``REFUSALS``.
    """
    expected = recognised(name, content)
    asked = {
        "name": name,
        "options": {"kind": kind, "repair": repair, "swap": swap},
        "survey": {"by_district": by_district, "value": value},
    }
    said = _answer(asked, content, expected)
    counted = said.pop("by_district")
    said["remarks"] = tuple(Remark(code, values) for code, values in said["remarks"])
    said["columns"] = tuple(said["columns"])
    table = None if counted is None else pd.read_json(io.StringIO(counted), orient="split")
    return UploadSummary(**said, by_district=table)


def _answer(asked: dict[str, Any], content: bytes, expected: Format) -> dict[str, Any]:
    """Return what the confined process says to a question."""
    question = json.dumps({**asked, "seconds": SECONDS}).encode() + b"\n" + content
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "geo.uploads.worker"],
            cwd=Path(__file__).parents[2],
            env=_environment(),
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_demanding", seconds=SECONDS) from None
    if -done.returncode in (signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT):
        raise Unreadable("too_demanding", seconds=SECONDS)
    if done.returncode:
        raise Unreadable("damaged", expected=expected)
    said: dict[str, Any] = json.loads(done.stdout)
    if "refused" in said:
        raise Unreadable(said["refused"], **said["values"])
    return said


def _environment() -> dict[str, str]:
    """Variables of the confined process: one thread, no network, no driver beside ``DRIVERS``."""
    inherited = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return inherited | {
        "GDAL_SKIP": ",".join(sorted(set(pyogrio.list_drivers()) - DRIVERS)),
        "GDAL_DRIVER_PATH": "disable",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
        "PROJ_NETWORK": "OFF",
        "GDAL_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
