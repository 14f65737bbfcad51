"""What can be said of everything that was announced."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from data import periods
from data.dataset import Dataset
from data.observations import FEW_CASES
from data.pace import Point
from data.progress import Better, Progress, ProgressReading, assess, on_good_side, without_reading
from data.targets import Target
from data.transforms import cases, values

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
    "target_before_base",
)
"""Why an announced target is not judged, or that it is."""
_SAME_DAY = 1e-9


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

    A row is judged only against a series of the same definition. One value is enough where its date is at
    the target's or at most a year later; before that, one value is ``followed``. Forecasts are drawn
    against what happened and never judged.
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
    due = _due(points, goal, target.better)
    if due:
        progress = replace(progress, reading=due, reason=None)
    elif progress.reason == "one_period":
        progress = replace(progress, reading="followed", reason=None)
    behind = cases(dataset, str(target.figure))[str(target.area)]
    if min(behind[run[0]], behind[run[-1]]) < FEW_CASES:
        progress = without_reading(progress, "few_cases")
    return Announced(target, progress.reading, progress.reason, progress)


def _due(points: Sequence[Point], goal: Point, better: Better) -> ProgressReading | None:
    """Return whether a target was met when it was due, by the first value at its date or a year after it."""
    due = (value for moment, value in points if -_SAME_DAY <= moment - goal[0] <= 1 + _SAME_DAY)
    value = next(due, None)
    if value is None:
        return None
    return "achieved" if on_good_side(value, goal[1], better) else "missed"


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
