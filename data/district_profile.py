"""A district among the others: its latest values, where it stands best and worst, and what it lacks."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from data import periods
from data.catalogue import Transform
from data.comparison import Rank, ranked
from data.dataset import Dataset
from data.largest_moves import largest_moves
from data.transforms import Series, comparable_districts, transformed, value_of
from geo.districts import CITY


@dataclass(frozen=True)
class DistrictValue:
    """A value of the district: its latest ``period``, ``rank``, and the same period of an earlier year."""

    shown: Series
    period: str
    value: float
    few: bool
    rank: Rank | None
    before: str | None
    change: float | None
    low_reliability: bool


def district_value(dataset: Dataset, key: str, transform: Transform, area: str) -> DistrictValue | None:
    """The latest value of an indicator in a district; None where there is none."""
    shown = transformed(dataset, key, transform)
    own = shown.table[shown.table["area"] == area].set_index("period")["value"]
    series = periods.preferred_series(own.index)
    if series is None:
        return None
    known = periods.ordered(own.index, series)
    period = known[-1]
    before = periods.year_before(period, known, shown.indicator.break_periods)
    rows = shown.at(period)
    return DistrictValue(
        shown=shown,
        period=period,
        value=value_of(rows, area),
        few=bool(rows["few"][area]),
        rank=ranked(rows).get(area),
        before=before,
        change=float(own[period] - own[before]) if before else None,
        low_reliability=rows["obs_status"][area] == "U",
    )


@lru_cache(maxsize=8)
def against_city(dataset: Dataset) -> pd.DataFrame:
    """Every district against the city at the latest period of every indicator that allows it.

    Returns
    -------
    One row an indicator and district with enough cases: ``indicator, area, period, relative`` (city =
    100), ``good`` (how far it lies on the better side in percent of the city, NaN where neither side is
    better) and ``change`` (points since the same period of an earlier year, NaN where there is none or
    the change lies within the noise of counting: ``changes.largest_moves``).
    """
    moved = {
        (row["indicator"], row["area"], row["after"]): row["change"]
        for row in largest_moves(dataset).to_dict("records")
    }
    found = []
    for key, indicator in dataset.indicators.items():
        if "relative" not in indicator.transforms:
            continue
        shown = transformed(dataset, key, "relative")
        known = shown.periods()
        series = periods.preferred_series(known)
        if series is None:
            continue
        latest = periods.ordered(known, series)[-1]
        now = comparable_districts(shown.at(latest))
        side = {"higher": 1.0, "lower": -1.0, "neither": np.nan}[indicator.better]
        for area in map(str, now.index):
            value = value_of(now, area)
            found.append(
                {
                    "indicator": key,
                    "area": area,
                    "period": latest,
                    "relative": value,
                    "good": side * (value - 100),
                    "change": moved.get((key, area, latest), np.nan),
                }
            )
    return pd.DataFrame(found)


def strengths(dataset: Dataset, area: str, most: int = 3) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The indicators in which a district stands best, and worst, against the city; no indicator in both."""
    table = against_city(dataset)
    own = table[(table["area"] == area) & table["good"].notna()].sort_values("good", kind="stable")
    return own[own["good"] > 0].tail(most)[::-1], own[own["good"] < 0].head(most)


@lru_cache(maxsize=64)
def without_figures(dataset: Dataset, area: str) -> tuple[tuple[str, str | None], ...]:
    """The indicators with figures by district that lack this one at their latest period.

    Returns
    -------
    Indicator id and the last period that has a figure for the district, None if there is none.
    """
    found: list[tuple[str, str | None]] = []
    for key, table in dataset.observations.items():
        known = table[(table["area"] != CITY) & table["value"].notna()]
        series = periods.preferred_series(known["period"].unique())
        if series is None:
            continue
        latest = periods.ordered(known["period"].unique(), series)[-1]
        own = known.loc[known["area"] == area, "period"].unique()
        if latest not in own:
            last = periods.ordered(own, series) or periods.ordered(own)
            found.append((key, last[-1] if last else None))
    return tuple(found)
