"""Centre and periphery over time: plain sums over the published figures, and invented ones for the rest."""

from itertools import permutations
from math import isnan, log, sqrt

import numpy as np
import pytest

from data.centre_periphery import AUEZOV, counts_equally, measurable, measured
from data.centre_periphery_trend import Headline, contributions, convergence, headline
from data.dataset import Dataset
from geo.districts import DISTRICTS
from tests.data.conftest import EVEN, Build, Read
from tests.data.test_polycentricity import CENTRE, OUTER, eight, part, ratio, spread

WAGES = {  # without Almaly, which has none: Alatau, Auezov, Bostandyk, Medeu, Nauryzbay, Turksib, Zhetysu
    "2017": [135320, 135927, 222400, 243078, 127947, 160684, 135358],
    "2022": [260782, 280165, 377311, 433208, 259255, 345145, 266730],
    "2023": [297916, 309703, 464828, 527339, 310732, 405789, 326643],
}


def over(
    build: Build, first: list[float], last: list[float], years: tuple[str, str] = ("2021", "2024")
) -> Headline:
    """The headline of two years, a hundred thousand people in every district at both."""
    dataset = build(dict(zip(years, (first, last), strict=True)), {f"{year}-12-31": EVEN for year in years})
    found = headline(dataset, "births")
    assert found
    return found


# Wages and amounts: how far apart


@pytest.mark.parametrize(("period", "published"), [("2017", 0.264), ("2022", 0.200), ("2023", 0.221)])
def test_the_spread_of_wages_counts_seven_districts_equally(
    period: str, published: float, dataset: Dataset, figures: Read
) -> None:
    assert [figures("avg_wage")[a, period] for a in DISTRICTS if a != "almaly"] == WAGES[period]
    found = convergence(dataset, "avg_wage")
    assert found
    assert found.weighting == "equal"
    sigma = dict(found.sigma)
    assert list(sigma) == [str(year) for year in range(2017, 2024)]
    assert sigma[period] == pytest.approx(spread(WAGES[period]))
    assert round(sigma[period], 3) == published


def test_low_wages_grew_faster(dataset: Dataset) -> None:
    growth = [log(late / early) / 6 for early, late in zip(WAGES["2017"], WAGES["2023"], strict=True)]
    slope, _ = np.polyfit([log(wage) for wage in WAGES["2017"]], growth, 1)
    found = convergence(dataset, "avg_wage")
    assert found
    assert found.beta
    assert found.beta.beta == pytest.approx(-slope)
    assert (round(found.beta.low, 4), round(found.beta.high, 3)) == (-0.0043, 0.058)
    assert isnan(found.beta.half_life), "the interval contains 0"


@pytest.mark.parametrize("auezov", AUEZOV)
def test_the_ratio_of_wages_is_that_of_plain_means_in_every_year(
    auezov: str, dataset: Dataset, figures: Read
) -> None:
    """Although residents are known for 2023: one weighting holds for the whole series."""
    wages = figures("avg_wage")
    assert counts_equally(dataset, "avg_wage", "2023", auezov)  # type: ignore[arg-type]
    found = headline(dataset, "avg_wage", None, auezov)  # type: ignore[arg-type]
    assert found
    inner, outer = ([a for a in group[auezov] if a != "almaly"] for group in (CENTRE, OUTER))
    for period, value in found.series[auezov]:  # type: ignore[index]
        means = [sum(wages[area, period] for area in group) / len(group) for group in (inner, outer)]
        assert value == pytest.approx(means[0] / means[1])
    assert len(found.series["out"]) == 7


def test_wages_with_residents_at_every_period_are_weighted_by_them(build: Build) -> None:
    rates, people = (
        {"2021": eight(30, 20, 10), "2024": eight(30, 20, 10)},
        [100, 900, 300, 100, 500, 200, 600, 100],
    )
    many = [count * 1000 for count in people]
    dataset = build({"2024": EVEN}, {"2021-12-31": many, "2024-12-31": many}, rates)
    assert not counts_equally(dataset, "infant_mortality_rate", "2024", "periphery")
    found = measured(dataset, "infant_mortality_rate", "2024")
    # Alatau 100, Nauryzbay 200, Turksib 600, Zhetysu 100 thousand people at 10, Auezov's 300 at 20.
    assert found.centre_periphery_ratio == pytest.approx(30 / ((1000 * 10 + 300 * 20) / 1300))
    sigma = convergence(dataset, "infant_mortality_rate")
    assert sigma
    assert sigma.weighting == "population"
    mean = (1500 * 30 + 300 * 20 + 1000 * 10) / 2800
    variance = (1500 * (30 - mean) ** 2 + 300 * (20 - mean) ** 2 + 1000 * (10 - mean) ** 2) / 2800
    assert dict(sigma.sigma)["2024"] == pytest.approx(sqrt(variance) / mean)


def test_the_spread_of_amounts_is_of_amounts_a_person(dataset: Dataset, figures: Read) -> None:
    smes, people, at = figures("sme_active"), figures("population"), "2023-12-31"
    found = convergence(dataset, "sme_active")
    assert found
    assert found.weighting == "population"
    total, residents = 340132, 2228515
    mean = total / residents
    variance = sum(people[a, at] / residents * (smes[a, at] / people[a, at] - mean) ** 2 for a in DISTRICTS)
    assert dict(found.sigma)[at] == pytest.approx(sqrt(variance) / mean)


# Headline


def test_the_centre_held_51_percent_of_school_places_in_2000_and_37_5_in_2024(
    dataset: Dataset, figures: Read
) -> None:
    found = headline(dataset, "school_places_opened")
    assert found
    assert found.kind == "share"
    assert found.base == ("2000-12-31", pytest.approx((26640 + 22743 + 15419) / 127075))
    assert found.latest == ("2024-12-31", pytest.approx((26640 + 27103 + 18763) / 193463))
    assert (round(found.base[1] * 100, 1), round(found.latest[1] * 100, 1)) == (51.0, 37.5)
    assert found.reading == "smaller_part"
    assert found.years == 24
    assert found.closed is None
    for auezov in AUEZOV:
        points = dict(found.series[auezov])
        assert next(iter(points)) == "1990-12-31"
        places = figures("school_places_opened")
        assert points == pytest.approx({at: part(places, at, auezov) for at in points})
        expected = part(places, "2024-12-31", auezov) / part(places, "2000-12-31", auezov) - 1
        assert found.changes[auezov] == pytest.approx(expected)


def test_before_the_series_is_good_there_is_nothing_but_a_snapshot(dataset: Dataset) -> None:
    """From 1990 to 1995 there are five years, but the register is good since 2000."""
    found = headline(dataset, "school_places_opened", "1995-12-31")
    assert found
    assert [at for at, _ in found.series["periphery"]] == ["1990-12-31", "1995-12-31"]
    assert (found.base, found.reading) == (found.latest, "snapshot")
    assert contributions(dataset, "school_places_opened", "1995-12-31") is None


def test_wages_drew_together_until_2022_and_apart_since(dataset: Dataset) -> None:
    """1.67, 1.60, 1.56, 1.50, 1.44, 1.43, 1.50: .07 of .24 undone, more than a fifth."""
    found = headline(dataset, "avg_wage")
    assert found
    before = ((222400 + 243078) / 2) / ((135320 + 135927 + 127947 + 160684 + 135358) / 5)
    after = ((464828 + 527339) / 2) / ((297916 + 309703 + 310732 + 405789 + 326643) / 5)
    assert (found.kind, found.years, found.reading) == ("ratio", 6, "turned")
    assert found.base == ("2017", pytest.approx(before))
    assert found.latest == ("2023", pytest.approx(after))
    assert found.closed == pytest.approx((before - after) / (before - 1))
    assert found.turned == "2022"


def test_smes_of_less_than_two_years_are_a_snapshot(dataset: Dataset, figures: Read) -> None:
    smes, people = figures("sme_active"), figures("population")
    for auezov in AUEZOV:
        found = headline(dataset, "sme_active", None, auezov)
        assert found
        assert (found.kind, found.reading, found.years) == ("ratio", "snapshot", 1.75)
        assert (found.base[0], found.latest[0]) == ("2023-03-31", "2024-12-31")
        assert dict(found.series[auezov]) == pytest.approx(
            {at: ratio(smes, at, people, at, auezov) for at, _ in found.series[auezov]}
        )
        assert contributions(dataset, "sme_active", None, auezov) is None


def test_the_headline_of_an_earlier_period_ends_there(dataset: Dataset) -> None:
    found = headline(dataset, "avg_wage", "2019")
    assert found
    assert found.latest[0] == "2019"
    assert [at for at, _ in found.series["out"]] == ["2017", "2018", "2019"]
    assert found.reading == "snapshot"


def fewest(dataset: Dataset, key: str, found: Headline) -> float:
    """The fewest cases of any group, for any choice for Auezov, at the base and at the latest period."""
    table = dataset.observations[key].set_index(["period", "area"])["value"]
    groups = {*CENTRE.values(), *OUTER.values()}
    return min(
        sum(table[period, area] for area in group)
        for period, _ in (found.base, found.latest)
        for group in groups
    )


def test_every_reading_agrees_with_the_three_changes(dataset: Dataset) -> None:
    for key in measurable(dataset):
        readings = {one: headline(dataset, key, None, one) for one in AUEZOV}
        assert len({found.reading for found in readings.values() if found}) == 1, key
        for found in filter(None, readings.values()):
            signs = {change > 0 for change in found.changes.values()}
            small = min(abs(change) for change in found.changes.values()) < 0.02
            if found.reading == "few":
                assert fewest(dataset, key, found) < 20, key
            elif found.years < 3:
                assert found.reading == "snapshot", key
            elif small or len(signs) == 2:
                assert found.reading == "no_change", key
            else:
                assert found.reading not in ("snapshot", "no_change"), key


@pytest.mark.parametrize(
    ("first", "last", "reading"),
    [
        (eight(300, 100, 100), eight(270, 100, 100), "more_balanced"),
        (eight(270, 100, 100), eight(300, 100, 100), "more_centred"),
        (eight(80, 100, 100), eight(60, 100, 100), "more_outlying"),
        (eight(60, 100, 100), eight(80, 100, 100), "more_balanced"),
        (eight(120, 100, 100), eight(50, 100, 100), "more_outlying"),  # past balance, and farther from it
        (eight(150, 100, 100), eight(90, 100, 100), "more_balanced"),  # past balance, and nearer to it
        (eight(50, 100, 100), eight(300, 100, 100), "more_centred"),
        (eight(50, 100, 100), eight(160, 100, 100), "more_balanced"),  # half is farther than 1.6 times
        (eight(1000, 500, 500), eight(1019, 500, 500), "no_change"),
        (eight(300, 100, 100), eight(300, 100, 100), "no_change"),
        (eight(200, 100, 100), eight(200, 150, 100), "no_change"),  # less, more and the same
        (eight(200, 100, 100), eight(206, 150, 100), "no_change"),  # less, more and more
        (eight(0, 0, 100), eight(50, 0, 100), "few"),  # nothing is fewer than twenty
        (eight(50, 0, 100), eight(0, 0, 100), "few"),
        (eight(100, 100, 4.8), eight(120, 100, 4.8), "few"),  # the four outer districts have 19.2 together
        (eight(100, 100, 5), eight(120, 100, 5), "more_centred"),  # and here 20
        (eight(1000, 1000, 500), eight(975, 1000, 500), "no_change"),  # with Auezov inside 1.9 % only
    ],
)
def test_a_reading_needs_all_three_choices(
    first: list[float], last: list[float], reading: str, build: Build
) -> None:
    found = over(build, first, last)
    assert found.kind == "ratio"
    assert found.reading == reading


def test_choices_that_disagree_are_shown_as_they_are(build: Build) -> None:
    found = over(build, eight(200, 100, 100), eight(200, 150, 100))
    assert found.changes["periphery"] == pytest.approx(200 / 110 / 2 - 1)
    assert found.changes["centre"] == pytest.approx(187.5 / 175 - 1)
    assert found.changes["out"] == pytest.approx(0)


@pytest.mark.parametrize(("centre", "outer"), [(50, 300), (50, 900), (1000, 100), (100, 700), (300, 100)])
@pytest.mark.parametrize(("percent", "reading"), [(2, "change"), (1.99, "no_change")])
def test_exactly_two_percent_is_a_change(
    centre: int, outer: int, percent: float, reading: str, build: Build
) -> None:
    """Auezov has nothing, so that all choices move by the same; in binary by 0.0199999 or 0.0200001."""
    later = round(1000 * centre * (1 + percent / 100))
    found = over(build, eight(1000 * centre, 0, 1000 * outer), eight(later, 0, 1000 * outer))
    assert (found.reading == "no_change") is (reading == "no_change")
    assert all(change == pytest.approx(percent / 100) for change in found.changes.values())


@pytest.mark.parametrize(
    ("first", "last", "reading"),
    [
        ("2021", "2024", "more_balanced"),
        ("2022", "2024", "snapshot"),
        ("2021-12-31", "2024-12-31", "more_balanced"),
        ("2020-06-30", "2023-06-30", "more_balanced"),  # from a leap year: the 182nd and the 181st day
        ("2024-09-15", "2027-09-15", "more_balanced"),
        ("2020-02-29", "2023-02-28", "more_balanced"),
        ("2020-06-30", "2023-06-29", "snapshot"),
        ("2020-12-31", "2023-11-30", "snapshot"),
    ],
)
def test_exactly_three_years_are_enough(first: str, last: str, reading: str, build: Build) -> None:
    found = headline(build({first: eight(300, 100, 100), last: eight(270, 100, 100)}), "births")
    assert found
    assert found.kind == "share"
    assert (found.years >= 3) is (reading != "snapshot")
    assert found.reading == ("snapshot" if reading == "snapshot" else "smaller_part")


@pytest.mark.parametrize(
    ("people", "kind", "years"),
    [
        (("2020", "2024"), "ratio", 4),
        (("2021", "2024"), "ratio", 3),
        (("2022", "2024"), "share", 4),  # the ratio is too short, the share is not
        (("2024",), "share", 4),
        ((), "share", 4),
    ],
)
def test_the_share_stands_in_where_people_are_not_known(
    people: tuple[str, ...], kind: str, years: int, build: Build
) -> None:
    births = {
        year: eight(300 - at, 100, 100) for at, year in enumerate(["2020", "2021", "2022", "2023", "2024"])
    }
    found = headline(build(births, {f"{year}-12-31": EVEN for year in people}), "births")
    assert found
    assert (found.kind, found.years) == (kind, years)


def test_a_short_series_is_read_as_a_ratio_where_people_are_known(build: Build) -> None:
    found = headline(
        build({"2023": eight(300, 100, 100), "2024": eight(200, 100, 100)}, {"2024-12-31": EVEN}), "births"
    )
    assert found
    assert (found.kind, found.base, found.reading) == ("ratio", ("2024", pytest.approx(2)), "snapshot")


@pytest.mark.parametrize(
    ("since", "base"), [("", "2018"), ("2018", "2018"), ("2020", "2020"), ("2021", "2022")]
)
def test_the_reading_starts_where_the_series_is_good(since: str, base: str, build: Build) -> None:
    births = {str(year): eight(300 - 10 * (year - 2018), 100, 100) for year in (2018, 2020, 2022, 2024)}
    found = headline(build(births, good_since=since), "births")
    assert found
    assert found.base[0] == base
    assert [at for at, _ in found.series["periphery"]] == list(births)
    assert found.reading == ("snapshot" if base == "2022" else "smaller_part")


def test_a_point_that_one_choice_lacks_is_in_none(build: Build) -> None:
    """Auezov is missing in 2022: with it inside that year has other districts, with it outside the same."""
    births = {year: eight(300, 100, 100) for year in ("2021", "2022", "2024")}
    births["2022"][DISTRICTS.index("auezov")] = None  # type: ignore[call-overload]
    found = headline(build(births), "births", None, "out")
    assert found
    assert {tuple(at for at, _ in points) for points in found.series.values()} == {("2021", "2024")}


# Contributions


@pytest.mark.parametrize(
    "key", ["school_places_opened", "schools_public_opened", "avg_wage", "crimes_registered"]
)
@pytest.mark.parametrize("auezov", AUEZOV)
def test_contributions_sum_to_the_change(key: str, auezov: str, dataset: Dataset) -> None:
    found, parts = headline(dataset, key, None, auezov), contributions(dataset, key, None, auezov)  # type: ignore[arg-type]
    assert found
    assert parts
    assert sum(parts.values()) == pytest.approx(found.latest[1] - found.base[1], abs=1e-9)
    assert set(parts) <= {*CENTRE[auezov], *OUTER[auezov]}


def test_contributions_exist_where_a_change_is_measurable_and_nowhere_else(dataset: Dataset) -> None:
    told = 0
    for key in measurable(dataset):
        found = headline(dataset, key)
        assert found
        measurably = found.reading not in ("snapshot", "no_change", "few")
        assert (contributions(dataset, key) is not None) is measurably, key
        told += measurably
    assert 3 < told < 20


def test_contributions_are_means_over_every_order_of_the_districts(dataset: Dataset, figures: Read) -> None:
    places = figures("school_places_opened")
    seven = [area for area in DISTRICTS if area != "auezov"]
    sums = dict.fromkeys(seven, 0.0)
    for order in permutations(seven):
        now = {area: places[area, "2000-12-31"] for area in seven}
        inner, total = sum(now[area] for area in CENTRE["out"]), sum(now.values())
        for area in order:
            more = places[area, "2024-12-31"] - now[area]
            before = inner / total
            inner, total = inner + more * (area in CENTRE["out"]), total + more
            sums[area] += inner / total - before
    found = contributions(dataset, "school_places_opened", None, "out")
    assert found == pytest.approx({area: total / 5040 for area, total in sums.items()}, abs=1e-12)
    assert found
    assert found["almaly"] == 0  # 26,640 places in both years


def test_amounts_and_people_move_together(build: Build) -> None:
    """Only Almaly's births and only Turksib's people changed."""
    births = {"2021": eight(300, 100, 100), "2024": eight(300, 100, 100)}
    births["2024"][DISTRICTS.index("almaly")] = 600
    people = {"2021-12-31": [*EVEN], "2024-12-31": [*EVEN]}
    people["2024-12-31"][DISTRICTS.index("turksib")] = 50000
    dataset = build(births, people)
    # The centre goes from 900 to 1,200 births, the periphery from 500 to 450 thousand people.
    assert contributions(dataset, "births") == pytest.approx(
        {
            **dict.fromkeys(DISTRICTS, 0),
            "almaly": ((4 - 3) + (4 - 3) * 0.9) / 2,
            "turksib": ((3 * 0.9 - 3) + (4 * 0.9 - 4)) / 2,
        },
        abs=1e-12,
    )


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("factor", [0.001, 1.7, 450])
def test_dearer_money_changes_no_contribution(weighted: bool, factor: float, build: Build) -> None:
    first, last = [13, 20, 14, 22, 24, 12, 16, 13], [29, 41, 31, 46, 52, 31, 40, 32]
    people = {year: [100000 + 9000 * i for i in range(8)] for year in ("2020-12-31", "2023-12-31")}
    found = [
        contributions(
            build(
                {"2023": EVEN},
                people if weighted else {},
                {"2020": first, "2023": [wage * times for wage in last]},
            ),
            "infant_mortality_rate",
        )
        for times in (1, factor)
    ]
    assert found[0]
    assert found[1] == pytest.approx(found[0], abs=1e-12)


def test_a_city_that_grows_alike_everywhere_changes_no_contribution_of_wages(build: Build) -> None:
    """Twice the people in every district: nobody's place around the mean moved by that."""
    rates = {"2020": [13, 20, 14, 22, 24, 12, 16, 13], "2023": [29, 41, 31, 46, 52, 31, 40, 32]}
    people = [100000 + 9000 * i for i in range(8)]
    grown = [[count * times for count in people] for times in (1, 2)]
    found = [
        contributions(
            build({"2023": EVEN}, {"2020-12-31": people, "2023-12-31": later}, rates), "infant_mortality_rate"
        )
        for later in grown
    ]
    assert found[0]
    assert found[1] == pytest.approx(found[0], abs=1e-12)


def test_a_change_that_is_not_measurable_has_no_contributions(build: Build) -> None:
    found = over(build, eight(200, 100, 100), eight(200, 150, 100))
    assert (found.years, found.reading) == (3, "no_change")
    years = {"2021": eight(200, 100, 100), "2024": eight(200, 150, 100)}
    assert contributions(build(years, {f"{year}-12-31": EVEN for year in years}), "births") is None


@pytest.mark.parametrize("people", [{}, {"2021-12-31": EVEN, "2024-12-31": EVEN}])
@pytest.mark.parametrize("also", ["almaly", "bostandyk"])
def test_a_coalition_without_a_headline_leaves_no_contributions(
    also: str, people: dict[str, list[int]], build: Build
) -> None:
    """The periphery has all in Alatau, then in Turksib; the centre has all in Almaly, then there or not."""
    first, last = eight(0, 0, 0), eight(0, 0, 0)
    first[DISTRICTS.index("alatau")] = last[DISTRICTS.index("turksib")] = 100
    first[DISTRICTS.index("almaly")], last[DISTRICTS.index(also)] = 300, 200
    dataset = build({"2021": first, "2024": last}, people)
    found = headline(dataset, "births")
    assert found
    assert (found.kind, found.reading) == (
        ("ratio", "more_balanced") if people else ("share", "smaller_part")
    )
    # A share is defined as long as anything is left, which Almaly's 200 are.
    defined = not people and also == "almaly"
    assert (contributions(dataset, "births") is not None) is defined


def test_nothing_at_all_has_no_spread_and_a_nought_no_speed(build: Build) -> None:
    people = {"2021-12-31": EVEN, "2024-12-31": EVEN}
    assert convergence(build({"2021": eight(0, 0, 0), "2024": EVEN}, people), "births") is None
    found = convergence(build({"2021": eight(0, 10, 10), "2024": eight(20, 10, 10)}, people), "births")
    assert found
    assert found.beta is None
    assert [round(value, 6) for _, value in found.sigma] == [
        round(spread([0, 0, 0, 10, 10, 10, 10, 10]), 6),
        round(spread([20, 20, 20, 10, 10, 10, 10, 10]), 6),
    ]
    single = convergence(build({"2024": eight(20, 10, 10)}, people), "births")
    assert single
    assert single.beta is None
    assert len(single.sigma) == 1
