"""A district against the city: hand arithmetic on the published figures."""

import math
from pathlib import Path

import pytest
from scipy.stats import chi2

from data.dataset import Dataset, read
from data.district_profile import against_city, fares, strengths, without_figures
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


def test_the_change_is_in_points_since_the_year_before(dataset: Dataset, figures: Read) -> None:
    table, wage = against_city(dataset).set_index(["indicator", "area"]), figures("avg_wage")
    before, after = (wage["auezov", year] / wage[CITY, year] * 100 for year in ("2022", "2023"))
    assert table.loc[("avg_wage", "auezov"), "change"] == pytest.approx(after - before)
    assert table.loc[("avg_wage", "auezov"), "size"] == pytest.approx(math.log(before / after))
    assert math.isnan(table.loc[("avg_wage", "medeu"), "change"])  # 1.3 % in a year are usual
    assert table.loc["pupils_per_100_places", "change"].isna().all()  # of one day only
    assert table.loc["migration_in", "change"].isna().all()  # a break in 2024


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


# How a district fares


def told(key: str, better: str, period: str, figures: Read) -> dict[str, float]:
    """How far each district lies on the better side of the city, in percent; 0 within 5 % or within noise."""
    published = figures(key)
    value = {area: published[area, period] for area in DISTRICTS}
    low, high = value, value
    if key == "infant_mortality_rate":
        born = figures("births")
        dead = {area: value[area] * born[area, period] / 1000 for area in DISTRICTS}
        low = {a: chi2.ppf(0.025, 2 * dead[a]) / 2 / born[a, period] * 1000 for a in DISTRICTS}
        high = {a: chi2.ppf(0.975, 2 * dead[a] + 2) / 2 / born[a, period] * 1000 for a in DISTRICTS}
        city = sum(dead.values()) / sum(born[area, period] for area in DISTRICTS) * 1000
        value = {area: rate for area, rate in value.items() if dead[area] >= 20}
    elif key != "pupils_per_100_places":
        people = {area: figures("population")[area, "2024-06-30"] for area in DISTRICTS}
        city = sum(value.values()) / sum(people.values())
        low = {area: (value[area] - 1) / people[area] for area in DISTRICTS}
        high = {area: (value[area] + 1) / people[area] for area in DISTRICTS}
        value = {area: value[area] / people[area] for area in DISTRICTS}
    else:
        places = figures("school_capacity_public")
        weight = {area: places[area, period] for area in DISTRICTS}
        city = sum(value[area] * weight[area] for area in DISTRICTS) / sum(weight.values())
    sign = 1 if better == "higher" else -1
    return {
        area: 0.0
        if low[area] <= city <= high[area] or abs(value[area] / city - 1) <= 0.05
        else sign * (value[area] / city - 1) * 100
        for area in value
    }


def test_a_district_fares_by_one_indicator_a_family_beyond_noise(dataset: Dataset, figures: Read) -> None:
    """All districts from the published figures; nothing of crimes, causes of death, pay, firms or output."""
    expected = {
        "infant_mortality_rate": told("infant_mortality_rate", "lower", "2024", figures),
        "parks_squares": told("parks_squares", "higher", "2024-06-13", figures),
        "sport_grounds": told("sport_grounds", "higher", "2024-06-13", figures),
        "pupils_per_100_places": told("pupils_per_100_places", "lower", "2024-09-01", figures),
    }
    sides = 0
    for area in DISTRICTS:
        own = {key: good[area] for key, good in expected.items() if area in good}
        rows = fares(dataset, area).set_index("indicator")
        assert set(rows.index) == set(own), area
        for key, good in own.items():
            assert rows.loc[key, "side"] == ("better" if good > 0 else "worse" if good < 0 else "about"), key
        better = sorted((key for key in own if own[key] > 0), key=lambda key: -own[key])
        worse = sorted((key for key in own if own[key] < 0), key=lambda key: own[key])
        for most in (1, 3, 50):
            best, worst = strengths(dataset, area, most)
            assert best["indicator"].to_list() == better[:most], area
            assert worst["indicator"].to_list() == worse[:most], area
        assert [len(rows) for rows in strengths(dataset, area)] == [len(better[:3]), len(worse[:3])]
        sides += len(better) + len(worse)
    assert sides > 16


def test_what_tells_how_a_district_fares_is_declared(dataset: Dataset) -> None:
    fit = {key: indicator for key, indicator in dataset.indicators.items() if indicator.profile}
    assert set(fit) == {
        *("addresses_without_gas", "infant_mortality_rate", "parks_squares", "pupils_per_100_places"),
        "sport_grounds",
    }
    assert len({indicator.family for indicator in fit.values()}) == len(fit)
    for cause in ("circulatory", "neoplasms", "respiratory", "digestive", "infectious", "external"):
        assert dataset.indicators[f"deaths_{cause}"].better == "neither"
    assert dataset.indicators["industrial_output"].better == "neither"


def test_a_value_of_low_reliability_does_not_tell(folder: Path) -> None:
    replaced(
        folder,
        "infant_mortality_rate.toml",
        'better = "neither"',
        'better = "lower"\nfamily = "x"\nprofile = true',
    )
    rates = folder / "tables" / "infant_mortality_rate.csv"
    sound, problems = read(folder)
    assert problems == []
    areas = [area for area in DISTRICTS if len(fares(sound, area))]
    assert areas
    rates.write_text(rates.read_text(encoding="utf-8").replace(",A,", ",U,"), encoding="utf-8")
    unsure, problems = read(folder)
    assert problems == []
    assert not any(len(fares(unsure, area)) for area in DISTRICTS)


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
