"""Counting noise: intervals of counts, homogeneity of rates, differences of two rates, limits of a funnel."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

LEVEL = 0.95
"""Confidence level of every interval that is not given another."""
ALIKE = 0.05
"""Probability above which differences as large as these are what chance alone makes."""

Numbers = NDArray[np.float64]


def poisson_interval(counts: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return the exact interval of the expectation behind each count; NaN where the count is NaN.

    Garwood 1936, "Fiducial limits for the Poisson distribution", Biometrika 28,
    doi:10.1093/biomet/28.3-4.437.
    """
    count = np.asarray(counts, dtype=float)
    tail = (1 - level) / 2
    low = np.where(count == 0, 0.0, stats.chi2.ppf(tail, 2 * count) / 2)
    return low, stats.chi2.ppf(1 - tail, 2 * count + 2) / 2


def homogeneity(observed: ArrayLike, at_risk: ArrayLike) -> float:
    """Return the probability of differences this large if all areas had one rate: Pearson's χ².

    ``observed`` are counts of events by area, ``at_risk`` what they are divided by, in any unit.
    """
    observed, at_risk = np.asarray(observed, dtype=float), np.asarray(at_risk, dtype=float)
    expected = observed.sum() * at_risk / at_risk.sum()
    return float(stats.chisquare(observed, expected).pvalue)


def differ(rates: ArrayLike, counts: ArrayLike, level: float = LEVEL) -> NDArray[np.bool_]:
    """Return a matrix of whether the rate of the row is higher than that of the column, beyond chance.

    ``ln(a / b)`` beyond its standard error ``√(1/c_a + 1/c_b)`` times the normal quantile: Goldstein and
    Spiegelhalter 1996, "League tables and their limitations", JRSS A 159, doi:10.2307/2983325. A count of
    nothing differs from nothing.
    """
    rate, count = np.asarray(rates, dtype=float), np.asarray(counts, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(rate)
        distance = logs[:, None] - logs[None, :]
        error = np.sqrt(1 / count[:, None] + 1 / count[None, :])
        return np.asarray(distance > stats.norm.ppf((1 + level) / 2) * error)


def funnel_limits(expected: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return the lowest and the highest ratio observed ÷ expected that chance makes of an expected count.

    Between them lies the ratio of an area with the city's rate in ``level`` of all cases. Spiegelhalter 2005,
    "Funnel plots for comparing institutional performance", Statistics in Medicine 24,
    doi:10.1002/sim.1970, with the limits of his appendix A.1: exact Poisson quantiles, interpolated so
    that they do not jump.
    """
    expectation = np.asarray(expected, dtype=float)
    return _limit((1 - level) / 2, expectation), _limit((1 + level) / 2, expectation)


def _limit(probability: float, expected: Numbers) -> Numbers:
    """Return the Poisson quantile of a probability over its expectation, interpolated between counts."""
    count = stats.poisson.ppf(probability, expected)
    above, mass = stats.poisson.cdf(count, expected), stats.poisson.pmf(count, expected)
    return np.asarray(np.maximum(count - (above - probability) / mass, 0) / expected)
