"""Per 1,000 residents and per km²: hand arithmetic on real values, the date named, no date too far away."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.dataset import Dataset, read
from data.transforms import Refusal, sources, transformed, value_of
from geo import districts as layer
from geo.districts import DISTRICTS

Figures = dict[tuple[str, str], float]


def test_crimes_of_2023_are_divided_by_the_residents_at_its_end(dataset: Dataset) -> None:
    rows = transformed(dataset, "crimes_registered", "per_1000").at("2023")
    assert value_of(rows, "almaly") == pytest.approx(6105 / 266060 * 1000)
    assert value_of(rows, "medeu") == pytest.approx(2797 / 247345 * 1000)
    assert value_of(rows, "city") == pytest.approx(27576 / 2228515 * 1000)
    assert set(rows["population_date"]) == {"2023-12-31"}


@pytest.mark.parametrize(
    ("key", "period", "on"),
    [
        ("crimes_registered", "2023", "2023-12-31"),
        ("deaths_circulatory", "2023-01-01/P6M", "2023-06-30"),
        ("deaths_circulatory", "2024-01-01/P9M", "2024-09-30"),
        ("schools_public", "2024-09-01", "2024-09-30"),
        ("legal_entities_active", "2024-06-30", "2024-06-30"),
    ],
)
def test_every_district_is_divided_by_its_residents_on_the_date_named(
    key: str, period: str, on: str, dataset: Dataset, figures: Callable[[str], Figures]
) -> None:
    rows = transformed(dataset, key, "per_1000").at(period)
    assert set(rows["population_date"]) == {on}
    for district in DISTRICTS:
        expected = figures(key)[district, period] / figures("population")[district, on] * 1000
        assert value_of(rows, district) == pytest.approx(expected)


def test_no_population_further_than_31_days_is_ever_used(dataset: Dataset) -> None:
    ends = {"P3M": (3, 31), "P6M": (6, 30), "P9M": (9, 30)}
    seen = 0
    for key, indicator in dataset.indicators.items():
        if "per_1000" not in indicator.transforms:
            continue
        shown = transformed(dataset, key, "per_1000")
        for period, on in shown.table[["period", "population_date"]].drop_duplicates().to_numpy():
            year, _, length = period.partition("-01-01/")
            end = date(int(year), *ends[length]) if length else date.fromisoformat(f"{period}-12-31"[:10])
            assert abs((date.fromisoformat(on) - end).days) <= 31, (key, period)
            seen += 1
        assert not set(shown.refused) & set(shown.table["period"])
        assert set(shown.refused) | set(shown.table["period"]) == set(dataset.observations[key]["period"])
    assert seen > 100


@pytest.mark.parametrize(
    ("key", "period", "nearest"),
    [
        ("crimes_registered", "2018", "2022-12-31"),
        ("road_length", "2025-09-19", "2024-12-31"),
        ("school_places_opened", "1950-12-31", "2022-12-31"),
    ],
)
def test_a_period_without_population_is_refused_and_told_the_nearest_date(
    key: str, period: str, nearest: str, dataset: Dataset
) -> None:
    shown = transformed(dataset, key, "per_1000")
    assert shown.refused[period] == Refusal("no_population", nearest)
    assert shown.at(period).empty
    assert period not in shown.periods()


@pytest.mark.parametrize(
    ("on", "refused"), [("2025-01-31", False), ("2025-02-01", True), ("2024-11-30", False)]
)
def test_31_days_are_near_enough_and_32_are_not(on: str, refused: bool, folder: Path) -> None:
    population = folder / "tables" / "population.csv"
    text = population.read_text(encoding="utf-8").replace("2024-12-31", on)
    population.write_text(text, encoding="utf-8")
    dataset, problems = read(folder)
    assert problems == []
    shown = transformed(dataset, "births", "per_1000")
    assert ("2024" in shown.refused) is refused
    if refused:
        assert shown.refused["2024"] == Refusal("no_population", on)
    else:
        assert value_of(shown.at("2024"), "almaly") == pytest.approx(2900 / 222000 * 1000)
        assert set(shown.at("2024")["population_date"]) == {on}


def test_of_two_dates_near_enough_the_one_with_most_districts_is_taken(folder: Path) -> None:
    population = folder / "tables" / "population.csv"
    text = population.read_text(encoding="utf-8").replace("2024-12-31", "2025-01-15")
    text += "almaly,2024-12-31,100000,A,published,bureau,\n"
    population.write_text(text, encoding="utf-8")
    dataset, _ = read(folder)
    rows = transformed(dataset, "births", "per_1000").at("2024")
    assert set(rows["population_date"]) == {"2025-01-15"}
    assert len(rows) == 9
    assert value_of(rows, "almaly") == pytest.approx(2900 / 222000 * 1000)


def test_a_district_without_population_on_the_date_is_left_out(dataset: Dataset) -> None:
    """On 31 December 2022 only Almaly and Auezov have residents."""
    rows = transformed(dataset, "crimes_registered", "per_1000").at("2022")
    assert set(rows.index) == {"almaly", "auezov", "city"}
    assert value_of(rows, "auezov") == pytest.approx(5779 / 354899 * 1000)


def test_the_sources_of_the_population_are_credited_too(dataset: Dataset) -> None:
    shown = transformed(dataset, "crimes_registered", "per_1000")
    own = set(dataset.observations["crimes_registered"].query("period == '2023'")["source"])
    assert set(sources(dataset, shown, "2023")) == own | {"smartalmaty-passports"}
    assert set(sources(dataset, transformed(dataset, "crimes_registered", "value"), "2023")) == own


def test_where_the_rate_is_published_no_second_one_is_computed(dataset: Dataset) -> None:
    for key in ("births", "deaths", "marriages", "divorces", "natural_increase"):
        with pytest.raises(ValueError, match=f"{key} does not allow per_1000"):
            transformed(dataset, key, "per_1000")


def test_per_km2_divides_by_the_area_of_the_polygon(dataset: Dataset) -> None:
    path = layer.LAYERS / "districts.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    areas = {one["properties"]["id"]: one["properties"]["area_km2"] for one in features}
    rows = transformed(dataset, "population", "per_km2").at("2024-12-31")
    assert value_of(rows, "medeu") == pytest.approx(251896 / areas["medeu"], rel=5e-4)
    assert value_of(rows, "almaly") == pytest.approx(269545 / areas["almaly"], rel=5e-4)
    assert value_of(rows, "city") == pytest.approx(2292333 / sum(areas.values()), rel=5e-4)
    assert set(rows["population_date"]) == {""}
