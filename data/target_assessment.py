"""What can be said of progress: of each district towards parity, and of what was announced."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from data import periods
from data.dataset import MAX_SERIES, Dataset
from data.observations import FEW_CASES
from data.progress import Better, Point, Progress, ProgressReading, assess, unjudged, without_reading
from data.targets import Target
from data.transforms import Series, cases, transformed, values
from geo.districts import CITY, DISTRICTS

HORIZON = 2050
REASONS = (
    "judged",
    "not_published",
    "forecast",
    "baseline",
    "output",
    "no_target_value",
    "no_target_year",
    "no_direction",
    "no_figure",
    "no_area",
    "no_value",
    "few_cases",
    "one_period",
    "target_before_base",
)
"""Why an announced target is not judged, or that it is."""
FIRST_HORIZON, LAST_HORIZON = 2026, 2100
SAME_LENGTH_YEARS = 0.03
"""Windows that differ by less than eleven days count as equally long."""


@dataclass(frozen=True)
class Parity:
    """A district on its way to the city average.

    Values are ratios district / city; gaps are that ratio in percent minus 100; what is per year is in
    percentage points of the city average, ``required_per_year_in_units`` in the indicator's own unit at
    the latest city value. ``fastest_per_year`` is the fastest pace any district held over a window as
    long as this district's base to latest. What is not known is None.
    """

    area: str
    series: tuple[tuple[str, float], ...]
    horizon: int
    progress: Progress
    required_per_year_in_units: float | None
    fastest_per_year: float | None

    @property
    def base(self) -> tuple[str, float] | None:
        """The base period and its ratio."""
        return self.series[0] if self.series else None

    @property
    def latest(self) -> tuple[str, float] | None:
        """The latest period and its ratio."""
        return self.series[-1] if self.series else None


def gap(ratio: float) -> float:
    """Return the gap to the city average in percent: negative below it."""
    return ratio * 100 - 100


@lru_cache(maxsize=MAX_SERIES)
def parity(dataset: Dataset, key: str, horizon: int = HORIZON) -> tuple[Parity, ...]:
    """Return the progress of the eight districts of an indicator towards the city average.

    The target is a ratio of 1 on 31 December of ``horizon``. It is derived by this dashboard from the
    strategy's principle that a high standard of living holds in every district; no document announces it.

    Raises
    ------
    ValueError
        Where the indicator has no parity, or the horizon is not from 2026 to 2100.
    """
    indicator = dataset.indicators[key]
    if indicator.parity is None or indicator.better == "neither":
        raise ValueError(f"{key} has no parity target")
    if not FIRST_HORIZON <= horizon <= LAST_HORIZON:
        raise ValueError(f"horizon {horizon} is not from {FIRST_HORIZON} to {LAST_HORIZON}")
    relative = transformed(dataset, key, "relative")
    ratios = {area: _ratios(relative, area) for area in DISTRICTS}
    enough = {
        area: periods.points(
            (period, ratio) for period, ratio in series if not relative.at(period).loc[area, "few"]
        )
        for area, series in ratios.items()
    }
    return tuple(_parity(dataset, relative, area, ratios[area], enough, horizon) for area in DISTRICTS)


def _parity(
    dataset: Dataset,
    relative: Series,
    area: str,
    series: tuple[tuple[str, float], ...],
    enough: Mapping[str, list[Point]],
    horizon: int,
) -> Parity:
    """Return the progress of one district; ``enough`` are the points of every district with enough cases."""
    better = cast("Better", relative.indicator.better)
    points = periods.points(series)
    reason = _no_reading(dataset, relative, area, series)
    progress = (
        assess(points, (horizon + 1.0, 1.0), better, "at_or_better") if points else unjudged(str(reason))
    )
    if reason:
        progress = without_reading(progress, reason)
    required = progress.required_per_year
    city = _city_value(dataset, relative, series[-1][0]) if series else None
    fastest = _fastest(enough, points, better)
    return Parity(
        area=area,
        series=series,
        horizon=horizon,
        progress=_in_points(progress),
        required_per_year_in_units=None if required is None or city is None else required * city,
        fastest_per_year=None if fastest is None or reason else fastest * 100,
    )


def _ratios(relative: Series, area: str) -> tuple[tuple[str, float], ...]:
    """Return the ratios of an area from the last break on."""
    rows = relative.table[relative.table["area"] == area].set_index("period")["value"]
    run = periods.latest_run(rows.index, relative.indicator.break_periods)
    return tuple((period, float(rows[period]) / 100) for period in run)


def _no_reading(
    dataset: Dataset, relative: Series, area: str, series: tuple[tuple[str, float], ...]
) -> str | None:
    """Why a district gets no reading before its pace is looked at, or None."""
    if not series:
        published = dataset.observations[relative.indicator.id]
        dated = published.loc[published["area"] == area, "period"]
        if dated.empty:
            return "no_value"
        refusal = relative.refused.get(periods.ordered(dated)[-1])
        return refusal.reason if refusal else "no_city"
    for period in (series[0][0], series[-1][0]):
        if bool(relative.at(period).loc[area, "few"]):
            return "few_cases"
    return None


def _in_points(progress: Progress) -> Progress:
    """Return the same progress with what is per year in percentage points in place of ratios."""
    observed, required = progress.observed_per_year, progress.required_per_year
    return replace(
        progress,
        observed_per_year=None if observed is None else observed * 100,
        required_per_year=None if required is None else required * 100,
    )


def _city_value(dataset: Dataset, relative: Series, period: str) -> float | None:
    """Return the city value that a ratio of 1 means: of counts per 1,000 residents, else as published."""
    per = "per_1000" if relative.indicator.kind in ("stock", "flow") else "value"
    rows = transformed(dataset, relative.indicator.id, per).at(period)
    return float(rows["value"][CITY]) if CITY in rows.index else None


def _fastest(enough: Mapping[str, list[Point]], own: list[Point], better: Better) -> float | None:
    """Return the fastest yearly change in the good direction over a window as long as ``own``.

    Of any district, between two periods in which it has enough cases.
    """
    if len(own) < 2:
        return None
    length = own[-1][0] - own[0][0]
    paces = [
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for points in enough.values()
        for earlier in points
        for later in points
        if abs(later[0] - earlier[0] - length) < SAME_LENGTH_YEARS
    ]
    return (max if better == "higher" else min)(paces, default=None)


@dataclass(frozen=True)
class Announced:
    """An announced target and what can be said of it; ``progress`` only where it can be judged."""

    target: Target
    reading: ProgressReading
    reason: str | None
    progress: Progress | None


@lru_cache(maxsize=8)
def announced(dataset: Dataset) -> tuple[Announced, ...]:
    """Every announced target with its reading, or the reason why it has none.

    A row is judged only against a series of the same definition, with a target year after the first period
    of the series. Forecasts are drawn against what happened and never judged.
    """
    return tuple(_announced(dataset, target) for target in dataset.targets.values())


def _announced(dataset: Dataset, target: Target) -> Announced:
    reason = _cannot_judge(dataset, target)
    if reason or target.target_year is None or target.target_value is None or target.better == "neither":
        return Announced(target, "not_judged", reason, None)
    rows, _ = values(dataset, str(target.figure))
    own = rows[str(target.area)].dropna()
    run = periods.latest_run(own.index, dataset.indicators[str(target.figure)].break_periods)
    points = periods.points((period, float(own[period])) for period in run)
    if not points:
        return Announced(target, "not_judged", "no_value", None)
    goal = (target.target_year + 1.0, target.target_value * target.scale)
    progress = assess(points, goal, target.better, "achieved")
    behind = cases(dataset, str(target.figure))[str(target.area)]
    if min(behind[run[0]], behind[run[-1]]) < FEW_CASES:
        progress = without_reading(progress, "few_cases")
    return Announced(target, progress.reading, progress.reason, progress)


def _cannot_judge(dataset: Dataset, target: Target) -> str | None:
    """Return the first reason, in this order, why a row cannot be judged."""
    if target.kind in ("forecast", "baseline", "output"):
        return target.kind
    if target.target_value is None:
        return "no_target_value"
    if target.target_year is None:
        return "no_target_year"
    if target.better == "neither":
        return "no_direction"
    if target.figure is None:
        return "no_figure"
    if target.figure not in dataset.indicators:
        return "not_published"
    if target.area is None:
        return "no_area"
    return None


def blocking_figures(dataset: Dataset) -> Counter[str]:
    """Count the announced targets that wait for each figure that is not published."""
    return Counter(str(row.target.figure) for row in announced(dataset) if row.reason == "not_published")
