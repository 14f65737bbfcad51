"""A district against the city: hand arithmetic on the published figures."""

import math
from pathlib import Path

import pytest

from data.dataset import Dataset, read
from data.district_profile import against_city, strengths, without_figures
from data.largest_moves import largest_moves
from data.transforms import transformed
from geo.districts import CITY, DISTRICTS
from tests.data.conftest import Read
from tests.data.test_comparison import replaced, with_rows, without

# Against the city


def test_the_better_side_is_positive(dataset: Dataset, figures: Read) -> None:
    table = against_city(dataset).set_index(["indicator", "area"])
    wage, born = table.loc[("avg_wage", "medeu")], figures("births")
    assert wage["period"] == "2023"
    assert wage["relative"] == pytest.approx(527339 / 426273 * 100)
    assert wage["good"] == pytest.approx(527339 / 426273 * 100 - 100)
    assert table.loc[("avg_wage", "alatau"), "good"] == pytest.approx(297916 / 426273 * 100 - 100)
    rates = figures("infant_mortality_rate")
    city = sum(rates[area, "2024"] * born[area, "2024"] for area in DISTRICTS) / 34594
    infants = table.loc[("infant_mortality_rate", "medeu")]
    assert infants["good"] == pytest.approx(100 - 8.68 / city * 100)
    assert infants["good"] < 0
    assert table.loc[("infant_mortality_rate", "auezov"), "good"] == pytest.approx(100 - 4.91 / city * 100)
    assert table.loc[("infant_mortality_rate", "auezov"), "good"] > 0
    for (key, _), row in table.iterrows():
        better = dataset.indicators[key].better
        assert (row["good"] != row["good"]) is (better == "neither")
        if better != "neither":
            assert (row["good"] > 0) is (
                row["relative"] > 100 if better == "higher" else row["relative"] < 100
            )


def test_districts_with_few_cases_are_not_held_against_the_city(dataset: Dataset) -> None:
    table = against_city(dataset)
    infants = set(table.loc[table["indicator"] == "infant_mortality_rate", "area"])
    assert infants == {*DISTRICTS} - {"almaly", "bostandyk", "zhetysu"}
    killed = set(table.loc[table["indicator"] == "deaths_road_traffic", "area"])
    assert killed == {"alatau", "auezov"}
    assert CITY not in set(table["area"])
    assert not table.duplicated(["indicator", "area"]).any()
    assert {"migration_net", "age_share_0_14"} & set(table["indicator"]) == {"age_share_0_14"}


def test_the_change_is_in_points_since_the_year_before(dataset: Dataset) -> None:
    table = against_city(dataset).set_index(["indicator", "area"])
    assert table.loc[("avg_wage", "medeu"), "change"] == pytest.approx(
        (527339 / 426273 - 433208 / 354860) * 100
    )
    assert table.loc[("pupils_per_100_places", "medeu"), "change"] != 0
    assert table.loc["pupils_per_100_places", "change"].isna().all()  # of one day only


def test_a_change_within_the_noise_of_counting_is_none(dataset: Dataset, figures: Read) -> None:
    """Two standard errors; of road deaths 42 and then 31 in Alatau, of the deaths of circulation hundreds."""
    table = against_city(dataset).set_index(["indicator", "area"])
    people = figures("population")
    told, untold = 0, 0
    for key in ("deaths_road_traffic", "deaths_circulatory", "deaths_external", "migration_in"):
        known = figures(key)
        for area in table.loc[key].index:
            before, now = (
                known[area, year]
                / people[area, f"{year}-12-31"]
                / known[CITY, year]
                * people[CITY, f"{year}-12-31"]
                for year in ("2023", "2024")
            )
            error = (before**2 / known[area, "2023"] + now**2 / known[area, "2024"]) ** 0.5
            change = table.loc[(key, area), "change"]
            if abs(now - before) > 2 * error:
                assert change == pytest.approx((now - before) * 100), (key, area)
                told += 1
            else:
                assert math.isnan(change), (key, area)
                untold += 1
    assert told > 2
    assert untold > 10
    assert table.loc["deaths_road_traffic", "change"].isna().all()


def test_against_the_city_full_years_go_before_a_later_part(folder: Path) -> None:
    with_rows(
        folder, "births", "2025-01-01/P6M", [4000, 1500, 2400, 2200, 1600, 2100, 2700, 2000], "passports"
    )
    with_rows(folder, "population", "2025-06-30", [365000] * 8, "bureau")
    dataset, _ = read(folder)
    assert "2025-01-01/P6M" in transformed(dataset, "births", "relative").periods()
    table = against_city(dataset)
    births = table[table["indicator"] == "births"]
    assert set(births["period"]) == {"2024"}
    assert births["good"].isna().all()


def test_a_change_of_part_years_is_not_that_of_the_year(folder: Path) -> None:
    """Of full years there is 2024 alone, of half years there are two, with moves far beyond any noise."""
    for key in ("births", "population"):
        replaced(folder, f"{key}.toml", "max_jump", "# max_jump")
    for year in ("2024", "2025"):
        with_rows(folder, "population", f"{year}-06-30", [300000] * 8, "bureau")
    without(folder, "births", *(f"{a},{old}" for a in (*DISTRICTS, CITY) for old in ("2023,", "2024-")))
    for year, more in (("2024", 100), ("2025", 300)):
        with_rows(folder, "births", f"{year}-01-01/P6M", [2000 + more * at for at in range(8)], "passports")
    dataset, problems = read(folder)
    assert problems == []
    assert set(largest_moves(dataset)["indicator"]) >= {"births"}
    table = against_city(dataset)
    births = table[table["indicator"] == "births"]
    assert set(births["period"]) == {"2024"}
    assert births["change"].isna().all()


@pytest.mark.parametrize("area", DISTRICTS)
def test_strengths_and_weaknesses_never_overlap(area: str, dataset: Dataset) -> None:
    table = against_city(dataset)
    for most in (1, 3, 50):
        best, worst = strengths(dataset, area, most)
        assert not set(best["indicator"]) & set(worst["indicator"])
        own = table[(table["area"] == area) & table["good"].notna()]
        good = sorted((value for value in own["good"] if value > 0), reverse=True)
        bad = sorted(value for value in own["good"] if value < 0)
        assert best["good"].to_list() == good[:most]
        assert worst["good"].to_list() == bad[:most]
        assert {*best["area"], *worst["area"]} == {area}
        for key in (*best["indicator"], *worst["indicator"]):
            assert dataset.indicators[key].better != "neither"
            latest = table.loc[table["indicator"] == key, "period"].iloc[0]
            assert not transformed(dataset, key, "relative").at(latest)["few"][area], key


def test_without_an_argument_there_are_three(dataset: Dataset) -> None:
    assert [len(found) for found in strengths(dataset, "nauryzbay")] == [3, 3]


# Without figures


def test_what_a_district_lacks_at_the_latest_period(dataset: Dataset) -> None:
    assert without_figures(dataset, "almaly") == (("avg_wage", None),)
    assert without_figures(dataset, "turksib") == (("industrial_enterprises_large_medium", "2024-09-30"),)
    for area in set(DISTRICTS) - {"almaly", "turksib"}:
        assert without_figures(dataset, area) == ()


def test_a_last_figure_may_be_of_an_earlier_year_or_of_a_part_of_one(folder: Path) -> None:
    """Alatau has births of six months in 2024 beside its full years, Medeu has full years only."""
    assert without_figures(without(folder, "births", "medeu,2024"), "medeu") == (("births", "2023"),)
    dataset = without(folder, "births", "alatau,2024,")
    assert without_figures(dataset, "alatau") == (("births", "2023"),)
    dataset = without(folder, "births", "alatau,2023", "alatau,2024,")
    assert without_figures(dataset, "alatau") == (("births", "2024-01-01/P6M"),)
    assert without_figures(without(folder, "births", "alatau,", "medeu,"), "alatau") == (("births", None),)


def test_a_figure_said_to_be_missing_is_missing(folder: Path) -> None:
    replaced(folder, "births.csv", "medeu,2024,3100,A", "medeu,2024,,M")
    assert without_figures(read(folder)[0], "medeu") == (("births", "2023"),)
