"""Any two places beside each other over all indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan, nan
from typing import Literal, get_args

import numpy as np
import pandas as pd

from data import periods
from data.catalogue import Indicator, Transform
from data.centre_periphery import Auezov, classes
from data.dataset import MAX_PERIODS, MAX_SERIES, Dataset
from data.observations import FEW_CASES
from data.ranks import Rank, rank_intervals
from data.transforms import (
    PER_RESIDENTS,
    POPULATION,
    cases,
    nearest_date,
    transformed,
    values,
    weights_at,
)
from geo.districts import AREAS, CITY, DISTRICTS

Group = Literal["centre", "periphery"]
GROUPS: tuple[Group, ...] = get_args(Group)
PLACES = (*AREAS, *GROUPS)
"""What can be compared: a district, the city, the central or the outlying districts together."""
_EXACT = 1e-9


def members(place: str, auezov: Auezov) -> tuple[str, ...]:
    """Return the districts of a place: itself, all eight of the city, those of a group."""
    if place in GROUPS:
        return tuple(area for area, centre in classes(auezov).items() if centre == (place == "centre"))
    return DISTRICTS if place == CITY else (place,)


def compared_as(dataset: Dataset, key: str) -> Transform:
    """How two places are compared: per 1,000 residents where that exists, else as published."""
    allowed = "per_1000" in dataset.indicators[key].transforms
    return "per_1000" if allowed and len(transformed(dataset, key, "per_1000").table) else "value"


@dataclass(frozen=True)
class Compared:
    """One indicator at two places at one period.

    ``a``, ``b`` and ``city`` are values through ``transform``; ``relative_a`` and ``relative_b`` have city =
    100 and are None where the indicator allows no relative values, or only totals are known. ``ratio`` is
    a / b. ``few`` names the places with fewer than 20 cases, which have neither rank nor ratio.
    ``about_same``: the two differ by less than the rounding or the declared noise of the source.
    ``missing`` names places without a value;
    ``period`` is None where there is no period at which either has one.
    """

    key: str
    transform: Transform
    period: str | None
    a: float | None
    b: float | None
    city: float | None
    relative_a: float | None
    relative_b: float | None
    ratio: float | None
    rank_a: Rank | None
    rank_b: Rank | None
    few: tuple[str, ...]
    missing: tuple[str, ...]
    about_same: bool
    low_reliability: bool


@lru_cache(maxsize=128)
def compare(dataset: Dataset, a: str, b: str, auezov: Auezov = "periphery") -> tuple[Compared, ...]:
    """Every indicator at two places, at the latest period that both have.

    Where no period has both, the latest that has one of them. A group's value is the sum of its districts,
    per resident their sum over their residents, of a rate the mean weighted as the rate declares; missing
    where any of its districts is.

    Raises
    ------
    ValueError
        For a place that is none of ``PLACES``.
    """
    for place in (a, b):
        if place not in PLACES:
            raise ValueError(f'"{place}" is not a place; places are {", ".join(PLACES)}')
    return tuple(_compared(dataset, key, a, b, auezov) for key in dataset.indicators)


def _compared(dataset: Dataset, key: str, a: str, b: str, auezov: Auezov) -> Compared:
    indicator = dataset.indicators[key]
    transform = compared_as(dataset, key)
    values_of = {place: _values(dataset, key, transform, place, auezov) for place in (a, b, CITY)}
    period = _latest([values_of[a], values_of[b]])
    value_at = {place: by_period.get(period) if period else None for place, by_period in values_of.items()}
    standing = _standing(dataset, key, transform, period) if period else _NOWHERE
    totals = transform == "value" and indicator.kind in ("stock", "flow")
    whole = None if totals or "relative" not in indicator.transforms else value_at[CITY]
    relative = {place: _relative(value_at[place], whole) for place in (a, b)}
    few = tuple(
        place
        for place in dict.fromkeys((a, b))
        if value_at[place] is not None and _few(standing, place, auezov)
    )
    first, second = value_at[a], value_at[b]
    ratio = first / second if first is not None and second and not few and not indicator.signed else None
    return Compared(
        key=key,
        transform=transform,
        period=period,
        a=first,
        b=second,
        city=value_at[CITY],
        relative_a=relative[a],
        relative_b=relative[b],
        ratio=ratio,
        rank_a=standing.ranks.get(a),
        rank_b=standing.ranks.get(b),
        few=few,
        missing=tuple(dict.fromkeys(place for place in (a, b) if value_at[place] is None)),
        about_same=about_same(indicator, transform, first, second),
        low_reliability=standing.low_reliability,
    )


def _relative(value: float | None, city: float | None) -> float | None:
    """Return the value with city = 100."""
    return value / city * 100 if value is not None and city else None


@dataclass(frozen=True)
class _Standing:
    """What one period says of the districts themselves, whatever they are compared with."""

    ranks: Mapping[str, Rank]
    cases: Mapping[str, float]
    low_reliability: bool


_NOWHERE = _Standing({}, {}, low_reliability=False)


@lru_cache(maxsize=MAX_SERIES)
def _standing(dataset: Dataset, key: str, transform: Transform, period: str) -> _Standing:
    series = transformed(dataset, key, transform)
    behind = cases(dataset, key)
    return _Standing(
        ranks=rank_intervals(series, period),
        cases={str(area): float(count) for area, count in pd.Series(behind.loc[period]).items()},
        low_reliability=bool((series.at(period)["obs_status"] == "U").any()),
    )


def _few(standing: _Standing, place: str, auezov: Auezov) -> bool:
    """Whether fewer than 20 cases stand behind the value of a place, of a group those of its districts."""
    own = standing.cases.get(place, nan)
    return (sum(standing.cases[area] for area in members(place, auezov)) if isnan(own) else own) < FEW_CASES


def _latest(values_of: Sequence[Mapping[str, float]]) -> str | None:
    """Return the latest period, of the series a reader sees first, that all have; else that any has."""
    for join in (set.intersection, set.union):
        common: set[str] = join(*(set(by_period) for by_period in values_of))
        series = periods.preferred_series(common)
        if series:
            return periods.ordered(common, series)[-1]
    return None


@lru_cache(maxsize=MAX_PERIODS)
def _values(
    dataset: Dataset, key: str, transform: Transform, place: str, auezov: Auezov
) -> Mapping[str, float]:
    """Return the values of a place by period, missing ones absent."""
    if place not in GROUPS:
        return _area_values(dataset, key, transform).get(place, {})
    together = _group_values(dataset, key, transform, members(place, auezov))
    return {str(period): float(value) for period, value in together.dropna().items()}


@lru_cache(maxsize=MAX_SERIES)
def _area_values(dataset: Dataset, key: str, transform: Transform) -> Mapping[str, Mapping[str, float]]:
    """Return the values of every district and the city by period."""
    table = transformed(dataset, key, transform).table
    by_area: dict[str, dict[str, float]] = {}
    for area, period, value in zip(table["area"], table["period"], table["value"], strict=True):
        by_area.setdefault(area, {})[period] = float(value)
    return by_area


def _group_values(dataset: Dataset, key: str, transform: Transform, group: tuple[str, ...]) -> pd.Series:
    """Return the values of several districts together by period, NaN where one or a weight is missing."""
    indicator, areas = dataset.indicators[key], list(group)
    own = values(dataset, key)[0][areas]
    if indicator.adds_up and transform == "value":
        return own.sum(axis=1, skipna=False)
    if indicator.adds_up:
        dates = {
            period: nearest_date(dataset, POPULATION, str(period), tuple(areas))[0] for period in own.index
        }
        residents = values(dataset, POPULATION)[0][areas].sum(axis=1, skipna=False)
        people = pd.Series({period: residents[date] if date else np.nan for period, date in dates.items()})
        return own.sum(axis=1, skipna=False) / people * PER_RESIDENTS
    if indicator.weight:
        weights = pd.DataFrame(
            {period: weights_at(dataset, indicator.weight, str(period)) for period in own.index}
        )
        weights = weights.T[areas]
        return (own * weights).sum(axis=1, skipna=False) / weights.sum(axis=1, skipna=False)
    return pd.Series(dtype=float)


def about_same(indicator: Indicator, transform: Transform, a: float | None, b: float | None) -> bool:
    """Whether two values differ by less than the rounding or the declared noise of their source.

    The rounding is one unit of the last published digit, the noise the declared relative ``tolerance``; a
    difference of exactly as much is one, whatever binary arithmetic makes of it.
    """
    if a is None or b is None:
        return False
    rounding = 10.0**-indicator.decimals if transform == "value" else 0.0
    noise = (indicator.tolerance or 0.0) * max(abs(a), abs(b))
    return bool(abs(a - b) < max(rounding, noise) * (1 - _EXACT) or a == b)
