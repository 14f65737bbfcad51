"""The tidy table: what is let through, in which order, and what is missing without being a mistake."""

from pathlib import Path

import pytest

from data.dataset import read
from data.periods import parse
from geo.districts import AREAS


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in read(folder)[1]]


def test_rows_are_put_in_order_of_time_and_area(folder: Path) -> None:
    births = folder / "tables" / "births.csv"
    header, *rows = births.read_text(encoding="utf-8").splitlines()
    births.write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    dataset, problems = read(folder)
    assert problems == []
    table = dataset.observations["births"]
    at = [(parse(period), AREAS.index(area)) for period, area in table[["period", "area"]].to_numpy()]
    assert at == sorted(at)
    assert len(at) == len(rows)


def test_a_value_declared_missing_is_missing_and_never_zero(folder: Path) -> None:
    edit(folder / "tables" / "births.csv", ("almaly,2023,3000,A", "almaly,2023,,M"))
    dataset, problems = read(folder)
    assert problems == []
    table = dataset.observations["births"]
    row = table[(table["area"] == "almaly") & (table["period"] == "2023")].iloc[0]
    assert row["value"] != row["value"]
    assert row["obs_status"] == "M"
    assert table["value"].isna().sum() == 1


@pytest.mark.parametrize("number", ["3000", "3000.0", "3e3", "3.0E+3"])
def test_a_number_may_be_written_in_these_ways(number: str, folder: Path) -> None:
    edit(folder / "tables" / "births.csv", ("almaly,2023,3000", f"almaly,2023,{number}"))
    dataset, problems = read(folder)
    assert problems == []
    assert 3000.0 in set(dataset.observations["births"]["value"])


@pytest.mark.parametrize(
    "number",
    ["3,000.5", "0x10", "1_000", "3.", ".5", "+-3", "nan", "--3", "3 %", "3000²", "٣", "１２", "-", "e3"],
)
def test_anything_else_is_told_not_to_be_a_number(number: str, folder: Path) -> None:
    edit(folder / "tables" / "births.csv", ("almaly,2023,3000", f'almaly,2023,"{number}"'))
    place, remedy = "tables/births.csv:3: value", "is not a number; write digits with a decimal point"
    assert told(folder) == [f'{place} "{number}" {remedy}']


def test_counts_of_few_cases_may_jump(folder: Path) -> None:
    """Fewer than 20 are taken as 20: 30 is the declared 1.5 times that, 31 is more."""
    births = folder / "tables" / "births.csv"
    half = "almaly,2024-01-01/P6M,1400,A,published,passports,"
    before = half.replace("2024", "2023").replace("1400", "9")
    edit(births, (half, half.replace("1400", "30") + "\n" + before))
    assert told(folder) == []
    edit(births, (half.replace("1400", "30"), half.replace("1400", "31")))
    (sentence,) = told(folder)
    assert "almaly goes from 9 (2023-01-01/P6M) to 31, by a factor above 1.5" in sentence


def test_a_jump_over_a_declared_break_is_no_mistake(folder: Path) -> None:
    rate = folder / "tables" / "infant_mortality_rate"
    edit(rate.with_suffix(".csv"), ("alatau,2024,5.9", "alatau,2024,59"))
    assert len(told(folder)) == 1
    edit(rate.with_suffix(".toml"), ('period = "2020"', 'period = "2024"'))
    assert told(folder) == []


def test_periods_of_unequal_length_are_not_held_against_each_other(folder: Path) -> None:
    """Half a year of births is less than a year's by more than the declared factor."""
    edit(folder / "tables" / "births.toml", ("max_jump = 1.5", "max_jump = 1.2"))
    assert told(folder) == []


@pytest.mark.parametrize(("bostandyk", "mistakes"), [(4418, 0), (4419, 1), (4382, 0), (4381, 1)])
def test_districts_may_miss_the_city_by_the_tolerance_and_no_more(
    bostandyk: int, mistakes: int, folder: Path
) -> None:
    """37,300 × 0.0005 = 18.65: 18 births too many or too few pass, 19 do not."""
    edit(folder / "tables" / "births.csv", ("bostandyk,2024,4400", f"bostandyk,2024,{bostandyk}"))
    assert len(told(folder)) == mistakes


def test_seven_districts_are_not_held_against_the_city(folder: Path) -> None:
    edit(folder / "tables" / "births.csv", ("bostandyk,2024,4400,A,published,passports,полный год\n", ""))
    assert told(folder) == []


def test_a_negative_value_is_let_through_where_the_series_is_signed(folder: Path) -> None:
    edit(folder / "tables" / "births.csv", ("almaly,2024-01-01/P6M,1400", "almaly,2024-01-01/P6M,-14"))
    assert len(told(folder)) == 1
    allowed = ('["value", "per_1000", "share", "relative", "index"]', '["value", "per_1000"]\nsigned = true')
    edit(folder / "tables" / "births.toml", allowed)
    assert told(folder) == []


def test_a_broken_declaration_hides_no_mistake_of_its_table(folder: Path) -> None:
    edit(folder / "tables" / "births.toml", ("decimals = 0", "decimals ="))
    edit(folder / "tables" / "births.csv", ("almaly,2023,3000", "almali,2023,3 000"))
    assert [sentence.split(": ")[0] for sentence in told(folder)] == [
        *("tables/births.csv:3", "tables/births.csv:3", "tables/births.toml:9")
    ]
