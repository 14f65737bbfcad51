"""Observations for machines: published rows, or what a transform makes of them, in pages.

Null (None) is what is not known; every number is finite.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import pandas as pd

from components.export.records.json_records import Record, finite
from components.export.records.licence import permit
from components.export.records.period_arguments import parsed, period_among
from components.refusal import RequestError, nearest
from components.text.sentences import unit_of
from data import periods
from data.catalogue import Transform
from data.dataset import Dataset
from data.redistribution import withheld
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


@dataclass(frozen=True)
class ObservationPage:
    """The observations asked for, in order of indicator, time and area, and the indicators withheld."""

    observations: tuple[Record, ...]
    withheld: tuple[str, ...]


def allowed(dataset: Dataset, key: str, transform: Transform) -> None:
    """Pass where an indicator has a transform and its figures may be passed on.

    Raises
    ------
    RequestError
        404 where it does not have it; 403 where a source of it, or of the population behind it, forbids.
    """
    having = dataset.indicators[key].transforms
    if transform not in having:
        detail = f'"{key}" is not shown as {transform}; it is as {", ".join(having)}'
        raise RequestError(
            404, "Not a transform of this indicator", detail, nearest(transform, having), having
        )
    permit(dataset, key, transform)


def observations(dataset: Dataset, asked: ObservationFilter) -> ObservationPage:
    """The observations asked for.

    An indicator that is named must be allowed; of all, those without the transform are left out, and so
    are, by name, those that may not be redistributed.

    Raises
    ------
    RequestError
        For an indicator without the transform or withheld, and a period that none of them has.
    """
    for key in asked.indicators:
        allowed(dataset, key, asked.transform)
    keys = [
        key
        for key, one in dataset.indicators.items()
        if key in (asked.indicators or dataset.indicators) and asked.transform in one.transforms
    ]
    closed = tuple(key for key in keys if withheld(dataset, key, asked.transform))
    known = [rows(dataset, key, asked.transform) for key in keys if key not in closed]
    _check(asked, known)
    start = periods.parse(asked.first).start if asked.first else None
    end = periods.parse(asked.last).end if asked.last else None

    def wanted(row: Record) -> bool:
        period = periods.parse(row["period"])
        return (
            (not asked.areas or row["area"] in asked.areas)
            and (not asked.periods or row["period"] in asked.periods)
            and (start is None or period.start >= start)
            and (end is None or period.end <= end)
        )

    return ObservationPage(tuple(filter(wanted, chain.from_iterable(known))), closed)


def _check(asked: ObservationFilter, known: Sequence[Sequence[Record]]) -> None:
    for name, one in (("from", asked.first), ("to", asked.last)):
        if one is not None:
            parsed(one, name=name)
    having = periods.ordered({row["period"] for one in known for row in one}) if asked.periods else []
    for one in asked.periods:
        period_among(one, having, "there are no observations for")


@cache
def rows(dataset: Dataset, key: str, transform: Transform) -> tuple[Record, ...]:
    """Every observation of an indicator through a transform, in order of time and area.

    ``value`` as published has the rows of the table and no other. A transform has the city values computed
    here too (``computed``), and null where the period is ``refused``, with the ``nearest`` that is not.
    ``cases`` is null where the rule of twenty does not apply; ``few`` means fewer than twenty.
    ``obs_status``, ``method`` and ``note`` are those of the published figure.
    """
    shown = transformed(dataset, key, transform)
    table = dataset.observations[key]
    published, made = _by_place(table), _by_place(shown.table)
    order = {area: at for at, area in enumerate(AREAS)}
    found = published if transform == "value" else published | made
    return tuple(
        _row(
            {"indicator": key, "as": transform, "area": area, "period": period},
            unit_of(shown, "en"),
            published.get((area, period), {}),
            made.get((area, period), {}),
            shown.refused.get(period),
        )
        for area, period in sorted(found, key=lambda at: (periods.parse(at[1]), order[at[0]]))
    )


def _by_place(table: pd.DataFrame) -> dict[tuple[str, str], Record]:
    rows = ({str(name): cell for name, cell in row.items()} for row in table.to_dict("records"))
    return {(row["area"], row["period"]): row for row in rows}


def _row(head: Record, unit: str, published: Record, made: Record, refusal: Refusal | None) -> Record:
    either = {**published, **made}
    return {
        **head,
        "value": finite(made.get("value")),
        "unit": unit,
        "obs_status": either["obs_status"],
        "method": published.get("method"),
        "source": either["source"],
        "note": published.get("note") or None,
        "computed": bool(made.get("computed", False)),
        "cases": finite(made.get("cases")),
        "few": bool(made.get("few", False)),
        "population_date": made.get("population_date") or None,
        "refused": refusal.reason if refusal else None,
        "nearest": refusal.nearest if refusal else None,
    }
