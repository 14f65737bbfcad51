"""Concentration, mismatch, convergence and contributions: pure formulas over a handful of districts.

Shapes: every argument is a one-dimensional array with one number a district, in one order. Missing districts
are left out by the caller, with their population; a NaN is refused with a ValueError, as is an array without
a district. What a formula does not define for its input (one district, a group without districts) is NaN,
never 0. No index has a unit, but Theil's is in nats and β is a rate a year.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, isnan, log, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Numbers = NDArray[np.float64]


def _numbers(values: ArrayLike) -> Numbers:
    """One finite number a district, for one district or more."""
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1 or not len(numbers):
        raise ValueError("a measure needs a list of at least one district")
    if not np.isfinite(numbers).all():
        raise ValueError("a value is missing; leave the district out")
    return numbers


def _within_0_and_1(index: float) -> float:
    """Return an index that only rounding can take below 0 or above 1."""
    return min(1.0, max(0.0, float(index)))


def shares(amounts: ArrayLike) -> Numbers:
    """Each district's part of their sum ``s_i = a_i / Σ a``, 0 to 1, summing to 1; 0 for a zero amount.

    Raises
    ------
    ValueError
        For no district, a missing or negative amount, or amounts that are all zero.
    """
    numbers = _numbers(amounts)
    if (numbers < 0).any():
        raise ValueError("an amount is negative; a signed series has no shares")
    if not numbers.sum():
        raise ValueError("all amounts are zero; there is nothing to share")
    return np.asarray(numbers / numbers.sum() + 0.0)  # + 0.0: a share of -0.0 is 0.0


def _populated(activity: ArrayLike, population: ArrayLike) -> tuple[Numbers, Numbers]:
    """Shares of activity and of people; every district must have people."""
    s, p = shares(activity), shares(population)
    if len(s) != len(p):
        raise ValueError("activity and population are not of the same districts")
    if not p.all():
        raise ValueError("a district has no population; leave it out")
    return s, p


def primacy(activity: ArrayLike) -> float:
    """Return the largest share: 1/n where all are equal, 1 where one district has everything.

    Jefferson (1939), The law of the primate city, doi:10.2307/209944.
    """
    return float(shares(activity).max())


def herfindahl(activity: ArrayLike) -> float:
    """Herfindahl–Hirschman index ``Σ s²``: 1/n where all are equal, 1 where one district has everything.

    Its inverse is the number of equal districts that would be as concentrated. Hirschman (1964), The
    paternity of an index, American Economic Review 54(5), 761, https://www.jstor.org/stable/1818582 (it has
    no DOI).
    """
    return float((shares(activity) ** 2).sum())


def evenness(activity: ArrayLike) -> float:
    """Shannon evenness ``−Σ s ln s / ln n``: 0 one centre, 1 even; ``0 ln 0 = 0``; NaN for one district.

    Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x; Pielou (1966),
    doi:10.1016/0022-5193(66)90013-0.
    """
    s = shares(activity)
    if len(s) == 1:
        return nan
    positive = s[s > 0]
    return _within_0_and_1(-(positive * np.log(positive)).sum() / log(len(s)))


def rank_size_slope(activity: ArrayLike) -> float:
    """Slope of ln s on ln rank by least squares, over positive shares: 0 even, the lower the more uneven.

    No lower bound. Districts without activity are not seen: two equal ones among eight give 0 as well, so
    read it beside ``primacy``. NaN with fewer than two positive shares. Meijers and Burger (2010), Spatial
    structure and productivity in US metropolitan areas, doi:10.1068/a42151.
    """
    s = shares(activity)
    positive = np.sort(s[s > 0])[::-1]
    return _slope(np.log(np.arange(1, len(positive) + 1)), np.log(positive))


def _slope(x: Numbers, y: Numbers) -> float:
    """Slope of y on x by least squares; NaN where x does not vary."""
    if x.min() == x.max():  # asked of x itself: the mean of equal numbers can miss them by a rounding
        return nan
    across = x - x.mean()
    return float((across * (y - y.mean())).sum() / (across**2).sum()) + 0.0


def green(activity: ArrayLike) -> float:
    """Green's polycentricity ``1 − σ / σ_max``, σ the population standard deviation, ``σ_max = s_max / 2``.

    For reference only: 0 to 1, 1 is even, yet one single centre among eight still scores 0.34, because
    σ_max is that of two places, one with everything; 0 is reached where half of the districts share all
    evenly and the others have none. NaN for one district. Green (2007), Functional polycentricity,
    doi:10.1080/00420980701518941.
    """
    s = shares(activity)
    if len(s) == 1:
        return nan
    return _within_0_and_1(1 - s.std() / (s.max() / 2))


def p_star(activity: ArrayLike) -> float:
    """Our normalisation ``1 − CV(s) / √(n − 1)``: 0 one centre, 1 even; NaN for one district.

    CV is the population standard deviation over the mean; √(n − 1) is its largest value (Kirby 1974,
    Algebraic boundedness of sample statistics, doi:10.1029/WR010i002p00220). The normalisation is this
    dashboard's own, after Green (2007), doi:10.1080/00420980701518941.
    """
    s = shares(activity)
    if len(s) == 1:
        return nan
    return _within_0_and_1(1 - coefficient_of_variation(s) / sqrt(len(s) - 1))


def location_quotients(activity: ArrayLike, population: ArrayLike) -> Numbers:
    """``s / p``, share of activity over share of people: 1 parity, 0 no activity, at most 1/p.

    Their mean weighted by people is 1. Isard (1960), Methods of regional analysis; Billings and Johnson
    (2012), The location quotient as an estimator of industrial concentration,
    doi:10.1016/j.regsciurbeco.2012.03.003.

    Raises
    ------
    ValueError
        As ``shares`` does, and for a district without people.
    """
    s, p = _populated(activity, population)
    return np.asarray(s / p)


def hoover(activity: ArrayLike, population: ArrayLike) -> float:
    """Hoover index ``½ Σ|s − p|``: the part of the activity that would have to move to follow people.

    0 where it does, at most ``1 − min p``: where the least populous district has everything. Hoover (1936),
    The measurement of industrial localization, doi:10.2307/1927875.
    """
    s, p = _populated(activity, population)
    return float(np.abs(s - p).sum() / 2)


@dataclass(frozen=True)
class Theil:
    """Theil's index and its exact parts: ``total = between + within``; ``by_group`` sums to ``within``."""

    total: float
    between: float
    within: float
    by_group: dict[bool, float]


def theil(activity: ArrayLike, population: ArrayLike, centre: Sequence[bool]) -> Theil:
    """Theil index ``Σ s ln(s/p)`` in nats, split over centre (True) and periphery (False).

    ``between = Σ_g S_g ln(S_g/P_g)``; ``within = Σ_g S_g T_g`` with T_g the index of a group on its own
    shares, 0 for a group without districts or activity. No part is below 0; 0 where activity follows
    people; the total is at most ``ln(1/min p)``; ``0 ln 0 = 0``. With one group only, between is 0. Theil
    (1967), Economics and information theory; Shorrocks (1980), The class of additively decomposable
    inequality measures, doi:10.2307/1913126.
    """
    s, p = _populated(activity, population)
    group = np.asarray(centre, dtype=bool)
    between, by_group = 0.0, {}
    for inner in (True, False):
        members = group == inner
        own_s, own_p = float(s[members].sum()), float(p[members].sum())
        if not own_s:
            by_group[inner] = 0.0
            continue
        between += own_s * log(own_s / own_p)
        by_group[inner] = own_s * _theil(s[members] / own_s, p[members] / own_p)
    return Theil(_theil(s, p), max(0.0, between), sum(by_group.values()), by_group)


def _theil(s: Numbers, p: Numbers) -> float:
    there = s > 0
    return max(0.0, float((s[there] * np.log(s[there] / p[there])).sum()))


def gini(activity: ArrayLike, population: ArrayLike) -> float:
    """Gini of the intensities x = s/p weighted by people: ``Σ_i Σ_j p_i p_j |x_i − x_j| / (2 x̄)``.

    0 where activity follows people, at most ``1 − min p``; never below ``hoover``; twice the area between
    ``lorenz`` and its diagonal. Gini (1912), Variabilità e mutabilità; weighted form: Lerman and Yitzhaki
    (1989), Improving the accuracy of estimates of Gini coefficients, doi:10.1016/0304-4076(89)90074-2.
    """
    s, p = _populated(activity, population)
    x = s / p
    mean = float((p * x).sum())
    return float((np.outer(p, p) * np.abs(x[:, None] - x[None, :])).sum() / (2 * mean))


def lorenz(activity: ArrayLike, population: ArrayLike) -> tuple[Numbers, Numbers, NDArray[np.intp]]:
    """Cumulative shares of people and of activity in ascending order of intensity s/p, both from 0 to 1.

    Lorenz (1905), Methods of measuring the concentration of wealth, doi:10.2307/2276207.

    Returns
    -------
    People and activity, n + 1 points each, and the order of the n districts, as positions in the
    arguments; districts of equal intensity keep their order.
    """
    s, p = _populated(activity, population)
    order = np.argsort(s / p, kind="stable")
    people, active = (np.concatenate([[0.0], np.cumsum(part[order])]) for part in (p, s))
    return people, active, order


def centre_share(activity: ArrayLike, centre: Sequence[bool]) -> float:
    """Return the part of the activity that lies in the centre, 0 to 1; 0 where no district is in it."""
    return float(shares(activity)[np.asarray(centre, dtype=bool)].sum())


def centre_periphery_ratio(activity: ArrayLike, population: ArrayLike, centre: Sequence[bool]) -> float:
    """``(S_c/P_c) / (S_p/P_p)``: activity per person in the centre over that in the periphery.

    1 is balance, above 1 the centre has more, 0 it has none; no upper bound. NaN where a group has no
    district or the periphery no activity. The location quotient of two regions: Isard (1960), as in
    ``location_quotients``.
    """
    s, p = _populated(activity, population)
    inner = np.asarray(centre, dtype=bool)
    if not inner.any() or not s[~inner].sum():
        return nan
    return float((s[inner].sum() / p[inner].sum()) / (s[~inner].sum() / p[~inner].sum()))


def gap_closed(base: float, later: float) -> float:
    """Return the part of a ratio's distance from 1 that closed, ``(R_0 − R_t) / (R_0 − 1)``.

    1 closed, 0 as before, negative wider, above 1 turned round. NaN where there was no gap; of little
    meaning where it was small.
    """
    return (base - later) / (base - 1) if base != 1 else nan


def highest_to_lowest(values: ArrayLike) -> float:
    """Return the highest value over the lowest, 1 or more; NaN for one district or a lowest of 0 or less."""
    numbers = _numbers(values)
    return float(numbers.max() / numbers.min()) if len(numbers) > 1 and numbers.min() > 0 else nan


def coefficient_of_variation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the standard deviation over the mean, both weighted by ``weights``; 0 where all are equal.

    ``√(Σ w (x − x̄)²) / x̄`` with weights w that sum to 1 (1/n if none are given): 0 to √(n − 1)
    unweighted. σ-convergence is its fall over time. NaN where a value is negative or all are 0: the mean
    must be a scale. Barro and Sala-i-Martin (1992), Convergence, doi:10.1086/261816; weighted: Williamson
    (1965), Regional inequality and the process of national development, doi:10.1086/450136.

    Raises
    ------
    ValueError
        For a missing value, weights that ``shares`` refuses, or not one weight a value.
    """
    numbers = _numbers(values)
    weight = shares(np.ones(len(numbers)) if weights is None else weights)
    if len(weight) != len(numbers):
        raise ValueError("values and weights are not of the same districts")
    mean = float((weight * numbers).sum())
    if (numbers < 0).any() or not mean:
        return nan
    return sqrt(float((weight * (numbers - mean) ** 2).sum())) / mean


@dataclass(frozen=True)
class Convergence:
    """β of convergence: ``beta`` a year (positive: the low ones grew faster) and its 90 % interval.

    ``half_life`` of the gaps is in years. The interval takes the districts for independent draws around
    one line, Student's t on n − 2 of them.
    """

    beta: float
    low: float
    high: float
    half_life: float


def beta_convergence(first: ArrayLike, last: ArrayLike, years: float) -> Convergence:
    """β: minus the slope of mean yearly log growth on the log of the initial level, by least squares.

    ``half_life = ln 2 / β``, NaN unless the whole interval of β is positive beyond rounding; it takes β for
    the speed at each instant, which over T years is ``−ln(1 − βT) / T``, so where gaps close fast it is too
    long. Measurement error in the first level alone makes β positive (Quah 1993, Galton's fallacy and tests
    of the convergence hypothesis, doi:10.2307/3440905). NaN with fewer than three districts or equal first
    levels. Baumol (1986), Productivity growth, convergence, and welfare,
    https://www.jstor.org/stable/1816469 (it has no DOI); Barro and Sala-i-Martin (1992), Convergence,
    doi:10.1086/261816.

    Raises
    ------
    ValueError
        For levels missing, not positive or not of the same districts, and for years that are not positive.
    """
    before, after = _numbers(first), _numbers(last)
    if len(before) != len(after):
        raise ValueError("the levels are not of the same districts")
    if not years > 0 or not ((before > 0).all() and (after > 0).all()):
        raise ValueError("levels and years must be positive")
    if len(before) < 3:
        return Convergence(nan, nan, nan, nan)
    level, growth = np.log(before), np.log(after / before) / years
    beta = -_slope(level, growth) + 0.0
    if isnan(beta):
        return Convergence(nan, nan, nan, nan)
    line = stats.linregress(level, growth)
    margin = float(stats.t.ppf(0.95, len(before) - 2) * line.stderr)
    half_life = log(2) / beta if beta - margin > 1e-12 else nan
    return Convergence(beta, beta - margin, beta + margin, half_life)


def contributions(
    base: Sequence[ArrayLike], later: Sequence[ArrayLike], index: Callable[..., float]
) -> Numbers:
    """Return what each district adds to the change of an index between two periods: its Shapley value.

    The players are the districts. A coalition takes its own amounts (and population) of the later period,
    all others those of the base; shares are computed anew for each of the 2ⁿ coalitions. The values sum to
    ``index(*later) − index(*base)``; a district whose figures did not change gets 0. An index that is NaN
    for a coalition makes values NaN; what it refuses for one (all amounts zero) is raised.

    Parameters
    ----------
    base, later
        The arguments of ``index`` at each period: amounts alone, or amounts and population.
    index
        A function of those arrays to one number.

    Returns
    -------
    One number a district in the unit of the index. Shapley (1953), A value for n-person games,
    doi:10.1515/9781400881970-018; for inequality Shorrocks (2013), doi:10.1007/s10888-011-9214-z.
    """
    before = np.stack([np.asarray(amounts, dtype=float) for amounts in base])
    after = np.stack([np.asarray(amounts, dtype=float) for amounts in later])
    n = before.shape[1]
    worth = np.empty(2**n)
    for coalition in range(2**n):
        moved = np.array([bool(coalition >> player & 1) for player in range(n)])
        worth[coalition] = index(*np.where(moved, after, before))
    added = np.zeros(n)
    for player in range(n):
        others = [amounts for amounts in range(n) if amounts != player]
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for coalition_of in combinations(others, size):
                without = sum(1 << amounts for amounts in coalition_of)
                added[player] += weight * (worth[without | 1 << player] - worth[without])
    return added
