"""Progress of one series towards a dated target: pace, required pace, reading, and other published methods.

A series here is a list of (moment, value), in order of time; a moment is a decimal year. The good side of
a target is above it where ``higher`` is better, below it where ``lower`` is. On the good side nothing is
required, so there is no ratio of a pace to a required one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from data.pace import Pace, Point, pace, turning_point

ProgressReading = Literal[
    "not_judged",
    "at_or_better",
    "about",
    "achieved",
    "missed",
    "followed",
    "too_early",
    "not_clear",
    "on_track",
    "behind",
    "far_behind",
    "moving_away",
    "no_progress",
]
Better = Literal["higher", "lower"]

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

    ``observed_per_year`` is the least-squares slope and ``observed_low`` to ``observed_high`` its 90 %
    interval, from three periods over two years on. ``pace`` is R, that slope over the yearly change needed
    from the base on; ``pace_low`` and ``pace_high`` are the range of R over all estimates of the slope
    (``data.pace``). ``required_per_year`` is needed from the latest period on. All are in the unit of the
    series. Where the latest value is on the good side, only the observed change is given.
    ``reversed_since`` is the year in which the series turned.
    """

    pace: float | None
    pace_low: float | None
    pace_high: float | None
    observed_per_year: float | None
    observed_low: float | None
    observed_high: float | None
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
    (t0, y0), now, (end, goal) = series[0], series[-1], target
    if end <= t0:
        return unjudged("target_before_base")
    observed = pace(series)
    turned = turning_point(series)
    progress = replace(
        unjudged("one_period"),
        observed_per_year=observed.per_year if observed else None,
        observed_low=observed.low if observed else None,
        observed_high=observed.high if observed else None,
        reversed_since=None if turned is None else int(series[turned][0] - 1e-9),
    )
    if on_good_side(now[1], goal, better):
        none = Method(None, None, "on_good_side")
        return replace(progress, reading=met, reason=None, linear=none, cagr=none, un=none)
    progress = replace(progress, required_per_year=(goal - now[1]) / (end - now[0]) if end > now[0] else None)
    if len(series) < 2:
        return progress
    if observed is None:
        none = Method(None, None, "short_series")
        return replace(progress, reading="too_early", reason=None, linear=none, cagr=none, un=none)
    ratios = [] if y0 == goal else [slope / ((goal - y0) / (end - t0)) for slope in observed.estimates]
    return replace(
        progress,
        pace=ratios[0] if ratios else None,
        pace_low=min(ratios, default=None),
        pace_high=max(ratios, default=None),
        reading=_reading(series, observed, ratios, goal, better),
        reason=None,
        linear=linear(series[0], now, target),
        cagr=cagr(series[0], now, target),
        un=un_progress(series[0], now, target),
    )


def unjudged(reason: str) -> Progress:
    """No reading, for a reason."""
    none = Method(None, None, reason)
    return Progress(
        pace=None,
        pace_low=None,
        pace_high=None,
        observed_per_year=None,
        observed_low=None,
        observed_high=None,
        required_per_year=None,
        reading="not_judged",
        reason=reason,
        reversed_since=None,
        linear=none,
        cagr=none,
        un=none,
    )


def without_reading(progress: Progress, reason: str) -> Progress:
    """Return the same paces and requirement without any reading, for a reason."""

    def silent(method: Method) -> Method:
        return replace(method, reading=None, reason=method.reason or reason)

    return replace(
        progress,
        reading="not_judged",
        reason=reason,
        reversed_since=None,
        linear=silent(progress.linear),
        cagr=silent(progress.cagr),
        un=silent(progress.un),
    )


def _reading(
    series: Sequence[Point], observed: Pace, ratios: Sequence[float], goal: float, better: Better
) -> ProgressReading:
    """Return the reading of a series that is not there yet: that of all its estimates, if it is clear.

    Of a series that started on the good side, or at the target, only whether it leaves can be said.
    """
    if len(series) < FEWEST_PERIODS or series[-1][0] - series[0][0] < SHORTEST_YEARS - 1e-9:
        return "too_early"
    if not observed.is_clear:
        return "not_clear"
    if on_good_side(series[0][1], goal, better):
        leaves = all((slope < 0) == (better == "higher") and slope != 0 for slope in observed.estimates)
        return "moving_away" if leaves else "not_clear"
    readings = {_read(ratio, CUTS, "moving_away") for ratio in ratios}
    return readings.pop() if len(readings) == 1 else "not_clear"
