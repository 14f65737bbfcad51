"""Scales: natural breaks against brute force, diverging ones symmetric, ink that can be read on a fill."""

from itertools import pairwise, product
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.figures.drawing.palette import (
    ALIKE,
    DISTRICT_COLOURS,
    DIVERGING,
    ONE_HUE,
    SEQUENTIAL,
    Scale,
    diverging,
    ink,
    natural_gaps,
    sequential,
)

FILLS = [*SEQUENTIAL[3], *SEQUENTIAL[4], *DIVERGING, *ONE_HUE, ALIKE]
few_values = st.lists(st.integers(0, 40).map(lambda n: n / 4), min_size=4, max_size=7)
many_values = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 2)), min_size=1, max_size=40)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2 of #RRGGBB."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def deviation(groups: list[list[float]]) -> float:
    return sum((value - fmean(group)) ** 2 for group in groups for value in group)


@given(few_values, st.sampled_from([2, 3]))
def test_natural_breaks_are_the_best_of_all_ways_to_form_classes(values, classes):
    assume(len(set(values)) >= classes)
    best = min(
        deviation(groups)
        for labels in product(range(classes), repeat=len(values))
        if all(
            groups := [[v for v, one in zip(values, labels, strict=True) if one == k] for k in range(classes)]
        )
    )
    gaps = natural_gaps(sorted(values), classes)
    assert len(gaps) == classes - 1
    edges = [float("-inf"), *(above for _, above in gaps), float("inf")]
    found = [[v for v in values if low <= v < high] for low, high in pairwise(edges)]
    assert deviation(found) == pytest.approx(best, abs=1e-9)


def test_natural_breaks_of_a_clear_case():
    assert natural_gaps([1, 2, 2, 10, 11, 30], 3) == [(2, 10), (11, 30)]
    assert sequential([1, 2, 2, 10, 11, 30], [1, 2, 2, 10, 11, 30], 3).breaks == (10, 30)
    assert sequential([93, 101, 188, 260], [93, 101, 188, 260], 3).breaks == (150, 200)


@given(many_values, st.sampled_from([3, 4]))
def test_a_class_break_lies_in_its_gap_so_that_rounding_moves_no_district(values, classes):
    values = sorted(abs(value) for value in values)[:8]
    assume(len(set(values)) >= classes)
    scale = sequential(values, values, classes)
    assert len(scale.colours) == classes == len(scale.breaks) + 1
    for (below, above), at in zip(natural_gaps(values, classes), scale.breaks, strict=True):
        assert below < at <= above
        assert scale.colour(below) == scale.colours[scale.breaks.index(at)]
        assert scale.colour(above) != scale.colour(below)


def test_a_value_on_a_break_belongs_to_the_class_above():
    scale = Scale(("#111111", "#222222", "#333333"), (10, 20), 0, 30)
    assert [scale.colour(value) for value in (9.99, 10, 19.99, 20)] == [
        "#111111",
        "#222222",
        "#222222",
        "#333333",
    ]


@pytest.mark.parametrize("classes", [0, 3, 4])
def test_fewer_values_than_classes_give_an_unclassed_scale_that_spans_all_years(classes):
    scale = sequential([1.0, 9.0], [5.0, 5.0], classes)
    assert (scale.breaks, scale.low, scale.high) == ((), 1.0, 9.0)
    assert scale.colour(1.0) == SEQUENTIAL[4][0]
    assert scale.colour(9.0) == SEQUENTIAL[4][-1]
    assert scale.colour(-5) == SEQUENTIAL[4][0], "outside the span the ends hold"


def test_one_value_alone_gets_a_colour():
    assert sequential([5.0], [5.0], 4).colour(5.0) in {
        *SEQUENTIAL[4],
        sequential([5.0], [5.0], 0).colour(5.0),
    }
    assert diverging([100.0], 100, 4, "higher").colour(100.0) == DIVERGING[3]


@given(
    many_values, st.sampled_from([0, 100]), st.sampled_from([0, 3, 4]), st.sampled_from(["higher", "lower"])
)
def test_a_diverging_scale_is_symmetric_around_its_middle(values, middle, classes, better):
    scale = diverging(values, middle, classes, better)
    assert scale.middle == middle
    assert middle - scale.low == pytest.approx(scale.high - middle)
    assert [at - middle for at in scale.breaks] == pytest.approx(
        [middle - at for at in reversed(scale.breaks)]
    )
    assert scale.colour(middle) == DIVERGING[3], "the middle is neutral"
    farthest = max(values, key=lambda value: abs(value - middle))
    if abs(farthest - middle) > 1e-6 and farthest not in scale.breaks:
        worse = (farthest < middle) == (better == "higher")
        end = DIVERGING[0] if worse else DIVERGING[-1]
        assert scale.colour(farthest) == end, "the farthest value reaches the outer step"
    if classes:
        assert len(scale.breaks) == len(DIVERGING) - 1
        widths = [high - low for low, high in pairwise(scale.breaks)]
        assert widths == pytest.approx([widths[0]] * 5)


@pytest.mark.parametrize("name", SEQUENTIAL)
def test_a_sequential_scale_darkens_step_by_step(name):
    steps = [luminance(colour) for colour in SEQUENTIAL[name]]
    assert steps == sorted(steps, reverse=True)
    assert all(contrast(one, other) > 1.2 for one, other in pairwise(SEQUENTIAL[name]))


@pytest.mark.parametrize("fill", FILLS)
def test_ink_on_every_fill_of_a_class(fill):
    assert contrast(ink(fill), fill) >= 4.5


@pytest.mark.parametrize(
    "scale", [sequential([0, 1], [0, 1], 0), diverging([-1, 1], 0, 0)], ids=["sequential", "diverging"]
)
def test_ink_on_every_mixed_fill(scale):
    fills = {scale.colour(scale.low + (scale.high - scale.low) * at / 500) for at in range(501)}
    worst = min(fills, key=lambda fill: contrast(ink(fill), fill))
    assert contrast(ink(worst), worst) >= 4.5, f"{ink(worst)} on {worst}"


def test_eight_districts_and_the_city_have_nine_colours():
    assert len(set(DISTRICT_COLOURS.values())) == len(DISTRICT_COLOURS) == 9


def test_where_neither_side_is_better_there_is_one_hue_that_darkens():
    scale = diverging([20, 180], 100, 4)
    steps = [luminance(scale.colour(value)) for value in range(20, 181, 5)]
    assert steps == sorted(steps, reverse=True)
    assert set(scale.colours).isdisjoint(set(DIVERGING) - {DIVERGING[3]})
