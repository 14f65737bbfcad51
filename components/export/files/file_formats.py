"""Formats in which something leaves the dashboard: media type, label and content, by ending."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Format:
    """A file format: its media type, its name, and what a file of it holds.

    A ``layer`` is a table with the polygons of the districts, so its rows have to be districts.
    """

    media_type: str
    label: str
    content: Literal["image", "table", "layer", "document", "archive"]


FORMATS: Mapping[str, Format] = {
    "svg": Format("image/svg+xml", "SVG", "image"),
    "png": Format("image/png", "PNG", "image"),
    "pdf": Format("application/pdf", "PDF", "image"),
    "csv": Format("text/csv; charset=utf-8", "CSV", "table"),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", "table"),
    "json": Format("application/json", "JSON", "table"),
    "geojson": Format("application/geo+json", "GeoJSON", "layer"),
    "gpkg": Format("application/geopackage+sqlite3", "GeoPackage", "layer"),
    "html": Format("text/html; charset=utf-8", "HTML", "document"),
    "zip": Format("application/zip", "ZIP", "archive"),
}
FIGURE_FORMATS = tuple(key for key, row in FORMATS.items() if row.content in ("image", "table", "layer"))
"""Endings of the files of a figure."""
