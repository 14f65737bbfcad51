"""A visitor's own layer by district: a table of counts, lengths, areas, means and sums, with its remarks."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column
from components.figures.drawing.frame import table
from components.figures.drawing.markup import element
from components.text.number_formats import number
from components.text.sentences import full_name
from components.text.strings import Lang, text
from geo.aggregate import NOWHERE, OUTSIDE, GeometryKind
from geo.districts import DISTRICTS, areas_km2

FORMATS = {"csv": "CSV", "geojson": "GeoJSON", "gpkg": "GeoPackage", "shapefile": "Shapefile"}


def sentence(key: str, values: Mapping[str, int | str], lang: Lang) -> str:
    """Write a remark or refusal; ``key`` is ``remark.…`` or ``refusal.…``."""
    written = {
        name: number(value, 0, lang) if isinstance(value, int) else FORMATS.get(value, value)
        for name, value in values.items()
    }
    return text(lang, key, **written)


def by_district(counted: pd.DataFrame) -> pd.DataFrame:
    """Return what ``geo.aggregate.aggregate`` counted, with the share and density of each district.

    Returns
    -------
    DataFrame with the index and columns of ``counted`` and, for the eight districts, ``share`` (percent of
    all that was counted in districts) and ``per_km2`` (features per km² of the full polygon).
    """
    inside = counted.loc[list(DISTRICTS), "count"]
    share = inside / inside.sum() * 100 if inside.sum() else float("nan")
    return counted.assign(share=share, per_km2=inside / pd.Series(areas_km2()))


def own_table(counted: pd.DataFrame, name: str, kind: GeometryKind, lang: Lang) -> Element:
    """Draw the table of a layer by district, with what lies outside the city, and how it was counted."""
    rows = by_district(counted)
    rows = rows[(rows["count"] > 0) | rows.index.isin(DISTRICTS)]
    outer = {OUTSIDE: text(lang, "layer.outside"), NOWHERE: text(lang, "layer.nowhere")}
    rows.insert(0, "name", [outer.get(str(area)) or full_name(str(area), lang) for area in rows.index])
    return element(
        "section",
        element("h2", text(lang, "layer.table", name=name)),
        element("p", text(lang, "layer.own"), class_="subtitle"),
        table(rows, _columns(rows, lang), lang),
        element(
            "footer",
            element("p", text(lang, "layer.foot_points" if kind == "points" else "layer.foot_measured")),
        ),
        class_="figure",
        lang=lang,
    )


def _columns(rows: pd.DataFrame, lang: Lang) -> tuple[Column, ...]:
    labels = {
        "count": (text(lang, "layer.count"), 0),
        "share": (f"{text(lang, 'layer.share')}, %", 1),
        "per_km2": (text(lang, "layer.per_km2"), 2),
        "length_km": (text(lang, "layer.length_km"), 1),
        "area_km2": (text(lang, "layer.area_km2"), 2),
        "mean": (text(lang, "layer.mean"), 2),
        "sum": (text(lang, "layer.sum"), 2),
        "no_value": (text(lang, "layer.no_value"), 0),
    }
    return (
        Column("name", text(lang, "ui.district")),
        *(Column(key, *label) for key, label in labels.items() if key in rows.columns),
    )
