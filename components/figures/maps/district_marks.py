"""How a map draws each district at one period: its value and rank, and its fill where that is honest."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Literal

import pandas as pd

from components.figures.drawing.palette import ALIKE, Scale, diverging, sequential
from components.selection import period_of, series_of
from components.text.number_formats import number
from components.text.sentences import decimals_of
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.dataset import Dataset
from data.levels import Side
from data.progress import ProgressReading
from data.ranks import Rank, alike, comparable, rank_intervals
from data.transforms import Series, value_of
from geo.districts import CITY, DISTRICTS

LARGEST_CIRCLE = 85
"""Radius of the circle of the largest total, in units of the picture."""

MarkState = Literal["value", "few", "missing", "out"]
WORDS: Mapping[MarkState, str] = {"few": "word.few_short", "missing": "word.no_data", "out": "auezov.out"}
"""The key of the words that stand in place of a value."""


@dataclass(frozen=True)
class DistrictMark:
    """How one district is drawn.

    ``state`` is value, few, missing, or out where a district takes no part; all but value have nothing
    else. ``gap`` is how far the value lies from the city's in percent, None where the city is a sum of its
    districts. ``radius`` is that of the circle of a total; ``side`` whether a gap is better or worse.
    """

    state: MarkState
    value: float | None = None
    rank: Rank | None = None
    fill: str | None = None
    gap: float | None = None
    radius: float | None = None
    reading: ProgressReading | None = None
    side: Side | None = None


@dataclass(frozen=True)
class MapEncoding:
    """One period of a series, ready to draw: a mark per district, and the scale of the fills.

    ``decimals`` are those of the values of the marks, which ``is_gap`` writes as signed percent;
    ``largest`` is the total of the largest circle. ``is_alike_at_times``: at one of the periods that may
    stand beside this one the districts do not differ beyond chance.
    """

    series: Series
    period: str
    marks: Mapping[str, DistrictMark]
    scale: Scale | None
    decimals: int
    largest: float | None = None
    is_gap: bool = False
    is_alike_at_times: bool = False

    def value_text(self, district: str, lang: Lang) -> str:
        """Write the value of a district, or the words in its place."""
        mark = self.marks[district]
        if mark.value is None:
            return text(lang, WORDS[mark.state])
        return number(mark.value, self.decimals, lang, signed=self.is_gap) + ("%" if self.is_gap else "")


def gap_text(mark: DistrictMark, lang: Lang) -> str:
    """Write the gap of a district from the city as a signed number of percent, or nothing."""
    return "" if mark.gap is None else number(mark.gap, 0, lang, signed=True)


@lru_cache(maxsize=256)
def map_encoding(view: View, dataset: Dataset) -> MapEncoding:
    """Return the marks of all districts for a view; class breaks are fixed over all comparable periods."""
    series = series_of(view, dataset)
    period = period_of(view, series)
    rows = series.at(period)
    ranks = rank_intervals(series, period)
    scale, largest = _fixed(series, periods.parse(period).series, view.classes)
    probability = alike(series, period)
    marks = {}
    for district in DISTRICTS:
        if district not in ranks:
            marks[district] = DistrictMark("few" if district in rows.index else "missing")
            continue
        value = value_of(rows, district)
        marks[district] = DistrictMark(
            "value",
            value,
            ranks[district],
            fill=None if scale is None else ALIKE if probability is not None else scale.colour(value),
            gap=_gap(series, rows, value),
            radius=LARGEST_CIRCLE * sqrt(abs(value) / largest) if largest else None,
        )
    at_times = any(alike(series, other) is not None for other in series.comparable_with(period))
    return MapEncoding(series, period, marks, scale, decimals_of(series), largest, is_alike_at_times=at_times)


def _gap(series: Series, rows: pd.DataFrame, value: float) -> float | None:
    city = value_of(rows, CITY) if CITY in rows.index else 0
    summed = series.is_total or series.transform == "share"
    return None if summed or series.indicator.signed or city <= 0 else (value / city - 1) * 100


@lru_cache(maxsize=512)
def _fixed(series: Series, frequency: periods.Frequency, classes: int) -> tuple[Scale | None, float | None]:
    """Return what is the same over all periods of a frequency: the scale, or the largest total."""
    rows = comparable(series.table.set_index("area"))
    rows = rows[[periods.parse(period).series == frequency for period in rows["period"]]]
    if rows.empty:
        return None, None
    if series.is_total:
        return None, float(rows["value"].abs().max())
    return _scale(series, rows, classes), None


def _scale(series: Series, rows: pd.DataFrame, classes: int) -> Scale:
    """Return the scale of all periods; its natural breaks are those of the latest one."""
    values = list(rows["value"])
    if series.transform in ("relative", "index") or series.indicator.kind == "index":
        return diverging(values, 100, classes, series.indicator.better)
    if series.indicator.signed:
        return diverging(values, 0, classes, series.indicator.better)
    latest = periods.ordered(rows["period"].unique())[-1]
    return sequential(values, list(rows.loc[rows["period"] == latest, "value"]), classes)
