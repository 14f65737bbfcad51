"""Text with a place a line: encoding, separator and columns of coordinates are found, and told."""

import csv
import io
import re
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.uploads import columns
from geo.uploads.columns import MAX_COLUMNS
from geo.uploads.reader import MAX_FEATURES, MAX_NAME, Remark, Unreadable, marked
from geo.uploads.shapefile_zip import windows

SEPARATORS = (",", ";", "\t", "|")
NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?"
CODE = r"[+-]?0\d+"
"""A number that starts with a zero is a code, such as a telephone number: it stays text."""
HEADER_CHARACTERS = 100_000
LONGITUDE = ("longitude", "lon", "lng", "long", "долгота", "бойлық", "x")
LATITUDE = ("latitude", "lat", "широта", "ендік", "y")


def decoded(content: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Text of a file and, where that is not UTF-8, in which encoding it was.

    A byte order mark decides, then zero bytes (UTF-16 has one in every Latin letter), then whether the
    bytes can be UTF-8; else it is the Windows page of Russian and Kazakh.
    """
    mark, encoding = marked(content)
    odd, even = content[1:1000:2].count(0), content[:1000:2].count(0)
    if not encoding and max(odd, even) > 100:
        encoding = "utf-16-le" if odd > even else "utf-16-be"
    if not encoding:
        try:
            return content.decode("utf-8"), ()
        except UnicodeDecodeError:
            encoding = windows(content)
    told = () if encoding == "utf-8" else (Remark("decoded", {"encoding": encoding}),)
    return content[len(mark) :].decode(encoding, "replace"), told


def read(content: bytes) -> tuple[gpd.GeoDataFrame, tuple[Remark, ...]]:
    """Rows as points without a reference system; those without readable coordinates have no geometry.

    Raises
    ------
    Unreadable : ``not_this_format``, ``no_coordinates``, ``too_many``, ``damaged``, ``empty``.
    """
    text, told = decoded(content)
    text = re.sub(r"\A[\r\n ]*(?:sep=.\s)?[\r\n ]*", "", text)  # a tab ends a column without a name
    if not text:
        raise Unreadable("empty")
    if text.startswith(("{", "[", "<")) or "\0" in text:
        raise Unreadable("not_this_format", expected="csv")
    first = text[:HEADER_CHARACTERS].split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        lines = csv.reader(io.StringIO(text[:HEADER_CHARACTERS]), delimiter=separator)
        header = next(lines)
        x, y = axes(header)
        body = io.StringIO(text)
        for _ in range(lines.line_num):
            body.readline()
        cells, longer = _cells(body.read().encode(), separator, len(header), (x, y))
    except (csv.Error, pd.errors.ParserError):
        raise Unreadable("damaged", expected="csv") from None
    longitude, latitude = _numbers(cells.pop(str(x))), _numbers(cells.pop(str(y)))
    readable = np.isfinite(longitude) & np.isfinite(latitude) & ~longer
    geometry = np.full(len(cells), None, dtype=object)
    geometry[readable] = shapely.points(longitude[readable], latitude[readable])
    names = columns.named(header[int(str(position))] for position in cells)
    cleaned = {name: _column(cells[position]) for name, position in zip(names, cells, strict=True)}
    table = pd.DataFrame(cleaned, index=cells.index)
    taken = {"longitude": header[x].strip()[:MAX_NAME], "latitude": header[y].strip()[:MAX_NAME]}
    others = len(header) - 2 - cells.shape[1]
    remarks = (
        *told,
        Remark("columns_taken", dict(taken)),
        *((Remark("columns_left_out", {"count": others, "kept": cells.shape[1]}),) if others else ()),
    )
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, index=table.index)), remarks


def axes(header: Sequence[str]) -> tuple[int, int]:
    """Positions of longitude and latitude: a whole name first, then a word of it (``geo_lat``, «Широта, °»).

    Raises
    ------
    Unreadable : ``no_coordinates`` where either is not found.
    """
    x, y = _position(header, LONGITUDE), _position(header, LATITUDE)
    if x is None or y is None or x == y:
        names = ", ".join(name.strip()[:MAX_NAME] for name in header[:10])
        raise Unreadable("no_coordinates", columns=names)
    return x, y


def _position(header: Sequence[str], names: Sequence[str]) -> int | None:
    whole = [name.strip().casefold() for name in header]
    words = [re.split(r"[\W\d_]+", name) for name in whole]
    exact = (whole.index(wanted) for wanted in names if wanted in whole)
    within = (at for wanted in names for at, parts in enumerate(words) if wanted in parts)
    return next(exact, next(within, None))


def _cells(
    content: bytes, separator: str, width: int, axes: tuple[int, int]
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Cells as text, columns by number: coordinates, the first others; which lines have too many."""
    others = [position for position in range(width) if position not in axes][:MAX_COLUMNS]
    names = [str(position) for position in range(width + 1)]
    cells = pd.read_csv(
        io.BytesIO(separator.join(names).encode() + b"\n" + content),
        sep=separator,
        usecols=[names[position] for position in (*axes, *others, width)],
        index_col=False,
        dtype="str",
        na_filter=False,
        nrows=MAX_FEATURES + 1,
        skipinitialspace=True,
    ).fillna("")
    if len(cells) > MAX_FEATURES:
        raise Unreadable("too_many", limit=MAX_FEATURES)
    return cells, (cells.pop(names[width]).str.strip() != "").to_numpy(dtype=bool)


def _numbers(texts: pd.Series) -> NDArray[np.float64]:
    """Numbers of a column, with a point or a comma; NaN where a cell is none."""
    bare = texts.str.strip()
    fits = bare.str.fullmatch(NUMBER)
    numbers = pd.to_numeric(bare.where(fits, "").str.replace(",", ".", regex=False), errors="coerce")
    return numbers.to_numpy(dtype=float, na_value=np.nan)


def _column(texts: pd.Series) -> pd.Series:
    """Numbers where every cell that is not blank is one, else text; blank is missing."""
    texts = texts.str.strip()
    blank = texts == ""
    filled = texts[~blank]
    if blank.all() or not filled.str.fullmatch(NUMBER).all() or filled.str.fullmatch(CODE).any():
        return texts.where(~blank)
    numbers = _numbers(texts)
    whole = not blank.any() and bool((np.abs(numbers) < 2**53).all() and (numbers == np.round(numbers)).all())
    return pd.Series(numbers.astype(np.int64) if whole else numbers, index=texts.index)
