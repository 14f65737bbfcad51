"""The way of each district to the city average: its level, its pace, and what is required."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from data import periods
from data.dataset import MAX_SERIES, Dataset
from data.levels import CITY_LEVEL, Level, Side, floor, level, side
from data.pace import Point, turning_point
from data.progress import Better, Progress, assess, unjudged, without_reading
from data.transforms import Series, transformed, wide
from geo.districts import DISTRICTS

HORIZON = 2050
FIRST_HORIZON, LAST_HORIZON = 2026, 2100
SAME_LENGTH_YEARS = 0.03
"""Windows that differ by less than eleven days count as equally long."""


@dataclass(frozen=True)
class Parity:
    """A district on its way to the city average.

    Values are ratios district / city; gaps are that ratio in percent minus 100; what is per year is in
    percentage points of the city average. ``level`` is that of the latest period and ``side`` whether it is
    better or worse. ``keeps_floor`` is whether at least 80 % of the city's level is reached (of what is
    better low: at most 125 %). ``required_growth`` is by how many percent a year the district's value has
    to grow faster than the city's, whatever the city does; ``required_per_year_in_units`` is only of
    counts: how many a year, if the city's level and the district's residents stayed as they are.
    ``fastest_per_year`` is the fastest pace any district held over a window as long as this district's base
    to latest. What is not known is None.
    """

    area: str
    series: tuple[tuple[str, float], ...]
    horizon: int
    level: Level | None
    side: Side | None
    keeps_floor: bool | None
    progress: Progress
    required_growth: float | None
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

    @property
    def turned(self) -> tuple[str, float] | None:
        """The period since which the series goes the other way, and its ratio."""
        at = turning_point(periods.points(self.series))
        return None if at is None else self.series[at]


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
    """Return the progress of one district; ``enough`` are the points of every district with enough events."""
    better = cast("Better", relative.indicator.better)
    if not series:
        unknown = unjudged(_why_nothing(dataset, relative, area))
        return Parity(area, series, horizon, None, None, None, unknown, None, None, None)
    points = periods.points(series)
    latest, ratio = series[-1]
    own = level(relative.at(latest), area)
    progress = assess(points, (horizon + 1.0, 1.0), better, "about" if own == "about" else "at_or_better")
    behind = progress.reading not in ("about", "at_or_better")
    few = any(bool(relative.at(period).loc[area, "few"]) for period in (series[0][0], latest))
    if behind and few:
        progress = without_reading(progress, "few_cases")
    growth = None
    if behind and ratio > 0:
        growth = (ratio ** (-1 / (horizon + 1.0 - points[-1][0])) - 1) * 100
    fastest = None if few else _fastest(enough, points, better)
    return Parity(
        area=area,
        series=series,
        horizon=horizon,
        level=own,
        side=side(own, better),
        keeps_floor=_keeps_floor(ratio, own, better),
        progress=_in_points(progress),
        required_growth=growth,
        required_per_year_in_units=_units(dataset, relative.indicator.id, area, progress, (latest, ratio)),
        fastest_per_year=None if fastest is None else fastest * 100,
    )


def _keeps_floor(ratio: float, own: Level, better: Better) -> bool:
    """Whether a district is no farther than the floor; what chance may have made is not held against it."""
    line = cast("float", floor(better))
    value = ratio * CITY_LEVEL
    return own == "about" or (value >= line if better == "higher" else value <= line)


def _ratios(relative: Series, area: str) -> tuple[tuple[str, float], ...]:
    """Return the ratios of an area from the last break on."""
    rows = relative.table[relative.table["area"] == area].set_index("period")["value"]
    run = periods.latest_run(rows.index, relative.indicator.break_periods)
    return tuple((period, float(rows[period]) / 100) for period in run)


def _why_nothing(dataset: Dataset, relative: Series, area: str) -> str:
    """Return why a district has no ratio at any period."""
    published = dataset.observations[relative.indicator.id]
    dated = published.loc[published["area"] == area, "period"]
    if dated.empty:
        return "no_value"
    refusal = relative.refused.get(periods.ordered(dated)[-1])
    return refusal.reason if refusal else "no_city"


def _in_points(progress: Progress) -> Progress:
    """Return the same progress with what is per year in percentage points in place of ratios."""
    yearly = ("observed_per_year", "observed_low", "observed_high", "required_per_year")
    ratios = {name: getattr(progress, name) for name in yearly}
    return replace(progress, **{name: ratio and ratio * 100 for name, ratio in ratios.items()})


def _units(
    dataset: Dataset, key: str, area: str, progress: Progress, latest: tuple[str, float]
) -> float | None:
    """Return how many more of a count are required a year; None of a rate, and where nothing is required."""
    period, ratio = latest
    required, indicator = progress.required_per_year, dataset.indicators[key]
    if required is None or ratio <= 0 or indicator.kind not in ("stock", "flow"):
        return None
    count = cast("float", wide(dataset, key).loc[period, area])
    return float(count) / ratio * required


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
