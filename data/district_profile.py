"""A district among the others: its latest values, where it stands best and worst, and what it lacks."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from data import periods
from data.catalogue import Transform
from data.dataset import Dataset
from data.largest_moves import largest_moves
from data.levels import level, side
from data.ranks import Rank, comparable, rank_intervals
from data.transforms import Series, transformed, value_of
from geo.districts import CITY


@dataclass(frozen=True)
class DistrictValue:
    """A value of the district: its latest ``period``, ``rank``, and the same period of an earlier year."""

    series: Series
    period: str
    value: float
    few: bool
    rank: Rank | None
    before: str | None
    change: float | None
    low_reliability: bool


def district_value(dataset: Dataset, key: str, transform: Transform, area: str) -> DistrictValue | None:
    """Return the latest value of an indicator in a district; None where there is none."""
    indicator_series = transformed(dataset, key, transform)
    own = indicator_series.table[indicator_series.table["area"] == area].set_index("period")["value"]
    series = periods.preferred_series(own.index)
    if series is None:
        return None
    in_order = periods.ordered(own.index, series)
    period = in_order[-1]
    before = periods.year_before(period, in_order, indicator_series.indicator.break_periods)
    rows = indicator_series.at(period)
    return DistrictValue(
        series=indicator_series,
        period=period,
        value=value_of(rows, area),
        few=bool(rows["few"][area]),
        rank=rank_intervals(indicator_series, period).get(area),
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
    better), ``change`` (points since the same period of an earlier year) and its ``size``, both NaN where
    there is no move beyond noise (``largest_moves``).
    """
    moved = {
        (row["indicator"], row["area"], row["after"]): row
        for row in largest_moves(dataset).to_dict("records")
    }
    rows = []
    for key, indicator in dataset.indicators.items():
        if "relative" not in indicator.transforms:
            continue
        relative = transformed(dataset, key, "relative")
        by_district = relative.periods()
        series = periods.preferred_series(by_district)
        if series is None:
            continue
        latest = periods.ordered(by_district, series)[-1]
        now = comparable(relative.at(latest))
        sign = {"higher": 1.0, "lower": -1.0, "neither": np.nan}[indicator.better]
        for area in map(str, now.index):
            value = value_of(now, area)
            rows.append(
                {
                    "indicator": key,
                    "area": area,
                    "period": latest,
                    "relative": value,
                    "good": sign * (value - 100),
                    "change": moved.get((key, area, latest), {}).get("change", np.nan),
                    "size": moved.get((key, area, latest), {}).get("size", np.nan),
                }
            )
    return pd.DataFrame(rows)


def fares(dataset: Dataset, area: str) -> pd.DataFrame:
    """Return the rows of ``against_city`` that tell how a district fares, with its ``side``.

    They are of the indicators with ``profile``, one a family, whose value is not of low reliability; ``side``
    is better, worse or about (``levels.level``).
    """
    table = against_city(dataset)
    rows = []
    for row in table[table["area"] == area].to_dict("records"):
        indicator = dataset.indicators[row["indicator"]]
        values = transformed(dataset, indicator.id, "relative").at(row["period"])
        if indicator.profile and values.loc[area, "obs_status"] != "U":
            rows.append({**row, "side": side(level(values, area), indicator.better)})
    return pd.DataFrame(rows, columns=[*table.columns, "side"])


def strengths(dataset: Dataset, area: str, most: int = 3) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the indicators in which a district is better than the city, and worse, the farthest first."""
    own = fares(dataset, area).sort_values("good", kind="stable")
    return own[own["side"] == "better"].tail(most)[::-1], own[own["side"] == "worse"].head(most)


@lru_cache(maxsize=64)
def without_figures(dataset: Dataset, area: str) -> tuple[tuple[str, str | None], ...]:
    """Return the indicators with figures by district that lack this one at their latest period.

    Returns
    -------
    Indicator id and the last period that has a figure for the district, None if there is none.
    """
    missing: list[tuple[str, str | None]] = []
    for key, table in dataset.observations.items():
        published = table[(table["area"] != CITY) & table["value"].notna()]
        series = periods.preferred_series(published["period"].unique())
        if series is None:
            continue
        latest = periods.ordered(published["period"].unique(), series)[-1]
        own = published.loc[published["area"] == area, "period"].unique()
        if latest not in own:
            last = periods.ordered(own, series) or periods.ordered(own)
            missing.append((key, last[-1] if last else None))
    return tuple(missing)
