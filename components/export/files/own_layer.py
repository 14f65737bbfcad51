"""A visitor's own layer by district as files: CSV, and the districts with what was counted as GeoPackage."""

import pandas as pd

from components.export.files import district_layers, spreadsheets
from components.figures.sections.own_layer import by_district
from geo.districts import DISTRICTS, districts
from geo.languages import NAME_COLUMNS


def csv(counted: pd.DataFrame) -> bytes:
    """Return what was counted, one line per district, then what lies outside."""
    rows = by_district(counted)
    names = districts("full")[list(NAME_COLUMNS)].reindex(rows.index)
    return spreadsheets.csv(names.join(rows).reset_index(names="area"))


def geopackage(counted: pd.DataFrame) -> bytes:
    """Return the eight districts on full geometry with what was counted in each."""
    return district_layers.geopackage(by_district(counted).loc[list(DISTRICTS)], "own_layer")
