"""Context for the map: the stations of the metro and the five official polycentres."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas as gpd

from geo.districts import LAYERS


@dataclass(frozen=True)
class Polycentre:
    """One of the five official polycentres.

    ``point`` is (longitude, latitude) of an indicative place inside the area that the source names,
    never an official boundary; None where the source names no place.
    """

    id: str
    name: dict[str, str]
    location: dict[str, str]
    specialisation: dict[str, str] | None
    point: tuple[float, float] | None
    completion: str
    source: str
    url: str


@cache
def polycentres() -> tuple[Polycentre, ...]:
    """Return the five official polycentres, in the order in which the sources list them."""
    declared: dict[str, dict[str, Any]] = tomllib.loads(
        (LAYERS / "polycentres.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Polycentre(
            id=key,
            name=row["name"],
            location=row["location"],
            specialisation=row.get("specialisation"),
            point=(row["point"][0], row["point"][1]) if "point" in row else None,
            completion=row["completion"],
            source=row["source"],
            url=row["url"],
        )
        for key, row in declared.items()
    )


@cache
def metro_stations() -> gpd.GeoDataFrame:
    """Stations of metro line 1 in the order of the line: ``name_kk/ru/en``, ``order``, points, EPSG:4326."""
    return gpd.read_file(LAYERS / "metro_stations.geojson").sort_values("order")
