"""The measures: hand arithmetic on real figures, an independent package, theorems, and what is refused."""

from collections.abc import Callable, Sequence
from itertools import permutations
from math import exp, inf, isnan, log, nan, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil as PackageTheil
from inequality.theil import TheilD

from data import inequality
from data.dataset import Dataset
from data.transforms import wide
from geo.districts import DISTRICTS

# The published figures, written out: Alatau, Almaly, Auezov, Bostandyk, Medeu, Nauryzbay, Turksib, Zhetysu.
CENTRE = [False, True, False, True, True, False, False, False]  # Auezov in the periphery
SMES = [46708, 57722, 51550, 61520, 43844, 20732, 27228, 30828]  # 2023-12-31, together 340,132
PEOPLE = [369980, 266060, 358126, 328760, 247345, 200456, 259286, 198502]  # 2023-12-31, together 2,228,515
PLACES = {
    "1990-12-31": [6073, 24770, 23373, 19583, 15419, 1478, 15457, 12677],  # together 118,830
    "2000-12-31": [6392, 26640, 24959, 22743, 15419, 1478, 15567, 13877],  # together 127,075
    "2024-12-31": [31351, 26640, 32956, 27103, 18763, 13773, 24675, 18202],  # together 193,463
}
WAGES = {  # without Almaly, which has none
    "2017": [135320, 135927, 222400, 243078, 127947, 160684, 135358],
    "2022": [260782, 280165, 377311, 433208, 259255, 345145, 266730],
    "2023": [297916, 309703, 464828, 527339, 310732, 405789, 326643],
}
S = [one / 340132 for one in SMES]
P = [one / 2228515 for one in PEOPLE]
ONE_CENTRE = [0, 0, 0, 5, 0, 0, 0, 0]
EVEN = [3.3] * 8
HALF = [2, 2, 2, 2, 0, 0, 0, 0]

Measure = Callable[[Sequence[float]], float]
Mismatch = Callable[[Sequence[float], Sequence[float]], float]


def total_theil(activity: Sequence[float], people: Sequence[float]) -> float:
    return inequality.theil(activity, people, [True] * len(activity)).total


OF_SHARES: list[Measure] = [
    inequality.primacy,
    inequality.herfindahl,
    inequality.evenness,
    inequality.rank_size_slope,
    inequality.green,
    inequality.p_star,
]
OF_TWO: list[Mismatch] = [inequality.hoover, total_theil, inequality.gini]


def published(dataset: Dataset, key: str, period: str, without: str = "") -> list[float]:
    return [float(wide(dataset, key).loc[period, one]) for one in DISTRICTS if one != without]


def same(left: float, right: float) -> bool:
    return left == pytest.approx(right, rel=1e-9, abs=1e-9, nan_ok=True)


# The figures in this file are those of the data


def test_the_figures_written_here_are_the_published_ones(dataset: Dataset) -> None:
    assert published(dataset, "sme_active", "2023-12-31") == SMES
    assert published(dataset, "population", "2023-12-31") == PEOPLE
    for period, places in PLACES.items():
        assert published(dataset, "school_places_opened", period) == places
    for period, wages in WAGES.items():
        assert published(dataset, "avg_wage", period, without="almaly") == wages
        assert isnan(wide(dataset, "avg_wage").loc[period, "almaly"])


# Concentration, by hand


def test_shares_are_parts_of_the_sum() -> None:
    assert inequality.shares(SMES).tolist() == pytest.approx([one / 340132 for one in SMES], rel=1e-12)
    assert inequality.shares([1, 0, 3]).tolist() == [0.25, 0, 0.75]


def test_primacy_and_herfindahl_of_smes() -> None:
    assert inequality.primacy(SMES) == pytest.approx(61520 / 340132)
    squares = 46708**2 + 57722**2 + 51550**2 + 61520**2 + 43844**2 + 20732**2 + 27228**2 + 30828**2
    assert inequality.herfindahl(SMES) == pytest.approx(squares / 340132**2)


@pytest.mark.parametrize(
    ("period", "largest", "city"),
    [("1990-12-31", 24770, 118830), ("2000-12-31", 26640, 127075), ("2024-12-31", 32956, 193463)],
)
def test_concentration_of_school_places(period: str, largest: float, city: float) -> None:
    places = PLACES[period]
    assert inequality.primacy(places) == pytest.approx(largest / city)
    assert inequality.herfindahl(places) == pytest.approx(sum(one * one for one in places) / city**2)
    entropy = 0.0
    for one in places:
        entropy -= one / city * log(one / city)
    assert inequality.evenness(places) == pytest.approx(entropy / log(8))


def test_evenness_of_smes() -> None:
    entropy = 0.0
    for one in S:
        entropy -= one * log(one)
    assert inequality.evenness(SMES) == pytest.approx(entropy / log(8))


def test_rank_size_slope_of_smes() -> None:
    # the same line through ln of the counts: a share only moves it up or down
    x = [log(rank) for rank in (1, 2, 3, 4, 5, 6, 7, 8)]
    y = [log(count) for count in (61520, 57722, 51550, 46708, 43844, 30828, 27228, 20732)]
    above = 8 * sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y)
    below = 8 * sum(a * a for a in x) - sum(x) ** 2
    assert inequality.rank_size_slope(SMES) == pytest.approx(above / below)


def test_green_and_p_star_of_smes() -> None:
    mean = 340132 / 8
    spread = sqrt(sum((one - mean) ** 2 for one in SMES) / 8)
    assert inequality.green(SMES) == pytest.approx(1 - spread / (61520 / 2))
    assert inequality.p_star(SMES) == pytest.approx(1 - spread / mean / sqrt(7))


# Mismatch of activity and people, by hand


def test_location_quotients_of_smes() -> None:
    quotients = inequality.location_quotients(SMES, PEOPLE)
    assert quotients[1] == pytest.approx((57722 / 340132) / (266060 / 2228515))
    assert quotients[6] == pytest.approx((27228 / 340132) / (259286 / 2228515))
    assert quotients.tolist() == pytest.approx([s / p for s, p in zip(S, P, strict=True)])


def test_hoover_of_smes() -> None:
    # the parts of the activity above parity: Almaly, Bostandyk, Medeu and Zhetysu
    moved = (57722 + 61520 + 43844 + 30828) / 340132 - (266060 + 328760 + 247345 + 198502) / 2228515
    assert inequality.hoover(SMES, PEOPLE) == pytest.approx(moved)


def test_theil_of_smes_and_its_parts() -> None:
    total = 0.0
    for s, p in zip(S, P, strict=True):
        total += s * log(s / p)
    smes, people = (57722 + 61520 + 43844), (266060 + 328760 + 247345)
    inner, outer = smes / 340132, (340132 - smes) / 340132
    between = inner * log(inner / (people / 2228515))
    between += outer * log(outer / ((2228515 - people) / 2228515))
    of_centre = sum(SMES[i] / smes * log(SMES[i] / smes / (PEOPLE[i] / people)) for i in (1, 3, 4))
    of_periphery = sum(
        SMES[i] / (340132 - smes) * log(SMES[i] / (340132 - smes) / (PEOPLE[i] / (2228515 - people)))
        for i in (0, 2, 5, 6, 7)
    )
    found = inequality.theil(SMES, PEOPLE, CENTRE)
    assert found.total == pytest.approx(total)
    assert found.between == pytest.approx(between)
    assert found.by_group == pytest.approx({True: inner * of_centre, False: outer * of_periphery})
    assert found.within == pytest.approx(inner * of_centre + outer * of_periphery)


def test_gini_of_smes() -> None:
    rates = [count / people for count, people in zip(SMES, PEOPLE, strict=True)]
    twice = 0.0
    for rate, p in zip(rates, P, strict=True):
        for other, q in zip(rates, P, strict=True):
            twice += p * q * abs(rate - other)
    assert inequality.gini(SMES, PEOPLE) == pytest.approx(twice / (2 * 340132 / 2228515))


def test_lorenz_of_smes() -> None:
    people, active, order = inequality.lorenz(SMES, PEOPLE)
    # SMEs a thousand residents: 103.4, 105.0, 126.2, 143.9, 155.3, 177.3, 187.1, 217.0
    assert [DISTRICTS[one] for one in order] == [
        "nauryzbay", "turksib", "alatau", "auezov", "zhetysu", "medeu", "bostandyk", "almaly",
    ]  # fmt: skip
    assert len(people) == len(active) == 9
    assert (people[0], active[0]) == (0, 0)
    assert people[2] == pytest.approx((200456 + 259286) / 2228515)
    assert active[2] == pytest.approx((20732 + 27228) / 340132)
    assert (people[8], active[8]) == (pytest.approx(1), pytest.approx(1))


def test_centre_and_periphery() -> None:
    smes, people = (57722 + 61520 + 43844), (266060 + 328760 + 247345)
    ratio = (smes / people) / ((340132 - smes) / (2228515 - people))
    assert inequality.centre_periphery_ratio(SMES, PEOPLE, CENTRE) == pytest.approx(ratio)
    with_auezov = [*CENTRE[:2], True, *CENTRE[3:]]
    assert inequality.centre_periphery_ratio(SMES, PEOPLE, with_auezov) == pytest.approx(
        ((smes + 51550) / (people + 358126)) / ((340132 - smes - 51550) / (2228515 - people - 358126))
    )
    in_2000 = inequality.centre_share(PLACES["2000-12-31"], CENTRE)
    in_2024 = inequality.centre_share(PLACES["2024-12-31"], CENTRE)
    assert in_2000 == pytest.approx((26640 + 22743 + 15419) / 127075)
    assert in_2024 == pytest.approx((26640 + 27103 + 18763) / 193463)
    assert (round(in_2000, 3), round(in_2024, 3)) == (0.51, 0.375)  # as the issue says


# Convergence and contributions, by hand


@pytest.mark.parametrize(("period", "expected"), [("2017", 0.264), ("2022", 0.200), ("2023", 0.221)])
def test_sigma_of_wages_over_seven_districts(period: str, expected: float) -> None:
    wages = WAGES[period]
    mean = sum(wages) / 7
    by_hand = sqrt(sum((one - mean) ** 2 for one in wages) / 7) / mean
    assert inequality.coefficient_of_variation(wages) == pytest.approx(by_hand)
    assert round(by_hand, 3) == expected


def test_sigma_weighted_by_people() -> None:
    rates = [count / people for count, people in zip(SMES, PEOPLE, strict=True)]
    mean = 340132 / 2228515
    variance = sum(p * (rate - mean) ** 2 for p, rate in zip(P, rates, strict=True))
    assert inequality.coefficient_of_variation(rates, PEOPLE) == pytest.approx(sqrt(variance) / mean)


def test_highest_to_lowest_wage() -> None:
    assert inequality.highest_to_lowest(WAGES["2023"]) == pytest.approx(527339 / 297916)


def test_beta_of_wages_from_2017_to_2023() -> None:
    x = [log(wage) for wage in WAGES["2017"]]
    y = [log(late / early) / 6 for early, late in zip(WAGES["2017"], WAGES["2023"], strict=True)]
    slope = 7 * sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y)
    slope /= 7 * sum(a * a for a in x) - sum(x) ** 2
    found = inequality.beta_convergence(WAGES["2017"], WAGES["2023"], 6)
    assert slope < 0  # the low ones grew faster
    assert found.beta == pytest.approx(-slope)
    # By hand: s.e. 0.0154 on 5 degrees of freedom, t = 2.015
    rest = [b - slope * a - (sum(y) - slope * sum(x)) / 7 for a, b in zip(x, y, strict=True)]
    error = sqrt(sum(r * r for r in rest) / 5 / (sum(a * a for a in x) - sum(x) ** 2 / 7))
    assert (found.low, found.high) == pytest.approx(
        (-slope - 2.015048 * error, -slope + 2.015048 * error), abs=1e-6
    )
    assert isnan(found.half_life), "the interval contains 0"


def in_all_orders(base: list[list[float]], later: list[list[float]], index: Measure) -> list[float]:
    """What each district adds when it moves after some others, averaged over every order: plain Python."""
    n = len(base[0])
    worth: dict[frozenset[int], float] = {}

    def of(moved: frozenset[int]) -> float:
        if moved not in worth:
            rows = [
                [new[i] if i in moved else old[i] for i in range(n)]
                for old, new in zip(base, later, strict=True)
            ]
            worth[moved] = index(*rows)
        return worth[moved]

    added, orders = [0.0] * n, 0
    for order in permutations(range(n)):
        orders += 1
        moved: frozenset[int] = frozenset()
        for one in order:
            added[one] += of(moved | {one}) - of(moved)
            moved |= {one}
    return [one / orders for one in added]


def test_contributions_to_the_centres_share_of_school_places() -> None:
    without_auezov = [0, 1, 3, 4, 5, 6, 7]
    base, later = ([PLACES[period][i] for i in without_auezov] for period in ("2000-12-31", "2024-12-31"))

    def share(places: Sequence[float]) -> float:
        return (places[1] + places[2] + places[3]) / sum(places)

    found = inequality.contributions(
        [base],
        [later],
        lambda places: inequality.centre_share(places, [False, True, True, True] + [False] * 3),
    )
    assert found.tolist() == pytest.approx(in_all_orders([base], [later], share))
    assert found.sum() == pytest.approx(share(later) - share(base), abs=1e-12)
    assert found[1] == 0  # Almaly: 26,640 places in both years
    assert found[0] < 0 < found[2]  # Alatau's new schools lower the share of the centre, Bostandyk's raise it


def test_contributions_of_amounts_and_people_together() -> None:
    base, later = [[5, 3, 2], [10, 20, 30]], [[6, 9, 1], [12, 18, 45]]

    def ratio(amounts: Sequence[float], people: Sequence[float]) -> float:
        return (amounts[0] / people[0]) / ((amounts[1] + amounts[2]) / (people[1] + people[2]))

    found = inequality.contributions(
        base, later, lambda a, p: inequality.centre_periphery_ratio(a, p, [True, False, False])
    )
    assert found.tolist() == pytest.approx(in_all_orders(base, later, ratio))


# Closed forms


def test_one_single_centre_of_eight() -> None:
    assert inequality.primacy(ONE_CENTRE) == 1
    assert inequality.herfindahl(ONE_CENTRE) == 1
    assert inequality.evenness(ONE_CENTRE) == 0
    assert inequality.p_star(ONE_CENTRE) == pytest.approx(0, abs=1e-12)
    assert inequality.green(ONE_CENTRE) == pytest.approx(1 - 2 * sqrt(7) / 8)
    assert round(inequality.green(ONE_CENTRE), 2) == 0.34
    assert isnan(inequality.rank_size_slope(ONE_CENTRE))
    assert inequality.coefficient_of_variation(ONE_CENTRE) == pytest.approx(sqrt(7))


def test_half_of_eight_sharing_all_is_the_lowest_of_green() -> None:
    assert inequality.green(HALF) == pytest.approx(0, abs=1e-12)
    assert inequality.evenness(HALF) == pytest.approx(log(4) / log(8))
    assert inequality.rank_size_slope(HALF) == pytest.approx(0, abs=1e-12)


def test_the_rank_size_rule_has_slope_minus_one() -> None:
    assert inequality.rank_size_slope([60, 10, 20, 15, 12, 30, 0, 0]) == pytest.approx(-1)


def test_everything_in_the_least_populous_district() -> None:
    people = [5, 2, 3, 10]
    activity = [0, 7, 0, 0]
    assert inequality.hoover(activity, people) == pytest.approx(1 - 0.1)
    assert inequality.gini(activity, people) == pytest.approx(1 - 0.1)
    found = inequality.theil(activity, people, [True, True, False, False])
    assert found.total == pytest.approx(log(10))
    assert found.between == pytest.approx(log(20 / 7))
    assert found.by_group == pytest.approx({True: log(7 / 2), False: 0})
    assert inequality.location_quotients(activity, people).tolist() == pytest.approx([0, 10, 0, 0])


def test_activity_that_follows_people() -> None:
    activity = [one * 0.7 for one in PEOPLE]
    assert inequality.location_quotients(activity, PEOPLE).tolist() == pytest.approx([1] * 8)
    assert inequality.centre_periphery_ratio(activity, PEOPLE, CENTRE) == pytest.approx(1)
    found = inequality.theil(activity, PEOPLE, CENTRE)
    parts = [found.total, found.between, found.within, *found.by_group.values()]
    for one in [*parts, inequality.hoover(activity, PEOPLE), inequality.gini(activity, PEOPLE)]:
        assert 0 <= one < 1e-12


def test_levels_that_close_half_their_log_gap() -> None:
    # every log distance from 100 halves in 10 years: the slope of mean growth is -1/2 / 10
    first = [50, 100, 200, 400]
    last = [100 * sqrt(one / 100) for one in first]
    found = inequality.beta_convergence(first, last, 10)
    assert found.beta == pytest.approx(0.05)
    assert found.half_life == pytest.approx(log(2) / 0.05)
    # the docstring's speed at each instant gives the ten years in which they did
    assert log(2) / (-log(1 - found.beta * 10) / 10) == pytest.approx(10)


@pytest.mark.parametrize(
    ("base", "later", "closed"),
    [(2, 1.5, 0.5), (2, 1, 1), (2, 2, 0), (2, 3, -1), (2, 0.5, 1.5), (0.5, 0.75, 0.5), (1.25, 1.2, 0.2)],
)
def test_part_of_the_gap_closed(base: float, later: float, closed: float) -> None:
    assert inequality.gap_closed(base, later) == pytest.approx(closed)


# Against the package `inequality`

POSITIVE = st.floats(1e-2, 1e6)
AMOUNT = st.one_of(st.just(0.0), POSITIVE)


@st.composite
def amounts(draw: st.DrawFn, least: int = 1, of: st.SearchStrategy[float] = AMOUNT) -> list[float]:
    found = draw(st.lists(of, min_size=least, max_size=8))
    assume(any(found))
    return found


@st.composite
def pairs(
    draw: st.DrawFn, least: int = 1, of: st.SearchStrategy[float] = AMOUNT, most_people: int = 10**6
) -> tuple[list[float], list[int], list[bool]]:
    """Amounts, people and whether in the centre, of one to eight districts."""
    activity = draw(amounts(least, of))
    n = len(activity)
    people = draw(st.lists(st.integers(1, most_people), min_size=n, max_size=n))
    return activity, people, draw(st.lists(st.booleans(), min_size=n, max_size=n))


@given(amounts())
def test_gini_and_theil_agree_with_the_package_at_equal_weights(activity: list[float]) -> None:
    equal = [1.0] * len(activity)
    assert same(inequality.gini(activity, equal), float(Gini(np.array(activity)).g))
    assert same(total_theil(activity, equal), float(PackageTheil(np.array(activity)).T))


@given(pairs(most_people=12))
def test_gini_and_theil_agree_with_the_package_over_the_people_one_by_one(
    drawn: tuple[list[float], list[int], list[bool]],
) -> None:
    activity, people, centre = drawn
    each = np.repeat(np.array(activity) / np.array(people), people)  # everyone has the mean of the district
    found = inequality.theil(activity, people, centre)
    assert same(inequality.gini(activity, people), float(Gini(each).g))
    assert same(found.total, float(PackageTheil(each).T))
    parts = TheilD(each, np.repeat(centre, people))
    assert same(found.between, float(np.sum(parts.bg)))
    assert same(found.within, float(np.sum(parts.wg)))


def test_gini_and_theil_agree_with_the_package_on_smes_of_equal_districts() -> None:
    assert inequality.gini(SMES, [1] * 8) == pytest.approx(float(Gini(np.array(SMES)).g))
    found = inequality.theil(SMES, [1] * 8, CENTRE)
    parts = TheilD(np.array(SMES, dtype=float), np.array(CENTRE))
    assert (found.between, found.within) == pytest.approx((np.sum(parts.bg), np.sum(parts.wg)))


# Theorems, for any figures


@given(amounts(), st.randoms(use_true_random=False), st.floats(1e-3, 1e3))
def test_neither_order_nor_scale_matters_to_concentration(
    activity: list[float], random: object, scale: float
) -> None:
    shuffled = [one * scale for one in activity]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for measure in OF_SHARES:
        assert same(measure(activity), measure(shuffled)), measure
    assert same(inequality.coefficient_of_variation(activity), inequality.coefficient_of_variation(shuffled))


@given(pairs(), st.randoms(use_true_random=False), st.floats(1e-3, 1e3))
def test_neither_order_nor_scale_matters_to_mismatch(
    drawn: tuple[list[float], list[int], list[bool]], random: object, scale: float
) -> None:
    activity, people, centre = drawn
    order = list(range(len(people)))
    random.shuffle(order)  # type: ignore[attr-defined]
    other = [activity[i] * scale for i in order], [people[i] * 7 for i in order]
    inner = [centre[i] for i in order]
    for measure in OF_TWO:
        assert same(measure(activity, people), measure(*other)), measure
    found, again = inequality.theil(activity, people, centre), inequality.theil(*other, inner)
    assert same(found.between, again.between)
    assert found.by_group == pytest.approx(again.by_group, abs=1e-9)
    assert same(
        inequality.centre_periphery_ratio(activity, people, centre),
        inequality.centre_periphery_ratio(*other, inner),
    )
    assert inequality.location_quotients(activity, people)[order].tolist() == pytest.approx(
        inequality.location_quotients(*other).tolist()
    )
    assert same(inequality.centre_share(activity, centre), inequality.centre_share(other[0], inner))


@given(amounts(least=2))
def test_bounds_of_concentration(activity: list[float]) -> None:
    n = len(activity)
    s = inequality.shares(activity)
    assert s.sum() == pytest.approx(1)
    assert (s >= 0).all()
    primacy, herfindahl = inequality.primacy(activity), inequality.herfindahl(activity)
    assert 1 / n - 1e-12 <= herfindahl <= primacy + 1e-12
    assert primacy <= 1
    assert primacy**2 <= herfindahl + 1e-12
    assert herfindahl == pytest.approx((1 + inequality.coefficient_of_variation(activity) ** 2) / n)
    for measure in (inequality.evenness, inequality.green, inequality.p_star):
        assert 0 <= measure(activity) <= 1, measure
    assert inequality.evenness(activity) == pytest.approx(
        1 - total_theil(activity, [1] * n) / log(n), abs=1e-9
    )
    slope = inequality.rank_size_slope(activity)
    assert isnan(slope) if sum(one > 0 for one in activity) < 2 else slope <= 1e-12


@given(pairs())
def test_bounds_of_mismatch(drawn: tuple[list[float], list[int], list[bool]]) -> None:
    activity, people, centre = drawn
    least = min(people) / sum(people)
    hoover, gini = inequality.hoover(activity, people), inequality.gini(activity, people)
    found = inequality.theil(activity, people, centre)
    assert 0 <= hoover <= 1 - least + 1e-12
    assert hoover - 1e-12 <= gini <= 1 - (1 - hoover) ** 2 + 1e-12  # a convex curve at that distance at most
    assert gini <= 1 - least + 1e-12
    assert 2 * hoover**2 - 1e-12 <= found.total <= log(1 / least) + 1e-12  # Pinsker below
    for part in (found.total, found.between, found.within, *found.by_group.values()):
        assert part >= 0
    quotients = inequality.location_quotients(activity, people)
    assert sum(p * q for p, q in zip(people, quotients, strict=True)) / sum(people) == pytest.approx(1)
    assert ((quotients >= 0) & (quotients <= sum(people) / np.array(people) * (1 + 1e-12))).all()
    assert 0 <= inequality.centre_share(activity, centre) <= 1 + 1e-12


@given(pairs(of=st.one_of(st.just(0.0), st.floats(1e-9, 1e9))))
def test_theil_is_the_sum_of_its_parts(drawn: tuple[list[float], list[int], list[bool]]) -> None:
    activity, people, centre = drawn
    found = inequality.theil(activity, people, centre)
    assert found.within == found.by_group[True] + found.by_group[False]
    assert found.total == pytest.approx(found.between + found.within, rel=1e-9, abs=1e-9)
    if len(set(centre)) == 1:
        assert found.between == pytest.approx(0, abs=1e-12)
        assert found.by_group[not centre[0]] == 0
    by_other_name = inequality.theil(activity, people, [not one for one in centre])
    assert by_other_name.by_group[True] == found.by_group[False]


@given(pairs(), st.integers(2, 4))
def test_a_city_written_down_several_times_is_as_unequal(
    drawn: tuple[list[float], list[int], list[bool]], times: int
) -> None:
    activity, people, centre = drawn
    for measure in OF_TWO:
        assert same(measure(activity, people), measure(activity * times, people * times)), measure
    found = inequality.theil(activity, people, centre)
    again = inequality.theil(activity * times, people * times, centre * times)
    assert same(found.between, again.between)
    assert same(found.within, again.within)


@given(pairs())
def test_lorenz_bounds_half_of_gini(drawn: tuple[list[float], list[int], list[bool]]) -> None:
    activity, people, _ = drawn
    x, y, order = inequality.lorenz(activity, people)
    assert sorted(order) == list(range(len(people)))
    assert (np.diff(x) >= 0).all()
    assert (np.diff(y) >= 0).all()
    assert (y <= x + 1e-12).all()
    beneath = sum((x[i + 1] - x[i]) * (y[i + 1] + y[i]) / 2 for i in range(len(people)))
    assert inequality.gini(activity, people) == pytest.approx(1 - 2 * beneath, abs=1e-9)
    assert inequality.hoover(activity, people) == pytest.approx(max(x - y), abs=1e-9)


@given(st.integers(2, 12), POSITIVE)
def test_uniform_is_even(n: int, amount: float) -> None:
    activity = [amount] * n
    assert inequality.primacy(activity) == pytest.approx(1 / n)
    assert inequality.herfindahl(activity) == pytest.approx(1 / n)
    assert inequality.rank_size_slope(activity) == pytest.approx(0, abs=1e-12)
    assert inequality.coefficient_of_variation(activity) == pytest.approx(0, abs=1e-12)
    for measure in (inequality.evenness, inequality.green, inequality.p_star):
        assert 1 - 1e-12 <= measure(activity) <= 1, measure
    for mismatch in OF_TWO:
        assert 0 <= mismatch(activity, [9] * n) <= 1e-12, mismatch
    assert inequality.highest_to_lowest(activity) == 1


@given(st.integers(2, 12), st.data(), POSITIVE)
def test_one_district_with_everything_is_concentrated(n: int, data: st.DataObject, amount: float) -> None:
    activity = [0.0] * n
    activity[data.draw(st.integers(0, n - 1))] = amount
    assert inequality.primacy(activity) == 1
    assert inequality.herfindahl(activity) == 1
    assert inequality.evenness(activity) == 0
    assert 0 <= inequality.p_star(activity) <= 1e-12
    assert inequality.green(activity) == pytest.approx(1 - 2 * sqrt(n - 1) / n, abs=1e-12)
    assert inequality.hoover(activity, [3] * n) == pytest.approx(1 - 1 / n)
    assert inequality.gini(activity, [3] * n) == pytest.approx(1 - 1 / n)
    assert total_theil(activity, [3] * n) == pytest.approx(log(n))


@given(pairs(least=2, of=POSITIVE), st.data())
def test_sigma_weighted_counts_a_district_once_for_each_of_its_people(
    drawn: tuple[list[float], list[int], list[bool]], data: st.DataObject
) -> None:
    values = drawn[0]
    people = data.draw(st.lists(st.integers(1, 9), min_size=len(values), max_size=len(values)))
    each = np.repeat(values, people).tolist()
    assert same(
        inequality.coefficient_of_variation(values, people), inequality.coefficient_of_variation(each)
    )


@given(st.lists(POSITIVE, min_size=3, max_size=8), st.floats(-0.2, 0.2), st.floats(-1, 1), st.floats(0.5, 30))
def test_beta_is_found_again_where_growth_follows_it(
    first: list[float], beta: float, growth: float, years: float
) -> None:
    assume(max(first) > 1.1 * min(first))
    last = [one * exp(years * (growth / years - beta * log(one))) for one in first]
    found = inequality.beta_convergence(first, last, years)
    assert found.beta == pytest.approx(beta, abs=1e-9)
    if found.low > 1e-6:
        assert found.half_life == pytest.approx(log(2) / beta, rel=1e-3)
    if found.low < 0:
        assert isnan(found.half_life)


@given(st.data(), st.integers(1, 5))
def test_contributions_sum_to_the_change_and_are_symmetric(data: st.DataObject, n: int) -> None:
    rows = st.lists(POSITIVE, min_size=n, max_size=n)
    base, later = ([data.draw(rows), data.draw(rows)] for _ in range(2))
    for measure in OF_TWO:
        found = inequality.contributions(base, later, measure)
        assert found.sum() == pytest.approx(measure(*later) - measure(*base), abs=1e-9)
        order = list(reversed(range(n)))
        turned = inequality.contributions(
            [[row[i] for i in order] for row in base], [[row[i] for i in order] for row in later], measure
        )
        assert turned[order].tolist() == pytest.approx(found.tolist(), abs=1e-9)
        back = inequality.contributions(later, base, measure)
        assert back.tolist() == pytest.approx((-found).tolist(), abs=1e-9)


@given(st.data(), st.integers(2, 5))
def test_districts_alike_contribute_alike_and_one_that_stays_contributes_nothing(
    data: st.DataObject, n: int
) -> None:
    rows = st.lists(POSITIVE, min_size=n, max_size=n)
    base, later = data.draw(rows), data.draw(rows)
    base[1], later[1] = base[0], later[0]
    base.append(4.0)
    later.append(4.0)
    found = inequality.contributions([base], [later], inequality.herfindahl)
    assert found[0] == pytest.approx(found[1], abs=1e-9)
    assert found[-1] == 0


# Edges, as the docstrings put them


@pytest.mark.parametrize("amounts_", [[], [[1, 2], [3, 4]], [nan, 1], [inf, 1], [-1, 2], [0, 0]])
def test_shares_refuse_what_has_none(amounts_: list[float]) -> None:
    for measure in (inequality.shares, *OF_SHARES):
        with pytest.raises(ValueError, match=r"district|missing|negative|zero"):
            measure(amounts_)
    for other in (*OF_TWO, inequality.location_quotients, inequality.lorenz):
        with pytest.raises(ValueError, match=r"district|missing|negative|zero"):
            other(amounts_, [1, 1])
        with pytest.raises(ValueError, match=r"district|missing|negative|zero"):
            other([1, 1], amounts_)


def test_each_refusal_says_why() -> None:
    for amounts_, why in (([], "at least one"), ([nan, 1], "missing"), ([-1, 2], "signed"), ([0, 0], "zero")):
        with pytest.raises(ValueError, match=why):
            inequality.shares(amounts_)


@pytest.mark.parametrize(
    "measure", [*OF_TWO, inequality.location_quotients, inequality.lorenz], ids=lambda one: one.__name__
)
def test_people_are_needed_in_every_district(measure: Mismatch) -> None:
    with pytest.raises(ValueError, match="no population"):
        measure([1, 2], [5, 0])
    with pytest.raises(ValueError, match="same districts"):
        measure([1, 2], [5])


def test_zero_shares_are_counted_as_none() -> None:
    assert inequality.evenness([1, 1, 0, 0]) == pytest.approx(0.5)
    assert inequality.rank_size_slope([4, 0, 2]) == pytest.approx(-1)
    assert total_theil([1, 0], [1, 1]) == pytest.approx(log(2))
    assert inequality.location_quotients([0, 1], [1, 3]).tolist() == pytest.approx([0, 4 / 3])
    assert str(inequality.shares([-0.0, 1])[0]) == "0.0"


def test_a_share_may_be_tiny() -> None:
    activity = [1e-300, 1, 1]
    assert inequality.evenness(activity) == pytest.approx(log(2) / log(3))
    assert total_theil(activity, [1, 1, 1]) == pytest.approx(log(1.5))
    assert total_theil([1, 1], [1e-200, 1]) == pytest.approx(0.5 * log(0.5e200) + 0.5 * log(0.5))


def test_one_district_has_no_concentration_to_measure() -> None:
    assert inequality.shares([7]).tolist() == [1]
    assert inequality.primacy([7]) == inequality.herfindahl([7]) == 1
    for measure in (inequality.evenness, inequality.rank_size_slope, inequality.green, inequality.p_star):
        assert isnan(measure([7])), measure
    for mismatch in OF_TWO:
        assert mismatch([7], [3]) == 0
    assert isnan(inequality.highest_to_lowest([7]))
    assert inequality.coefficient_of_variation([7]) == 0
    assert isnan(inequality.centre_periphery_ratio([7], [3], [True]))
    assert inequality.contributions([[7]], [[9]], inequality.primacy).tolist() == [0]


def test_a_group_without_districts_or_activity() -> None:
    for centre in ([True, True], [False, False]):
        with np.errstate(all="raise"):  # known beforehand, not the remains of 0 / 0
            assert isnan(inequality.centre_periphery_ratio([1, 2], [1, 1], centre))
        found = inequality.theil([1, 2], [1, 1], centre)
        assert found.between == pytest.approx(0, abs=1e-12)
        assert found.by_group[not centre[0]] == 0
    assert isnan(inequality.centre_periphery_ratio([1, 0], [1, 1], [True, False]))
    assert inequality.centre_periphery_ratio([0, 1], [1, 1], [True, False]) == 0
    assert inequality.centre_share([1, 2], [False, False]) == 0
    assert inequality.centre_share([1, 2], [True, True]) == 1
    found = inequality.theil([0, 0, 3, 1], [1, 1, 1, 1], [True, True, False, False])
    assert found.by_group[True] == 0
    assert found.between == pytest.approx(log(2))
    assert found.by_group[False] == pytest.approx(0.75 * log(1.5) + 0.25 * log(0.5))


@given(st.lists(POSITIVE, min_size=2, max_size=8), POSITIVE)
def test_rounding_makes_no_theil_negative(people: list[float], scale: float) -> None:
    found = inequality.theil([one * scale for one in people], people, [True] + [False] * (len(people) - 1))
    for part in (found.total, found.between, found.within, *found.by_group.values()):
        assert 0 <= part < 1e-12


def test_rounding_takes_no_index_past_its_bounds() -> None:
    for n in range(2, 40):
        one = [1.0] + [0.0] * (n - 1)
        for activity in ([1.0] * n, one, [1 / 3] * n):
            for measure in (inequality.evenness, inequality.green, inequality.p_star):
                assert 0 <= measure(activity) <= 1, (measure, n)
        people = [1 + i / 7 for i in range(n)]
        assert total_theil([one * 3.3 for one in people], people) >= 0


def test_lorenz_keeps_the_order_of_districts_of_equal_intensity() -> None:
    _, _, order = inequality.lorenz([2, 1] * 40, [1] * 80)
    assert order.tolist() == [*range(1, 80, 2), *range(0, 80, 2)]


def test_no_gap_has_no_part_closed() -> None:
    assert isnan(inequality.gap_closed(1, 1.2))
    assert isnan(inequality.gap_closed(1, 1))


def test_highest_to_lowest_needs_a_positive_lowest() -> None:
    assert inequality.highest_to_lowest([2, 8, 4]) == 4
    for values in ([0, 1], [-1, 2], [-3, -1]):
        assert isnan(inequality.highest_to_lowest(values))
    for values in ([], [nan, 1]):
        with pytest.raises(ValueError, match=r"district|missing"):
            inequality.highest_to_lowest(values)


def test_variation_needs_a_scale() -> None:
    for values in ([0, 0], [-1, 3], [-1, -2], [0.1, 0.2, -0.3]):
        assert isnan(inequality.coefficient_of_variation(values)), values
    assert inequality.coefficient_of_variation([5, 5, 5]) == pytest.approx(0, abs=1e-12)
    assert inequality.coefficient_of_variation([1, 3], [3, 1]) == pytest.approx(sqrt(0.75) / 1.5)
    assert inequality.coefficient_of_variation([1, 3], [1, 0]) == 0
    for values, weights in (
        ([], None),
        ([nan, 1], None),
        ([1, 2], [1]),
        ([1, 2], [0, 0]),
        ([1, 2], [1, nan]),
    ):
        with pytest.raises(ValueError, match=r"district|missing|zero"):
            inequality.coefficient_of_variation(values, weights)


@pytest.mark.parametrize("level", [0.1, 0.13567134268537073, 3.3, 7, 250_000])
@pytest.mark.parametrize("n", [3, 5, 7, 8])
def test_beta_is_undefined_where_all_began_alike(level: float, n: int) -> None:
    found = inequality.beta_convergence([level] * n, [level + i for i in range(n)], 5)
    assert isnan(found.beta)
    assert isnan(found.half_life)


def test_beta_is_nothing_where_all_grew_alike() -> None:
    found = inequality.beta_convergence([1.0, 2, 3], [1.1, 2.2, 3.3], 3)
    assert found.beta == pytest.approx(0, abs=1e-12)
    assert isnan(found.half_life)  # and not 10^16 years
    unmoved = inequality.beta_convergence([1, 2, 4], [1, 2, 4], 3)
    assert str(unmoved.beta) == "0.0"


def test_beta_of_two_districts_is_a_line_through_two_points() -> None:
    found = inequality.beta_convergence([1, 2], [2, 3], 5)
    assert isnan(found.beta)
    assert isnan(found.half_life)
    assert not isnan(inequality.beta_convergence([1, 2, 4], [2, 3, 4], 5).beta)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ([0, 1, 2], [1, 2, 3], 5),
        ([1, 2, 3], [1, -2, 3], 5),
        ([1, 2, 3], [1, nan, 3], 5),
        ([1, 2, 3], [1, 2, inf], 5),
        ([1, 2, 3], [1], 5),
        ([1, 2, 3], [1, 2, 3], 0),
        ([1, 2, 3], [1, 2, 3], -1),
        ([1, 2, 3], [1, 2, 3], nan),
    ],
)
def test_beta_refuses_levels_and_years_without_a_logarithm(
    first: list[float], last: list[float], years: float
) -> None:
    with pytest.raises(ValueError, match=r"positive|missing|same districts"):
        inequality.beta_convergence(first, last, years)


def test_contributions_pass_on_what_the_index_says_of_a_coalition() -> None:
    with pytest.raises(ValueError, match="zero"):
        inequality.contributions([[1, 0]], [[0, 1]], inequality.primacy)
    found = inequality.contributions([[1, 0, 2]], [[1, 3, 0]], inequality.highest_to_lowest)
    assert np.isnan(found).any()
