"""A visitor's own layer by district as files: CSV, and the districts with its figures as GeoPackage."""

import pandas as pd

from components.export.files import district_layers
from components.figures.sections.own_layer import by_district
from geo.districts import DISTRICTS, districts
from geo.languages import NAME_COLUMNS


def csv(counted: pd.DataFrame) -> bytes:
    """What was counted, one line a district, then what lies outside; UTF-8 with a byte order mark."""
    names = districts("full")[list(NAME_COLUMNS)]
    rows = by_district(counted)
    written: str = names.reindex(rows.index).join(rows).to_csv(index_label="area")
    return written.encode("utf-8-sig")


def geopackage(counted: pd.DataFrame) -> bytes:
    """The eight districts on full geometry with what was counted in each, EPSG:4326."""
    rows = by_district(counted).loc[list(DISTRICTS)]
    shapes = district_layers.oriented("full")[[*NAME_COLUMNS, "geometry"]]
    return district_layers.geopackage(shapes.join(rows).reset_index(names="id"), "own_layer")
