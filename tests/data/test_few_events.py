"""Fewer than twenty events: no rank, whatever the transform shows; a register is never few."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.dataset import Dataset, read
from data.ranks import rank_intervals
from data.transforms import cases, transformed
from geo.districts import AREAS, CITY, DISTRICTS

Figures = dict[tuple[str, str], float]


@pytest.mark.parametrize("transform", ["value", "per_1000", "share", "relative"])
def test_few_road_deaths_are_few_through_every_transform(transform: str, dataset: Dataset) -> None:
    """In 2023: Alatau 42, Auezov 30, Bostandyk 21; Turksib 19, Nauryzbay 18, …, Medeu 11."""
    series = transformed(dataset, "deaths_road_traffic", transform)  # type: ignore[arg-type]
    rows = series.at("2023")
    assert set(rows.index[rows["few"].astype(bool)]) == {"almaly", "medeu", "nauryzbay", "turksib", "zhetysu"}
    assert set(rank_intervals(series, "2023")) == {"alatau", "auezov", "bostandyk"}
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
    series = transformed(dataset, "infant_mortality_rate", "relative")
    rows = series.at("2024")
    assert round(rows.loc["almaly", "cases"], 1) == 14.0
    assert round(rows.loc["medeu", "cases"], 1) == 27.0
    assert "almaly" not in rank_intervals(series, "2024")
    assert "medeu" in rank_intervals(series, "2024")


def test_pupils_are_a_register_and_never_few(dataset: Dataset, figures: Callable[[str], Figures]) -> None:
    """One pupil more or less on the places of a district."""
    rows = transformed(dataset, "pupils_per_100_places", "value").at("2024-09-01")
    for district in DISTRICTS:
        rate = figures("pupils_per_100_places")[district, "2024-09-01"]
        places = figures("school_capacity_public")[district, "2024-09-01"]
        assert (rows.loc[district, "low"], rows.loc[district, "high"]) == pytest.approx(
            (rate - 100 / places, rate + 100 / places)
        )
    assert not rows["few"].any()


def test_where_there_are_no_cases_nothing_is_few(dataset: Dataset) -> None:
    for key in ("avg_wage", "industrial_volume_index", "road_length"):
        assert cases(dataset, key).isna().all().all()
        assert not transformed(dataset, key, "value").table["few"].any()


def test_every_count_of_events_and_no_register_is_held_to_the_rule(
    dataset: Dataset, figures: Callable[[str], Figures]
) -> None:
    for key, indicator in dataset.indicators.items():
        if indicator.kind not in ("stock", "flow") or indicator.counts is None:
            continue
        table = transformed(dataset, key, "value").table
        published = table[~table["computed"]]
        few = {
            (area, period) for area, period, mark in published[["area", "period", "few"]].to_numpy() if mark
        }
        events = indicator.counts == "events"
        assert few == {at for at, value in figures(key).items() if events and abs(value) < 20}, key


@pytest.mark.parametrize(("deaths", "few"), [(19, True), (20, False), (0, True)])
def test_twenty_cases_are_enough_and_nineteen_are_not(deaths: int, few: bool, folder: Path) -> None:
    births = folder / "tables" / "births.csv"
    text = births.read_text(encoding="utf-8")
    births.write_text(text.replace("alatau,2024,8400", f"alatau,2024,{deaths}"), encoding="utf-8")
    dataset, _ = read(folder)
    series = transformed(dataset, "births", "value")
    rows = series.at("2024")
    assert bool(rows.loc["alatau", "few"]) is few
    assert ("alatau" in rank_intervals(series, "2024")) is not few
    assert CITY not in rank_intervals(series, "2024")
    assert set(rows.index) == {*AREAS}
