"""The eight districts of Almaty: polygons at three levels of detail, names, classes, areas, neighbours.

Boundaries: OpenStreetMap (ODbL 1.0), as of 22 May 2026; see ``layers/LICENCES.md``.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import shapely

from geo.languages import LANGS, NAME_COLUMNS

LAYERS = Path(__file__).parent / "layers"
BOUNDARY_DATE = "2026-05-22"
DISTRICTS = ("alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu")
CITY = "city"
AREAS = (*DISTRICTS, CITY)
UTM_43N = 32643
"""The projected system in which lengths and areas are measured: Almaty lies inside its zone."""

Level = Literal["full", "map", "thumbnail"]
TOLERANCE_METRES: Mapping[Level, float] = {"full": 0, "map": 30, "thumbnail": 600}
COORDINATE_DECIMALS: Mapping[Level, int] = {"full": 7, "map": 5, "thumbnail": 4}
"""Five decimals of a degree are about one metre: finer than the simplification at that level."""


@cache
def declarations() -> Mapping[str, Mapping[str, Any]]:
    """Return what ``layers/districts.toml`` says of each district: names, their forms, class and evidence."""
    return tomllib.loads((LAYERS / "districts.toml").read_text(encoding="utf-8"))


@cache
def districts(level: Level = "map") -> gpd.GeoDataFrame:
    """Return the district layer at one level of detail; treat it as read-only, it is shared.

    The eight polygons are simplified together as one coverage (``shapely.coverage_simplify``), so
    neighbours keep sharing their borders without gaps or overlaps.

    Returns
    -------
    GeoDataFrame indexed by district id in the order of ``DISTRICTS``, EPSG:4326, with
    ``NAME_COLUMNS``; ``class`` (centre, periphery or unclassified);
    ``area_km2`` (km², measured in UTM 43N on the full polygons at every level) and ``geometry``.
    """
    source = gpd.read_file(LAYERS / "districts.geojson").set_index("id").loc[list(DISTRICTS)]
    metric = source.geometry.to_crs(UTM_43N)
    drawn = metric
    if TOLERANCE_METRES[level]:
        simplified = shapely.coverage_simplify(metric.to_numpy(), TOLERANCE_METRES[level])
        drawn = gpd.GeoSeries(simplified, index=source.index, crs=UTM_43N)
    rounded = shapely.transform(
        drawn.to_crs(4326).to_numpy(), lambda xy: np.round(xy, COORDINATE_DECIMALS[level])
    )
    declared = declarations()
    return gpd.GeoDataFrame(
        {
            **{
                column: [declared[district]["name"][lang] for district in source.index]
                for lang, column in zip(LANGS, NAME_COLUMNS, strict=True)
            },
            "class": [declared[district]["class"] for district in source.index],
            "area_km2": metric.area / 1e6,
        },
        index=source.index,
        geometry=list(rounded),
        crs=4326,
    )


@cache
def neighbours() -> Mapping[str, tuple[str, ...]]:
    """For each district the ids of those that share a border line with it (a common point is not enough)."""
    shapes = districts("full").geometry
    return {
        district: tuple(
            other
            for other in DISTRICTS
            if other != district and shapely.intersection(shapes[district], shapes[other]).length > 0
        )
        for district in DISTRICTS
    }


@cache
def areas_km2() -> Mapping[str, float]:
    """Area of each district polygon and of the city, km² (UTM 43N).

    The polygon of Medeu includes mountains: 273 km² against 253 km² stated officially.
    """
    measured = {district: float(area) for district, area in districts("full")["area_km2"].items()}
    return {**measured, CITY: sum(measured.values())}


@cache
def label_points() -> Mapping[str, tuple[float, float]]:
    """Longitude and latitude inside each district where a label has the most room around it.

    The pole of inaccessibility of the largest part (``shapely.maximum_inscribed_circle``), unless
    ``layers/districts.toml`` names a ``label`` so that neighbouring names keep clear of each other.
    """
    metric = districts("map").geometry.to_crs(UTM_43N)
    largest = metric.map(lambda shape: max(getattr(shape, "geoms", [shape]), key=lambda part: part.area))
    circles = shapely.maximum_inscribed_circle(largest.to_numpy(), tolerance=50)
    centres = gpd.GeoSeries([shapely.get_point(circle, 0) for circle in circles], crs=UTM_43N)
    points = centres.to_crs(4326)
    poles = {str(district): (point.x, point.y) for district, point in zip(metric.index, points, strict=True)}
    chosen = {district: row["label"] for district, row in declarations().items() if "label" in row}
    return poles | {district: (longitude, latitude) for district, (longitude, latitude) in chosen.items()}
