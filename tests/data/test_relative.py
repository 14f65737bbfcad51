"""Share of the city, relative to the city, index: hand arithmetic on real values, and what is refused."""

from collections.abc import Callable

import pytest

from data.dataset import Dataset
from data.transforms import Refusal, transformed, value_of, values
from geo.districts import AREAS, CITY, DISTRICTS

Figures = dict[tuple[str, str], float]


def test_a_share_is_of_the_published_city(dataset: Dataset) -> None:
    rows = transformed(dataset, "births", "share").at("2024")
    assert value_of(rows, "alatau") == pytest.approx(8270 / 34594 * 100)
    assert value_of(rows, "nauryzbay") == pytest.approx(4759 / 34594 * 100)
    assert not rows["computed"].any()


def test_a_city_that_nobody_publishes_is_the_sum_of_its_districts(dataset: Dataset) -> None:
    rows = transformed(dataset, "road_length", "share").at("2025-09-19")
    city = 730.8 + 189.1 + 228.1 + 451.7 + 595.2 + 399.0 + 499.6 + 334.9
    assert value_of(rows, "alatau") == pytest.approx(730.8 / city * 100)
    assert value_of(transformed(dataset, "road_length", "value").at("2025-09-19"), CITY) == pytest.approx(
        city
    )
    assert list(rows.index[rows["computed"]]) == [CITY]
    assert rows.loc[CITY, "source"] == rows.loc["alatau", "source"]


@pytest.mark.parametrize(("key", "period"), [("births", "2023"), ("industrial_output", "2022")])
def test_without_all_eight_districts_there_is_no_city_and_no_share(
    key: str, period: str, dataset: Dataset
) -> None:
    assert CITY not in transformed(dataset, key, "value").at(period).index
    shown = transformed(dataset, key, "share")
    assert shown.refused[period] == Refusal("no_city")
    assert shown.at(period).empty


def test_shares_of_a_complete_period_add_up_to_a_hundred(dataset: Dataset) -> None:
    complete = 0
    for key, indicator in dataset.indicators.items():
        if "share" not in indicator.transforms:
            continue
        shown = transformed(dataset, key, "share")
        for period in shown.periods():
            rows = shown.at(period)["value"]
            assert rows[CITY] == pytest.approx(100)
            assert (rows >= 0).all()
            if set(rows.index) == {*AREAS}:
                complete += 1
                total = rows[list(DISTRICTS)].sum()
                assert total == pytest.approx(100, abs=100 * (indicator.tolerance or 0) + 1e-9), (key, period)
    assert complete > 200


def test_relative_of_a_rate_is_its_value_over_that_of_the_city(dataset: Dataset) -> None:
    rows = transformed(dataset, "avg_wage", "relative").at("2023")
    assert value_of(rows, "medeu") == pytest.approx(527339 / 426273 * 100)
    assert value_of(rows, "alatau") == pytest.approx(297916 / 426273 * 100)
    assert "almaly" not in rows.index
    assert set(rows["population_date"]) == {""}


def test_relative_of_a_count_is_its_value_per_resident_over_that_of_the_city(dataset: Dataset) -> None:
    rows = transformed(dataset, "crimes_registered", "relative").at("2023")
    city = 27576 / 2228515
    assert value_of(rows, "almaly") == pytest.approx(6105 / 266060 / city * 100)
    assert value_of(rows, "nauryzbay") == pytest.approx(1573 / 200456 / city * 100)
    assert set(rows["population_date"]) == {"2023-12-31"}


def test_relative_of_the_city_is_a_hundred(dataset: Dataset) -> None:
    seen = 0
    for key, indicator in dataset.indicators.items():
        if "relative" in indicator.transforms:
            table = transformed(dataset, key, "relative").table
            cities = table[table["area"] == CITY]
            assert set(table["period"]) == set(cities["period"]), key
            assert cities["value"].to_numpy() == pytest.approx(100)
            seen += len(cities)
    assert seen > 200


def test_an_index_starts_at_a_hundred(dataset: Dataset) -> None:
    shown = transformed(dataset, "avg_wage", "index")
    assert value_of(shown.at("2017"), "alatau") == pytest.approx(100)
    assert value_of(shown.at("2023"), "alatau") == pytest.approx(297916 / 135320 * 100)
    assert value_of(shown.at("2023"), "city") == pytest.approx(426273 / 190875 * 100)
    assert not shown.refused


def test_an_index_starts_anew_after_a_break(dataset: Dataset) -> None:
    shown = transformed(dataset, "crimes_registered", "index")
    assert value_of(shown.at("2020"), "medeu") == pytest.approx(100)
    assert value_of(shown.at("2023"), "medeu") == pytest.approx(2797 / 3491 * 100)
    assert shown.refused == {year: Refusal("before_break", "2020") for year in ("2017", "2018", "2019")}
    assert shown.periods("year") == ["2020", "2021", "2022", "2023"]


def test_part_years_have_an_index_of_their_own_length(
    dataset: Dataset, figures: Callable[[str], Figures]
) -> None:
    births, shown = figures("births"), transformed(dataset, "births", "index")
    for length in ("P3M", "P6M", "P9M"):
        series = sorted(period for area, period in births if area == "medeu" and period.endswith(length))
        for period in series:
            expected = births["medeu", period] / births["medeu", series[0]] * 100
            assert value_of(shown.at(period), "medeu") == pytest.approx(expected)


@pytest.mark.parametrize("key", ["migration_net", "natural_increase", "natural_increase_rate"])
@pytest.mark.parametrize("transform", ["share", "relative", "index"])
def test_series_that_can_be_negative_have_no_share_relative_or_index(
    key: str, transform: str, dataset: Dataset
) -> None:
    with pytest.raises(ValueError, match=f"{key} does not allow {transform}; it allows value"):
        transformed(dataset, key, transform)  # type: ignore[arg-type]


def test_no_indicator_allows_what_makes_no_sense_for_its_kind(dataset: Dataset) -> None:
    for indicator in dataset.indicators.values():
        allowed = set(indicator.transforms)
        if indicator.kind in ("rate", "index"):
            assert not allowed & {"share", "per_1000", "per_km2"}, indicator.id
        if indicator.signed:
            assert not allowed & {"share", "relative", "index"}, indicator.id
        assert indicator.opens_with in allowed


def test_the_city_of_a_rate_is_the_mean_weighted_by_its_weight(dataset: Dataset) -> None:
    """Infant mortality of 2024 by births; nobody publishes it."""
    births = [8270, 3039, 4885, 4126, 3110, 4759, 3677, 2728]
    rates = [5.80, 4.61, 4.91, 4.36, 8.68, 5.25, 5.98, 5.50]
    deaths = sum(rate * weight for rate, weight in zip(rates, births, strict=True))
    rows = transformed(dataset, "infant_mortality_rate", "value").at("2024")
    assert value_of(rows, CITY) == pytest.approx(deaths / sum(births))
    assert bool(rows.loc[CITY, "computed"])
    relative = transformed(dataset, "infant_mortality_rate", "relative").at("2024")
    assert value_of(relative, "medeu") == pytest.approx(8.68 / (deaths / sum(births)) * 100)


def test_the_weighted_mean_needs_all_eight_rates_and_weights(
    dataset: Dataset, figures: Callable[[str], Figures]
) -> None:
    """Births of Zhetysu are missing in 2023."""
    assert ("zhetysu", "2023") in figures("infant_mortality_rate")
    assert CITY not in transformed(dataset, "infant_mortality_rate", "value").at("2023").index
    assert transformed(dataset, "infant_mortality_rate", "relative").refused["2023"] == Refusal("no_city")


def test_an_average_without_a_weight_and_an_index_get_no_city(dataset: Dataset) -> None:
    for key in ("industrial_volume_index", "avg_wage"):
        table, computed = values(dataset, key)
        assert not computed
        published = dataset.observations[key].query("area == 'city'")["period"]
        assert set(table.index[table[CITY].notna()]) == set(published)
