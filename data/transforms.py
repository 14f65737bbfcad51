"""The same figures per resident, per km², as a share, relative to the city, or as an index.

Where a transform has no honest value for a period, the period is refused with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, cast

import numpy as np
import pandas as pd

from data import periods
from data.catalogue import Indicator, Transform
from data.dataset import MAX_PERIODS, MAX_SERIES, Dataset
from data.intervals import poisson_interval
from data.observations import FEW_CASES
from geo.districts import AREAS, CITY, DISTRICTS, areas_km2

POPULATION = "population"
POPULATION_WITHIN_DAYS = 31
PER_RESIDENTS = 1000

COLUMNS = [
    "area",
    "period",
    "value",
    "obs_status",
    "source",
    "computed",
    "cases",
    "few",
    "low",
    "high",
    "population_date",
]


RefusalReason = Literal["no_population", "no_city", "before_break"]


@dataclass(frozen=True)
class Refusal:
    """Why a period has no transformed values.

    ``reason`` is ``no_population`` (with ``nearest``, the closest date that has any), ``no_city`` or
    ``before_break`` (with ``nearest``, the first period after the break).
    """

    reason: RefusalReason
    nearest: str | None = None


@dataclass(frozen=True, eq=False)
class Series:
    """An indicator seen through a transform.

    ``table`` has one row an area and period: ``value``, ``obs_status`` and ``source`` of the figure,
    ``computed`` (True where the city value was computed here), ``cases`` (events; NaN where none are
    counted), ``few`` (fewer than twenty events), ``low`` and ``high`` and ``population_date`` (the date
    of the population used, else empty). ``refused`` says which periods have no values and why.

    ``low`` and ``high`` are the exact 95 % Poisson interval of events, one unit less and more of a
    register, half a unit of the last published digit less and more of anything else; NaN of an index,
    whose base moves too, and of a city value computed here.
    """

    indicator: Indicator
    transform: Transform
    table: pd.DataFrame
    refused: Mapping[str, Refusal]

    @property
    def is_total(self) -> bool:
        """Whether the values are totals, which may be drawn as circles and never painted."""
        return self.transform == "value" and self.indicator.kind in ("stock", "flow")

    @property
    def is_event_rate(self) -> bool:
        """Whether the values are events over what they can happen to, as published or per resident."""
        rate = self.transform == "value" and self.indicator.kind == "rate"
        divided = rate or self.transform in ("per_1000", "relative")
        return self.indicator.counts == "events" and divided

    def at(self, period: str) -> pd.DataFrame:
        """Return the rows of one period, indexed by area in the fixed order; without a value, no row."""
        rows = self._by_period.get(period)
        return self.table[:0].set_index("area") if rows is None else rows

    @cached_property
    def _by_period(self) -> Mapping[str, pd.DataFrame]:
        return {str(period): rows.set_index("area") for period, rows in self.table.groupby("period")}

    def periods(self, series: periods.Frequency | None = None, districts: bool = True) -> list[str]:
        """Return the periods with a value, in order; with ``districts`` those with one by district."""
        in_order = self._district_periods if districts else self._every_period
        return [period for period in in_order if series in (None, periods.parse(period).series)]

    def comparable_with(self, period: str) -> list[str]:
        """Return the periods with values by district that may stand beside a period, itself among them."""
        return [
            other
            for other in self.periods(periods.parse(period).series)
            if periods.comparable(other, period, self.indicator.break_periods)
        ]

    @cached_property
    def _every_period(self) -> tuple[str, ...]:
        return tuple(periods.ordered(self.table["period"].unique()))

    @cached_property
    def _district_periods(self) -> tuple[str, ...]:
        rows = self.table[self.table["area"] != CITY]
        return tuple(periods.ordered(rows["period"].unique()))


@lru_cache(maxsize=MAX_SERIES)
def wide(dataset: Dataset, key: str) -> pd.DataFrame:
    """Return the published values of an indicator: periods down, the nine areas across, NaN where missing.

    Shared: copy it before changing it.
    """
    table = dataset.observations[key]
    return table.pivot(index="period", columns="area", values="value").reindex(columns=list(AREAS))


@lru_cache(maxsize=MAX_SERIES)
def values(dataset: Dataset, key: str) -> tuple[pd.DataFrame, frozenset[str]]:
    """Return published values completed by a city value where one can be computed.

    A stock or flow whose eight districts are all there and add up gets their sum; a rate with a
    ``weight`` gets the weighted mean; anything else stays missing.

    Returns
    -------
    Periods × areas, and the periods whose city value was computed here.
    """
    indicator = dataset.indicators[key]
    table = wide(dataset, key).copy()
    computed = set()
    for period in table.index[table[CITY].isna()]:
        districts = table.loc[period, list(DISTRICTS)]
        if districts.isna().any():
            continue
        if indicator.adds_up:
            table.loc[period, CITY] = districts.sum()
        elif indicator.weight:
            weights = weights_at(dataset, indicator.weight, period)[list(DISTRICTS)]
            if weights.isna().any():
                continue
            table.loc[period, CITY] = (districts * weights).sum() / weights.sum()
        else:
            continue
        computed.add(period)
    return table, frozenset(computed)


def weight_period(dataset: Dataset, key: str, period: str) -> str | None:
    """Return the period of a weight for a period: the same, else the stock's date nearest to its end."""
    if period in wide(dataset, key).index:
        return period
    if dataset.indicators[key].kind == "stock":
        return nearest_date(dataset, key, period, DISTRICTS)[0]
    return None


def weights_at(dataset: Dataset, key: str, period: str) -> pd.Series:
    """Return the values of a weight for a period by area, NaN where there is none (``weight_period``)."""
    chosen = weight_period(dataset, key, period)
    return pd.Series(wide(dataset, key).loc[chosen] if chosen else np.nan, index=list(AREAS))


@lru_cache(maxsize=MAX_PERIODS)
def nearest_date(
    dataset: Dataset, key: str, period: str, areas: tuple[str, ...]
) -> tuple[str | None, str | None]:
    """Return the date of a stock for a period: at most 31 days from its end, covering most of ``areas``.

    Returns
    -------
    The date (None where there is none near enough) and the nearest date of all, for the explanation.
    """
    end = periods.parse(period).end
    covered = wide(dataset, key)[list(areas)].notna().sum(axis=1)
    covered = covered[covered > 0]
    distance = {str(date): abs((periods.parse(str(date)).end - end).days) for date in covered.index}
    if not distance:
        return None, None
    near = [date for date, days in distance.items() if days <= POPULATION_WITHIN_DAYS]
    best = max(near, key=lambda date: (covered[date], -distance[date]), default=None)
    return best, min(distance, key=lambda date: distance[date])


@lru_cache(maxsize=MAX_SERIES)
def transformed(dataset: Dataset, key: str, transform: Transform) -> Series:
    """Return an indicator through a transform, all its periods.

    ``value`` as published; ``per_1000`` residents; ``per_km2`` of the polygon; ``share`` of the city in
    percent; ``relative`` to the city (city = 100; of a stock or flow its value per resident);
    ``index`` (first comparable period = 100).

    Raises
    ------
    ValueError
        Where the indicator does not allow the transform.
    """
    indicator = dataset.indicators[key]
    if transform not in indicator.transforms:
        raise ValueError(f"{key} does not allow {transform}; it allows {', '.join(indicator.transforms)}")
    table, computed = values(dataset, key)
    refused: Mapping[str, Refusal] = {}
    dates: Mapping[str, str] = {}
    steps: list[_Step] = []
    if divides_by_population(indicator, transform):
        people, refused, dates = _population_for(dataset, table)
        steps.append(_Step(people, PER_RESIDENTS))
    if transform == "per_km2":
        steps.append(_Step(pd.DataFrame([areas_km2()] * len(table), table.index), 1))
    if transform in ("share", "relative"):
        city = _through(table, steps)[CITY]
        without = table.index[city.isna()].astype(str)
        no_city = {period: Refusal("no_city") for period in without if period not in refused}
        refused = {**refused, **no_city}
        steps.append(_Step(pd.DataFrame(dict.fromkeys(table.columns, city)), 100))
    if transform == "index":
        base, refused = _index_base(table, indicator)
        steps.append(_Step(base, 100))
    low, high = (
        _through(bound, steps) * (np.nan if transform == "index" else 1) for bound in _bounds(dataset, key)
    )
    long = _long(dataset, indicator, _through(table, steps), computed, dates)
    cells = pd.MultiIndex.from_frame(long[["period", "area"]])
    long["low"], long["high"] = (bound.stack().reindex(cells).to_numpy() for bound in (low, high))
    return Series(indicator, transform, long[COLUMNS], refused)


class _Step(NamedTuple):
    """Part of a transform: a divisor of each value, periods × areas, NaN where refused, and a multiplier."""

    divisor: pd.DataFrame
    multiplier: float


def _through(table: pd.DataFrame, steps: Sequence[_Step]) -> pd.DataFrame:
    """Return published values through the steps of a transform."""
    for divisor, multiplier in steps:
        table = table / divisor * multiplier
    return table


def _bounds(dataset: Dataset, key: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the lowest and highest published values that what was counted or rounded allows."""
    indicator, table = dataset.indicators[key], wide(dataset, key)
    if indicator.counts is None:
        halves = _half_units(dataset, key)
        return table - halves, table + halves
    counts, unit = _counts(dataset, key), _at_risk(dataset, key)
    if indicator.counts == "register":
        return (counts - 1).clip(lower=0) / unit, (counts + 1) / unit
    low, high = (pd.DataFrame(bound, counts.index, counts.columns) for bound in poisson_interval(counts))
    return low / unit, high / unit


def _half_units(dataset: Dataset, key: str) -> pd.DataFrame:
    """Return half a unit of the last digit that the source of each value writes, periods × areas."""
    table = dataset.observations[key]
    digits = table["value"].map(lambda value: len(f"{value:.10f}".rstrip("0").partition(".")[2]))
    halves = 10.0 ** -digits.groupby(table["source"]).transform("max") / 2
    by_period = table.assign(half=halves).pivot(index="period", columns="area", values="half")
    return by_period.reindex(columns=list(AREAS))


def divides_by_population(indicator: Indicator, transform: Transform) -> bool:
    """Whether the values of an indicator are divided by residents for a transform."""
    return transform == "per_1000" or (transform == "relative" and indicator.kind in ("stock", "flow"))


def _population_for(
    dataset: Dataset, table: pd.DataFrame
) -> tuple[pd.DataFrame, Mapping[str, Refusal], Mapping[str, str]]:
    """Return the residents for each value, the periods refused, and the population date of the others."""
    population, _ = values(dataset, POPULATION)
    people = pd.DataFrame(np.nan, table.index, table.columns)
    refused, dates = {}, {}
    for period in table.index:
        areas = tuple(area for area in DISTRICTS if pd.notna(table.loc[period, area])) or (CITY,)
        date, closest = nearest_date(dataset, POPULATION, str(period), areas)
        if date is None:
            refused[str(period)] = Refusal("no_population", closest)
        else:
            dates[str(period)] = date
            people.loc[period] = population.loc[date]
    return people, refused, dates


def _index_base(table: pd.DataFrame, indicator: Indicator) -> tuple[pd.DataFrame, Mapping[str, Refusal]]:
    """Return for each value that of the first period after the last break, and the periods before it."""
    bases, refused = pd.DataFrame(np.nan, table.index, table.columns), {}
    for series in periods.SERIES:
        in_order = periods.ordered(table.index, series)
        after = periods.after_breaks(in_order, indicator.break_periods)
        for period in in_order[: len(in_order) - len(after)]:
            refused[period] = Refusal("before_break", after[0] if after else None)
        if after:
            first = table.loc[after[0]].to_numpy(dtype=float)
            bases.loc[after] = np.where(first > 0, first, np.nan)
    return bases, refused


def cases(dataset: Dataset, key: str) -> pd.DataFrame:
    """Return how many events stand behind each value, periods × areas; NaN where none are counted."""
    events = dataset.indicators[key].counts == "events"
    return _counts(dataset, key) if events else wide(dataset, key) * np.nan


def _counts(dataset: Dataset, key: str) -> pd.DataFrame:
    """Return the events or things behind each value: of a count the value, of a rate its numerator."""
    return wide(dataset, key).abs() * _at_risk(dataset, key)


def _at_risk(dataset: Dataset, key: str) -> pd.DataFrame:
    """Return what turns each value into a count, periods × areas: of a rate weight / per, of a count 1."""
    indicator, table = dataset.indicators[key], wide(dataset, key)
    if indicator.weight is None:
        return pd.DataFrame(1.0, table.index, table.columns)
    weights = [weights_at(dataset, indicator.weight, str(period)) for period in table.index]
    return pd.DataFrame(weights, index=table.index)[list(AREAS)] / indicator.per


def _long(
    dataset: Dataset,
    indicator: Indicator,
    table: pd.DataFrame,
    computed: frozenset[str],
    dates: Mapping[str, str],
) -> pd.DataFrame:
    """Back to one row an area and period, with what a reader must know of each value."""
    long = table.reset_index().melt("period", var_name="area", value_name="value").dropna(subset="value")
    published = dataset.observations[indicator.id].set_index(["area", "period"])
    keys = pd.MultiIndex.from_frame(long[["area", "period"]])
    rows = published.reindex(keys)
    status = rows["obs_status"].to_numpy(dtype=object)
    long["computed"] = (long["area"] == CITY) & long["period"].isin(computed)
    long["obs_status"] = np.where(pd.isna(status), "A", status)
    long["source"] = rows["source"].fillna("").to_numpy()
    summed = long["source"] == ""
    long.loc[summed, "source"] = long.loc[summed, "period"].map(
        lambda period: ";".join(_sources(dataset, indicator.id, period))
    )
    long["cases"] = (
        cases(dataset, indicator.id)
        .stack()
        .reindex(pd.MultiIndex.from_frame(long[["period", "area"]]))
        .to_numpy()
    )
    long["few"] = long["cases"] < FEW_CASES
    long["population_date"] = [dates.get(str(period), "") for period in long["period"]]
    return long.reset_index(drop=True)


@lru_cache(maxsize=MAX_PERIODS)
def _sources(dataset: Dataset, key: str, period: str) -> tuple[str, ...]:
    """Return the keys of the sources behind one period of an indicator, in the order of the table."""
    table = dataset.observations[key]
    keys = table.loc[table["period"] == period, "source"].str.split(";").explode()
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=MAX_PERIODS)
def sources(dataset: Dataset, indicator_series: Series, period: str) -> tuple[str, ...]:
    """Return the key of every source behind a transformed period.

    Of the values, of the population they are divided by, of the weights of a city value that is computed
    here, and of the first period that an index is based on.
    """
    indicator, rows = indicator_series.indicator, indicator_series.at(period)
    keys = _sources(dataset, indicator.id, period)
    for date in rows["population_date"].unique():
        keys += _sources(dataset, POPULATION, date) if date else ()
    if indicator.weight and rows["computed"].any():
        keys += _sources(dataset, indicator.weight, weight_period(dataset, indicator.weight, period) or "")
    if indicator_series.transform == "index" and len(rows):
        keys += _sources(
            dataset, indicator.id, indicator_series.periods(periods.parse(period).series, districts=False)[0]
        )
    return tuple(dict.fromkeys(keys))


def value_of(rows: pd.DataFrame, area: str, column: Literal["value", "low", "high"] = "value") -> float:
    """Return the value of one area in rows as ``Series.at`` gives them, or an end of its interval."""
    return float(cast("float", rows.loc[area, column]))
