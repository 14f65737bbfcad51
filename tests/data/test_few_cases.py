"""Fewer than twenty cases: no rank, whatever the transform shows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.dataset import Dataset, read
from data.transforms import cases, ranks, transformed
from geo.districts import AREAS, CITY, DISTRICTS

Figures = dict[tuple[str, str], float]


@pytest.mark.parametrize("transform", ["value", "per_1000", "share", "relative"])
def test_few_road_deaths_are_few_through_every_transform(transform: str, dataset: Dataset) -> None:
    """In 2023: Alatau 42, Auezov 30, Bostandyk 21; Turksib 19, Nauryzbay 18, …, Medeu 11."""
    rows = transformed(dataset, "deaths_road_traffic", transform).at("2023")  # type: ignore[arg-type]
    assert set(rows.index[rows["few"].astype(bool)]) == {"almaly", "medeu", "nauryzbay", "turksib", "zhetysu"}
    assert set(ranks(rows)) == {"alatau", "auezov", "bostandyk"}
    assert rows.loc["turksib", "cases"] == 19


def test_the_cases_of_a_rate_are_its_value_times_its_weight(
    dataset: Dataset, figures: Callable[[str], Figures]
) -> None:
    """Infant deaths are the rate times births over 1,000."""
    rates, births = figures("infant_mortality_rate"), figures("births")
    shown = transformed(dataset, "infant_mortality_rate", "value")
    few, enough = 0, 0
    for (area, period), rate in rates.items():
        row = shown.at(period).loc[area]
        if (area, period) not in births:
            assert row["cases"] != row["cases"]
            continue
        deaths = rate * births[area, period] / 1000
        assert row["cases"] == pytest.approx(deaths)
        assert bool(row["few"]) is (deaths < 20)
        few, enough = few + (deaths < 20), enough + (deaths >= 20)
    assert few > 10
    assert enough > 10


def test_infant_deaths_of_2024_by_hand(dataset: Dataset) -> None:
    """4.61 × 3,039 / 1,000 = 14 in Almaly, 8.68 × 3,110 / 1,000 = 27 in Medeu."""
    rows = transformed(dataset, "infant_mortality_rate", "relative").at("2024")
    assert round(rows.loc["almaly", "cases"], 1) == 14.0
    assert round(rows.loc["medeu", "cases"], 1) == 27.0
    assert "almaly" not in ranks(rows)
    assert "medeu" in ranks(rows)


def test_a_rate_per_hundred_places_counts_pupils(dataset: Dataset, figures: Callable[[str], Figures]) -> None:
    rows = transformed(dataset, "pupils_per_100_places", "value").at("2024-09-01")
    for district in DISTRICTS:
        rate = figures("pupils_per_100_places")[district, "2024-09-01"]
        places = figures("school_capacity_public")[district, "2024-09-01"]
        assert rows.loc[district, "cases"] == pytest.approx(rate * places / 100)


def test_where_there_are_no_cases_nothing_is_few(dataset: Dataset) -> None:
    for key in ("avg_wage", "industrial_volume_index", "road_length"):
        assert cases(dataset, key).isna().all().all()
        assert not transformed(dataset, key, "value").table["few"].any()


def test_every_count_of_people_or_events_is_held_to_the_rule(
    dataset: Dataset, figures: Callable[[str], Figures]
) -> None:
    for key, indicator in dataset.indicators.items():
        if not indicator.counts_cases:
            continue
        table = transformed(dataset, key, "value").table
        published = table[~table["computed"]]
        few = {
            (area, period) for area, period, mark in published[["area", "period", "few"]].to_numpy() if mark
        }
        assert few == {at for at, value in figures(key).items() if abs(value) < 20}, key


@pytest.mark.parametrize(("deaths", "few"), [(19, True), (20, False), (0, True)])
def test_twenty_cases_are_enough_and_nineteen_are_not(deaths: int, few: bool, folder: Path) -> None:
    births = folder / "tables" / "births.csv"
    text = births.read_text(encoding="utf-8")
    births.write_text(text.replace("alatau,2024,8400", f"alatau,2024,{deaths}"), encoding="utf-8")
    dataset, _ = read(folder)
    rows = transformed(dataset, "births", "value").at("2024")
    assert bool(rows.loc["alatau", "few"]) is few
    assert ("alatau" in ranks(rows)) is not few
    assert CITY not in ranks(rows)
    assert set(rows.index) == {*AREAS}
