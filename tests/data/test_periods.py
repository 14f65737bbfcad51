"""SDMX periods: read, put in order, compared only where they may be."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import (
    SERIES,
    axis_position,
    comparable,
    ordered,
    parse,
    points,
    preferred_series,
    starts_after,
    year_before,
)

YEARS = st.integers(1950, 2100)
PERIODS = (
    YEARS.map(str)
    | st.dates(date(1950, 1, 1), date(2100, 12, 31)).map(date.isoformat)
    | st.builds("{}-01-01/P{}M".format, YEARS, st.sampled_from([3, 6, 9]))
)


@pytest.mark.parametrize(
    ("text", "series", "start", "end"),
    [
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-06-30", "date", date(2023, 6, 30), date(2023, 6, 30)),
        ("2024-02-29", "date", date(2024, 2, 29), date(2024, 2, 29)),
        ("2023-01-01/P3M", "P3M", date(2023, 1, 1), date(2023, 3, 31)),
        ("2024-01-01/P6M", "P6M", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-01-01/P9M", "P9M", date(2024, 1, 1), date(2024, 9, 30)),
    ],
)
def test_a_period_knows_its_series_and_days(text: str, series: str, start: date, end: date) -> None:
    period = parse(text)
    assert (period.series, period.start, period.end, str(period)) == (series, start, end, text)
    assert period.year == end.year


@pytest.mark.parametrize(
    "text",
    [
        *("", "23", "2023-06", "2023-Q1", "2023-W05", "2023-6-30", "30.06.2023", "2023 ", " 2023", "2023\n"),
        *("2023/P6M", "2023-01-01/P4M", "2023-01-01/P12M", "2023-02-01/P6M", "2023-01-01/P6", "0000", "٢٠٢٣"),
    ],
)
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^is not a period$"):
        parse(text)


@pytest.mark.parametrize("text", ["2023-02-29", "2023-02-30", "2023-13-01", "2023-00-10", "2023-04-31"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^is not a date$"):
        parse(text)


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        result = str(parse(text))
    except ValueError as error:
        result = str(error)
    assert result in (text, "is not a period", "is not a date")


@given(YEARS, st.sampled_from([3, 6, 9]))
def test_a_part_year_starts_in_january_and_ends_with_a_month(year: int, months: int) -> None:
    period = parse(f"{year}-01-01/P{months}M")
    assert (period.start.month, period.start.day) == (1, 1)
    assert (period.end.month, period.end.day) == (months, monthrange(year, months)[1])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023", 2023 + 365 / 365),
        ("2024-02-29", 2024 + (31 + 29) / 366),
        ("2023-03-01", 2023 + (31 + 28 + 1) / 365),
        ("2023-01-01/P6M", 2023 + (31 + 28 + 31 + 30 + 31 + 30) / 365),
        ("2024-01-01/P9M", 2024 + (366 - 31 - 30 - 31) / 366),
    ],
)
def test_a_moment_is_the_last_day_as_a_decimal_year(text: str, moment: float) -> None:
    assert parse(text).moment == pytest.approx(moment, abs=1e-12)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 30)))
def test_moments_grow_by_one_day_in_the_days_of_the_year(day: date) -> None:
    following = day + timedelta(days=1)
    days_in_year = (date(following.year + 1, 1, 1) - date(following.year, 1, 1)).days
    step = parse(following.isoformat()).moment - parse(day.isoformat()).moment
    assert step == pytest.approx(1 / days_in_year, abs=1e-9)


@given(st.lists(PERIODS, max_size=12))
def test_order_is_that_of_the_last_day_and_keeps_each_once(texts: list[str]) -> None:
    result = ordered(texts)
    assert set(result) == set(texts)
    assert len(result) == len(set(texts))
    assert [parse(text).end for text in result] == sorted(parse(text).end for text in result)


@given(st.lists(PERIODS, max_size=12), st.sampled_from(SERIES))
def test_a_series_keeps_its_own_periods_only(texts: list[str], series: str) -> None:
    assert set(ordered(texts, series)) == {text for text in texts if parse(text).series == series}


def test_full_years_are_offered_first_then_dates_then_the_longest_part_year() -> None:
    periods = ["2024-01-01/P3M", "2024-01-01/P9M", "2024-01-01/P6M", "2024-06-30", "2023"]
    for expected in ("year", "date", "P9M", "P6M", "P3M"):
        assert preferred_series(periods) == expected
        periods = [text for text in periods if parse(text).series != expected]
    assert preferred_series([]) is None
    assert preferred_series(["2023", "2023-06-30", "2024-06-30"], at_least=2) == "date"


@pytest.mark.parametrize(
    ("one", "other", "breaks", "expected"),
    [
        ("2022", "2023", [], True),
        ("2022", "2022-12-31", [], False),
        ("2023-01-01/P6M", "2024-01-01/P6M", [], True),
        ("2023-01-01/P6M", "2024-01-01/P9M", [], False),
        ("2022", "2023", ["2023"], False),
        ("2022", "2023", ["2022"], True),
        ("2022", "2023", ["2024"], True),
        ("2021", "2024", ["2022", "2024"], False),
        ("2022-01-01/P9M", "2023-01-01/P9M", ["2023"], False),
        ("2022-12-30", "2022-12-31", ["2022-12-31"], False),
    ],
)
def test_only_equal_periods_on_one_side_of_a_break_are_comparable(
    one: str, other: str, breaks: list[str], expected: bool
) -> None:
    assert comparable(one, other, breaks) is expected
    assert comparable(other, one, breaks) is expected


@given(PERIODS, st.lists(PERIODS, max_size=12), st.lists(PERIODS, max_size=3))
def test_the_year_before_is_equal_earlier_and_across_no_break(
    period: str, among: list[str], breaks: list[str]
) -> None:
    before = year_before(period, among, breaks)
    now = parse(period)

    def fits(text: str) -> bool:
        then = parse(text)
        same_part = then.series == now.series and (then.end.month, then.end.day) == (
            now.end.month,
            now.end.day,
        )
        one_side = all((then.end < parse(at).start) == (now.end < parse(at).start) for at in breaks)
        return same_part and then.year < now.year and one_side

    expected = max(filter(fits, among), key=lambda text: parse(text).end, default=None)
    assert before == expected


def test_of_dates_the_year_before_is_the_same_day() -> None:
    dates = ["2022-12-31", "2023-06-30", "2023-09-30", "2023-12-31", "2024-06-30"]
    assert year_before("2024-06-30", dates) == "2023-06-30"
    assert year_before("2023-12-31", dates) == "2022-12-31"
    assert year_before("2023-12-31", dates, ["2022-12-31"]) == "2022-12-31"
    assert year_before("2023-12-31", dates, ["2023-03-31"]) is None
    assert year_before("2023-09-30", dates) is None


@given(PERIODS, PERIODS)
def test_a_break_lies_between_its_first_period_and_what_ended_before(period: str, at: str) -> None:
    assert starts_after(period, at) is not (parse(period).end < parse(at).start)
    assert starts_after(at, at)


def test_points_and_positions_lie_at_the_end_of_a_period() -> None:
    assert points([("2023", 5.0), ("2023-07-02", 6.0)]) == [(2024.0, 5.0), (2023 + 183 / 365, 6.0)]
    assert [axis_position(period) for period in ("2023", "2023-01-01/P6M")] == [2023, 2023]
    assert axis_position("2023-07-02") == date(2023, 7, 2)


def test_dates_that_readers_type_leave_the_memory_bounded() -> None:
    parse.cache_clear()
    first = date(1900, 1, 1)
    for day in range(20_000):
        parse((first + timedelta(days=day)).isoformat())
    assert parse.cache_info().currsize <= 4096
