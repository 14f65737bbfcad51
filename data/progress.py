"""Progress of one series towards a dated target: pace, required pace, reading, and other published methods.

A series here is a list of (moment, value), in order of time; a moment is a decimal year. The good side of
a target is above it where ``higher`` is better, below it where ``lower`` is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import linear_regression
from typing import Literal

ProgressReading = Literal[
    "not_judged",
    "at_or_better",
    "achieved",
    "too_early",
    "not_clear",
    "on_track",
    "behind",
    "far_behind",
    "moving_away",
    "no_progress",
]
Better = Literal["higher", "lower"]
Point = tuple[float, float]

FEWEST_PERIODS = 5
SHORTEST_YEARS = 4.0
CUTS: tuple[tuple[float, ProgressReading], ...] = ((0.95, "on_track"), (0.60, "behind"), (0.0, "far_behind"))
"""Lower ends of the linear and the CAGR ratio; below the last one a series moves away."""
UN_CUTS: tuple[tuple[float, ProgressReading], ...] = ((0.95, "on_track"), (0.10, "behind"))
"""Lower ends of the UN Progress Chart ratio; below the last one there is no progress."""


@dataclass(frozen=True)
class Method:
    """What one method says: its ratio and reading, or the reason why it has none."""

    ratio: float | None
    reading: ProgressReading | None
    reason: str | None


@dataclass(frozen=True)
class Progress:
    """How a series stands towards a target.

    ``pace`` is the linear pace R, ``pace_low`` and ``pace_high`` its range over the first-to-last change,
    every leave-one-out and the least-squares slope. ``observed_per_year`` and ``required_per_year`` (from
    the latest period on; None on the good side) are in the unit of the series. ``reversed_since`` is the
    year of the middle period where the series has turned since then.
    """

    pace: float | None
    pace_low: float | None
    pace_high: float | None
    observed_per_year: float | None
    required_per_year: float | None
    reading: ProgressReading
    reason: str | None
    reversed_since: int | None
    linear: Method
    cagr: Method
    un: Method


def on_good_side(value: float, target: float, better: Better) -> bool:
    """Whether a value is at its target or on the good side of it."""
    return value >= target if better == "higher" else value <= target


def linear(base: Point, now: Point, target: Point) -> Method:
    """Return the linear pace: the yearly change so far over the yearly change needed from the base on.

    ``R = [(y_t − y_0)/(t − t_0)] / [(y_T − y_0)/(T − t_0)]``; 1 on the straight path to the target,
    negative where the series moves away. Undefined where base and target are equal.
    """
    (t0, y0), (t, y), (end, goal) = base, now, target
    if y0 == goal:
        return Method(None, None, "base_equals_target")
    ratio = ((y - y0) / (t - t0)) / ((goal - y0) / (end - t0))
    return Method(ratio, _read(ratio, CUTS, "moving_away"), None)


def cagr(base: Point, now: Point, target: Point) -> Method:
    """Return the ratio of actual to required compound annual growth.

    Statistics Canada, Sustainable Development Goals progress methodology; Open SDG, "Progress status
    calculation". Undefined for a base, a value or a target that is not positive, or equal base and target.
    """
    (t0, y0), (t, y), (end, goal) = base, now, target
    if y0 <= 0 or y <= 0 or goal <= 0:
        return Method(None, None, "not_positive")
    if y0 == goal:
        return Method(None, None, "base_equals_target")
    try:
        actual = (y / y0) ** (1 / (t - t0)) - 1
    except OverflowError:
        return Method(None, None, "out_of_range")
    required = (goal / y0) ** (1 / (end - t0)) - 1
    if required == 0:  # closer than a float can tell
        return Method(None, None, "base_equals_target")
    ratio = actual / required
    return Method(ratio, _read(ratio, CUTS, "moving_away"), None)


def un_progress(base: Point, now: Point, target: Point) -> Method:
    """Return the share of the way that will have been gone by the target date at the growth so far.

    ``(v_T^e − v_b)/(v_T − v_b)`` with ``v_T^e = v_t (1 + CAGR)^(T−t)``. United Nations Statistics
    Division, Sustainable Development Goals Progress Chart, technical note. Undefined for a base or a value
    that is not positive, or equal base and target.
    """
    (t0, y0), (t, y), (end, goal) = base, now, target
    if y0 <= 0 or y <= 0:
        return Method(None, None, "not_positive")
    if y0 == goal:
        return Method(None, None, "base_equals_target")
    try:
        growth = (y / y0) ** (1 / (t - t0))
        ratio = (y * growth ** (end - t) - y0) / (goal - y0)
    except OverflowError:  # a jump within days, held for decades
        return Method(None, None, "out_of_range")
    return Method(ratio, _read(ratio, UN_CUTS, "no_progress"), None)


def _read(
    ratio: float, cuts: Sequence[tuple[float, ProgressReading]], below: ProgressReading
) -> ProgressReading:
    return next((reading for cut, reading in cuts if ratio >= cut), below)


def assess(series: Sequence[Point], target: Point, better: Better, met: ProgressReading) -> Progress:
    """Read a series against a target, in the order of the rules.

    Parameters
    ----------
    series
        At least one point, the base first.
    target
        The moment and the value to be reached.
    better
        On which side of the target values are good.
    met
        The reading of a series that is there: ``at_or_better`` (parity) or ``achieved`` (announced).
    """
    base, now = series[0], series[-1]
    if len(series) < 2:
        return unjudged("one_period")
    if target[0] <= base[0]:
        return unjudged("target_before_base")
    methods = linear(base, now, target), cagr(base, now, target), un_progress(base, now, target)
    estimates = _estimates(series, target)
    paces = [pace for _, _, pace in estimates if pace is not None]
    there = on_good_side(now[1], target[1], better)
    years_left = target[0] - now[0]
    reading = met if there else _reading(series, estimates, target[1], better)
    return Progress(
        pace=methods[0].ratio,
        pace_low=min(paces, default=None),
        pace_high=max(paces, default=None),
        observed_per_year=(now[1] - base[1]) / (now[0] - base[0]),
        required_per_year=None if there or years_left <= 0 else (target[1] - now[1]) / years_left,
        reading=reading,
        reason=None,
        reversed_since=_reversed_since(series),
        linear=methods[0],
        cagr=methods[1],
        un=methods[2],
    )


def unjudged(reason: str) -> Progress:
    """No reading, for a reason."""
    none = Method(None, None, reason)
    return Progress(None, None, None, None, None, "not_judged", reason, None, none, none, none)


def without_reading(progress: Progress, reason: str) -> Progress:
    """Return the same paces without any reading or requirement, for a reason."""

    def silent(method: Method) -> Method:
        return replace(method, reading=None, reason=method.reason or reason)

    return replace(
        progress,
        reading="not_judged",
        reason=reason,
        required_per_year=None,
        reversed_since=None,
        linear=silent(progress.linear),
        cagr=silent(progress.cagr),
        un=silent(progress.un),
    )


def _reading(
    series: Sequence[Point], estimates: Sequence["_Estimate"], goal: float, better: Better
) -> ProgressReading:
    """Return the reading of a series that is not there yet."""
    if len(series) < FEWEST_PERIODS or series[-1][0] - series[0][0] < SHORTEST_YEARS - 1e-9:
        return "too_early"
    readings = {_of_estimate(estimate, goal, better) for estimate in estimates}
    only = readings.pop()
    return only if only and not readings else "not_clear"


_Estimate = tuple[float, float, float | None]
"""Where a change starts, the change a year, and its R (None where it starts at the target)."""


def _of_estimate(estimate: _Estimate, goal: float, better: Better) -> ProgressReading | None:
    """Return what one estimate says; one that starts on the good side only says whether it leaves."""
    start, change, pace = estimate
    if on_good_side(start, goal, better):
        return "moving_away" if (change < 0) == (better == "higher") and change != 0 else None
    return None if pace is None else _read(pace, CUTS, "moving_away")


def _estimates(series: Sequence[Point], target: Point) -> list[_Estimate]:
    """Return the change from first to last, with every one period left out, and by least squares."""
    shorter = [[*series[:at], *series[at + 1 :]] for at in range(len(series))] if len(series) > 2 else []
    changes: list[_Estimate] = [
        (
            points[0][1],
            (points[-1][1] - points[0][1]) / (points[-1][0] - points[0][0]),
            linear(points[0], points[-1], target).ratio,
        )
        for points in (list(series), *shorter)
        if points[0][0] < target[0]
    ]
    (t0, y0), (end, goal) = series[0], target
    slope = linear_regression(*zip(*series, strict=True)).slope
    return [*changes, (y0, slope, None if y0 == goal else slope / ((goal - y0) / (end - t0)))]


def leave_one_out(series: Sequence[Point]) -> list[float]:
    """Return the yearly change of every series with one period left out; empty below three periods."""
    if len(series) < 3:
        return []
    shorter = [[*series[:at], *series[at + 1 :]] for at in range(len(series))]
    return [(points[-1][1] - points[0][1]) / (points[-1][0] - points[0][0]) for points in shorter]


def _reversed_since(series: Sequence[Point]) -> int | None:
    """Return the year of the middle period if the series has moved the other way since then."""
    if len(series) < 3:
        return None
    moment, middle = series[len(series) // 2]
    first, last = series[0][1], series[-1][1]
    return int(moment - 1e-9) if (last - first) * (last - middle) < 0 else None
