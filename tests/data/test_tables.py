"""The project's own data: complete, adding up, each value with its source, each trap of the material kept."""

import csv
import tomllib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from data.dataset import DATA, Dataset, read
from geo.districts import AREAS, DISTRICTS
from geo.languages import LANGS

Figures = dict[tuple[str, str], float]
KEYS = sorted(path.stem for path in (DATA / "tables").glob("*.toml"))
CITY_ONLY = (
    "deaths_homicide",
    "deaths_suicide",
    "grp_per_capita",
    "housing_price_new",
    "housing_price_resale",
    "life_expectancy",
    "rent_price",
    "unemployed_persons",
    "unemployment_rate",
)


def rows(key: str) -> list[dict[str, str]]:
    with (DATA / "tables" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def declaration(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def complete(table: Figures) -> list[str]:
    """The periods that have all eight districts and the city."""
    return sorted({p for _, p in table if all((area, p) in table for area in AREAS)})


def test_the_data_have_no_problem_and_are_all_there(dataset: Dataset) -> None:
    assert read(DATA)[1] == []
    assert list(dataset.indicators) == KEYS == sorted(path.stem for path in (DATA / "tables").glob("*.csv"))
    assert list(dataset.targets) == [row["id"] for row in declaration("targets")["targets"]]
    assert list(dataset.sources) == list(declaration("sources"))


@pytest.mark.parametrize("key", CITY_ONLY)
def test_some_indicators_are_for_the_city_only(key: str) -> None:
    assert {row["area"] for row in rows(key)} == {"city"}


@pytest.mark.each("key", KEYS)
def test_what_is_read_is_what_the_file_says(key: str, dataset: Dataset) -> None:
    table = dataset.observations[key]
    assert len(table) == len(rows(key)) > 0
    columns = ("area", "period", "obs_status", "method", "source", "note")
    read_rows = {(*(row[name] for name in columns), row["value"]) for _, row in table.iterrows()}
    assert read_rows == {(*(row[name] for name in columns), float(row["value"])) for row in rows(key)}


@pytest.mark.each("key", KEYS)
def test_districts_add_up_to_the_city(key: str, figures: Callable[[str], Figures]) -> None:
    declared, table = declaration(f"tables/{key}"), figures(key)
    tolerance = declared.get("tolerance", 0)
    assert tolerance <= (0.02 if key == "emissions_stationary" else 0.0005)
    for period in complete(table) if declared["adds_up"] else ():
        total, city = sum(table[area, period] for area in DISTRICTS), table["city", period]
        assert abs(total - city) <= tolerance * abs(city) + 1e-9, period


def test_the_sums_are_checked_where_there_are_any(figures: Callable[[str], Figures]) -> None:
    adding = [key for key in KEYS if declaration(f"tables/{key}")["adds_up"]]
    assert all(declaration(f"tables/{key}")["kind"] in ("stock", "flow") for key in adding)
    assert sum(len(complete(figures(key))) for key in adding) > 250


@pytest.mark.each("key", KEYS)
def test_every_source_of_every_row_resolves_and_is_credited(key: str, dataset: Dataset) -> None:
    used = {source for row in rows(key) for source in row["source"].split(";")}
    assert used == set(dataset.indicators[key].sources)
    for source in used:
        found = dataset.sources[source]
        assert found.url.startswith(("https://", "http://"))
        for words in (found.body, found.copy, found.licence):
            assert all(words[language].strip() for language in ("kk", "ru", "en"))


@pytest.mark.each("key", KEYS)
def test_an_indicator_is_told_in_three_languages_that_differ(key: str, dataset: Dataset) -> None:
    indicator = dataset.indicators[key]
    for words in (indicator.title, indicator.description, *indicator.notes):
        assert set(words) == set(LANGS)
        assert len(set(words.values())) == len(LANGS)


def test_every_target_has_its_document_and_conflicts_are_mutual(dataset: Dataset) -> None:
    for target in dataset.targets.values():
        assert target.document.strip()
        assert target.area in (None, *AREAS)
        assert all(target.id in dataset.targets[other].conflicts for other in target.conflicts)
    assert Counter(target.kind for target in dataset.targets.values())["target"] > 40


def test_wages_have_no_almaly_and_open_relative_to_the_city(dataset: Dataset) -> None:
    table = rows("avg_wage")
    assert {row["area"] for row in table} == {*AREAS} - {"almaly"}
    assert {row["obs_status"] for row in table if row["area"] != "city"} == {"U"}
    assert dataset.indicators["avg_wage"].opens_with == "relative"
    assert "nominal" in dataset.indicators["avg_wage"].title["en"]


def test_the_wage_of_medeu_against_nauryzbay_fell_then_rose(figures: Callable[[str], Figures]) -> None:
    wage = figures("avg_wage")
    ratios = {year: wage["medeu", year] / wage["nauryzbay", year] for year in ("2019", "2021", "2023")}
    assert {year: round(ratio, 2) for year, ratio in ratios.items()} == {
        "2019": 1.97,
        "2021": 1.51,
        "2023": 1.70,
    }
    assert min(DISTRICTS, key=lambda area: wage.get((area, "2023"), float("inf"))) == "alatau"


def test_population_is_complete_by_district_on_seven_dates(figures: Callable[[str], Figures]) -> None:
    dates = ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31", "2024-06-30", "2024-09-30", "2024-12-31"]
    assert complete(figures("population")) == dates


@pytest.mark.parametrize(
    ("key", "area", "period"),
    [
        ("crimes_registered", "city", "2019"),
        ("industrial_output", "alatau", "2022"),
        ("industrial_output", "city", "2022"),
        ("births", "zhetysu", "2023"),
        ("population", "medeu", "2022-12-31"),
    ],
)
def test_what_the_material_could_not_give_is_missing(
    key: str, area: str, period: str, figures: Callable[[str], Figures]
) -> None:
    assert (area, period) not in figures(key)
    assert any(of == period for _, of in figures(key))


@pytest.mark.parametrize(
    ("key", "breaks"),
    [
        ("divorces", ("2023", "2024")),
        ("divorce_rate", ("2023", "2024")),
        ("crimes_registered", ("2020",)),
        ("population", ("2022-12-31",)),
    ],
)
def test_the_known_breaks_are_declared(key: str, breaks: tuple[str, ...], dataset: Dataset) -> None:
    assert dataset.indicators[key].break_periods == breaks


def test_series_that_can_be_negative_are_the_only_signed_ones(figures: Callable[[str], Figures]) -> None:
    signed = {key for key in KEYS if declaration(f"tables/{key}").get("signed")}
    assert signed == {"migration_net", "natural_increase", "natural_increase_rate"}
    assert {key for key in KEYS if min(figures(key).values()) < 0} <= signed


def test_age_shares_add_up_to_a_hundred(figures: Callable[[str], Figures]) -> None:
    groups = [figures(key) for key in KEYS if key.startswith("age_share_")]
    assert len(groups) == 7
    for area in AREAS:
        total = sum(value for group in groups for (of, _), value in group.items() if of == area)
        assert total == pytest.approx(100, abs=7 * 0.05), area
