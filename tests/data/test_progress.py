"""One series towards a dated target: published vectors, properties, and every reading by hand arithmetic."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.progress import assess, cagr, linear, un_progress

VECTORS = [
    (5, 5.6, 16, "higher", 0.727, 0.609, 0.409),
    (30, 33, 60, "higher", 1.032, 1.044, 0.750),
    (32, 30, 10, "lower", 0.421, 0.558, 0.682),
    (10, 10.2, 30, "higher", 0.133, 0.080, 0.075),
    (9000, 9600, 1000, "lower", -0.230, -0.700, -0.562),
    (9000, 7300, 0, "lower", None, 0.792, 1.417),
]


@pytest.mark.parametrize(("base", "now", "goal", "better", "by_cagr", "by_un", "by_line"), VECTORS)
def test_golden_vectors(base, now, goal, better, by_cagr, by_un, by_line):
    """Published vectors: base 2020, now 2024, target 2050, annual; with two periods none of them is told."""
    points = (2020.0, base), (2024.0, now), (2050.0, goal)
    assert linear(*points).ratio == pytest.approx(by_line, abs=1e-3)
    assert un_progress(*points).ratio == pytest.approx(by_un, abs=1e-3)
    if by_cagr is None:
        assert (cagr(*points).ratio, cagr(*points).reading, cagr(*points).reason) == (
            None,
            None,
            "not_positive",
        )
    else:
        assert cagr(*points).ratio == pytest.approx(by_cagr, abs=1e-3)
    two = assess(points[:2], points[2], better, "achieved")
    assert {two.linear.reason, two.cagr.reason, two.un.reason} == {"short_series"}
    assert two.reading == "too_early"


def test_on_the_good_side_nothing_is_required_and_no_ratio_is_told():
    for values in ([50], [50, 50, 50], [40, 45, 60], [70, 65, 60]):
        told = assess(points(values), (2050.0, 50), "higher", "achieved")
        assert (told.reading, told.reason) == ("achieved", None)
        assert told.pace is told.pace_low is told.pace_high is told.required_per_year is None
        assert {told.linear.reason, told.cagr.reason, told.un.reason} == {"on_good_side"}
    assert told.observed_per_year == pytest.approx(-5), "what it does is told all the same"


@pytest.mark.parametrize(
    ("at", "by_line", "by_un"),
    [
        (0.96, "on_track", "on_track"),
        (0.94, "behind", "behind"),
        (0.61, "behind", "behind"),
        (0.59, "far_behind", "behind"),
        (0.01, "far_behind", "no_progress"),
        (-0.01, "moving_away", "no_progress"),
    ],
)
def test_cuts(at, by_line, by_un):
    """0 → 10 in ten years after five of them; the UN ratio of ``1 + g`` squared over (2 - 1)."""
    assert linear((2020.0, 0), (2025.0, 5 * at), (2030.0, 10)).reading == by_line
    assert un_progress((2020.0, 1), (2025.0, (1 + at) ** 0.5), (2030.0, 2)).reading == by_un
    assert cagr((2020.0, 1), (2021.0, 1 + 0.1 * at), (2021.0 + 1e-9, 1.1)).reading == by_line


@pytest.mark.parametrize(
    ("base", "now", "goal", "by_cagr", "by_un"),
    [
        (0, 1, 2, "not_positive", "not_positive"),
        (1, 0, 2, "not_positive", "not_positive"),
        (1, 1, -2, "not_positive", None),
        (2, 3, 2, "base_equals_target", "base_equals_target"),
    ],
)
def test_what_is_undefined_says_why(base, now, goal, by_cagr, by_un):
    points = (2020.0, base), (2024.0, now), (2050.0, goal)
    for method, reason in ((cagr(*points), by_cagr), (un_progress(*points), by_un)):
        assert method.reason == reason
        assert (method.ratio is None) == (method.reading is None) == (reason is not None)


def test_growth_beyond_a_float_is_said_and_never_raised():
    day = 1 / 365
    points = (2020.0, 1e-9), (2020.0 + day, 1e9), (2051.0, 1.0)
    assert cagr(*points).reason == un_progress(*points).reason == "out_of_range"
    close = (2020.0, 1.0), (2024.0, 1.1), (2050.0, 1.0 + 2e-16)
    assert cagr(*close).reason == "base_equals_target"


def points(values, first=2020.0, step=1.0):
    return [(first + at * step, value) for at, value in enumerate(values)]


READINGS = {
    # 10 → 20 in the ten years from 2020 needs 1.0 a year
    "1.0 a year": ([10, 11, 12, 13, 14], "on_track"),
    "0.8 a year": ([10, 10.8, 11.6, 12.4, 13.2], "behind"),
    "0.3 a year": ([10, 10.3, 10.6, 10.9, 11.2], "far_behind"),
    "−0.3 a year": ([10, 9.7, 9.4, 9.1, 8.8], "moving_away"),
    # slope 0.8 ± 1.09 by the 90 % interval, t(3) = 2.353: it may be nothing
    "one leap": ([10, 10, 10, 10, 14], "not_clear"),
    # slope 0.95, without the first 1.05 and without the last 0.80: two classes
    "a class apart": ([10, 10.6, 11.8, 12.6, 13.8], "not_clear"),
    # slopes of 1.16 at least, and an interval above 0
    "not turned": ([10, 12, 14, 15.5, 17, 17.4, 17.8], "on_track"),
    # slopes of 0.97 at least, and an interval above 0, but it falls by 0.2 a year in the last three years
    "turned": ([10, 12, 14, 16, 17.2, 17, 16.8], "not_clear"),
    # four periods never suffice
    "four periods": ([10, 11, 12, 13], "too_early"),
    "there at the end": ([10, 11, 12, 13, 20], "met"),
    "there with two": ([10, 20], "met"),
    "there with one": ([20], "met"),
    "beyond": ([10, 25], "met"),
    # on the good side of 20 and left it, in every way of looking: −0.75 a year and like it
    "left": ([22, 21.5, 21, 20.5, 19], "moving_away"),
    # on the good side and left it by 0.5, but the slope rises
    "left unclearly": ([20.4, 15, 21, 18, 19.9], "not_clear"),
    "left from the target itself": ([20, 19.8, 19.6, 19.4, 19.2], "moving_away"),
}


@pytest.mark.parametrize(("values", "expected"), READINGS.values(), ids=READINGS)
@pytest.mark.parametrize("met", ["at_or_better", "achieved"])
def test_every_reading(values, expected, met):
    found = assess(points(values), (2030.0, 20), "higher", met)
    assert found.reading == (met if expected == "met" else expected)
    assert found.reason is None
    # mirrored, the same is said
    mirrored = assess(points([-value for value in values]), (2030.0, -20), "lower", met)
    assert (mirrored.reading, mirrored.pace) == (found.reading, found.pace)


def test_not_judged_comes_before_everything():
    one = assess([(2020.0, 10)], (2030.0, 20), "higher", "achieved")
    assert (one.reading, one.reason) == ("not_judged", "one_period")
    assert one.required_per_year == pytest.approx(1), "what is required takes no pace"
    late = assess(points([30, 31]), (2020.0, 20), "higher", "achieved")
    assert (late.reading, late.reason) == ("not_judged", "target_before_base")
    assert {late.pace, late.required_per_year, late.linear.ratio} == {None}
    assert assess(points([30, 31]), (2020.1, 20), "higher", "achieved").reading == "achieved"


@pytest.mark.parametrize(("years", "expected"), [(3.99, "too_early"), (4.0, "on_track")])
def test_four_years_are_needed_whatever_the_number_of_periods(years, expected):
    step = years / 8
    values = [10 + at * step for at in range(9)]
    assert assess(points(values, step=step), (2030.0, 20), "higher", "achieved").reading == expected


def test_five_periods_are_needed_whatever_the_number_of_years():
    way = points([10, 12, 14, 16], step=2)
    assert assess(way, (2030.0, 20), "higher", "achieved").reading == "too_early"
    assert assess([*way, (2027.0, 17)], (2030.0, 20), "higher", "achieved").reading == "on_track"


def test_paces_by_hand():
    """10, 11, 12, 13, 15 towards 20 in 2030, 1.0 a year needed.

    Slope Σ(t − t̄)(y − ȳ)/10 = (4.4 + 1.2 + 0.8 + 5.6)/10 = 1.2; residuals −0.2, 0, 0.2, … with Σe² = 0.4, so
    its error is √(0.4/3/10) = 0.11547 and the 90 % interval ± 2.3534 × 0.11547 = 0.27175. Without the first
    1.3, without the last 1.0. All ten slopes between pairs: 1, 1, 1, 1.25, 1, 1, 4/3, 1, 1.5, 2: median 1.
    """
    told = assess(points([10, 11, 12, 13, 15]), (2030.0, 20), "higher", "achieved")
    assert told.pace == told.observed_per_year == pytest.approx(1.2)
    assert (told.observed_low, told.observed_high) == pytest.approx((1.2 - 0.27175, 1.2 + 0.27175), abs=1e-4)
    assert (told.pace_low, told.pace_high) == pytest.approx((1.0, 1.3))
    assert told.linear.ratio == pytest.approx(1.25), "the published method goes from first to last"
    assert told.required_per_year == pytest.approx(5 / 6)


@pytest.mark.parametrize(("values", "step"), [([10, 11], 2.0), ([10, 11, 12], 0.99), ([10, 11, 12, 13], 0.5)])
def test_no_pace_below_three_periods_over_two_years(values, step):
    told = assess(points(values, step=step), (2030.0, 20), "higher", "achieved")
    assert told.pace is told.observed_per_year is told.observed_low is told.linear.ratio is None
    assert (told.reading, told.reason) == ("too_early", None)


def test_three_periods_over_two_years_have_a_pace_and_no_reading():
    """10, 12, 13: slope 1.5, Σe² = 1/6, error √(1/6/1/2) = 0.28868; t(1) at 95 % is 6.3138: ± 1.8227."""
    told = assess(points([10, 12, 13]), (2030.0, 20), "higher", "achieved")
    assert told.observed_per_year == pytest.approx(1.5)
    assert told.observed_high == pytest.approx(1.5 + 1.8227, abs=1e-4)
    assert told.reading == "too_early"


@pytest.mark.parametrize(
    ("values", "year"),
    [
        # periods end with 2019, 2020, 2021, …; the last three years are the last three periods
        ([10, 13, 15, 17, 18, 17.6, 17.5], 2023),
        ([10, 7, 5, 3, 2, 2.4, 2.5], 2023),
        ([10, 11, 12, 12.5, 13], None),
        ([10, 14, 12, 12, 12], None),
        ([10, 9], None),
        # it falls on the whole and fell since: no turn
        ([20, 10, 14, 13, 12, 11.5], None),
    ],
)
def test_reversed_since_names_the_extreme_year(values, year):
    assert assess(points(values), (2030.0, 20), "higher", "achieved").reversed_since == year


numbers = st.floats(0.1, 100, allow_nan=False)
series = st.lists(numbers, min_size=3, max_size=9).map(points)
goals = st.tuples(st.integers(2031, 2100).map(float), numbers)
betters = st.sampled_from(["higher", "lower"])


@given(series, goals, betters)
def test_the_required_path_ends_at_the_target(way, goal, better):
    found = assess(way, goal, better, "achieved")
    moment, value = way[-1]
    if found.required_per_year is None:
        assert found.reading == "achieved"
        assert value >= goal[1] if better == "higher" else value <= goal[1]
    else:
        assert value + found.required_per_year * (goal[0] - moment) == pytest.approx(goal[1])
        assert (found.required_per_year > 0) == (better == "higher")


@given(numbers, goals, st.integers(5, 9))
def test_on_the_path_r_is_one(start, goal, count):
    if abs(goal[1] - start) < 0.01:
        return
    need = (goal[1] - start) / (goal[0] - 2020)
    found = assess(
        points([start + need * at for at in range(count)]),
        goal,
        "higher" if goal[1] > start else "lower",
        "achieved",
    )
    assert [found.pace, found.pace_low, found.pace_high] == pytest.approx([1, 1, 1], abs=1e-6)
    assert found.observed_per_year == pytest.approx(found.required_per_year, abs=1e-6)
    assert found.reading == "on_track"


@settings(max_examples=30)
@given(series, goals, betters, st.integers(-8, 8).map(lambda power: 2.0**power))
def test_the_unit_does_not_matter(way, goal, better, factor):
    """A factor of a power of two changes no digit, so everything must be the same to the last one."""
    one = assess(way, goal, better, "achieved")
    other = assess(
        [(moment, value * factor) for moment, value in way], (goal[0], goal[1] * factor), better, "achieved"
    )
    yearly = ("observed_per_year", "observed_low", "observed_high", "required_per_year")
    for field in fields(one):
        told, scaled = getattr(one, field.name), getattr(other, field.name)
        assert scaled == (told and told * factor if field.name in yearly else told), field.name


@settings(max_examples=30)
@given(series, goals, betters)
def test_mirrored_values_with_the_other_direction_read_the_same(way, goal, better):
    one = assess(way, goal, better, "achieved")
    mirrored = [(moment, -value) for moment, value in way]
    other = assess(mirrored, (goal[0], -goal[1]), "lower" if better == "higher" else "higher", "achieved")
    for field in ("pace", "pace_low", "pace_high", "reading", "reversed_since", "linear"):
        assert getattr(one, field) == getattr(other, field)
    assert other.observed_per_year == -one.observed_per_year
    there = one.reading == "achieved"
    assert other.cagr.reason == other.un.reason == ("on_good_side" if there else "not_positive")
