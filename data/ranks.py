"""Ranks and extremes of the districts, as far as chance, rounding and missing values let them be named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from data import intervals, periods
from data.dataset import MAX_PERIODS
from data.transforms import Series
from geo.districts import CITY, DISTRICTS

FEWEST_COMPARED = 5
"""Below this many comparable districts no extreme is named."""
FEWEST_FOR_RATIO = 7
"""Below this many districts with a value no ratio of the highest to the lowest is said."""
_EXACT = 1e-9
"""How far binary arithmetic may be off, as a part of a value."""


@dataclass(frozen=True)
class Rank:
    """A rank among the eight, 1 the highest: an interval where chance or a missing value leaves it open."""

    best: int
    worst: int


def comparable(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows, indexed by area, that may be ranked and coloured.

    Those are districts with enough events behind a value that is not an estimate.
    """
    return rows[(rows.index != CITY) & ~rows["few"].astype(bool) & (rows["obs_status"] != "E")]


class _DistrictRow(NamedTuple):
    """What the rank of a district depends on: a row of ``Series.at``."""

    area: str
    value: float
    low: float
    high: float
    cases: float
    is_comparable: bool


def _district_rows(series: Series, period: str) -> list[_DistrictRow]:
    """Return the districts with a value at a period, the highest first; those that tie stay in order."""
    rows = series.at(period)
    columns = (rows[column].to_numpy(dtype=float) for column in ("value", "low", "high", "cases"))
    few, status = rows["few"].to_numpy(dtype=bool), rows["obs_status"].to_numpy(dtype=object)
    districts = (
        _DistrictRow(str(area), value, low, high, cases, is_comparable)
        for area, value, low, high, cases, is_comparable in zip(
            rows.index, *columns, ~few & (status != "E"), strict=True
        )
        if area != CITY
    )
    return sorted(districts, key=lambda row: -row.value)


@lru_cache(maxsize=MAX_PERIODS)
def alike(series: Series, period: str) -> float | None:
    """Return the probability of the districts' differences by chance where it is above 5 %, else None.

    Only rates of events have one (``intervals.homogeneity``), and districts with few events take part.
    Where they are alike they are neither ranked nor coloured.
    """
    rows = _district_rows(series, period) if series.is_event_rate else []
    cases, high = ([getattr(row, column) for row in rows] for column in ("cases", "high"))
    if len(rows) < 2 or not sum(cases) > 0:
        return None
    probability = intervals.homogeneity(cases, at_risk(cases, high))
    return probability if probability > intervals.ALIKE else None


def at_risk(cases: ArrayLike, high: ArrayLike) -> NDArray[np.float64]:
    """Return what counts of events are divided by, from the upper ends of the intervals of their rates."""
    _, most = intervals.poisson_interval(cases)
    return np.asarray(most / np.asarray(high, dtype=float))


@lru_cache(maxsize=MAX_PERIODS)
def rank_intervals(series: Series, period: str) -> Mapping[str, Rank]:
    """Return the rank of every comparable district at a period, the highest first.

    A rank is as wide as it could be: another district stands before it only if it is higher beyond chance
    (events, ``intervals.differ``), by more than one unit either way (registers), or by the last published
    digit (anything else); one without a comparable value may stand anywhere.
    """
    rows = [row for row in _district_rows(series, period) if row.is_comparable]
    if alike(series, period) is not None:
        return {row.area: Rank(1, len(DISTRICTS)) for row in rows}
    higher = _higher(series, rows, period)
    above, below = higher.sum(axis=0), higher.sum(axis=1)
    return {
        row.area: Rank(1 + int(before), len(DISTRICTS) - int(after))
        for row, before, after in zip(rows, above, below, strict=True)
    }


def _higher(series: Series, rows: Sequence[_DistrictRow], period: str) -> NDArray[np.bool_]:
    """Return whether the district of each row of the matrix is certainly higher than that of each column."""
    value, low, high = (
        np.array([getattr(row, column) for row in rows], dtype=float) for column in ("value", "low", "high")
    )
    if series.indicator.counts == "events" and not series.indicator.signed:
        return intervals.differ(value, _effective_cases(series, rows, period))
    low, high = np.where(np.isnan(low), value, low), np.where(np.isnan(high), value, high)
    # Neighbouring units of a register touch and do not differ; neighbouring last digits touch and do.
    touching = _EXACT if series.indicator.counts == "register" else -_EXACT
    certain = low[:, None] > high[None, :] + touching * np.abs(high[None, :])
    return np.asarray(certain & (value[:, None] > value[None, :]))


def _effective_cases(series: Series, rows: Sequence[_DistrictRow], period: str) -> list[float]:
    """Return the events behind each value; of an index as many as carry the noise of both its periods."""
    if series.transform != "index" or not rows:
        return [row.cases for row in rows]
    base = series.periods(periods.parse(period).series)[0]
    first = {row.area: row.cases for row in _district_rows(series, base)}
    return [row.cases * first[row.area] / (row.cases + first[row.area]) for row in rows]


@dataclass(frozen=True)
class Extremes:
    """The highest and the lowest district of a period, or why none is named.

    ``highest`` and ``lowest`` are districts, several where they tie, ``ratio`` is that of their values,
    ``compared`` how many districts are comparable and ``valued`` how many have a value. ``unnamed``:
    ``alike`` (the differences are within chance), ``few_compared`` (below five), ``beyond`` (a district
    that is not ranked lies beyond), ``equal``.
    """

    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    ratio: float | None
    compared: int
    valued: int
    unnamed: Literal["alike", "few_compared", "beyond", "equal"] | None


@lru_cache(maxsize=MAX_PERIODS)
def extremes(series: Series, period: str) -> Extremes:
    """Return the highest and the lowest district at a period where the whole table bears them out.

    No district with a value lies beyond the two; the ratio is said from seven districts with a value on,
    never of an index (all begin at 100) nor of what can be zero or negative.
    """
    rows = _district_rows(series, period)
    ranked = [row for row in rows if row.is_comparable]
    unnamed: Literal["alike", "few_compared", "beyond", "equal"] | None = None
    if alike(series, period) is not None:
        unnamed = "alike"
    elif len(ranked) < FEWEST_COMPARED:
        unnamed = "few_compared"
    elif rows[0].value > ranked[0].value or rows[-1].value < ranked[-1].value:
        unnamed = "beyond"
    elif ranked[0].value == ranked[-1].value:
        unnamed = "equal"
    if unnamed:
        return Extremes((), (), None, len(ranked), len(rows), unnamed)
    high, low = ranked[0].value, ranked[-1].value
    meaningful = series.transform != "index" and not series.indicator.signed and low > 0
    return Extremes(
        highest=tuple(row.area for row in ranked if row.value == high),
        lowest=tuple(row.area for row in ranked if row.value == low),
        ratio=high / low if meaningful and len(rows) >= FEWEST_FOR_RATIO else None,
        compared=len(ranked),
        valued=len(rows),
        unnamed=None,
    )
