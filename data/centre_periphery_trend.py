"""How an activity moved between centre and periphery: the headline, what each district added, convergence."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, log, nan
from typing import Literal, get_args

import numpy as np

from data import inequality, periods
from data.centre_periphery import (
    AUEZOV,
    Auezov,
    classes,
    counts_equally,
    default_period,
    measured,
    past_periods,
    structure,
)
from data.dataset import MAX_PERIODS, MAX_SERIES, Dataset
from data.inequality import Convergence
from data.observations import FEW_CASES
from data.transforms import cases

BalanceReading = Literal[
    "more_balanced",
    "more_centred",
    "more_outlying",
    "larger_part",
    "smaller_part",
    "turned",
    "no_change",
    "snapshot",
    "few",
]
HeadlineKind = Literal["ratio", "share"]
Weighting = Literal["population", "equal"]

LEAST_CHANGE = 0.02
LEAST_YEARS = 3
LARGEST_REVERSAL = 0.2
"""Part of a change that may be undone before its direction counts as turned."""
_ROUNDING = 1e-9
"""How far binary arithmetic may put a change of exactly 2 % below it."""

Points = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Headline:
    """What can be said of centre and periphery over time.

    ``kind`` ratio: activity per person in the centre over that in the periphery; share: the part of the
    activity that lies in the centre, where people are not known. ``series`` are all comparable points for
    each choice for Auezov; the ``reading`` goes from ``base`` to ``latest`` of the chosen one.
    ``turned`` is the period since which the chosen one has gone the other way by more than a fifth.
    ``changes`` are relative changes of every choice; ``closed`` the part of a ratio's gap that closed;
    ``residents`` the centre's share of people at the latest period, what a share is best held against,
    None for a ratio and where people are not known.
    """

    kind: HeadlineKind
    auezov: Auezov
    series: Mapping[Auezov, Points]
    base: tuple[str, float]
    latest: tuple[str, float]
    years: float
    changes: Mapping[Auezov, float]
    closed: float | None
    residents: float | None
    turned: str | None
    reading: BalanceReading


@lru_cache(maxsize=MAX_PERIODS)
def headline(
    dataset: Dataset, key: str, period: str | None = None, auezov: Auezov = "periphery"
) -> Headline | None:
    """Return centre–periphery ratio of an activity over time, or the centre's share where people are missing.

    The ratio where population is known over at least three years, or wherever the series is shorter than
    that anyway; else the share. None where neither exists. The reading starts where the series is good.
    """
    now = period or default_period(dataset, key, auezov)
    points_of = {kind: _series(dataset, key, now, kind) for kind in get_args(HeadlineKind)}
    usable = {kind: series for kind, series in points_of.items() if series[auezov]}
    if not usable:
        return None
    long = [kind for kind, series in usable.items() if _years(series[auezov]) >= LEAST_YEARS]
    kind: HeadlineKind = (long or list(usable))[0]
    series = usable[kind]
    read = {choice: _good(points, dataset.indicators[key].good_since) for choice, points in series.items()}
    own = read[auezov]
    changes = {choice: points[-1][1] / points[0][1] - 1 for choice, points in read.items() if points[0][1]}
    base, latest = own[0], own[-1]
    closed = inequality.gap_closed(base[1], latest[1])
    reading = _reading(kind, read) if _enough(dataset, key, read) else "few"
    return Headline(
        kind=kind,
        auezov=auezov,
        series=series,
        base=base,
        latest=latest,
        years=_years(own),
        changes=changes,
        closed=closed if kind == "ratio" and isfinite(closed) else None,
        residents=_residents(dataset, key, latest[0], auezov) if kind == "share" else None,
        turned=_turned(own) if reading == "turned" else None,
        reading=reading,
    )


def _residents(dataset: Dataset, key: str, period: str, auezov: Auezov) -> float | None:
    spread = structure(dataset, key, period, auezov)
    return None if spread.population is None else inequality.centre_share(spread.population, spread.centre)


def _enough(dataset: Dataset, key: str, read: Mapping[Auezov, Points]) -> bool:
    """Whether each group has at least 20 cases at the base and at the latest period, for every choice."""
    behind = cases(dataset, key)
    for auezov, points in read.items():
        placed = classes(auezov)
        for at in (points[0][0], points[-1][0]):
            for group in (True, False):
                own = behind.loc[at, [area for area, centre in placed.items() if centre == group]]
                if own.notna().any() and own.sum() < FEW_CASES:
                    return False
    return True


def _series(dataset: Dataset, key: str, now: str, kind: HeadlineKind) -> dict[Auezov, Points]:
    """Return the comparable points up to now for each choice; only periods that every choice has."""
    by_choice: dict[Auezov, dict[str, float]] = {}
    for auezov in AUEZOV:
        past = past_periods(dataset, key, now, auezov)
        equal = counts_equally(dataset, key, now, auezov)
        every = {period: measured(dataset, key, period, auezov, equal) for period in past}
        values = {
            period: measures.centre_periphery_ratio if kind == "ratio" else measures.centre_share
            for period, measures in every.items()
        }
        by_choice[auezov] = {period: value for period, value in values.items() if value is not None}
    common = set.intersection(*(set(points) for points in by_choice.values()))
    return {
        auezov: tuple((period, value) for period, value in points.items() if period in common)
        for auezov, points in by_choice.items()
    }


def _good(points: Points, since: str | None) -> Points:
    """Return the points since a series is good; the last point alone of a series that is not good yet."""
    good = tuple(point for point in points if since is None or periods.starts_after(point[0], since))
    return good or points[-1:]


def _years(points: Points) -> float:
    return (_months(points[-1][0]) - _months(points[0][0])) / 12 if points else 0


def _months(period: str) -> float:
    """Months to a period's end: the same day of two years is whole years apart, leap years or not."""
    end = periods.parse(period).end
    last = end.day == monthrange(end.year, end.month)[1]
    return end.year * 12 + end.month + (1 if last else end.day / 31)


def _reading(kind: HeadlineKind, read: Mapping[Auezov, Points]) -> BalanceReading:
    """Return the reading on which all choices for Auezov agree; a change below 2 % is none.

    It counts as turned where, for any of them, more than a fifth of it was undone since.
    """
    if _years(next(iter(read.values()))) < LEAST_YEARS:
        return "snapshot"
    readings = {_moved(kind, points[0][1], points[-1][1]) for points in read.values()}
    reading = readings.pop() if len(readings) == 1 else "no_change"
    return "turned" if reading != "no_change" and any(map(_turned, read.values())) else reading


def _turned(points: Points) -> str | None:
    """Return the period at which a change was largest if more than a fifth of it was undone since."""
    base, latest = points[0][1], points[-1][1]
    farthest = (max if latest > base else min)(points, key=lambda point: point[1])
    undone = abs(latest - farthest[1]) > LARGEST_REVERSAL * abs(farthest[1] - base)
    return farthest[0] if undone else None


def _moved(kind: HeadlineKind, base: float, latest: float) -> BalanceReading:
    if not base or abs(latest / base - 1) < LEAST_CHANGE - _ROUNDING:
        return "no_change"
    if kind == "share":
        return "larger_part" if latest > base else "smaller_part"
    if latest <= 0 or abs(log(latest)) < abs(log(base)):
        return "more_balanced" if latest > 0 else "more_outlying"
    return "more_centred" if latest > base else "more_outlying"


@lru_cache(maxsize=MAX_SERIES)
def contributions(
    dataset: Dataset, key: str, period: str | None = None, auezov: Auezov = "periphery"
) -> Mapping[str, float] | None:
    """Return what each district adds to the change of the headline, in its own unit; None unless measurable.

    Shapley values (``measures.contributions``). Of an intensity each district's parts of the sums are taken.
    None also where a coalition has no headline, because all that is left of the activity is nought.
    """
    line = headline(dataset, key, period, auezov)
    if line is None or line.reading in ("snapshot", "no_change", "few"):
        return None
    equal = counts_equally(dataset, key, line.latest[0], auezov)
    base, later = (structure(dataset, key, at, auezov, equal) for at in (line.base[0], line.latest[0]))
    centre = base.centre
    if line.kind == "share":
        values = inequality.contributions(
            [base.activity],
            [later.activity],
            lambda activity: inequality.centre_share(activity, centre) if activity.any() else nan,
        )
    elif base.population is not None and later.population is not None:
        before, after = [base.activity, base.population], [later.activity, later.population]
        if base.intensity:
            # Money of two years is not the same money: what counts is each district's place around the mean.
            before, after = ([inequality.shares(amounts) for amounts in both] for both in (before, after))
        values = inequality.contributions(
            before,
            after,
            lambda activity, people: (
                inequality.centre_periphery_ratio(activity, people, centre) if activity.any() else nan
            ),
        )
    else:
        return None
    if not np.isfinite(values).all():
        return None
    return dict(zip(base.areas, map(float, values), strict=True))


@dataclass(frozen=True)
class Convergences:
    """σ over all comparable periods with people known, its ``weighting``, and β from first to last."""

    sigma: Points
    weighting: Weighting
    beta: Convergence | None


@lru_cache(maxsize=MAX_SERIES)
def convergence(
    dataset: Dataset, key: str, period: str | None = None, auezov: Auezov = "periphery"
) -> Convergences | None:
    """σ: the coefficient of variation of values a person up to a period; β: whether the low ones grew faster.

    Only periods with a population for every district; an intensity without any counts districts equally.
    None where no period has either.
    """
    now = period or default_period(dataset, key, auezov)
    equal = counts_equally(dataset, key, now, auezov)
    past = past_periods(dataset, key, now, auezov)
    spreads = [structure(dataset, key, spread, auezov, equal) for spread in past]
    levels = [
        (spread, spread.activity / spread.population) for spread in spreads if spread.population is not None
    ]
    if not levels or not all(level.sum() for _, level in levels):
        return None
    sigma = tuple(
        (spread.period, inequality.coefficient_of_variation(level, spread.population))
        for spread, level in levels
    )
    (first, low), (last, high) = levels[0], levels[-1]
    years = periods.parse(last.period).moment - periods.parse(first.period).moment
    positive = years > 0 and bool((low > 0).all() and (high > 0).all())
    return Convergences(
        sigma=sigma,
        weighting="equal" if equal else "population",
        beta=inequality.beta_convergence(low, high, years) if positive else None,
    )
