"""How an activity is spread over centre and periphery at a period, and which periods may stand beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Literal, get_args

import numpy as np
import pandas as pd

from data import inequality, periods
from data.dataset import MAX_PERIODS, MAX_SERIES, Dataset
from data.inequality import Numbers, Theil
from data.observations import FEW_CASES
from data.transforms import POPULATION, cases, nearest_date, wide
from geo.districts import CITY, DISTRICTS, declarations

Auezov = Literal["periphery", "centre", "out"]
"""What to do with Auezov, which no source puts into either class; ``out``: it takes no part at all."""
AUEZOV: tuple[Auezov, ...] = get_args(Auezov)

SCHOOLS = "school_places_opened"
ACTIVITIES = (
    *("sme_active", "legal_entities_active", "industrial_output", "universities", SCHOOLS),
    *("sport_grounds", "parks_squares", "shopping_centres", "avg_wage"),
)
FIRST_YEAR = 1990
"""Where trends begin: what the register of schools says of earlier years is too thin."""


def measurable(dataset: Dataset) -> list[str]:
    """Return the ids of the indicators that can be measured, the named activities first.

    Amounts of districts that add up to the city, and unweighted averages with a better direction, which
    are intensities already. Not population, which is what activity is held against.
    """
    keys = [
        key
        for key, indicator in dataset.indicators.items()
        if key != POPULATION
        and not indicator.signed
        and _full(dataset, key, "periphery")
        and (indicator.adds_up if indicator.kind in ("stock", "flow") else _is_intensity(dataset, key))
    ]
    return [*(key for key in ACTIVITIES if key in keys), *(key for key in keys if key not in ACTIVITIES)]


def _is_intensity(dataset: Dataset, key: str) -> bool:
    """Whether values are averages a person and so have no shares; a ratio of the measures needs no sum."""
    indicator = dataset.indicators[key]
    return indicator.kind == "rate" and indicator.better != "neither" and indicator.weight is None


def classes(auezov: Auezov = "periphery") -> Mapping[str, bool]:
    """Return the districts that take part, in the fixed order, and whether each is of the centre."""
    declared = {area: declarations()[area]["class"] for area in DISTRICTS}
    placed = {area: auezov if name == "unclassified" else name for area, name in declared.items()}
    return {area: name == "centre" for area, name in placed.items() if name != "out"}


@dataclass(frozen=True, eq=False)
class Structure:
    """One activity over the districts at one period: what the measures are taken of.

    ``areas`` take part and have a value, ``missing`` take part and have none; ``centre`` says of each
    area whether it is of the centre. ``activity`` are amounts; of an ``intensity`` (a wage) they are value
    × population (the value where none is known) and have no shares of their own. ``population`` is None
    where none is near enough; ``population_date`` its date, None for equal weights. ``few`` have fewer than
    20 cases.
    """

    key: str
    period: str
    auezov: Auezov
    areas: tuple[str, ...]
    missing: tuple[str, ...]
    centre: tuple[bool, ...]
    activity: Numbers
    population: Numbers | None
    population_date: str | None
    intensity: bool
    few: tuple[str, ...]

    @property
    def both_groups(self) -> bool:
        """Whether there is a district with a value in the centre and one in the periphery."""
        return any(self.centre) and not all(self.centre)


def _present(dataset: Dataset, key: str, period: str, auezov: Auezov) -> tuple[str, ...]:
    row = wide(dataset, key).loc[period]
    return tuple(area for area in classes(auezov) if pd.notna(row[area]))


@lru_cache(maxsize=MAX_SERIES)
def _full(dataset: Dataset, key: str, auezov: Auezov) -> tuple[str, ...]:
    """Return periods, in order, that have as many districts as any period has; none with fewer than two."""
    counts = {
        str(period): len(_present(dataset, key, str(period), auezov)) for period in wide(dataset, key).index
    }
    most = max(counts.values(), default=0)
    return tuple(periods.ordered(period for period, count in counts.items() if count == most and most > 1))


def measured_periods(dataset: Dataset, key: str, auezov: Auezov = "periphery") -> list[str]:
    """Return the periods since 1990 in which both centre and periphery have a district with a value."""
    return [
        str(period)
        for period in wide(dataset, key).index
        if periods.parse(str(period)).year >= FIRST_YEAR
        and len({classes(auezov)[area] for area in _present(dataset, key, str(period), auezov)}) == 2
    ]


def default_period(dataset: Dataset, key: str, auezov: Auezov = "periphery") -> str:
    """Return the latest period of the preferred series with as many districts as the indicator ever has."""
    full = _full(dataset, key, auezov)
    return periods.ordered(full, periods.preferred_series(full))[-1]


@lru_cache(maxsize=MAX_PERIODS)
def comparable_periods(dataset: Dataset, key: str, period: str, auezov: Auezov) -> tuple[str, ...]:
    """Return the periods since 1990 comparable with one: its series, no break between, the same districts."""
    present = _present(dataset, key, period, auezov)
    breaks = dataset.indicators[key].break_periods
    return tuple(
        other
        for other in periods.ordered(wide(dataset, key).index, periods.parse(period).series)
        if periods.parse(other).year >= FIRST_YEAR
        and periods.comparable(other, period, breaks)
        and _present(dataset, key, other, auezov) == present
    )


def past_periods(dataset: Dataset, key: str, period: str, auezov: Auezov) -> tuple[str, ...]:
    """Return the comparable periods up to one: what a trend that ends there may show."""
    comparable = comparable_periods(dataset, key, period, auezov)
    return tuple(other for other in comparable if periods.parse(other) <= periods.parse(period))


@lru_cache(maxsize=MAX_PERIODS)
def structure(
    dataset: Dataset, key: str, period: str, auezov: Auezov = "periphery", equal: bool = False
) -> Structure:
    """Return the structure of an activity at a period.

    The population is that of the date nearest to the period's end, at most 31 days away, if it covers every
    district that has a value. With ``equal`` each district counts the same, which only an intensity allows.

    Raises
    ------
    KeyError
        Where the indicator has no such period.
    """
    present = _present(dataset, key, period, auezov)
    inner = classes(auezov)
    values = wide(dataset, key).loc[period, list(present)].to_numpy(dtype=float)
    intensity = _is_intensity(dataset, key)
    people, date = _population(dataset, period, present)
    if equal:
        people, date = np.ones(len(present)), None
    if intensity and people is not None:
        values = values * people
    behind = cases(dataset, key).loc[period, list(present)].to_numpy(dtype=float)
    return Structure(
        key=key,
        period=period,
        auezov=auezov,
        areas=present,
        missing=tuple(area for area in inner if area not in present),
        centre=tuple(inner[area] for area in present),
        activity=values,
        population=people,
        population_date=date,
        intensity=intensity,
        few=tuple(area for area, count in zip(present, behind, strict=True) if count < FEW_CASES),
    )


@lru_cache(maxsize=MAX_PERIODS)
def counts_equally(dataset: Dataset, key: str, period: str, auezov: Auezov) -> bool:
    """Whether the series of an intensity counts each district the same, for want of people at some period.

    One weighting holds for all of a series, so that it never moves because people came into it.
    """
    return _is_intensity(dataset, key) and any(
        structure(dataset, key, other, auezov).population is None
        for other in comparable_periods(dataset, key, period, auezov)
    )


def _population(dataset: Dataset, period: str, areas: tuple[str, ...]) -> tuple[Numbers | None, str | None]:
    date, _ = nearest_date(dataset, POPULATION, period, areas)
    if date is None:
        return None, None
    people = wide(dataset, POPULATION).loc[date, list(areas)].to_numpy(dtype=float)
    return (None, None) if np.isnan(people).any() else (people, date)


@dataclass(frozen=True, eq=False)
class Measures:
    """Every measure of a structure; None where it is not defined or needs a population that is missing.

    The quotient of an intensity is its value over the published city mean, as ``relative`` of
    ``transforms``: the mean weighted by residents would be another one than every other page has.
    """

    structure: Structure
    shares: Mapping[str, float] | None
    population_shares: Mapping[str, float] | None
    location_quotients: Mapping[str, float] | None
    primacy: float | None
    herfindahl: float | None
    evenness: float | None
    rank_size_slope: float | None
    green: float | None
    p_star: float | None
    hoover: float | None
    theil: Theil | None
    gini: float | None
    highest_to_lowest: float | None
    centre_share: float | None
    centre_periphery_ratio: float | None


@lru_cache(maxsize=MAX_PERIODS)
def measured(
    dataset: Dataset, key: str, period: str, auezov: Auezov = "periphery", equal: bool = False
) -> Measures:
    """All measures of an activity at a period; the arguments are those of ``structure``."""
    spread = structure(dataset, key, period, auezov, equal)
    activity, people, centre = spread.activity, spread.population, spread.centre
    something = bool(activity.sum())
    shared = something and not spread.intensity

    def of_shares(measure: Callable[[Numbers], float]) -> float | None:
        return _known(measure(activity)) if shared else None

    def by_area(numbers: Numbers) -> dict[str, float]:
        return {area: float(value) for area, value in zip(spread.areas, numbers, strict=True)}

    held = people if something else None
    return Measures(
        structure=spread,
        shares=by_area(inequality.shares(activity)) if shared else None,
        population_shares=None if people is None else by_area(inequality.shares(people)),
        location_quotients=None if held is None else by_area(_quotients(dataset, spread, held)),
        primacy=of_shares(inequality.primacy),
        herfindahl=of_shares(inequality.herfindahl),
        evenness=of_shares(inequality.evenness),
        rank_size_slope=of_shares(inequality.rank_size_slope),
        green=of_shares(inequality.green),
        p_star=of_shares(inequality.p_star),
        hoover=None if held is None else inequality.hoover(activity, held),
        theil=None if held is None else inequality.theil(activity, held, centre),
        gini=None if held is None else inequality.gini(activity, held),
        highest_to_lowest=None if held is None else _known(inequality.highest_to_lowest(activity / held)),
        centre_share=inequality.centre_share(activity, centre) if shared and spread.both_groups else None,
        centre_periphery_ratio=None
        if held is None
        else _known(inequality.centre_periphery_ratio(activity, held, centre)),
    )


def _quotients(dataset: Dataset, spread: Structure, people: Numbers) -> Numbers:
    """Return location quotients; of an intensity the values over the city mean where one is published."""
    city = float(wide(dataset, spread.key)[CITY][spread.period])
    if spread.intensity and isfinite(city):
        return np.asarray(spread.activity / people / city)
    return inequality.location_quotients(spread.activity, people)


def _known(value: float) -> float | None:
    return value if isfinite(value) else None
