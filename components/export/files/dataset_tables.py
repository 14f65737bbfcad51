"""The data as files: CSV, XLSX, GeoJSON, GeoPackage and the zipped data package."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from components.export.files import archives, district_layers
from components.text.sentences import full_name
from components.text.strings import Lang
from data import datapackage
from data.dataset import Dataset
from data.transforms import wide


def observations(dataset: Dataset, keys: Sequence[str], lang: Lang) -> pd.DataFrame:
    """The published rows of some indicators: ids for machines, names and units for readers."""
    tables = []
    for key in keys:
        indicator = dataset.indicators[key]
        table = dataset.observations[key].copy()
        table.insert(0, "indicator", key)
        table.insert(1, "title", indicator.title[lang])
        table.insert(3, "area_name", [full_name(area, lang) for area in table["area"]])
        table.insert(6, "unit", indicator.unit[lang])
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def csv(dataset: Dataset, keys: Sequence[str], lang: Lang) -> bytes:
    """UTF-8 with a byte order mark, for spreadsheets that guess; a decimal point in every language."""
    return observations(dataset, keys, lang).to_csv(index=False).encode("utf-8-sig")


def xlsx(dataset: Dataset, keys: Sequence[str], lang: Lang) -> bytes:
    """A workbook with the data, the notes and the sources, a sheet each."""
    notes = [
        {"indicator": key, "title": one.title[lang], "note": line}
        for key in keys
        for one in [dataset.indicators[key]]
        for line in [
            one.description[lang],
            *(note[lang] for note in one.notes),
            *(f"{broken.period}: {broken.reason[lang]}" for broken in one.breaks),
        ]
    ]
    rows = observations(dataset, keys, lang)
    used = dict.fromkeys(source for joined in rows["source"] for source in joined.split(";"))
    sources = [
        {
            "source": key,
            "title": one.title,
            "url": one.url,
            "body": one.body[lang],
            "copy": one.copy[lang],
            "dated": one.dated or "",
            "licence": one.licence[lang],
            "checked": one.checked[lang] if one.checked else "",
        }
        for key in used
        for one in [dataset.sources[key]]
    ]
    sheets = {"data": rows, "notes": pd.DataFrame(notes), "sources": pd.DataFrame(sources)}
    return archives.workbook(sheets, lang)


def layer(dataset: Dataset, key: str) -> gpd.GeoDataFrame:
    """The districts with one column a period of an indicator, NaN where missing; EPSG:4326."""
    shapes = district_layers.oriented("full").assign(unit=dataset.indicators[key].unit["en"])
    return shapes.join(wide(dataset, key).T).reset_index(names="id")


def geojson(dataset: Dataset, key: str) -> bytes:
    """The districts and an indicator as GeoJSON."""
    return district_layers.geojson(layer(dataset, key))


def geopackage(dataset: Dataset, key: str) -> bytes:
    """The districts and an indicator as a GeoPackage with one layer named after the indicator."""
    return district_layers.geopackage(layer(dataset, key), key)


def package(dataset: Dataset) -> bytes:
    """The Frictionless data package of everything, zipped."""
    return archives.archive(datapackage.files(dataset))
