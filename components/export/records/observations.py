"""Observations for programs: published rows, or what a transform makes of them, in pages.

Null (None) is what is not known; every number is finite.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from components.arguments import unknown_period
from components.export.records.json_records import Record, finite
from components.export.records.licence import permit
from components.refusal import RequestError, nearest
from components.text.sentences import unit_of
from data import periods
from data.catalogue import Transform
from data.dataset import Dataset
from data.licences import withheld
from data.ranks import Rank, rank_intervals
from data.transforms import Refusal, transformed
from geo.districts import AREAS


@dataclass(frozen=True)
class ObservationFilter:
    """Which observations: empty means all.

    ``first`` and ``last`` are periods: one is in when it begins no earlier than ``first`` begins and ends
    no later than ``last`` ends.
    """

    indicators: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    transform: Transform = "value"


class ObservationPage(NamedTuple):
    """The observations of a filter, in order of indicator, time and area, and the indicators withheld."""

    observations: tuple[Record, ...]
    withheld: tuple[str, ...]


def allowed(dataset: Dataset, key: str, transform: Transform) -> None:
    """Pass where an indicator has a transform and its figures may be passed on.

    Raises
    ------
    RequestError
        404 where it does not have it; 403 where a source of it, or of the population behind it, forbids.
    """
    transforms = dataset.indicators[key].transforms
    if transform not in transforms:
        detail = f'"{key}" is not shown as {transform}; it is as {", ".join(transforms)}'
        close = nearest(transform, transforms)
        raise RequestError(404, "Not a transform of this indicator", detail, close, transforms)
    permit(dataset, key, transform)


def observations(dataset: Dataset, chosen: ObservationFilter) -> ObservationPage:
    """Return the observations that a filter lets through.

    An indicator that is named must be allowed; of all, those without the transform are left out, and so
    are, by name, those that may not be redistributed.

    Raises
    ------
    RequestError
        For an indicator without the transform or withheld, and a period that none of them has.
    """
    for key in chosen.indicators:
        allowed(dataset, key, chosen.transform)
    keys = [
        key
        for key, indicator in dataset.indicators.items()
        if key in (chosen.indicators or dataset.indicators) and chosen.transform in indicator.transforms
    ]
    closed = tuple(key for key in keys if withheld(dataset, key, chosen.transform))
    every = [row for key in keys if key not in closed for row in rows(dataset, key, chosen.transform)]
    existing = periods.ordered({row["period"] for row in every}) if chosen.periods else []
    for text in chosen.periods:
        if text not in existing:
            raise unknown_period(text, existing)
    start = periods.parse(chosen.first).start if chosen.first else None
    end = periods.parse(chosen.last).end if chosen.last else None

    def passes(row: Record) -> bool:
        period = periods.parse(row["period"])
        return (
            (not chosen.areas or row["area"] in chosen.areas)
            and (not chosen.periods or row["period"] in chosen.periods)
            and (start is None or period.start >= start)
            and (end is None or period.end <= end)
        )

    return ObservationPage(tuple(filter(passes, every)), closed)


@cache
def rows(dataset: Dataset, key: str, transform: Transform) -> tuple[Record, ...]:
    """Return every observation of an indicator through a transform, in order of time and area.

    ``value`` as published has the rows of the table and no other. A transform has the city values computed
    here too (``computed``), and null where the period is ``refused``, with the ``nearest`` that is not.
    ``low`` and ``high`` are those of ``transforms.Series``; ``cases`` is null where no events are counted,
    ``few`` means fewer than twenty; ``rank_best`` and ``rank_worst`` are null where there is no rank.
    ``obs_status``, ``method`` and ``note`` are those of the published figure.
    """
    series = transformed(dataset, key, transform)
    table = dataset.observations[key]
    published, computed = _by_place(table), _by_place(series.table)
    order = {area: position for position, area in enumerate(AREAS)}
    places = published if transform == "value" else published | computed
    return tuple(
        _row(
            {"indicator": key, "as": transform, "area": area, "period": period},
            unit_of(series, "en"),
            published.get((area, period), {}),
            computed.get((area, period), {}),
            rank_intervals(series, period).get(area),
            series.refused.get(period),
        )
        for area, period in sorted(places, key=lambda place: (periods.parse(place[1]), order[place[0]]))
    )


def _by_place(table: pd.DataFrame) -> dict[tuple[str, str], Record]:
    rows = ({str(name): cell for name, cell in row.items()} for row in table.to_dict("records"))
    return {(row["area"], row["period"]): row for row in rows}


def _row(
    head: Record, unit: str, published: Record, computed: Record, rank: Rank | None, refusal: Refusal | None
) -> Record:
    either = {**published, **computed}
    return {
        **head,
        "value": finite(computed.get("value")),
        "low": finite(computed.get("low")),
        "high": finite(computed.get("high")),
        "unit": unit,
        "obs_status": either["obs_status"],
        "method": published.get("method"),
        "source": either["source"],
        "note": published.get("note") or None,
        "computed": bool(computed.get("computed", False)),
        "cases": finite(computed.get("cases")),
        "few": bool(computed.get("few", False)),
        "rank_best": rank.best if rank else None,
        "rank_worst": rank.worst if rank else None,
        "population_date": computed.get("population_date") or None,
        "refused": refusal.reason if refusal else None,
        "nearest": refusal.nearest if refusal else None,
    }
