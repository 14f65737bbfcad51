"""Two places beside each other: hand arithmetic on the published figures."""

from pathlib import Path

import pytest

from data.centre_periphery import AUEZOV
from data.comparison import PLACES, Compared, about_same, compare, compared_as, members
from data.dataset import Dataset, read
from data.ranks import Rank, rank_intervals
from data.transforms import transformed
from geo.districts import CITY, DISTRICTS
from tests.data.conftest import Read

CENTRE = ("almaly", "bostandyk", "medeu")
OUTER = ("alatau", "nauryzbay", "turksib", "zhetysu")


def groups(auezov: str) -> dict[str, tuple[str, ...]]:
    return {
        "centre": CENTRE + ("auezov",) * (auezov == "centre"),
        "periphery": OUTER + ("auezov",) * (auezov == "periphery"),
    }


def one(dataset: Dataset, key: str, a: str, b: str, auezov: str = "periphery") -> Compared:
    (found,) = (row for row in compare(dataset, a, b, auezov) if row.key == key)  # type: ignore[arg-type]
    return found


def without(folder: Path, key: str, *starts: str) -> Dataset:
    """The sound data without the rows of a table that begin like this."""
    path = folder / "tables" / f"{key}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(starts)), encoding="utf-8")
    dataset, problems = read(folder)
    assert problems == []
    return dataset


def with_rows(folder: Path, key: str, period: str, figures: list[float], source: str) -> None:
    """A figure of a period for each district."""
    path = folder / "tables" / f"{key}.csv"
    rows = [f"{a},{period},{x},A,published,{source}," for a, x in zip(DISTRICTS, figures, strict=True)]
    path.write_text("\n".join([path.read_text("utf-8").rstrip("\n"), *rows]), encoding="utf-8")


def replaced(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "tables" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# Ranks


def test_a_rank_is_an_interval_as_wide_as_there_are_districts_without_one(dataset: Dataset) -> None:
    """Wages of 2023, highest first: Medeu, Bostandyk, Turksib, Zhetysu, Nauryzbay, …; none for Almaly."""
    found = one(dataset, "avg_wage", "medeu", "nauryzbay")
    assert (found.rank_a, found.rank_b) == (Rank(1, 2), Rank(5, 6))
    ranks = rank_intervals(transformed(dataset, "avg_wage", "value"), "2023")
    assert ranks["alatau"] == Rank(7, 8)
    assert not {"almaly", CITY} & set(ranks)


def test_every_rank_lies_between_one_and_eight(dataset: Dataset) -> None:
    seen = 0
    for area in DISTRICTS:
        for row in compare(dataset, area, CITY):
            assert row.rank_b is None
            if row.rank_a:
                series = transformed(dataset, row.key, row.transform)
                assert row.rank_a == rank_intervals(series, str(row.period))[area]
                assert 1 <= row.rank_a.best <= row.rank_a.worst <= 8
                seen += 1
    assert seen > 300


# Places


def test_the_members_of_a_place() -> None:
    assert members("medeu", "out") == ("medeu",)
    assert members(CITY, "out") == DISTRICTS
    for auezov in AUEZOV:
        for group, areas in groups(auezov).items():
            assert set(members(group, auezov)) == set(areas)


def test_what_is_no_place_is_told(dataset: Dataset) -> None:
    with pytest.raises(ValueError, match=r'"almali" is not a place; places are alatau, almaly, .*periphery'):
        compare(dataset, "medeu", "almali")
    with pytest.raises(ValueError, match="is not a place"):
        compare(dataset, "", "medeu")


def test_two_places_are_compared_on_every_indicator(dataset: Dataset) -> None:
    for a, b in (("medeu", "nauryzbay"), ("medeu", CITY), ("centre", "periphery"), ("medeu", "medeu")):
        assert [row.key for row in compare(dataset, a, b)] == list(dataset.indicators)
    assert len(PLACES) == 11


@pytest.mark.parametrize(
    ("key", "transform"),
    [
        ("sme_active", "per_1000"),
        ("births", "value"),
        ("avg_wage", "value"),
        ("road_length", "value"),  # allowed per 1,000, but of 2025, when residents are not known
    ],
)
def test_amounts_are_compared_per_resident_where_that_exists(
    key: str, transform: str, dataset: Dataset
) -> None:
    assert compared_as(dataset, key) == transform
    assert one(dataset, key, "medeu", CITY).transform == transform


@pytest.mark.parametrize("auezov", AUEZOV)
def test_a_group_is_the_sum_of_its_districts(auezov: str, dataset: Dataset, figures: Read) -> None:
    births = figures("births")
    found = one(dataset, "births", "centre", "periphery", auezov)
    sums = [sum(births[area, "2024"] for area in areas) for areas in groups(auezov).values()]
    assert (found.period, found.a, found.b, found.city) == ("2024", *sums, 34594)
    assert found.ratio == pytest.approx(sums[0] / sums[1])
    assert found.relative_a is found.relative_b is None  # totals of unequal places
    assert found.rank_a is found.rank_b is None


@pytest.mark.parametrize("auezov", AUEZOV)
def test_a_group_per_resident_is_sum_over_sum(auezov: str, dataset: Dataset, figures: Read) -> None:
    smes, people, at = figures("sme_active"), figures("population"), "2024-12-31"
    found = one(dataset, "sme_active", "centre", "periphery", auezov)
    a, b = (
        sum(smes[area, at] for area in areas) / sum(people[area, at] for area in areas) * 1000
        for areas in groups(auezov).values()
    )
    city = 367784 / 2292333 * 1000
    assert found.period == at
    assert (found.a, found.b, found.city) == pytest.approx((a, b, city))
    assert (found.relative_a, found.relative_b) == pytest.approx((a / city * 100, b / city * 100))
    assert found.ratio == pytest.approx(a / b)


@pytest.mark.parametrize("auezov", AUEZOV)
def test_a_group_of_a_rate_is_weighted_as_the_rate_declares(
    auezov: str, dataset: Dataset, figures: Read
) -> None:
    for key, weight, period in (
        ("infant_mortality_rate", "births", "2024"),
        ("pupils_per_100_places", "school_capacity_public", "2024-09-01"),
    ):
        rates, weights = figures(key), figures(weight)
        found = one(dataset, key, "centre", "periphery", auezov)
        means = [
            sum(rates[area, period] * weights[area, period] for area in areas)
            / sum(weights[area, period] for area in areas)
            for areas in groups(auezov).values()
        ]
        assert (found.period, found.transform) == (period, "value")
        assert (found.a, found.b) == pytest.approx(means)
        assert found.relative_a == pytest.approx(means[0] / found.city * 100)  # type: ignore[operator]


def test_a_rate_without_a_weight_has_no_group(dataset: Dataset) -> None:
    found = one(dataset, "avg_wage", "centre", "periphery")
    assert found.period is found.a is found.b is found.ratio is None
    assert found.missing == ("centre", "periphery")
    beside = one(dataset, "avg_wage", "centre", "medeu")
    assert (beside.period, beside.a, beside.b, beside.missing) == ("2023", None, 527339, ("centre",))


def test_a_group_without_one_of_its_districts_is_missing(folder: Path) -> None:
    dataset = without(folder, "births", "medeu,")
    found = one(dataset, "births", "centre", "periphery")
    born, people = 8400 + 4900 + 4300 + 5400 + 3900, 360000 + 312000 + 220000 + 265000 + 182000
    assert (found.a, found.missing) == (None, ("centre",))
    assert found.b == pytest.approx(born / people * 1000)
    assert found.ratio is None
    assert not found.about_same
    rate = one(dataset, "infant_mortality_rate", "centre", "periphery")
    assert rate.missing == ("centre",)  # the weight of Medeu is gone, its rate is not
    assert rate.b is not None


def test_a_sum_of_amounts_needs_every_district_too(folder: Path) -> None:
    """Without people by district births are compared as they are."""
    without(folder, "population", *(f"{area}," for area in DISTRICTS))
    found = one(without(folder, "births", "medeu,2024"), "births", "centre", "periphery")
    assert (found.transform, found.period, found.missing) == ("value", "2023", ())
    found = one(without(folder, "births", "medeu,"), "births", "centre", "periphery")
    assert (found.period, found.a, found.b) == ("2024", None, 8400 + 4900 + 4300 + 5400 + 3900)


def test_a_mean_of_rates_needs_every_rate(folder: Path) -> None:
    found = one(
        without(folder, "infant_mortality_rate", "medeu,"), "infant_mortality_rate", "centre", "almaly"
    )
    assert (found.a, found.b, found.missing) == (None, 7.7, ("centre",))


def test_a_group_without_the_residents_of_one_is_missing(folder: Path) -> None:
    """Turksib's people are not known, so those of the periphery are not."""
    path = folder / "tables" / "births.toml"
    path.write_text(path.read_text("utf-8").replace("tolerance = 0.0005\n", ""), encoding="utf-8")
    dataset = without(folder, "population", "turksib,")
    found = one(dataset, "births", "centre", "periphery")
    assert found.transform == "per_1000"
    assert found.a == pytest.approx((2900 + 4400 + 3100) / (222000 + 375000 + 232000) * 1000)
    assert found.missing == ("periphery",)


# Periods


def test_the_period_is_the_latest_that_both_have(dataset: Dataset, figures: Read) -> None:
    """Turksib has no enterprises at the end of 2024."""
    key = "industrial_enterprises_large_medium"
    assert one(dataset, key, "medeu", "nauryzbay").period == "2024-12-31"
    assert one(dataset, key, "medeu", "turksib").period == "2024-09-30"
    assert one(dataset, key, "centre", "periphery").period == "2024-09-30"
    at = [
        figures(key)["turksib", "2024-09-30"],
        figures("population")["turksib", "2024-09-30"],
    ]
    assert one(dataset, key, "medeu", "turksib").b == pytest.approx(at[0] / at[1] * 1000)


def test_where_one_place_has_nothing_the_other_is_shown(dataset: Dataset) -> None:
    found = one(dataset, "avg_wage", "almaly", "medeu")
    assert (found.period, found.a, found.b, found.missing) == ("2023", None, 527339, ("almaly",))
    assert found.ratio is found.relative_a is None
    assert not found.about_same
    alone = one(dataset, "grp_per_capita", "medeu", CITY)
    assert alone.missing == ("medeu",)
    assert alone.b == alone.city is not None


def test_full_years_go_before_later_parts_of_a_year(dataset: Dataset, figures: Read) -> None:
    assert any("P9M" in at for _, at in figures("deaths_circulatory"))
    assert one(dataset, "deaths_circulatory", "medeu", "turksib").period == "2024"


def test_full_years_go_before_a_part_of_the_year_after(folder: Path) -> None:
    with_rows(folder, "infant_mortality_rate", "2025-01-01/P6M", [6, 7, 6, 5, 8, 7, 8, 6], "passports")
    dataset, problems = read(folder)
    assert problems == []
    assert one(dataset, "infant_mortality_rate", "alatau", "medeu").period == "2024"


def test_a_common_part_of_a_year_goes_before_a_year_of_one(folder: Path) -> None:
    """Alatau has rates of two years and of six months, Medeu of six months alone."""
    path = folder / "tables" / "infant_mortality_rate.csv"
    parts = [
        f"{area},2024-01-01/P6M,{rate},A,published,passports," for area, rate in (("alatau", 6), ("medeu", 8))
    ]
    path.write_text("\n".join([path.read_text("utf-8").rstrip("\n"), *parts]), encoding="utf-8")
    dataset = without(folder, "infant_mortality_rate", "medeu,2023", "medeu,2024,")
    found = one(dataset, "infant_mortality_rate", "alatau", "medeu")
    assert (found.period, found.a, found.b, found.city) == ("2024-01-01/P6M", 6, 8, None)
    assert one(dataset, "infant_mortality_rate", "alatau", "turksib").period == "2024"


# Relative, ratio, few cases


def test_relative_values_have_the_city_at_a_hundred(dataset: Dataset) -> None:
    found = one(dataset, "avg_wage", "medeu", "nauryzbay")
    assert (found.a, found.b, found.city) == (527339, 310732, 426273)
    assert found.relative_a == pytest.approx(527339 / 426273 * 100)
    assert found.relative_b == pytest.approx(310732 / 426273 * 100)
    assert found.ratio == pytest.approx(527339 / 310732)
    for row in compare(dataset, "medeu", CITY):
        assert row.relative_b in (None, 100), row.key
        if row.relative_a is not None:
            assert row.relative_a == pytest.approx(row.a / row.city * 100)  # type: ignore[operator]


def test_relative_values_are_those_of_the_map(dataset: Dataset) -> None:
    """The same number by the other way there."""
    seen = 0
    for row in compare(dataset, "medeu", "turksib"):
        if row.relative_a is not None and row.period:
            rows = transformed(dataset, row.key, "relative").at(row.period)
            assert row.relative_a == pytest.approx(rows["value"]["medeu"]), row.key
            seen += 1
    assert seen > 20


def test_what_may_have_no_relative_value_has_none(dataset: Dataset) -> None:
    rows = {row.key: row for row in compare(dataset, "medeu", "nauryzbay")}
    for key in (
        "migration_net",
        "natural_increase",
        "natural_increase_rate",
        "population",
        "school_places_opened",
    ):
        assert rows[key].relative_a is rows[key].relative_b is None
        assert rows[key].a is not None
    for key in ("migration_net", "natural_increase", "natural_increase_rate"):
        assert rows[key].ratio is None


def test_few_cases_have_neither_rank_nor_ratio(dataset: Dataset) -> None:
    """Killed on the road in 2024: 31 in Alatau, 21 in Auezov, 12 in Medeu; 18 and fewer elsewhere."""
    found = one(dataset, "deaths_road_traffic", "medeu", "alatau")
    assert found.few == ("medeu",)
    assert found.rank_a is found.ratio is None
    assert found.a == pytest.approx(12 / 251896 * 1000)
    assert found.rank_b == Rank(1, 8), "p = 0.24: the districts are alike"
    both = one(dataset, "deaths_road_traffic", "alatau", "auezov")
    assert both.few == ()
    assert both.rank_b == Rank(1, 8)
    assert both.ratio == pytest.approx((31 / 384928) / (21 / 358667))
    assert one(dataset, "deaths_road_traffic", "medeu", "medeu").few == ("medeu",)


@pytest.mark.parametrize("auezov", AUEZOV)
@pytest.mark.parametrize(
    "key", ["universities", "schools_overcrowded", "deaths_road_traffic", "deaths_infectious"]
)
def test_a_group_can_have_few_events_and_never_few_things(
    key: str, auezov: str, dataset: Dataset, figures: Read
) -> None:
    known, found = figures(key), one(dataset, key, "centre", "periphery", auezov)
    sums = {g: sum(known[area, str(found.period)] for area in areas) for g, areas in groups(auezov).items()}
    events = key.startswith("deaths")
    assert found.few == tuple(group for group, count in sums.items() if events and count < 20)
    assert (found.ratio is None) is bool(found.few)


def test_a_group_of_districts_with_few_cases_can_have_enough(dataset: Dataset) -> None:
    """Killed on the road in 2024: 12 + 13 + 12 = 37 in the centre; infants: 14 + 18 + 27."""
    for key in ("deaths_road_traffic", "infant_mortality_rate"):
        found = one(dataset, key, "centre", "periphery")
        assert found.few == ()
        assert found.ratio == pytest.approx(found.a / found.b)  # type: ignore[operator]


@pytest.mark.parametrize(("born", "few"), [(19, ("almaly",)), (20, ())])
def test_twenty_cases_are_enough(born: int, few: tuple[str, ...], folder: Path) -> None:
    births = folder / "tables" / "births.csv"
    text = births.read_text(encoding="utf-8").replace("almaly,2024,2900", f"almaly,2024,{born}")
    births.write_text(text, encoding="utf-8")
    found = one(without(folder, "births", "city,", "almaly,2023"), "births", "almaly", "medeu")
    assert found.few == few
    assert found.rank_a == (None if few else Rank(8, 8))
    assert found.rank_b == (Rank(6, 7) if few else Rank(6, 6))
    assert (found.ratio is None) is bool(few)


def test_nothing_is_divided_by_nought(dataset: Dataset, folder: Path) -> None:
    found = one(dataset, "universities", "medeu", "nauryzbay")
    assert found.b == 0
    assert found.ratio is None
    replaced(folder, "infant_mortality_rate.csv", "medeu,2024,8.2", "medeu,2024,0")
    found = one(without(folder, "births", "medeu,"), "infant_mortality_rate", "almaly", "medeu")
    assert (found.a, found.b, found.ratio, found.few) == (7.7, 0, None, ())  # births, and so cases, not known


def test_the_reliability_of_a_period_is_told(dataset: Dataset, folder: Path) -> None:
    assert one(dataset, "avg_wage", "medeu", "turksib").low_reliability
    assert not one(dataset, "births", "medeu", "turksib").low_reliability
    replaced(folder, "births.csv", "zhetysu,2024,3900,A", "zhetysu,2024,3900,U")
    assert one(read(folder)[0], "births", "medeu", "turksib").low_reliability


# About the same


@pytest.mark.parametrize(
    ("key", "transform", "a", "b", "same"),
    [
        ("age_share_0_14", "value", 16.0, 16.0, True),
        ("age_share_0_14", "value", 16.0, 16.09, True),
        ("age_share_0_14", "value", 16.0, 16.1, False),
        ("age_share_0_14", "value", 16.0, 16.11, False),
        ("sme_active", "value", 700, 700.9, True),
        ("sme_active", "value", 700, 701, False),
        ("sme_active", "value", 100000, 99951, True),
        ("sme_active", "value", 100000, 99950.01, True),
        ("sme_active", "value", 100000, 99950, False),
        ("sme_active", "value", 99949, 100000, False),
        ("sme_active", "per_1000", 200, 199.91, True),
        ("sme_active", "per_1000", 200, 199.9, False),
        ("sme_active", "per_1000", 199.89, 200, False),
        ("migration_net", "value", -100000, -99951, True),
        ("migration_net", "value", -100000, -99949, False),
        ("migration_net", "value", 0.4, -0.4, True),
        ("universities", "per_1000", 0.1, 0.1, True),
        ("universities", "per_1000", 0.0, 0.0, True),
        ("universities", "per_1000", 0.1, 0.1001, False),
        ("sme_active", "value", None, 1.0, False),
        ("sme_active", "value", 1.0, None, False),
        ("sme_active", "value", None, None, False),
    ],
)
def test_about_the_same_is_less_than_rounding_or_noise(
    key: str, transform: str, a: float | None, b: float | None, same: bool, dataset: Dataset
) -> None:
    declared = {"age_share_0_14": (1, None), "universities": (0, None)}.get(key, (0, 0.0005))
    assert (dataset.indicators[key].decimals, dataset.indicators[key].tolerance) == declared
    assert about_same(dataset.indicators[key], transform, a, b) is same  # type: ignore[arg-type]


def test_one_unit_of_the_last_digit_is_a_difference_at_every_level(dataset: Dataset) -> None:
    """4.1 − 4.0 is less than 0.1 in binary, 5.2 − 5.1 is more."""
    shares = dataset.indicators["age_share_0_14"]
    assert not [at / 10 for at in range(1000) if about_same(shares, "value", at / 10, (at + 1) / 10)]


def test_equal_shares_of_an_age_are_about_the_same(dataset: Dataset) -> None:
    found = one(dataset, "age_share_36_45", "alatau", "auezov")
    assert found.a == found.b == 16.3
    assert found.about_same
    assert not one(dataset, "age_share_36_45", "alatau", "almaly").about_same
