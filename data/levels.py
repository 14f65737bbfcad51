"""Where a district stands against the city at one period: below, about or above it."""

from typing import Literal, cast

import numpy as np
import pandas as pd
from scipy import stats

from data.catalogue import Direction
from data.transforms import Series, value_of

Level = Literal["below", "about", "above"]
Side = Literal["better", "about", "worse"]

CITY_LEVEL = 100.0
BAND = 5.0
"""A value at most this many percent from the city's is about the same."""
FLOOR = 80.0
"""Percent of the city's level that no district should fall below; of what is better low, its inverse."""


def with_intervals(series: Series, period: str) -> pd.DataFrame:
    """Return the rows of a period with ``low`` and ``high``: of events the exact 95 % Poisson interval.

    Stocks are registers, which chance does not move. Garwood 1936, doi:10.1093/biomet/28.3-4.437.
    """
    rows = series.at(period)
    if "low" in rows:
        return rows
    cases = rows["cases"].astype(float) * (np.nan if series.indicator.kind == "stock" else 1)
    ends = {"low": stats.chi2.ppf(0.025, 2 * cases) / 2, "high": stats.chi2.ppf(0.975, 2 * cases + 2) / 2}
    return rows.assign(**{end: rows["value"] * limit / cases for end, limit in ends.items()})


def level(rows: pd.DataFrame, area: str) -> Level:
    """Return the level of a district in rows of a ``relative`` series, as ``with_intervals`` gives them.

    About the same where the value is within 5 % of the city's, or where its interval contains the city's.
    """
    value = value_of(rows, area)
    low, high = (float(cast("float", rows.loc[area, end])) for end in ("low", "high"))
    if abs(value - CITY_LEVEL) <= BAND or low <= CITY_LEVEL <= high:
        return "about"
    return "below" if value < CITY_LEVEL else "above"


def side(own: Level, better: Direction) -> Side | None:
    """Return whether a level is the better or the worse side of the city; None where neither is better."""
    if own == "about" or better == "neither":
        return "about" if own == "about" else None
    return "better" if (own == "above") == (better == "higher") else "worse"


def floor(better: Direction) -> float | None:
    """Return the value, city = 100, that no district should pass: 80, of what is better low 125."""
    return {"higher": FLOOR, "lower": CITY_LEVEL**2 / FLOOR, "neither": None}[better]
