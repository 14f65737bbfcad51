"""A figure's table as a file: CSV, XLSX, JSON, GeoJSON, GeoPackage; the same bytes each time."""

import json
from collections.abc import Callable, Mapping

import geopandas as gpd
import pandas as pd

from components.export.files import archives, district_layers
from components.figure import Figure
from components.figures.registry import FIGURES
from components.refusal import RequestError
from components.selection import district_of, period_of, series_of
from data.dataset import CHECKED_ON
from geo.districts import DISTRICTS
from geo.languages import NAME_COLUMNS

MOST_SOURCES = 3
"""That are written out in every line of a table."""


def stem(figure: Figure) -> str:
    """``almaty2050_<figure>_<indicator>_<period>_<lang>``, without what the figure does not show.

    Where it shows no indicator, the district or the two places that it is of stand in its place.
    """
    view, fields = figure.view, FIGURES[figure.id].fields
    parts = ["almaty2050", figure.id]
    if figure.id == "district":
        parts.append(district_of(view))
    if "indicator" in fields:
        parts.append(view.indicator)
    if "a" in fields:
        parts += [view.a, view.b]
    if "period" in fields:
        parts.append(period_of(view, series_of(view, figure.dataset)).replace("/", "--"))
    return "_".join([*parts, view.lang])


def csv(figure: Figure, address: str) -> bytes:
    """Every column of the table, unrounded, with a point as decimal sign and its source in each line."""
    return figure.table.assign(source=source(figure, address)).to_csv(index=False).encode("utf-8-sig")


def source(figure: Figure, address: str) -> str:
    """Bodies, copies and licences in one line; the address that lists them where they are many."""
    if len(figure.sources) > MOST_SOURCES:
        return address
    return "; ".join(f"{one.words} ({one.licence})" for one in figure.sources)


def xlsx(figure: Figure, address: str) -> bytes:
    """A workbook: the printed table with its labels, and a sheet that says what it is and where from."""
    labels = {column.key: column.label for column in figure.columns if column.key in figure.table}
    about = [("", figure.title), ("", figure.subtitle), ("", figure.sentence), ("", figure.caveat)]
    about += [("", figure.method), *(("", line) for line in figure.foot)]
    about += [(source.words, f"{url} {dated}") for source in figure.sources for url, dated in source.links]
    about += [("", licence) for licence in dict.fromkeys(source.licence for source in figure.sources)]
    about += [("", address)]
    title, *lines = (line for line in about if line[1])
    sheets = {
        "data": figure.table[list(labels)].rename(columns=labels),
        "sources": pd.DataFrame(lines, columns=title),
    }
    return archives.workbook(sheets, figure.view.lang)


def record(figure: Figure, address: str) -> bytes:
    """The figure as JSON: words, sources and every row of its table; null where there is no value."""
    body = {
        "figure": figure.id,
        "address": address,
        "view": figure.view.to_query(),
        "lang": figure.view.lang,
        "title": figure.title,
        "unit": figure.subtitle,
        "sentence": figure.sentence,
        "alt": figure.alt,
        "reliability": figure.badge or None,
        "method": figure.method or None,
        "caveat": figure.caveat or None,
        "notes": list(figure.foot),
        "sources": [
            {
                "body": one.words,
                "licence": one.licence,
                "copies": [{"url": u, "dated": d} for u, d in one.links],
            }
            for one in figure.sources
        ],
        "checked_on": CHECKED_ON.isoformat(),
        "columns": {one.key: one.label for one in figure.columns},
        "table": json.loads(figure.table.to_json(orient="records", force_ascii=False, double_precision=15)),
    }
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def layer(figure: Figure, address: str) -> gpd.GeoDataFrame:
    """The eight districts with the figure's rows, EPSG:4326; without a value where there is none."""
    rows = figure.table[figure.table["area"].isin(DISTRICTS)].set_index("area")
    rows = rows.drop(columns=[one for one in ("name", "geometry") if one in rows])
    shapes = district_layers.oriented("full")[[*NAME_COLUMNS, "area_km2", "geometry"]]
    rows = rows.rename(columns={"area_km2": "value_area_km2"})
    return shapes.join(rows).assign(source=source(figure, address)).reset_index(names="id")


def geojson(figure: Figure, address: str) -> bytes:
    """The districts with the figure's rows as GeoJSON (RFC 7946)."""
    return district_layers.geojson(layer(figure, address))


def geopackage(figure: Figure, address: str) -> bytes:
    """The districts with the figure's rows as a GeoPackage."""
    return district_layers.geopackage(layer(figure, address), figure.id)


TABLES: Mapping[str, tuple[str, Callable[[Figure, str], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "json": ("application/json", record),
    "geojson": ("application/geo+json", geojson),
    "gpkg": ("application/geopackage+sqlite3", geopackage),
}
"""Media type and maker of each kind of table, by the ending of its address."""
GEOMETRY = ("geojson", "gpkg")


def table(figure: Figure, ending: str, address: str) -> bytes:
    """One figure's table as a file.

    Raises
    ------
    RequestError
        404 where the format needs polygons and the figure's rows are not districts.
    """
    if ending in GEOMETRY and not FIGURES[figure.id].by_district:
        names = tuple(key for key, one in FIGURES.items() if one.by_district)
        raise RequestError(404, "No geometry", f'figure "{figure.id}" has no geometry', exists=names)
    return TABLES[ending][1](figure, address)
