"""Counting noise against printed tables, brute force and hand arithmetic."""

from math import exp, factorial, log, sqrt

import pytest

from data import intervals


def at_most(count: int, expected: float) -> float:
    """P(X ≤ count) of a Poisson variable, summed term by term."""
    return sum(exp(-expected) * expected**k / factorial(k) for k in range(count + 1))


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (20, 12.217, 30.888), (100, 81.364, 121.627)],
)
def test_exact_limits_are_those_of_the_printed_tables(count: int, low: float, high: float) -> None:
    """Garwood 1936, and every table of exact Poisson limits since."""
    found = intervals.poisson_interval([count])
    assert [float(end[0]) for end in found] == pytest.approx([low, high], abs=5e-4)


@pytest.mark.parametrize("count", [1, 7, 27])
def test_beyond_each_limit_lies_a_fortieth(count: int) -> None:
    low, high = (float(end[0]) for end in intervals.poisson_interval([count]))
    assert 1 - at_most(count - 1, low) == pytest.approx(0.025)
    assert at_most(count, high) == pytest.approx(0.025)


def test_homogeneity_is_pearsons() -> None:
    """Two areas of the same size with 10 and 30 events: χ² = 2 × 10² / 20 = 10 on 1 df, p = 0.00157."""
    assert intervals.homogeneity([10, 30], [1, 1]) == pytest.approx(0.00157, abs=1e-5)
    assert intervals.homogeneity([10, 30], [100, 300]) == pytest.approx(1)


def test_rates_differ_by_the_logarithm_of_their_ratio() -> None:
    """ln(30/20) = 0.405 against 1.96 √(1/30 + 1/20) = 0.566; three times as many events: 0.327."""
    assert not intervals.differ([30, 20], [30, 20]).any()
    assert intervals.differ([90, 60], [90, 60]).tolist() == [[False, True], [False, False]]
    assert log(90 / 60) > 1.959964 * sqrt(1 / 90 + 1 / 60)
    assert not intervals.differ([90, 0], [90, 0]).any()


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_between_the_limits_of_a_funnel_lies_what_chance_makes(level: float) -> None:
    """Interpolated between whole counts, a tail holds what it should or the next count less."""
    for expected in (0.8, 5, 20, 60):
        low, high = (float(end) * expected for end in intervals.funnel_limits(expected, level))
        assert low < expected < high
        tail = (1 - level) / 2
        assert at_most(int(high), expected) <= 1 - tail <= at_most(int(high) + 1, expected)
        assert low == 0 or at_most(int(low), expected) <= tail <= at_most(int(low) + 1, expected)


def test_of_many_events_the_funnel_is_that_of_a_normal_variable() -> None:
    low, high = (float(end) for end in intervals.funnel_limits(10_000))
    assert (low, high) == pytest.approx((1 - 0.0196, 1 + 0.0196), abs=2e-4)
