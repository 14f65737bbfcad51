"""The districts as GeoJSON (RFC 7946) for a map of one's own, with an indicator at one period."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import shapely

from components.export.files.district_layers import ATTRIBUTION, oriented
from components.export.records.json_records import Record, finite
from components.export.records.observations import allowed
from components.export.records.period_arguments import LATEST, period_among
from components.selection import period_of
from components.text.sentences import unit_of
from components.view import View
from data.catalogue import Transform
from data.comparison import ranked
from data.dataset import Dataset
from data.periods import ordered
from data.transforms import transformed, value_of
from geo.districts import DISTRICTS, Level
from geo.languages import NAME_COLUMNS


def layer(dataset: Dataset, indicator: str | None, period: str, transform: Transform, level: Level) -> Record:
    """A FeatureCollection of the eight districts in the fixed order, coordinates in degrees (WGS 84).

    Each has ``id``, its names, ``class`` and ``area_km2``; with an indicator also what ``_values`` says.

    Raises
    ------
    RequestError
        For a period or a transform the indicator does not have, and figures that may not be redistributed.
    """
    values = _values(dataset, indicator, period, transform) if indicator else {}
    shapes = oriented(level)
    west, south, east, north = (round(float(edge), 7) for edge in shapes.total_bounds)
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "bbox": [west, south, east, north],
        "features": [
            {
                "type": "Feature",
                "id": area,
                "properties": {
                    "id": area,
                    **{name: shapes.at[area, name] for name in (*NAME_COLUMNS, "class")},
                    "area_km2": float(shapes.at[area, "area_km2"]),
                    **values.get(area, {}),
                },
                "geometry": _geometries(level)[area],
            }
            for area in DISTRICTS
        ],
    }


@cache
def _geometries(level: Level) -> Mapping[str, Any]:
    shapes = oriented(level).geometry
    return {
        str(area): json.loads(one)
        for area, one in zip(shapes.index, shapely.to_geojson(shapes.to_numpy()), strict=True)
    }


def _values(dataset: Dataset, key: str, period: str, transform: Transform) -> Mapping[str, Record]:
    """What an indicator says of each district at a period.

    ``value`` in ``unit``; ``obs_status`` and ``source`` of the published figure; ``rank``, 1 the highest, and
    ``rank_worst``, which differs where others are not ranked, both null where this one is not; ``few`` where
    fewer than 20 cases stand behind the value; ``refused`` why the period has no transformed values.
    """
    allowed(dataset, key, transform)
    shown, table = transformed(dataset, key, transform), dataset.observations[key]
    if period == LATEST:
        at = period_of(View(indicator=key), shown)
    else:
        at = period_among(period, ordered(table["period"]), f'"{key}" has no values for')
    rows, refusal = shown.at(at), shown.refused.get(at)
    here = table[table["period"] == at].set_index("area")
    found, rank_by = {}, ranked(rows)
    for area in DISTRICTS:
        rank = rank_by.get(area)
        row = rows.loc[area] if area in rows.index else None
        found[area] = {
            "indicator": key,
            "as": transform,
            "period": at,
            "value": None if row is None else finite(value_of(rows, area)),
            "unit": unit_of(shown, "en"),
            "obs_status": str(here.at[area, "obs_status"]) if area in here.index else None,
            "source": None if row is None else str(row["source"]),
            "rank": rank.best if rank else None,
            "rank_worst": rank.worst if rank else None,
            "few": row is not None and bool(row["few"]),
            "refused": refusal.reason if refusal else None,
        }
    return found
