"""The pace of a short series: its least-squares slope, how sure that is, and where it turned.

A series is a list of (moment, value), in order of time; a moment is a decimal year.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

Point = tuple[float, float]

LEAST_PERIODS = 3
LEAST_YEARS = 2.0
CONFIDENCE = 0.90
RECENT_YEARS = 3.0
_SAME_DAY = 1e-9


@dataclass(frozen=True)
class Pace:
    """The change a year of a series, in its unit.

    ``per_year`` is the least-squares slope, ``low`` and ``high`` its 90 % interval by Student's t.
    ``estimates`` are that slope, the slope with each one period left out, and the median of the slopes
    between all pairs of periods (Theil 1950; Sen 1968, doi:10.1080/01621459.1968.10480934). ``recent`` is
    the slope over the periods of the last three years, None with fewer than two.
    """

    per_year: float
    low: float
    high: float
    estimates: tuple[float, ...]
    recent: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0 and the last three years do not go the other way."""
        return (self.low > 0 or self.high < 0) and not self.turned

    @property
    def turned(self) -> bool:
        """Whether the last three years go the other way than the whole."""
        return self.recent is not None and self.recent * self.per_year < 0


def pace(series: Sequence[Point]) -> Pace | None:
    """Return the pace of a series; None below three periods or two years."""
    if len(series) < LEAST_PERIODS or series[-1][0] - series[0][0] < LEAST_YEARS - _SAME_DAY:
        return None
    moments, values = zip(*series, strict=True)
    fit = stats.linregress(moments, values)
    error = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(series) - 2) * fit.stderr)
    shorter = [[*series[:at], *series[at + 1 :]] for at in range(len(series))]
    recent = [point for point in series if point[0] > series[-1][0] - RECENT_YEARS + _SAME_DAY]
    slope = float(fit.slope)
    if len(set(values)) == 1:  # for which scipy gives no error
        error = 0.0
    return Pace(
        per_year=slope,
        low=slope - error,
        high=slope + error,
        estimates=(slope, *map(_slope, shorter), float(stats.theilslopes(values, moments).slope)),
        recent=_slope(recent) if len(recent) > 1 else None,
    )


def turning_point(series: Sequence[Point]) -> int | None:
    """Return the index of the period since which a series has turned; None where it has not.

    That is its extreme in the direction of the whole, where the last three years go the other way.
    """
    whole = pace(series)
    if whole is None or not whole.turned:
        return None
    values = [value for _, value in series]
    at = values.index(max(values) if whole.per_year > 0 else min(values))
    return at if 0 < at < len(series) - 1 else None


def _slope(series: Sequence[Point]) -> float:
    return float(stats.linregress(*zip(*series, strict=True)).slope)
