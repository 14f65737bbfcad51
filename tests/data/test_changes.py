"""What moved: only between equal periods, never across a break."""

import math
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from statistics import median

import pytest

from data.dataset import Dataset, read
from data.largest_moves import largest_moves, last_equal_pair
from data.transforms import Series, transformed, value_of
from geo.districts import DISTRICTS
from tests.data.conftest import Read


def days(period: str) -> tuple[date, date]:
    """First and last day of a period, worked out here."""
    if "/" in period:
        months = int(period[-2])
        return date(int(period[:4]), 1, 1), date(int(period[:4]), months, 31 if months == 3 else 30)
    if len(period) == 4:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    return date.fromisoformat(period), date.fromisoformat(period)


def everything(dataset: Dataset) -> list[Series]:
    indicators = dataset.indicators.values()
    return [transformed(dataset, one.id, transform) for one in indicators for transform in one.transforms]


def test_the_last_pair_is_of_equal_length_and_season_and_crosses_no_break(dataset: Dataset) -> None:
    pairs = 0
    for shown in everything(dataset):
        pair = last_equal_pair(shown)
        if pair is None:
            continue
        pairs += 1
        (start, end), (next_start, next_end) = map(days, pair)
        assert (start.month, start.day, end.month, end.day) == (
            *(next_start.month, next_start.day),
            *(next_end.month, next_end.day),
        )
        assert end.year < next_end.year
        for at in shown.indicator.break_periods:
            assert (end < days(at)[0]) == (next_end < days(at)[0]), (shown.indicator.id, pair, at)
        assert set(pair) <= set(shown.table.loc[shown.table["area"] != "city", "period"])
    assert pairs > 50


def test_the_last_pair_ends_with_the_latest_full_year_that_has_an_equal_before(dataset: Dataset) -> None:
    assert last_equal_pair(transformed(dataset, "avg_wage", "relative")) == ("2022", "2023")
    assert last_equal_pair(transformed(dataset, "births", "value")) == ("2023", "2024")
    assert last_equal_pair(transformed(dataset, "crimes_registered", "value")) == ("2022", "2023")


def test_a_series_with_a_break_before_its_last_period_has_no_pair(dataset: Dataset) -> None:
    for key, transform in product(("divorces", "divorce_rate"), ("value",)):
        assert last_equal_pair(transformed(dataset, key, transform)) is None


def test_a_stock_is_compared_with_the_same_day_of_another_year_only(dataset: Dataset) -> None:
    assert last_equal_pair(transformed(dataset, "population", "value")) == ("2023-12-31", "2024-12-31")
    for shown in everything(dataset):
        pair = last_equal_pair(shown)
        if pair and shown.indicator.kind == "stock":
            assert pair[0][4:] == pair[1][4:], shown.indicator.id


def test_one_date_a_year_apart_from_no_other_makes_no_pair(folder: Path) -> None:
    population = folder / "tables" / "population.csv"
    text = population.read_text(encoding="utf-8").replace("2023-12-31", "2024-06-30")
    population.write_text(text, encoding="utf-8")
    dataset, problems = read(folder)
    assert problems == []
    assert last_equal_pair(transformed(dataset, "population", "value")) is None


@pytest.mark.parametrize(("at", "expected"), [("2024", None), ("2023", ("2023", "2024"))])
def test_a_break_between_the_two_leaves_no_pair(at: str, expected: object, folder: Path) -> None:
    rate = folder / "tables" / "infant_mortality_rate.toml"
    text = rate.read_text(encoding="utf-8").replace('period = "2020"', f'period = "{at}"')
    rate.write_text(text, encoding="utf-8")
    dataset, problems = read(folder)
    assert problems == []
    assert last_equal_pair(transformed(dataset, "infant_mortality_rate", "value")) == expected


def test_a_move_is_the_difference_of_two_relative_values_with_enough_cases(dataset: Dataset) -> None:
    moves = largest_moves(dataset)
    assert len(moves) > 10
    for move in moves.itertuples():
        shown = transformed(dataset, move.indicator, "relative")
        assert (move.before, move.after) == last_equal_pair(shown)
        before, after = shown.at(move.before), shown.at(move.after)
        assert move.value_before == value_of(before, move.area)
        assert move.value_after == value_of(after, move.area)
        assert move.change == pytest.approx(move.value_after - move.value_before)
        assert not before.loc[move.area, "few"]
        assert not after.loc[move.area, "few"]


def test_moves_are_of_districts_each_once_and_largest_first(dataset: Dataset) -> None:
    moves = largest_moves(dataset)
    assert set(moves["area"]) <= set(DISTRICTS)
    assert not moves.duplicated(["indicator", "area"]).any()
    sizes = [abs(math.log(move.value_after / move.value_before)) for move in moves.itertuples()]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes == pytest.approx(moves["size"].to_list())
    assert "divorces" not in set(moves["indicator"])
    assert all("relative" in dataset.indicators[key].transforms for key in moves["indicator"])


def relative(figures: Read, key: str, period: str, date: str) -> dict[str, float]:
    """A count per resident of every district against that of all of them."""
    count, people = figures(key), figures("population")
    city = sum(count[area, period] for area in DISTRICTS) / sum(people[area, date] for area in DISTRICTS)
    return {area: count[area, period] / people[area, date] / city for area in DISTRICTS}


@pytest.mark.parametrize(
    "key", ["sme_active", "sme_registered", "legal_entities_large", "legal_entities_medium"]
)
def test_a_register_moved_beyond_one_unit_and_one_percent(key: str, dataset: Dataset, figures: Read) -> None:
    count, told = figures(key), largest_moves(dataset)
    dates = ("2023-12-31", "2024-12-31")
    values = [relative(figures, key, date, date) for date in dates]
    moved = {
        area
        for area in DISTRICTS
        for before, after in [[value[area] for value in values]]
        for units in [[count[area, date] for date in dates]]
        for rates in [[at / number for at, number in zip((before, after), units, strict=True)]]
        if abs(after - before) > sum(rates) and abs(math.log(after / before)) > 0.01
    }
    assert set(told.loc[told["indicator"] == key, "area"]) == moved
    assert moved


def test_moves_of_events_survive_false_discovery_control(dataset: Dataset) -> None:
    """Benjamini and Hochberg by hand: the k-th smallest of n probabilities is at most 5 % × k / n."""
    probabilities = []
    for key, indicator in dataset.indicators.items():
        if indicator.counts != "events" or "relative" not in indicator.transforms:
            continue
        series = transformed(dataset, key, "relative")
        pair = last_equal_pair(series)
        if pair is None:
            continue
        before, after = (
            rows[~rows["few"].astype(bool) & (rows.index != "city")] for rows in map(series.at, pair)
        )
        both = before.index.intersection(after.index)
        for area in both if len(both) >= 7 else ():
            size = abs(math.log(after.loc[area, "value"] / before.loc[area, "value"]))
            error = math.sqrt(1 / before.loc[area, "cases"] + 1 / after.loc[area, "cases"])
            probabilities.append((math.erfc(size / error / math.sqrt(2)), key, area))
    assert len(probabilities) > 40
    order = sorted(probabilities)
    passing = [at for at, (p, _, _) in enumerate(order, start=1) if p <= 0.05 * at / len(order)]
    expected = {(key, area) for _, key, area in order[: max(passing, default=0)]}
    moves = largest_moves(dataset)
    pairs = zip(moves["indicator"], moves["area"], strict=True)
    assert {pair for pair in pairs if dataset.indicators[pair[0]].counts == "events"} == expected
    assert not {"crimes_registered", "migration_in", "migration_out"} & set(moves["indicator"])


def test_an_amount_moved_beyond_twice_its_usual_year(dataset: Dataset, figures: Read) -> None:
    wage, told = figures("avg_wage"), largest_moves(dataset)
    years = sorted({year for _, year in wage})
    logs = {
        (area, now): abs(
            math.log(wage[area, now] / wage["city", now] / wage[area, then] * wage["city", then])
        )
        for then, now in pairwise(years)
        for area in DISTRICTS
        if {(area, then), (area, now)} <= set(wage)
    }
    usual = median(logs.values())
    moved = {area for (area, year), size in logs.items() if year == "2023" and size > 2 * usual}
    assert set(told.loc[told["indicator"] == "avg_wage", "area"]) == moved == {"auezov"}


def test_without_two_equal_periods_nothing_moved(folder: Path) -> None:
    for table in (folder / "tables").glob("*.csv"):
        lines = table.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if ",2023" not in line]
        table.write_text("\n".join(kept), encoding="utf-8")
    dataset, problems = read(folder)
    assert problems == []
    assert largest_moves(dataset).empty
