"""SDMX time periods as the tables write them: parse, order, compare.

Three forms occur: ``2023`` is a full year, ``2023-06-30`` a stock at the end of that day and
``2023-01-01/P6M`` what accumulated over six months from 1 January. Source: SDMX 3.0, section 6,
"Observational time period" (standard time period, date, time range).
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import Literal

Frequency = Literal["year", "date", "P3M", "P6M", "P9M"]
"""Which periods belong together: full years, dates, or part-years of one length."""

SERIES: tuple[Frequency, ...] = ("year", "date", "P9M", "P6M", "P3M")
"""In the order in which a reader is offered them: full years, dates, then the longest part-year."""

_FORM = re.compile(r"(?!0000)(?:(\d{4})|(\d{4}-\d{2}-\d{2})|(\d{4})-01-01/(P[369]M))", re.ASCII)


@total_ordering
@dataclass(frozen=True)
class Period:
    """One period: its SDMX ``text``, the ``series`` it belongs to, its first and last day."""

    text: str
    series: Frequency
    start: date
    end: date

    def __lt__(self, other: "Period") -> bool:
        return (self.end, self.start) < (other.end, other.start)

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int:
        """The calendar year it ends in."""
        return self.end.year

    @property
    def moment(self) -> float:
        """The last day as a decimal year: ``year + day_of_year / days_in_year``."""
        return self.year + self.end.timetuple().tm_yday / (366 if isleap(self.year) else 365)


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """Read an SDMX period.

    Raises
    ------
    ValueError
        "is not a period" for any other form, "is not a date" for a day that does not exist.
    """
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError("is not a period")
    year, day, span_year, span = match.groups()
    if year:
        return Period(text, "year", date(int(year), 1, 1), date(int(year), 12, 31))
    if day:
        try:
            on = date.fromisoformat(day)
        except ValueError:
            raise ValueError("is not a date") from None
        return Period(text, "date", on, on)
    months = int(span[1])
    first = date(int(span_year), 1, 1)
    last = date(first.year, months, monthrange(first.year, months)[1])
    return Period(text, {3: "P3M", 6: "P6M", 9: "P9M"}[months], first, last)  # type: ignore[arg-type]


def preferred_series(periods: Iterable[str], at_least: int = 1) -> Frequency | None:
    """Return the series a reader sees first: full years, else dates, else the longest part-year.

    ``at_least`` is how many periods the series must have; None where none has as many.
    """
    frequencies = [parse(period).series for period in periods]
    return next((series for series in SERIES if frequencies.count(series) >= at_least), None)


def ordered(periods: Iterable[str], series: Frequency | None = None) -> list[str]:
    """Return the distinct periods in order of time, of one series if it is named."""
    parsed = {parse(period) for period in periods}
    return [str(period) for period in sorted(parsed) if series in (None, period.series)]


def points(values: Iterable[tuple[str, float]]) -> list[tuple[float, float]]:
    """Return (moment, value) for each (period, value); moments are decimal years."""
    return [(parse(period).moment, value) for period, value in values]


def axis_position(period: str) -> int | date:
    """Return the place of a period on an axis of time: of years and part-years the year, of dates the day."""
    parsed = parse(period)
    return parsed.end if parsed.series == "date" else parsed.year


def starts_after(period: str, break_period: str) -> bool:
    """Whether a period lies on the new side of a break declared at ``break_period``."""
    return parse(period).end >= parse(break_period).start


def after_breaks(periods: Iterable[str], breaks: Sequence[str]) -> list[str]:
    """Return the periods on the new side of every break, in the order in which they came."""
    return [period for period in periods if all(starts_after(period, start) for start in breaks)]


def latest_run(periods: Iterable[str], breaks: Sequence[str]) -> list[str]:
    """Return the periods after the last break that make one series, in order of time.

    Full years if there are two, else the dates of a stock, else the longest part-year with two; where there
    is only one period, that one.
    """
    after = after_breaks(periods, breaks)
    series = preferred_series(after, 2) or preferred_series(after)
    return ordered(after, series) if series else []


def comparable(period: str, other: str, breaks: Sequence[str] = ()) -> bool:
    """Whether two periods may be put beside each other.

    They are if they have equal length and the same part of the year (dates of a stock are levels and
    have neither) and no break lies between them.
    """
    return parse(period).series == parse(other).series and all(
        starts_after(period, at) == starts_after(other, at) for at in breaks
    )


def year_before(period: str, among: Iterable[str], breaks: Sequence[str] = ()) -> str | None:
    """Return the same period of the latest earlier year ``among`` those given that is comparable, or None.

    Of dates only the same day of an earlier year counts, so that no season enters the comparison.
    """
    now = parse(period)
    earlier = [
        other
        for other in ordered(among, now.series)
        if parse(other) < now
        and (parse(other).end.month, parse(other).end.day) == (now.end.month, now.end.day)
        and comparable(period, other, breaks)
    ]
    return earlier[-1] if earlier else None
