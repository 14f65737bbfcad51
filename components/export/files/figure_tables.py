"""A figure's own table as a file: CSV, XLSX, JSON, GeoJSON, GeoPackage; the same bytes each time."""

import json
from collections.abc import Callable, Mapping

import pandas as pd

from components.export.files import district_layers, spreadsheets
from components.export.files.file_formats import FORMATS
from components.export.records.json_records import as_json
from components.figure import Figure
from components.figures.registry import FIGURES
from components.refusal import RequestError
from components.selection import district_of, period_of, series_of
from data.dataset import CHECKED_ON
from geo.districts import DISTRICTS

MAX_SOURCES = 3
"""Maximum number of sources that are written out in every line of a table."""


def stem(figure: Figure) -> str:
    """Return ``almaty2050_<figure>_<indicator>_<period>_<lang>``, without what the figure does not show.

    Where it shows no indicator, its district or its two places stand in that place.
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


def source_line(figure: Figure, address: str) -> str:
    """Return bodies, copies and licences in one line; the address that lists them where they are many."""
    if len(figure.sources) > MAX_SOURCES:
        return address
    return "; ".join(f"{source.words} ({source.licence})" for source in figure.sources)


def csv(figure: Figure, address: str) -> bytes:
    """Return every column of the table, unrounded, with its source in each line."""
    return spreadsheets.csv(figure.table.assign(source=source_line(figure, address)))


def xlsx(figure: Figure, address: str) -> bytes:
    """Return a workbook: the printed table with its labels, and a sheet with words, sources and licences."""
    labels = {column.key: column.label for column in figure.columns if column.key in figure.table}
    words = [figure.subtitle, figure.sentence, figure.caveat, figure.method, *figure.foot]
    lines = [("", line) for line in words]
    lines += [(source.words, f"{url} {dated}") for source in figure.sources for url, dated in source.links]
    lines += [("", licence) for licence in dict.fromkeys(source.licence for source in figure.sources)]
    lines += [("", address)]
    sheets = {
        "data": figure.table[list(labels)].rename(columns=labels),
        "sources": pd.DataFrame([line for line in lines if line[1]], columns=("", figure.title)),
    }
    return spreadsheets.workbook(sheets, figure.view.lang)


def record(figure: Figure, address: str) -> bytes:
    """Return the figure as JSON: words, sources and every row of its table; null where there is no value."""
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
                "body": source.words,
                "licence": source.licence,
                "copies": [{"url": url, "dated": dated} for url, dated in source.links],
            }
            for source in figure.sources
        ],
        "checked_on": CHECKED_ON.isoformat(),
        "columns": {column.key: column.label for column in figure.columns},
        "table": json.loads(figure.table.to_json(orient="records", force_ascii=False, double_precision=15)),
    }
    return as_json(body).encode()


def geojson(figure: Figure, address: str) -> bytes:
    """Return the districts with the figure's rows as GeoJSON."""
    return district_layers.geojson(_district_rows(figure, address))


def geopackage(figure: Figure, address: str) -> bytes:
    """Return the districts with the figure's rows as a GeoPackage."""
    return district_layers.geopackage(_district_rows(figure, address), figure.id)


def _district_rows(figure: Figure, address: str) -> pd.DataFrame:
    rows = figure.table.set_index("area").reindex(list(DISTRICTS))
    return rows.drop(columns="name", errors="ignore").assign(source=source_line(figure, address))


WRITERS: Mapping[str, Callable[[Figure, str], bytes]] = {
    "csv": csv,
    "xlsx": xlsx,
    "json": record,
    "geojson": geojson,
    "gpkg": geopackage,
}
"""Writer of each format that holds a table, by ending."""


def table(figure: Figure, ending: str, address: str) -> bytes:
    """Return one figure's table as a file.

    Raises
    ------
    RequestError
        404 where the format needs polygons and the figure's rows are not districts.
    """
    if FORMATS[ending].content == "layer" and not FIGURES[figure.id].by_district:
        names = tuple(key for key, spec in FIGURES.items() if spec.by_district)
        raise RequestError(404, "No geometry", f'figure "{figure.id}" has no geometry', exists=names)
    return WRITERS[ending](figure, address)
